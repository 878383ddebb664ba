//! What can happen while work is saved, here and in other tabs.

use crate::saving::ticket::Ticket;
use crate::store::article::{JournalSize, JournalTail};
use crate::store::error::StoreError;
use pullquote_core::edit::journal_entry::JournalEntry;
use pullquote_core::model::id::Id;
use std::rc::Rc;

/// One thing that happened to what is saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SavingAction {
    /// New entries of an article's journal were read.
    JournalRead {
        /// The article.
        id: Id,
        /// The entries after the last one known here.
        result: Result<JournalTail, StoreError>,
    },
    /// Older entries of an article's journal were read.
    OlderEntriesRead {
        /// The article.
        id: Id,
        /// The entries before the first one known here, oldest first.
        result: Result<Vec<Rc<JournalEntry>>, StoreError>,
    },
    /// Another tab changed this article.
    OtherTabChanged(Id),
    /// The user looks at this tab again.
    TabFocused,
    /// The storage saved the changes of a ticket, or refused them.
    StoreAnswered {
        /// The ticket of the changes.
        ticket: Ticket,
        /// Whether they are saved.
        result: Result<(), StoreError>,
    },
    /// The browser closed the storage: it failed, or the user deleted the site's data.
    StorageClosed,
    /// Save again what was refused.
    RetryRequested,
    /// Save an open article again that the storage no longer has.
    ArticleSavedAnew(Id),
    /// The journal of an article was measured.
    JournalMeasured {
        /// The article.
        id: Id,
        /// Its size.
        size: Result<JournalSize, StoreError>,
    },
}
