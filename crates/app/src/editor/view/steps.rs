//! The list of steps in the history panel.

use crate::messages::editor;
use crate::messages::step_names::step_name;
use pullquote_core::edit::history::History;
use pullquote_core::edit::journal_entry::EntryKind;
use pullquote_core::model::timestamp::Timestamp;

/// One row of the list: a step, or several steps that are undone together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepRow {
    /// The number of its last entry; 0 for the article as it was added.
    pub number: u64,
    /// What was done.
    pub name: String,
    /// When it was done.
    pub at: Option<Timestamp>,
    /// The coder; empty if unknown.
    pub by: String,
}

/// The steps in memory, newest first. If they are complete, the last row is the article as it was
/// added.
#[must_use]
pub fn steps_of(history: &History) -> Vec<StepRow> {
    let entries = history.entries();
    let mut rows = Vec::new();
    for (index, entry) in entries.iter().enumerate().rev() {
        if entries.get(index + 1).is_some_and(|next| next.joins) {
            continue;
        }
        let name = step_name(&entry.step.name);
        rows.push(StepRow {
            number: entry.number,
            name: match entry.kind {
                EntryKind::Done => name,
                EntryKind::Undone => editor::undo_step(&name),
                EntryKind::Redone => editor::redo_step(&name),
            },
            at: Some(entry.at),
            by: entry.by.clone(),
        });
    }
    if history.first() == 1 {
        rows.push(StepRow {
            number: 0,
            name: editor::AS_ADDED.to_owned(),
            at: None,
            by: String::new(),
        });
    }
    rows
}
