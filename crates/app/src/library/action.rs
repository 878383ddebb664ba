//! What can happen to the library.

use crate::browser_reason::BrowserReason;
use crate::library::incoming::Incoming;
use crate::library::read_purpose::ReadPurpose;
use crate::library::view::{LibraryOrder, SortColumn};
use crate::messages::Sentence;
use crate::store::article::{LoadedArticle, OpenError};
use crate::store::error::StoreError;
use crate::store::library::Listing;
use pullquote_core::model::id::Id;
use pullquote_core::model::library_entry::LibraryEntry;
use std::rc::Rc;

/// One thing that happened to the library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LibraryAction {
    /// The library was read.
    LibraryRead(Result<Listing, StoreError>),
    /// The entry of one article was read again.
    EntryRead {
        /// The article.
        id: Id,
        /// Its entry; `None` if the article no longer exists.
        result: Result<Option<Box<LibraryEntry>>, StoreError>,
    },
    /// A document was read from the storage.
    DocumentRead {
        /// The article.
        id: Id,
        /// What it was read for.
        purpose: ReadPurpose,
        /// The document, or why it cannot be read.
        result: Result<Box<LoadedArticle>, OpenError>,
    },
    /// The browser began to read the file with this name, which may take a while.
    FileReadStarted(String),
    /// A file was read.
    FileRead {
        /// Its name.
        name: String,
        /// Its content, or the sentence that says why it was not opened.
        read: Result<Rc<Incoming>, Sentence>,
        /// Whether it was the only file: then it is shown at once.
        alone: bool,
    },
    /// The browser could not read a file.
    FileReadFailed {
        /// Its name.
        name: String,
        /// The browser's reason.
        reason: BrowserReason,
    },
    /// The user pasted or typed a text that becomes an article.
    TextPasted(String),
    /// The user wants the sample article.
    SampleRequested,
    /// The user gives an article another title.
    ArticleRenamed {
        /// The article.
        id: Id,
        /// The new title.
        title: String,
    },
    /// The user wants a second article with the same text, codebook and marks.
    ArticleDuplicated(Id),
    /// The user is done with an article, or goes on with it.
    DoneSet {
        /// The article.
        id: Id,
        /// Whether the user is done.
        done: bool,
    },
    /// The user deletes an article. It can be restored.
    ArticleDeleted(Id),
    /// The user restores a deleted article.
    ArticleRestored(Id),
    /// The user deletes a deleted article for good.
    ArticlePurged(Id),
    /// The user searches the library.
    Searched(String),
    /// The user sorts the library by a column.
    SortChosen(SortColumn),
    /// The order that the user chose another day was read.
    OrderRead(LibraryOrder),
    /// The user hides the articles that are done, or shows them again.
    DoneHidden {
        /// Whether they are hidden.
        hidden: bool,
    },
}
