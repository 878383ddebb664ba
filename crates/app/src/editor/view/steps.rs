//! The steps of an article, as the history panel lists them.

use crate::messages::step_names::step_name;
use pullquote_core::edit::history::History;
use pullquote_core::edit::journal_entry::EntryKind;
use pullquote_core::model::timestamp::Timestamp;

/// One line of the list: a step, or a run of steps that undo takes back together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepRow {
    /// The number of the last entry in it; 0: the article as it was added.
    pub number: u64,
    /// What was done.
    pub name: String,
    /// When.
    pub at: Option<Timestamp>,
    /// By whom; empty if unknown.
    pub by: String,
}

/// The steps that are at hand, newest first. The last line is the article as it was
/// added, if all its steps are at hand.
#[must_use]
pub fn steps_of(history: &History) -> Vec<StepRow> {
    let entries = history.entries();
    let mut rows = Vec::new();
    for (place, entry) in entries.iter().enumerate().rev() {
        if entries.get(place + 1).is_some_and(|next| next.joins) {
            continue;
        }
        let name = step_name(&entry.step.name);
        rows.push(StepRow {
            number: entry.number,
            name: match entry.course {
                EntryKind::Done => name,
                EntryKind::Undone => format!("undo: {name}"),
                EntryKind::Redone => format!("redo: {name}"),
            },
            at: Some(entry.at),
            by: entry.by.clone(),
        });
    }
    if history.first() == 1 {
        rows.push(StepRow {
            number: 0,
            name: "the article as it was added".to_owned(),
            at: None,
            by: String::new(),
        });
    }
    rows
}
