//! Journals in memory, and the queue of changes that are being saved.

use crate::saving::ticket::Ticket;
use crate::store::change::StoreChange;
use crate::store::error::StoreError;
use pullquote_core::edit::history::History;
use pullquote_core::edit::journal_entry::JournalEntry;
use std::rc::Rc;

/// The journal of an article, in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenJournal {
    /// The journal as far as the storage has confirmed it.
    pub saved: History,
    /// The entries that are not confirmed, each with the history after it.
    pub pending: Vec<(Rc<JournalEntry>, History)>,
    /// Whether another tab wrote first: the pending entries wait until its entries are read.
    pub is_behind: bool,
    /// Whether the article was deleted for good in another tab: the pending entries are never
    /// saved.
    pub is_deleted: bool,
    /// The last ticket before all pending entries were handed over again: refusals of this and of
    /// earlier tickets are ignored.
    pub superseded: Ticket,
}

impl OpenJournal {
    /// A journal without pending entries.
    #[must_use]
    pub fn new(saved: History) -> Self {
        Self {
            saved,
            pending: Vec::new(),
            is_behind: false,
            is_deleted: false,
            superseded: 0,
        }
    }

    /// Whether the journal has the same document and as many entries as `other`, an earlier state
    /// of it. Each change of it adds or confirms an entry, or changes a flag.
    pub(crate) fn is_as_long_as(&self, other: &Self) -> bool {
        let key = |journal: &Self| {
            let saved = (journal.saved.number(), journal.saved.first());
            let flags = (journal.is_behind, journal.is_deleted);
            (saved, journal.pending.len(), flags, journal.superseded)
        };
        key(self) == key(other)
            && Rc::ptr_eq(self.saved.document(), other.saved.document())
            && Rc::ptr_eq(self.history().document(), other.history().document())
    }

    /// The journal with all pending entries.
    #[must_use]
    pub fn history(&self) -> &History {
        self.pending.last().map_or(&self.saved, |(_, after)| after)
    }
}

/// The changes that the storage has not confirmed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SaveQueue {
    /// Changes that were handed over and are not answered yet, in order.
    pub waiting: Vec<(Ticket, Vec<Rc<StoreChange>>)>,
    /// Changes that were refused, with all later ones, in order. They are tried again together.
    pub refused: Vec<Rc<StoreChange>>,
    /// Those of the refused changes that were handed over after the refusal and are not answered
    /// yet.
    pub moved: Vec<(Ticket, Vec<Rc<StoreChange>>)>,
    /// Why changes were refused, if there are any.
    pub reason: Option<StoreError>,
}

/// Whether everything is saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SavedState {
    /// The storage has confirmed everything.
    Saved,
    /// Changes are being saved.
    Saving,
    /// Changes could not be saved; the reason.
    NotSaved(StoreError),
}

impl SaveQueue {
    /// Whether the queue has as many changes as `other`, an earlier state of it. A change is added
    /// with a new ticket, which counts as a change of the state by itself.
    pub(crate) fn is_as_long_as(&self, other: &Self) -> bool {
        let lengths = |queue: &Self| (queue.waiting.len(), queue.refused.len(), queue.moved.len());
        lengths(self) == lengths(other) && self.reason == other.reason
    }

    /// The changes that are not confirmed: those that are being saved, then those that were
    /// refused.
    pub(crate) fn changes(&self) -> impl Iterator<Item = &Rc<StoreChange>> {
        let waiting = self.waiting.iter().flat_map(|(_, changes)| changes);
        waiting.chain(&self.refused)
    }

    /// Whether no change of the user is being saved.
    pub(crate) fn has_only_compactions(&self) -> bool {
        let mut waiting = self.waiting.iter().flat_map(|(_, changes)| changes);
        waiting.all(|change| matches!(**change, StoreChange::Compact(_)))
    }
}
