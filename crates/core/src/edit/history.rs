//! A document together with the journal entries that led to it.

use crate::edit::journal_entry::{EntryKind, EntryStamp, JournalEntry, JournalHead};
use crate::edit::step_name::StepName;
use crate::edit::transaction::Transaction;
use crate::model::document::Document;
use crate::model::error::ModelError;

use std::rc::Rc;
use thiserror::Error;

/// The minimum number of entries that a history keeps in memory once the journal is longer. It
/// holds at most twice as many, unless [`History::with_older`] added more. The oldest entries
/// are dropped first; storage still has them.
pub const LIMIT: usize = 1_000;

/// A document with the end of its journal, which can undo and redo. It is a value: every change
/// returns a new history.
///
/// A history depends on nothing but the journal of its article: two tabs that have read the same
/// journal have the same history, also a tab that was opened later.
///
/// ```text
///   journal:  1 tag  2 note  3 undo 2  4 flag
///   undo ───► 4 flag ─► 1 tag          redo ─► nothing
/// ```
#[derive(Clone, Debug)]
pub struct History {
    document: Rc<Document>,
    // Invariant: numbers rise by one and the last is `number`. The `back` of the last entry,
    // applied to `document`, gives the document before that entry, and so on.
    entries: Vec<Rc<JournalEntry>>,
    number: u64,
    latest: Option<JournalHead>,
    undo: Option<u64>,
    redo: Option<u64>,
    // Whether the next step may still join the typing run of the last one.
    open: bool,
}

/// Entries are compared by their ids, which are unique.
impl PartialEq for History {
    fn eq(&self, other: &Self) -> bool {
        let mut entries = self.entries.iter().zip(&other.entries);
        (self.number, self.latest, self.undo, self.redo, self.open)
            == (
                other.number,
                other.latest,
                other.undo,
                other.redo,
                other.open,
            )
            && self.entries.len() == other.entries.len()
            && entries.all(|(mine, theirs)| mine.id == theirs.id)
            && self.document == other.document
    }
}

impl Eq for History {}

/// Why an entry of the journal cannot follow a history.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FollowError {
    /// It does not have the next number, or it was made on another entry.
    #[error("entry {number} was made on another state")]
    Elsewhere {
        /// The number of the refused entry.
        number: u64,
    },
    /// It changes something that does not exist, or its change does not fit.
    #[error(transparent)]
    Model(#[from] ModelError),
}

impl History {
    /// The history of a document as of entry `number`, whose head is `latest`, with no entries
    /// in memory.
    #[must_use]
    pub fn new(document: Rc<Document>, number: u64, latest: Option<JournalHead>) -> Self {
        Self {
            document,
            entries: Vec::new(),
            number,
            latest,
            undo: None,
            redo: None,
            open: false,
        }
    }

    /// The current document.
    #[must_use]
    pub fn document(&self) -> &Rc<Document> {
        &self.document
    }

    /// The number of the last entry; 0 before the first.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The head of the journal; `None` if there is no entry or its head is unknown.
    #[must_use]
    pub fn latest(&self) -> Option<JournalHead> {
        self.latest
    }

    /// The entries in memory, oldest first.
    #[must_use]
    pub fn entries(&self) -> &[Rc<JournalEntry>] {
        &self.entries
    }

    /// The number of the first entry in memory; if there is none, the number of the next entry.
    #[must_use]
    pub fn first(&self) -> u64 {
        self.number + 1 - self.entries.len() as u64
    }

    /// Applies a step and returns the new history with the entry that was made. Steps that were
    /// undone before can no longer be redone. A step of the same typing run as the last one is
    /// undone together with it.
    ///
    /// Errors: an edit does not fit the document.
    pub fn step(
        &self,
        step: &Transaction,
        stamp: EntryStamp,
    ) -> Result<(Self, Rc<JournalEntry>), ModelError> {
        let last = self.entries.last().filter(|last| {
            let goes_on = self.open && step.run.is_some() && last.step.run == step.run;
            goes_on && last.kind == EntryKind::Done && self.undo == Some(last.number)
        });
        let (joins, undo) = match last {
            Some(last) => (true, last.undo),
            None => (false, self.undo),
        };
        let (after, entry) = self.enter(EntryKind::Done, step, stamp, joins, undo, None)?;
        Ok((
            Self {
                open: true,
                ..after
            },
            entry,
        ))
    }

    /// This history with its typing run ended: the next step starts a new one even if it belongs
    /// to the same run as the last.
    #[must_use]
    pub fn settled(&self) -> Self {
        Self {
            open: false,
            ..self.clone()
        }
    }

    /// The name of the step that undo would take back, if that entry is in memory.
    #[must_use]
    pub fn undo_name(&self) -> Option<&StepName> {
        self.name(self.undo)
    }

    /// The name of the step that redo would repeat, if that entry is in memory.
    #[must_use]
    pub fn redo_name(&self) -> Option<&StepName> {
        self.name(self.redo)
    }

    /// Whether undo or redo leads to an entry that is not in memory.
    #[must_use]
    pub fn wants_older(&self) -> bool {
        let is_away =
            |number: Option<u64>| number.is_some_and(|number| self.entry(number).is_none());
        is_away(self.undo) || is_away(self.redo) || self.run().is_none()
    }

