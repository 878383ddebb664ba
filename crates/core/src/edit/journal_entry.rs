//! A step in its place in the journal of one article.

use crate::edit::transaction::Transaction;
use crate::model::error::ModelError;
use crate::model::id::Id;
use crate::model::timestamp::Timestamp;

use std::fmt;
use std::str::FromStr;

/// One step of an article, as the journal keeps it: what was done, what takes it
/// back, and where undo and redo go on from there.
///
/// The tops of the two lists of a [`History`](crate::edit::history::History) after the entry `e`:
///
/// ```text
///            what undo takes back next   what redo does again next
///   Done     e                           nothing
///   Undone   e.undo                      e
///   Redone   e                           e.redo
/// ```
///
/// In the other two cases the link leads to what lies below `e` in its own list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalEntry {
    /// Unique everywhere.
    pub id: Id,
    /// Its place: 1 is the first after the article was added; no gap.
    pub number: u64,
    /// What it was made on; `None` for the first, or where that cannot be read any more.
    pub after: Option<JournalHead>,
    /// When it was done.
    pub at: Timestamp,
    /// Who did it; empty if unknown.
    pub by: String,
    /// What kind of step it is.
    pub course: EntryKind,
    /// Whether it goes on with the run of the entry before it: undo takes both back.
    pub joins: bool,
    /// The entry that undo goes on with.
    pub undo: Option<u64>,
    /// The entry that redo goes on with.
    pub redo: Option<u64>,
    /// What was done.
    pub step: Transaction,
    /// What takes it back: the inverse of each edit of `step`, last first.
    pub back: Transaction,
}

/// How a step came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// The user did it.
    Done,
    /// It took back one that was done.
    Undone,
    /// It did one again that was taken back.
    Redone,
}

/// What is known of an entry before it is made: a name that nothing else has, and the
/// time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryStamp {
    /// Unique everywhere.
    pub id: Id,
    /// When it is done.
    pub at: Timestamp,
}

/// The end of a journal: its last entry, and a number that stands for all entries up to
/// it. An entry that was moved has the id that it had and another link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JournalHead {
    /// The id of the entry.
    pub id: Id,
    /// The ids of all entries up to it, as one number.
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
    /// The end of the journal once this was done.
    #[must_use]
    pub fn link(&self) -> JournalHead {
        let before = self.after.map_or(0, |after| after.chain);
        JournalHead {
            id: self.id,
            chain: self.id.chained(before),
        }
    }

    /// What undo takes back next, once this was done.
    #[must_use]
    pub fn undo_next(&self) -> Option<u64> {
        match self.course {
            EntryKind::Undone => self.undo,
            EntryKind::Done | EntryKind::Redone => Some(self.number),
        }
    }

    /// What redo does again next, once this was done.
    #[must_use]
    pub fn redo_next(&self) -> Option<u64> {
        match self.course {
            EntryKind::Undone => Some(self.number),
            EntryKind::Done | EntryKind::Redone => self.redo,
        }
    }
}
