//! A step with its position in the journal of one article.

use crate::edit::transaction::Transaction;
use crate::model::error::ModelError;
use crate::model::id::Id;
use crate::model::timestamp::Timestamp;

use std::fmt;
use std::str::FromStr;

/// One step of an article as the journal keeps it: what was done, what takes it back, and where
/// undo and redo continue.
///
/// What undo and redo of a [`History`](crate::edit::history::History) lead to after the entry
/// `e`:
///
/// ```text
///            what undo takes back next   what redo does again next
///   Done     e                           nothing
///   Undone   e.undo                      e
///   Redone   e                           e.redo
/// ```
///
/// In the other cases, `undo` and `redo` lead to the entry that comes after `e` in the same
/// list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalEntry {
    /// Unique everywhere.
    pub id: Id,
    /// Its position: 1 is the first entry after the article was added, and there are no gaps.
    pub number: u64,
    /// The head of the journal that it was made on; `None` for the first entry, or if that head
    /// can no longer be read.
    pub after: Option<JournalHead>,
    /// When it was done.
    pub at: Timestamp,
    /// The coder's name; empty if unknown.
    pub by: String,
    /// What kind of step it is.
    pub kind: EntryKind,
    /// Whether it continues the typing run of the entry before it: undo takes both back.
    pub joins: bool,
    /// The number of the entry that undo continues with.
    pub undo: Option<u64>,
    /// The number of the entry that redo continues with.
    pub redo: Option<u64>,
    /// What was done.
    pub step: Transaction,
    /// What takes it back: the inverse of each edit of `step`, in reverse order.
    pub back: Transaction,
}

/// How a step came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// The user did it.
    Done,
    /// It took back a step.
    Undone,
    /// It repeated a step that had been taken back.
    Redone,
}

/// The id and the time of an entry, which are made before the entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryStamp {
    /// Unique everywhere.
    pub id: Id,
    /// When the step is done.
    pub at: Timestamp,
}

/// The end of a journal: the id of its last entry, and a number that stands for all entries up
/// to it. An entry that was moved keeps its id but has another head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JournalHead {
    /// The id of the last entry.
    pub id: Id,
    /// A checksum over the ids of all entries up to it.
    pub chain: u64,
}

impl fmt::Display for JournalHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:016x}", self.id, self.chain)
    }
}

impl FromStr for JournalHead {
    type Err = ModelError;

    fn from_str(text: &str) -> Result<Self, ModelError> {
        let wrong = || ModelError::BadId(text.to_owned());
        let (id, chain) = text.split_once('.').ok_or_else(wrong)?;
        Ok(Self {
            id: id.parse()?,
            chain: u64::from_str_radix(chain, 16).map_err(|_| wrong())?,
        })
    }
}

impl JournalEntry {
    /// The head of the journal after this entry.
    #[must_use]
    pub fn head(&self) -> JournalHead {
        let before = self.after.map_or(0, |after| after.chain);
        JournalHead {
            id: self.id,
            chain: self.id.chained(before),
        }
    }

    /// The number of the entry that undo takes back next, after this entry.
    #[must_use]
    pub fn undo_next(&self) -> Option<u64> {
        match self.kind {
            EntryKind::Undone => self.undo,
            EntryKind::Done | EntryKind::Redone => Some(self.number),
        }
    }

    /// The number of the entry that redo repeats next, after this entry.
    #[must_use]
    pub fn redo_next(&self) -> Option<u64> {
        match self.kind {
            EntryKind::Undone => Some(self.number),
            EntryKind::Done | EntryKind::Redone => self.redo,
        }
    }
}
