//! Files and texts that become articles, read and checked.

use crate::messages::library::copy_title;
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

/// A document that was read from a file or made from a text, with everything that takes time to
/// compute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// The document.
    pub document: Rc<Document>,
    /// Its library entry.
    pub line: Rc<LibraryEntry>,
    /// Where the file has fields that this version does not know, as JSON paths.
    pub unknown: Vec<String>,
    /// Whether it came from a Pullquote file, so that the library may have it already; otherwise
    /// it was made from a text.
    pub is_known: bool,
}

/// Reads a codebook file; `None` if the file is of another kind.
#[must_use]
pub fn codebook_in_file(bytes: &[u8]) -> Option<Result<Rc<Codebook>, ReadError>> {
    let is_one = std::str::from_utf8(bytes).is_ok_and(is_codebook);
    is_one.then(|| read_codebook(bytes).map(Rc::new))
}

/// Reads a codebook from a file of any kind that can contain one, such as a list of tags.
pub fn import_codebook(name: &str, bytes: &[u8]) -> Result<Rc<Codebook>, ReadError> {
    match file_kind(name, bytes) {
        FileKind::Empty
        | FileKind::Text
        | FileKind::Article
        | FileKind::Codebook
        | FileKind::Table(_)
        | FileKind::Json
        | FileKind::OtherTool(_) => read_any_codebook(without_extension(name), bytes).map(Rc::new),
        other => Err(ReadError::OtherKind(other)),
    }
}

impl Incoming {
    /// Reads a Pullquote file, or makes a new document from a text file.
    ///
    /// Errors: it is another kind of file, or a damaged Pullquote file.
    pub fn from_file(name: &str, bytes: &[u8], stamp: &Stamp) -> Result<Rc<Self>, ReadError> {
        let read = match file_kind(name, bytes) {
            FileKind::Article => Self::from_document_file(bytes, stamp),
            FileKind::Text => {
                Self::from_plain_text(decode(bytes)?, Some(without_extension(name)), stamp)
            }
            other => Err(ReadError::OtherKind(other)),
        };
        read.map(Rc::new)
    }

    /// Makes a new document from a pasted text. A text that is a whole Pullquote file is read as
    /// such.
    ///
    /// Errors: the text is empty or too large, or a damaged Pullquote file.
    pub(crate) fn from_pasted_text(text: &str, stamp: &Stamp) -> Result<Self, ReadError> {
        match is_pullquote(text) {
            true => Self::from_document_file(text.as_bytes(), stamp),
            false => Self::from_plain_text(text, None, stamp),
        }
    }

    fn from_document_file(bytes: &[u8], stamp: &Stamp) -> Result<Self, ReadError> {
        let opened = read_document(bytes)?;
        Ok(Self {
            line: Rc::new(LibraryEntry::new(&opened.document, stamp.now)),
            document: Rc::new(opened.document),
            unknown: opened.unknown,
            is_known: true,
        })
    }

    fn from_plain_text(text: &str, name: Option<&str>, stamp: &Stamp) -> Result<Self, ReadError> {
        let article = article_of_text(stamp.id(0), text, name)?;
        Ok(Self::new(Document::new(article, Codebook::news()), stamp))
    }

    /// A new document.
    pub(crate) fn new(document: Document, stamp: &Stamp) -> Self {
        Self {
            line: Rc::new(LibraryEntry::new(&document, stamp.now)),
            document: Rc::new(document),
            unknown: Vec::new(),
            is_known: false,
        }
    }

    /// The same article without marks and with another codebook.
    pub(crate) fn with_codebook(&self, codebook: &Codebook) -> Self {
        let article = Article::clone(self.document.article());
        let document = Document::new(article, codebook.clone());
        Self {
            line: Rc::new(self.line.after(&document, self.line.changed)),
            document: Rc::new(document),
            ..self.clone()
        }
    }

    /// A copy with another id and title.
    pub(crate) fn copied(&self, stamp: &Stamp) -> Self {
        let id = stamp.id(0);
        let title = copy_title(&self.document.article().title);
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

/// Why a file of `size` bytes with this beginning is not read; `None` if it is small enough. If
/// its kind could not be opened at any size, the error says so.
#[must_use]
pub fn too_large(name: &str, size: usize, beginning: &[u8]) -> Option<ReadError> {
    let error = match file_kind(name, beginning) {
        FileKind::Empty | FileKind::Text | FileKind::Article => ReadError::TooLarge { size },
        other => ReadError::OtherKind(other),
    };
    (size > SIZE_LIMIT).then_some(error)
}
