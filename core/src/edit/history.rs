//! A document with the steps that led to it, and those that were taken back.

use super::Transaction;
use crate::model::{Document, ModelError};
use std::rc::Rc;

/// How many steps can be undone. The oldest go first.
pub const LIMIT: usize = 1_000;

/// Steps, oldest first.
type Steps = Vec<Rc<Transaction>>;

/// A document that knows its way back. A value: every change gives a new one.
///
/// ```text
///   done: a b c   document   undone: e d      undo ─► done: a b   undone: e d c
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    document: Rc<Document>,
    // Invariant: applied to `document`, the last of `done` gives the document
    // before the last step, and so on; the last of `undone` gives the next one.
    done: Steps,
    undone: Steps,
    // Whether the last step may still take in more of its run.
    open: bool,
}

impl History {
    /// The history of a document that nothing was done to yet.
    #[must_use]
    pub fn new(document: Rc<Document>) -> Self {
        Self {
            document,
            done: Vec::new(),
            undone: Vec::new(),
            open: false,
        }
    }

    /// The document as it is now.
    #[must_use]
    pub fn document(&self) -> &Rc<Document> {
        &self.document
    }

    /// Does a step. What was undone before can no longer be redone. A step of
    /// the same run as the last is undone together with it.
    pub fn apply(&self, transaction: &Transaction) -> Result<Self, ModelError> {
        let (document, inverse) = transaction.apply(&self.document)?;
        let mut done = self.done.clone();
        let goes_on = self.open
            && inverse.run.is_some()
            && done.last().is_some_and(|last| last.run == inverse.run);
        if goes_on && let Some(last) = done.pop() {
            let mut joined = inverse;
            joined.edits.extend(last.edits.iter().cloned());
            done.push(Rc::new(Transaction {
                edits: without_repeats(joined.edits),
                ..joined
            }));
        } else {
            done.push(Rc::new(inverse));
        }
        if done.len() > LIMIT {
            done.remove(0);
        }
        Ok(Self {
            document,
            done,
            undone: Vec::new(),
            open: true,
        })
    }

    /// This history, in which the next step starts anew even if it is of the
    /// same run as the last.
    #[must_use]
    pub fn settled(&self) -> Self {
        Self {
            open: false,
            ..self.clone()
        }
    }

    /// What undo would take back.
    #[must_use]
    pub fn undo_name(&self) -> Option<&str> {
        self.done.last().map(|step| step.name.as_str())
    }

    /// What redo would do again.
    #[must_use]
    pub fn redo_name(&self) -> Option<&str> {
        self.undone.last().map(|step| step.name.as_str())
    }

    /// The history after the last step was taken back, and the transaction that
    /// did it, for the journal. `None` if there is no step.
    pub fn undo(&self) -> Result<Option<(Self, Rc<Transaction>)>, ModelError> {
        self.travel(|history| (&mut history.done, &mut history.undone))
    }

    /// The history after the last step that was taken back was done again, and
    /// the transaction that did it. `None` if there is none.
    pub fn redo(&self) -> Result<Option<(Self, Rc<Transaction>)>, ModelError> {
        self.travel(|history| (&mut history.undone, &mut history.done))
    }

    /// Applies the last step of one list, and puts its inverse on the other.
    fn travel(
        &self,
        lists: impl FnOnce(&mut Self) -> (&mut Steps, &mut Steps),
    ) -> Result<Option<(Self, Rc<Transaction>)>, ModelError> {
        let mut history = self.clone();
        let (from, to) = lists(&mut history);
        let Some(step) = from.pop() else {
            return Ok(None);
        };
        let (document, back) = step.apply(&self.document)?;
        to.push(Rc::new(back));
        history.document = document;
        history.open = false;
        Ok(Some((history, step)))
    }
}

/// A run puts the same record again and again; going back, only the last put of
/// each (the oldest value) counts.
fn without_repeats(edits: Vec<super::Edit>) -> Vec<super::Edit> {
    use super::Edit::PutAnnotation;
    let is_put_again = |at: usize| match (&edits[at], edits.get(at + 1)) {
        (PutAnnotation(this), Some(PutAnnotation(next))) => this.id == next.id,
        _ => false,
    };
    (0..edits.len())
        .filter(|&at| !is_put_again(at))
        .map(|at| edits[at].clone())
        .collect()
}
