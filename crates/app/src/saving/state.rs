//! What the storage has confirmed, and what is on its way.

use crate::saving::ticket::Ticket;
use crate::store::change::StoreChange;
use pullquote_core::edit::history::History;
use pullquote_core::edit::journal_entry::JournalEntry;
use std::rc::Rc;

/// The journal of an article, as far as it is known here.
#[derive(Clone, Debug)]
pub struct OpenJournal {
    /// What the storage has.
    pub kept: History,
    /// What it has not confirmed, each entry with the history after it.
    pub pending: Vec<(Rc<JournalEntry>, History)>,
    /// Whether another tab was first: what is pending waits for what the storage has.
    pub behind: bool,
    /// Whether the article was deleted for good elsewhere: what is pending is never kept.
    pub gone: bool,
    /// The last ticket before everything that is pending was handed over again: what is refused
    /// of it and of those before it is on its way anew.
    pub superseded: Ticket,
}

impl OpenJournal {
    /// A journal that the storage has as far as this history.
    #[must_use]
    pub fn new(kept: History) -> Self {
        Self {
            kept,
            pending: Vec::new(),
            behind: false,
            gone: false,
            superseded: 0,
        }
    }

    /// With everything that was done here.
    #[must_use]
    pub fn history(&self) -> &History {
        self.pending.last().map_or(&self.kept, |(_, after)| after)
    }
}

/// What the storage has not confirmed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SaveQueue {
    /// Handed over, not yet answered, in order.
    pub waiting: Vec<(Ticket, Vec<Rc<StoreChange>>)>,
    /// Refused, with everything after it, in order: to be tried again together.
    pub refused: Vec<Rc<StoreChange>>,
    /// What of that was handed over after what was refused, and is not yet answered.
    pub moved: Vec<(Ticket, Vec<Rc<StoreChange>>)>,
    /// Why, while anything is refused.
    pub reason: Option<String>,
}

/// What the saved state says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SavedState {
    /// Everything is kept.
    Saved,
    /// Something is on its way.
    Saving,
    /// Something could not be kept; why.
    NotSaved(String),
}

impl SaveQueue {
    /// Whether nothing that the user did is on its way.
    pub(crate) fn has_nothing_of_the_user(&self) -> bool {
        let mut waiting = self.waiting.iter().flat_map(|(_, changes)| changes);
        waiting.all(|change| matches!(**change, StoreChange::Fold(_)))
    }
}
