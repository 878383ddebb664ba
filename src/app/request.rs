//! What the app wants done outside.

use super::{Purpose, Route};
use pullquote_core::formats::Entry;
use pullquote_core::model::{Article, Document, Holding, Id};
use std::rc::Rc;

/// Names one wish to keep something; the storage answers with the same.
pub type Ticket = u64;

/// One thing to be done outside. Each is done once, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// Read the lines of the library.
    ReadShelf,
    /// Read one document.
    ReadDocument(Id, Purpose),
    /// Keep these changes, all or none; answer with the ticket.
    Keep(Ticket, Vec<Rc<Change>>),
    /// Give the user the file of an article; answer whether the browser took it.
    Download {
        /// The article.
        id: Id,
        /// Its name.
        name: String,
        /// Its media type.
        media_type: &'static str,
        /// Its content.
        text: Rc<str>,
    },
    /// Go to another screen.
    Go(Route),
    /// Bring the words of a mark into view.
    Reveal(Id),
}

/// One change of what is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A new article.
    Add(Rc<Document>),
    /// One more entry in an article's journal.
    Append(Rc<Article>, Rc<Entry>),
    /// An article's journal up to this number is in this document.
    Fold(Rc<Document>, u64),
    /// A line of the library.
    Shelve(Rc<Holding>),
    /// An article is gone for good.
    Purge(Id),
}
