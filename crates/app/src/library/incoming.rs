//! What comes in as a file or a text, read and checked.

use crate::messages::errors;
use crate::stamp::Stamp;
use pullquote_core::model::article::Article;
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::document::Document;
use pullquote_core::model::library_entry::LibraryEntry;
use pullquote_formats::codebook_file::{is_codebook, read_codebook};
use pullquote_formats::document_file::{is_pullquote, read_document};
use pullquote_formats::error::{ReadError, SIZE_LIMIT};
use pullquote_formats::file_kind::detect::file_kind;
use pullquote_formats::file_kind::kind::FileKind;
use pullquote_formats::file_name::without_extension;
use pullquote_formats::plain_text::{article_of_text, decode};
use pullquote_formats::tag_list::read_any_codebook;

use std::rc::Rc;

/// A document that came in, with all that takes time to know of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// The document.
    pub document: Rc<Document>,
    /// Its line in the library.
    pub line: Rc<LibraryEntry>,
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
        Err(error) => Err(errors::of_read_error(name, &error)),
    })
}

/// The codebook in a file that the user says has one, of whatever kind it is; or the sentence
/// that says why there is none.
pub fn imported_codebook(name: &str, bytes: &[u8]) -> Result<Rc<Codebook>, String> {
    let read = match file_kind(name, bytes) {
        FileKind::Empty
        | FileKind::Text
        | FileKind::Article
        | FileKind::Codebook
        | FileKind::Table(_)
        | FileKind::Json
        | FileKind::OtherTool(_) => read_any_codebook(without_extension(name), bytes),
        other => Err(ReadError::OtherKind(other)),
    };
    let read = read.map(Rc::new);
    read.map_err(|error| errors::of_codebook_error(name, &error))
}

impl Incoming {
    /// The document in a file of ours, or a new one of a text file.
    ///
    /// Errors: it is another kind of file, or one of ours that is not whole.
    fn of_file(name: &str, bytes: &[u8], stamp: &Stamp) -> Result<Self, ReadError> {
        match file_kind(name, bytes) {
            FileKind::Article => Self::of_document(bytes, stamp),
            FileKind::Text => Self::of_words(decode(bytes)?, Some(without_extension(name)), stamp),
            other => Err(ReadError::OtherKind(other)),
        }
    }

    /// The document of a text that was pasted: whatever it looks like, it is a text, unless it
    /// is the whole of a file of ours.
    ///
    /// Errors: it is empty or too large, or a file of ours with a fault.
    pub(crate) fn of_text(text: &str, stamp: &Stamp) -> Result<Self, ReadError> {
        match is_pullquote(text) {
            true => Self::of_document(text.as_bytes(), stamp),
            false => Self::of_words(text, None, stamp),
        }
    }

    fn of_document(bytes: &[u8], stamp: &Stamp) -> Result<Self, ReadError> {
        let opened = read_document(bytes)?;
        Ok(Self {
            line: Rc::new(LibraryEntry::new(&opened.document, stamp.now)),
            document: Rc::new(opened.document),
            unknown: opened.unknown,
            is_known: true,
        })
    }

    fn of_words(text: &str, name: Option<&str>, stamp: &Stamp) -> Result<Self, ReadError> {
        let article = article_of_text(stamp.id(0), text, name)?;
        Ok(Self::new(Document::new(article, Codebook::news()), stamp))
    }

    /// A document that is new.
    pub(crate) fn new(document: Document, stamp: &Stamp) -> Self {
        Self {
            line: Rc::new(LibraryEntry::new(&document, stamp.now)),
            document: Rc::new(document),
            unknown: Vec::new(),
            is_known: false,
        }
    }

    /// A document that is new, to be read with another codebook.
    pub(crate) fn read_with(&self, book: &Codebook) -> Self {
        let article = Article::clone(self.document.article());
        let document = Document::new(article, book.clone());
        Self {
            line: Rc::new(self.line.after(&document, self.line.changed)),
            document: Rc::new(document),
            ..self.clone()
        }
    }

    /// The same under another id, as a copy.
    pub(crate) fn copied(&self, stamp: &Stamp) -> Self {
        let id = stamp.id(0);
        let title = format!("{} (copy)", self.document.article().title);
        let line = LibraryEntry {
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
}

/// The sentence for a file of so many bytes with this beginning, where that is more than is
/// read: what it is, if no part of it could be opened either, else its size.
#[must_use]
pub fn too_large(name: &str, size: usize, beginning: &[u8]) -> Option<String> {
    let error = match file_kind(name, beginning) {
        FileKind::Empty | FileKind::Text | FileKind::Article => ReadError::TooLarge { size },
        other => ReadError::OtherKind(other),
    };
    (size > SIZE_LIMIT).then(|| errors::of_read_error(name, &error))
}

/// The document in a file, or the sentence that says why there is none.
pub fn incoming(name: &str, bytes: &[u8], stamp: &Stamp) -> Result<Rc<Incoming>, String> {
    let read = Incoming::of_file(name, bytes, stamp);
    read.map(Rc::new)
        .map_err(|error| errors::of_read_error(name, &error))
}
