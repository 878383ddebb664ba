//! Edits that belong together, under the name that undo shows.

use crate::edit::change::Edit;
use crate::edit::merge::ChangeTimes;
use crate::edit::step_name::StepName;
use crate::model::document::Document;
use crate::model::error::ModelError;
use crate::model::id::Id;

use std::rc::Rc;

/// Edits that are done together or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    /// What it does, for undo and the history.
    pub name: StepName,
    /// What it changes, in order.
    pub edits: Vec<Edit>,
    /// Set where a run of these should be undone as one step.
    pub run: Option<TypingRun>,
    /// When its pieces were put in or taken out in the other copy that a merge brought
    /// them from; the others when it is done.
    pub since: ChangeTimes,
}

/// A run of small changes that a person would call one: the keys of one note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypingRun {
    /// Typing in the note of this mark.
    Note(Id),
    /// Moving the start of this mark.
    Start(Id),
    /// Moving the end of this mark.
    End(Id),
    /// Typing the answer of this mark to what its tag asks at this place.
    Answer(Id, usize),
    /// Typing the answer of the article to the question at this place.
    Question(usize),
}

impl Transaction {
    /// A transaction of its own, in no run.
    #[must_use]
    pub fn new(name: StepName, edits: Vec<Edit>) -> Self {
        Self {
            name,
            edits,
            run: None,
            since: ChangeTimes::default(),
        }
    }

    /// The document after this, and the transaction that takes it back.
    ///
    /// An error is that of the first edit that does not fit; `document` is as it
    /// was in any case.
    pub fn apply(&self, document: &Document) -> Result<(Rc<Document>, Self), ModelError> {
        let mut changed = document.clone();
        let mut inverse = Vec::with_capacity(self.edits.len());
        for edit in &self.edits {
            inverse.push(edit.apply(&mut changed)?);
        }
        inverse.reverse();
        let back = Self {
            name: self.name.clone(),
            edits: inverse,
            run: self.run,
            since: ChangeTimes::default(),
        };
        Ok((Rc::new(changed), back))
    }
}
