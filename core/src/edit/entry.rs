//! A step in its place in the journal of one article.

use super::Transaction;
use crate::model::{Id, Moment};

/// One step of an article, as the journal keeps it: what was done, what takes it
/// back, and where undo and redo go on from there.
///
/// The tops of the two lists of a [`History`](super::History) after the entry `e`:
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
pub struct Entry {
    /// Unique everywhere.
    pub id: Id,
    /// Its place: 1 is the first after the article was added; no gap.
    pub number: u64,
    /// The entry that it was made on; `None` for the first, or where that cannot be
    /// read any more.
    pub after: Option<Id>,
    /// When it was done.
    pub at: Moment,
    /// Who did it; empty if unknown.
    pub by: String,
    /// What kind of step it is.
    pub course: Course,
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
pub enum Course {
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
pub struct Seal {
    /// Unique everywhere.
    pub id: Id,
    /// When it is done.
    pub at: Moment,
}

impl Entry {
    /// What undo takes back next, once this was done.
    #[must_use]
    pub fn undo_next(&self) -> Option<u64> {
        match self.course {
            Course::Undone => self.undo,
            Course::Done | Course::Redone => Some(self.number),
        }
    }

    /// What redo does again next, once this was done.
    #[must_use]
    pub fn redo_next(&self) -> Option<u64> {
        match self.course {
            Course::Undone => Some(self.number),
            Course::Done | Course::Redone => self.redo,
        }
    }
}
