//! A document with the entries that led to it.

use crate::edit::journal_entry::{EntryKind, EntryStamp, JournalEntry, JournalHead};
use crate::edit::step_name::StepName;
use crate::edit::transaction::Transaction;
use crate::model::document::Document;
use crate::model::error::ModelError;

use std::rc::Rc;
use thiserror::Error;

/// How many entries a history holds in memory at least; twice as many at most, unless
/// undo went further back. The oldest go first; the storage has them, and [`History::with_older`] takes them in again.
pub const LIMIT: usize = 1_000;

/// A document that knows its way back. A value: every change gives a new one.
///
/// It is made of the journal of its article and nothing else: two tabs that have read
/// the same journal have the same history, and so has a tab that was opened later.
///
/// ```text
///   journal:  1 tag  2 note  3 undo 2  4 flag
///   undo ───► 4 flag ─► 1 tag          redo ─► nothing
/// ```
#[derive(Clone, Debug)]
pub struct History {
    document: Rc<Document>,
    // Invariant: numbers rise by one, the last is `number`; the `back` of the last,
    // applied to `document`, gives the document before it, and so on.
    entries: Vec<Rc<JournalEntry>>,
    number: u64,
    latest: Option<JournalHead>,
    undo: Option<u64>,
    redo: Option<u64>,
    // Whether the next step may still join the run of the last.
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

/// Why an entry of the journal does not go on from a history.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FollowError {
    /// It is not the next, or was made on another entry.
    #[error("entry {0} was made on another state")]
    Elsewhere(u64),
    /// What it changes is not there, or does not fit.
    #[error(transparent)]
    Model(#[from] ModelError),
}

impl History {
    /// The history of a document of which no entry is at hand: as of entry `number`,
    /// which was `latest`.
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

    /// The document as it is now.
    #[must_use]
    pub fn document(&self) -> &Rc<Document> {
        &self.document
    }

    /// The number of the last entry; 0 before the first.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The last entry, if there is one and it is known.
    #[must_use]
    pub fn latest(&self) -> Option<JournalHead> {
        self.latest
    }

    /// The entries that are at hand, oldest first.
    #[must_use]
    pub fn entries(&self) -> &[Rc<JournalEntry>] {
        &self.entries
    }

    /// The number of the first entry that is at hand; where none is, that of the next.
    #[must_use]
    pub fn first(&self) -> u64 {
        self.number + 1 - self.entries.len() as u64
    }

    /// Does a step. What was undone before can no longer be redone. A step of the same
    /// run as the last is undone together with it.
    pub fn step(
        &self,
        step: &Transaction,
        seal: EntryStamp,
    ) -> Result<(Self, Rc<JournalEntry>), ModelError> {
        let last = self.entries.last().filter(|last| {
            let goes_on = self.open && step.run.is_some() && last.step.run == step.run;
            goes_on && last.course == EntryKind::Done && self.undo == Some(last.number)
        });
        let (joins, undo) = match last {
            Some(last) => (true, last.undo),
            None => (false, self.undo),
        };
        let (after, entry) = self.enter(EntryKind::Done, step, seal, joins, undo, None)?;
        Ok((
            Self {
                open: true,
                ..after
            },
            entry,
        ))
    }

    /// This history, in which the next step starts anew even if it is of the same run
    /// as the last.
    #[must_use]
    pub fn settled(&self) -> Self {
        Self {
            open: false,
            ..self.clone()
        }
    }

    /// What undo would take back, if that is at hand.
    #[must_use]
    pub fn undo_name(&self) -> Option<&StepName> {
        self.name(self.undo)
    }

    /// What redo would do again, if that is at hand.
    #[must_use]
    pub fn redo_name(&self) -> Option<&StepName> {
        self.name(self.redo)
    }

    /// Whether undo or redo leads to an entry that is not at hand.
    #[must_use]
    pub fn wants_older(&self) -> bool {
        let is_away = |number: Option<u64>| number.is_some_and(|it| self.entry(it).is_none());
        is_away(self.undo) || is_away(self.redo) || self.run().is_none()
    }

    /// The history after the last step was taken back, and the entry that did it.
    /// `None` if there is none at hand.
    pub fn undo(&self, seal: EntryStamp) -> Result<Option<(Self, Rc<JournalEntry>)>, ModelError> {
        let Some(run) = self.run().filter(|run| !run.is_empty()) else {
            return Ok(None);
        };
        let (first, last) = (&run[0], &run[run.len() - 1]);
        let backs = run.iter().rev();
        let edits = backs.flat_map(|entry| entry.back.edits.iter().cloned());
        let step = Transaction::new(last.step.name.clone(), without_repeats(edits.collect()));
        let entered = self.enter(EntryKind::Undone, &step, seal, false, first.undo, self.redo)?;
        Ok(Some(entered))
    }

    /// The history after the last step that was taken back was done again, and the
    /// entry that did it. `None` if there is none at hand.
    pub fn redo(&self, seal: EntryStamp) -> Result<Option<(Self, Rc<JournalEntry>)>, ModelError> {
        let Some(undone) = self.redo.and_then(|number| self.entry(number)).cloned() else {
            return Ok(None);
        };
        let step = &undone.back;
        let entered = self.enter(EntryKind::Redone, step, seal, false, self.undo, undone.redo)?;
        Ok(Some(entered))
    }

    /// The history after an entry that the journal has next.
    ///
    /// Errors: it is not the next one, or does not fit; this history is as it was.
    pub fn follow(&self, entry: &Rc<JournalEntry>) -> Result<Self, FollowError> {
        let is_next = entry.number == self.number + 1;
        let is_made_on = |latest: JournalHead| entry.after.is_none_or(|after| after == latest);
        if !is_next || !self.latest.is_none_or(is_made_on) {
            return Err(FollowError::Elsewhere(entry.number));
        }
        let (document, _) = entry.step.apply(&self.document)?;
        Ok(self.entered(document, entry.clone()))
    }

    /// This history with older entries at hand: those that come right before its own
    /// are taken, the others are not.
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

    /// The document as it was after the entry `number`; `None` where an entry since
    /// then is not at hand.
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
        let place = usize::try_from(number.checked_sub(self.first())?).ok()?;
        self.entries.get(place)
    }

    /// The entries that undo takes back together, oldest first; empty where there is
    /// nothing to take back, `None` where one of them is not at hand.
    fn run(&self) -> Option<&[Rc<JournalEntry>]> {
        let Some(last) = self.undo else {
            return Some(&[]);
        };
        let mut first = self.entry(last)?;
        while first.joins {
            first = self.entry(first.number - 1)?;
        }
        let offset = self.first();
        let place = |number: u64| usize::try_from(number - offset).unwrap_or(usize::MAX);
        self.entries.get(place(first.number)..=place(last))
    }

    fn name(&self, number: Option<u64>) -> Option<&StepName> {
        let entry = self.entry(number?)?;
        Some(&entry.step.name)
    }

    fn enter(
        &self,
        course: EntryKind,
        step: &Transaction,
        seal: EntryStamp,
        joins: bool,
        undo: Option<u64>,
        redo: Option<u64>,
    ) -> Result<(Self, Rc<JournalEntry>), ModelError> {
        let (document, back) = step.apply(&self.document)?;
        let entry = Rc::new(JournalEntry {
            id: seal.id,
            number: self.number + 1,
            after: self.latest,
            at: seal.at,
            by: self.document.coder.clone(),
            course,
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
        let (number, latest) = (entry.number, Some(entry.link()));
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

/// A run puts the same record again and again; going back, only the last put of
/// each (the oldest value) counts.
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
