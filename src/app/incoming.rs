//! What comes in as a file or a text, read and checked.

use super::{Stamp, sentence};
use pullquote_core::formats::{
    ReadError, SIZE_LIMIT, article_of_text, decode, is_codebook, is_pullquote, read_any_codebook,
    read_codebook, read_document, read_holding, read_snapshot, write_holding, write_snapshot,
};
use pullquote_core::model::{Article, Codebook, Document, Holding};
use std::rc::Rc;

/// A document that came in, with all that takes time to know of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// The document.
    pub document: Rc<Document>,
    /// Its line in the library.
    pub line: Rc<Holding>,
    /// Fields that this version does not know, as places in the file.
    pub unknown: Vec<String>,
    /// Whether it is a document already, which may be kept here, rather than a text that
    /// becomes one.
    pub is_known: bool,
}

/// The codebook in the bytes of a file of this name, or the sentence that says why there is
/// none; `None` where it is no file of a codebook.
#[must_use]
pub fn codebook_of(name: &str, bytes: &[u8]) -> Option<Result<Rc<Codebook>, String>> {
    let is_one = std::str::from_utf8(bytes).is_ok_and(is_codebook);
    is_one.then(|| match read_codebook(bytes) {
        Ok(book) => Ok(Rc::new(book)),
        Err(error) => Err(sentence::of_read_error(name, &error)),
    })
}

/// The codebook in a file that the user says has one, of whatever kind it is; or the sentence
/// that says why there is none.
pub fn imported_codebook(name: &str, bytes: &[u8]) -> Result<Rc<Codebook>, String> {
    let title = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    match read_any_codebook(title, bytes) {
        Ok(book) => Ok(Rc::new(book)),
        Err(error) => Err(sentence::of_codebook_error(name, &error)),
    }
}

impl Incoming {
    /// The document in the bytes of a file of ours, or a new one of a text. `name` is the
    /// file's; a text that was pasted has none.
    pub(super) fn of(name: Option<&str>, bytes: &[u8], stamp: &Stamp) -> Result<Self, ReadError> {
        let text = decode(bytes)?;
        let says_json = name.is_some_and(|name| name.to_lowercase().ends_with(".json"));
        if says_json || is_pullquote(text) {
            let opened = read_document(bytes)?;
            return Ok(Self {
                line: Rc::new(Holding::new(&opened.document, stamp.now)),
                document: Rc::new(opened.document),
                unknown: opened.unknown,
                is_known: true,
            });
        }
        let stem = name.map(|name| name.rsplit_once('.').map_or(name, |(stem, _)| stem));
        let article = article_of_text(stamp.id(0), text, stem)?;
        Ok(Self::new(Document::new(article, Codebook::news()), stamp))
    }

    /// A document that is new.
    pub(super) fn new(document: Document, stamp: &Stamp) -> Self {
        Self {
            line: Rc::new(Holding::new(&document, stamp.now)),
            document: Rc::new(document),
            unknown: Vec::new(),
            is_known: false,
        }
    }

    /// A document that is new, to be read with another codebook.
    pub(super) fn read_with(&self, book: &Codebook) -> Self {
        let article = Article::clone(self.document.article());
        let document = Document::new(article, book.clone());
        Self {
            line: Rc::new(self.line.after(&document, self.line.changed)),
            document: Rc::new(document),
            ..self.clone()
        }
    }

    /// The same under another id, as a copy.
    pub(super) fn copied(&self, stamp: &Stamp) -> Self {
        let id = stamp.id(0);
        let title = format!("{} (copy)", self.document.article().title);
        let line = Holding {
            id,
            title: title.clone(),
            ..(*self.line).clone()
        };
        Self {
            document: Rc::new(self.document.copied_as(id, title)),
            line: Rc::new(line),
            unknown: Vec::new(),
            is_known: false,
        }
    }

    /// As texts, to be sent from a worker to the window.
    pub(super) fn texts(&self) -> [String; 2] {
        [
            write_snapshot(&self.document, 0, None),
            write_holding(&self.line),
        ]
    }

    /// What [`Incoming::texts`] made; `None` for anything else.
    pub(super) fn of_texts(
        [document, line]: [String; 2],
        unknown: Vec<String>,
        is_known: bool,
    ) -> Option<Self> {
        Some(Self {
            document: Rc::new(read_snapshot(&document).ok()?.0),
            line: Rc::new(read_holding(&line).ok()?),
            unknown,
            is_known,
        })
    }
}

/// The sentence for a file of so many bytes, where that is more than is read.
#[must_use]
pub fn too_large(name: &str, size: usize) -> Option<String> {
    let error = ReadError::TooLarge { size };
    (size > SIZE_LIMIT).then(|| sentence::of_read_error(name, &error))
}

/// The document in a file, or the sentence that says why there is none.
pub fn incoming(name: &str, bytes: &[u8], stamp: &Stamp) -> Result<Rc<Incoming>, String> {
    let read = Incoming::of(Some(name), bytes, stamp);
    read.map(Rc::new)
        .map_err(|error| sentence::of_read_error(name, &error))
}