    /// Takes back the last step: returns the new history and the entry that did it. `None` if
    /// there is nothing to undo in memory.
    pub fn undo(&self, stamp: EntryStamp) -> Result<Option<(Self, Rc<JournalEntry>)>, ModelError> {
        let Some(run) = self.run().filter(|run| !run.is_empty()) else {
            return Ok(None);
        };
        let (first, last) = (&run[0], &run[run.len() - 1]);
        let backs = run.iter().rev();
        let edits = backs.flat_map(|entry| entry.back.edits.iter().cloned());
        let step = Transaction::new(last.step.name.clone(), without_repeats(edits.collect()));
        let entered = self.enter(
            EntryKind::Undone,
            &step,
            stamp,
            false,
            first.undo,
            self.redo,
        )?;
        Ok(Some(entered))
    }

    /// Repeats the step that was undone last: returns the new history and the entry that did it.
    /// `None` if there is nothing to redo in memory.
    pub fn redo(&self, stamp: EntryStamp) -> Result<Option<(Self, Rc<JournalEntry>)>, ModelError> {
        let Some(undone) = self.redo.and_then(|number| self.entry(number)).cloned() else {
            return Ok(None);
        };
        let step = &undone.back;
        let entered = self.enter(
            EntryKind::Redone,
            step,
            stamp,
            false,
            self.undo,
            undone.redo,
        )?;
        Ok(Some(entered))
    }

    /// The history after `entry`, the next entry of the journal.
    ///
    /// Errors: it is not the next one, or it does not fit the document.
    pub fn follow(&self, entry: &Rc<JournalEntry>) -> Result<Self, FollowError> {
        let is_next = entry.number == self.number + 1;
        let is_made_on = |latest: JournalHead| entry.after.is_none_or(|after| after == latest);
        if !is_next || !self.latest.is_none_or(is_made_on) {
            return Err(FollowError::Elsewhere {
                number: entry.number,
            });
        }
        let (document, _) = entry.step.apply(&self.document)?;
        Ok(self.entered(document, entry.clone()))
    }

    /// This history with older entries added: those that come directly before its own. Other
    /// entries in `older` are ignored.
    #[must_use]
    pub fn with_older(&self, older: &[Rc<JournalEntry>]) -> Self {
        let mut wanted = self.first() - 1;
        let mut taken = Vec::new();
        for entry in older.iter().rev() {
            if entry.number > wanted {
                continue;
            }
            if entry.number < wanted || wanted == 0 {
                break;
            }
            taken.push(entry.clone());
            wanted -= 1;
        }
        taken.reverse();
        let mut history = self.clone();
        if let (true, Some(last)) = (self.entries.is_empty(), taken.last()) {
            history.undo = last.undo_next();
            history.redo = last.redo_next();
        }
        taken.extend(self.entries.iter().cloned());
        history.entries = taken;
        history
    }

    /// The document as it was after the entry `number`; `None` if a later entry is not in
    /// memory.
    pub fn state_at(&self, number: u64) -> Result<Option<Rc<Document>>, ModelError> {
        let mut document = self.document.clone();
        let mut at = self.number;
        for entry in self.entries.iter().rev() {
            if at <= number {
                break;
            }
            document = entry.back.apply(&document)?.0;
            at -= 1;
        }
        Ok((at == number).then_some(document))
    }

    fn entry(&self, number: u64) -> Option<&Rc<JournalEntry>> {
        let index = usize::try_from(number.checked_sub(self.first())?).ok()?;
        self.entries.get(index)
    }

    /// The entries that undo takes back together, oldest first. Empty if there is nothing to
    /// undo; `None` if one of them is not in memory.
    fn run(&self) -> Option<&[Rc<JournalEntry>]> {
        let Some(last) = self.undo else {
            return Some(&[]);
        };
        let mut first = self.entry(last)?;
        while first.joins {
            first = self.entry(first.number - 1)?;
        }
        let offset = self.first();
        let index = |number: u64| usize::try_from(number - offset).unwrap_or(usize::MAX);
        self.entries.get(index(first.number)..=index(last))
    }

    fn name(&self, number: Option<u64>) -> Option<&StepName> {
        let entry = self.entry(number?)?;
        Some(&entry.step.name)
    }

    fn enter(
        &self,
        kind: EntryKind,
        step: &Transaction,
        stamp: EntryStamp,
        joins: bool,
        undo: Option<u64>,
        redo: Option<u64>,
    ) -> Result<(Self, Rc<JournalEntry>), ModelError> {
        let (document, back) = step.apply(&self.document)?;
        let entry = Rc::new(JournalEntry {
            id: stamp.id,
            number: self.number + 1,
            after: self.latest,
            at: stamp.at,
            by: self.document.coder.clone(),
            kind,
            joins,
            undo,
            redo,
            step: step.clone(),
            back,
        });
        Ok((self.entered(document, entry.clone()), entry))
    }

    fn entered(&self, document: Rc<Document>, entry: Rc<JournalEntry>) -> Self {
        let mut entries = self.entries.clone();
        if entries.len() >= 2 * LIMIT {
            entries.drain(..LIMIT);
        }
        let (number, latest) = (entry.number, Some(entry.head()));
        let (undo, redo) = (entry.undo_next(), entry.redo_next());
        entries.push(entry);
        Self {
            document,
            entries,
            number,
            latest,
            undo,
            redo,
            open: false,
        }
    }
}

/// Removes repeated edits of one mark: a typing run puts the same mark again and again, and
/// going back only the last of them (the oldest value) counts.
fn without_repeats(edits: Vec<crate::edit::change::Edit>) -> Vec<crate::edit::change::Edit> {
    use crate::edit::change::Edit::PutAnnotation;
    let is_put_again = |at: usize| match (&edits[at], edits.get(at + 1)) {
        (PutAnnotation(this), Some(PutAnnotation(next))) => this.id == next.id,
        _ => false,
    };
    (0..edits.len())
        .filter(|&at| !is_put_again(at))
        .map(|at| edits[at].clone())
        .collect()
}
