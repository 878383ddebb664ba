//! Changes of the stored data.

use pullquote_core::edit::change_times::ChangeTimes;
use pullquote_core::edit::journal_entry::{JournalEntry, JournalHead};
use pullquote_core::model::article::Article;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;
use pullquote_core::model::library_entry::LibraryEntry;
use pullquote_core::model::timestamp::Timestamp;
use std::rc::Rc;

/// One change of the stored data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreChange {
    /// Adds a new article.
    Add {
        /// The article.
        document: Rc<Document>,
        /// Its library entry.
        library_entry: Rc<LibraryEntry>,
    },
    /// Appends an entry to the journal of an article.
    Append {
        /// The article.
        article: Rc<Article>,
        /// The entry.
        entry: Rc<JournalEntry>,
        /// The library entry after it, if that is known.
        library_entry: Option<Rc<LibraryEntry>>,
    },
    /// Stores the state of an article after an entry, so that opening it need not replay the
    /// entries before.
    Compact(Rc<Compaction>),
    /// Puts a library entry.
    PutEntry(Rc<LibraryEntry>),
    /// Deletes an article, or restores it.
    SetDeleted {
        /// The article.
        article: Id,
        /// When it was deleted; `None` restores it.
        at: Option<Timestamp>,
    },
    /// Remembers that an article was copied out of the browser.
    SetCopied {
        /// The article.
        article: Id,
        /// When it was copied.
        at: Timestamp,
    },
    /// Remembers when the records of an article were changed, as restored from backups.
    SetChangeTimes {
        /// The article.
        article: Id,
        /// The times.
        times: Rc<ChangeTimes>,
    },
    /// Sets a record aside that cannot be read. The record itself stays.
    SetAside {
        /// The article.
        article: Id,
        /// The key of the record.
        key: String,
        /// The record.
        record: String,
    },
    /// Deletes an article for good.
    Purge(Id),
    /// Deletes the records of an article for good that were set aside.
    DiscardSetAside(Id),
}

/// The state of an article after an entry of its journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compaction {
    /// The document.
    pub document: Rc<Document>,
    /// The number of the entry; 0 if there is none.
    pub number: u64,
    /// The head of the journal at this entry, if it is known.
    pub latest: Option<JournalHead>,
    /// The number of the stored state before this one, which is kept; earlier ones are dropped.
    pub before: u64,
    /// Records that could not be read, each with its key: they are set aside.
    pub damaged: Vec<(String, String)>,
}

impl StoreChange {
    /// The article that is changed.
    #[must_use]
    pub fn article(&self) -> Id {
        match self {
            Self::Add { document, .. } => document.article().id,
            Self::Append { article, .. } => article.id,
            Self::Compact(compaction) => compaction.document.article().id,
            Self::PutEntry(entry) => entry.id,
            Self::SetDeleted { article, .. }
            | Self::SetCopied { article, .. }
            | Self::SetChangeTimes { article, .. }
            | Self::SetAside { article, .. } => *article,
            Self::Purge(id) | Self::DiscardSetAside(id) => *id,
        }
    }
}
