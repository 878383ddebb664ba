//! Edits that belong together, with the name that undo shows.

use crate::edit::change::Edit;
use crate::edit::change_times::ChangeTimes;
use crate::edit::step_name::StepName;
use crate::model::document::Document;
use crate::model::error::ModelError;
use crate::model::id::Id;

use std::rc::Rc;

/// Edits that are done together or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    /// What it does, for undo and the history.
    pub name: Rc<StepName>,
    /// The edits, in order.
    pub edits: Vec<Edit>,
    /// Transactions in a row with the same run are undone together.
    pub run: Option<TypingRun>,
    /// When records changed in the other copy, if a merge made this transaction. Records
    /// without a time here change when the transaction is done.
    pub since: ChangeTimes,
}

/// A run of small changes that a person would call one change, such as typing a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypingRun {
    /// Typing in the note of this mark.
    Note(Id),
    /// Moving the start of this mark.
    Start(Id),
    /// Moving the end of this mark.
    End(Id),
    /// Typing an answer of a mark.
    Answer {
        /// The mark.
        mark: Id,
        /// The index of the attribute in the tag.
        index: usize,
    },
    /// Typing an answer of the article.
    Question {
        /// The index of the question in the codebook.
        index: usize,
    },
}

impl Transaction {
    /// A transaction that belongs to no run.
    #[must_use]
    pub fn new(name: impl Into<Rc<StepName>>, edits: Vec<Edit>) -> Self {
        Self {
            name: name.into(),
            edits,
            run: None,
            since: ChangeTimes::default(),
        }
    }

    /// Returns the changed document and the inverse transaction.
    ///
    /// Errors: the error of the first edit that does not fit. `document` never changes.
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
