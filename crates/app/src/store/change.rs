//! Changes of what the storage has.

use pullquote_core::edit::change_times::ChangeTimes;
use pullquote_core::edit::journal_entry::{JournalEntry, JournalHead};
use pullquote_core::model::article::Article;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;
use pullquote_core::model::library_entry::LibraryEntry;
use pullquote_core::model::timestamp::Timestamp;
use std::rc::Rc;

/// One change of what is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreChange {
    /// A new article, with its line.
    Add(Rc<Document>, Rc<LibraryEntry>),
    /// One more entry in an article's journal, and the line that the article has then.
    Append(Rc<Article>, Rc<JournalEntry>, Option<Rc<LibraryEntry>>),
    /// An article as of an entry: opening it need not replay the entries before.
    Fold(Rc<Compaction>),
    /// A line of the library.
    Shelve(Rc<LibraryEntry>),
    /// An article was deleted, or brought back.
    Delete(Id, Option<Timestamp>),
    /// A copy of an article left the browser.
    Copied(Id, Timestamp),
    /// What backups say of when the pieces of an article were put in and taken out.
    Trace(Id, Rc<ChangeTimes>),
    /// A record that cannot be read is set aside: the article, its key, its content. It
    /// stays where it is.
    SetAside(Id, String, String),
    /// An article is gone for good.
    Purge(Id),
    /// What was set aside of an article is gone for good.
    Discard(Id),
}

/// An article as of one entry of its journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compaction {
    /// The article with its marks.
    pub document: Rc<Document>,
    /// The number of the entry; 0: none.
    pub number: u64,
    /// The entry, if that is known.
    pub latest: Option<JournalHead>,
    /// The state before this, which stays; those before it go.
    pub before: u64,
    /// Records that could not be read, each with its key: they are set aside.
    pub damaged: Vec<(String, String)>,
}

impl StoreChange {
    /// The article that is changed.
    #[must_use]
    pub fn article(&self) -> Id {
        match self {
            Self::Add(document, _) => document.article().id,
            Self::Append(article, ..) => article.id,
            Self::Fold(fold) => fold.document.article().id,
            Self::Shelve(line) => line.id,
            Self::Delete(id, _) | Self::Copied(id, _) => *id,
            Self::Trace(id, _) | Self::SetAside(id, ..) => *id,
            Self::Purge(id) | Self::Discard(id) => *id,
        }
    }
}
