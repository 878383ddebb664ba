//! Changes as values: edits, transactions of edits with a name, journal entries, and the history
//! that undoes and redoes them.
//!
//! Invariants of the folder: applying an edit returns its inverse; a transaction applies as a
//! whole or not at all; undoing everything restores an equal document.

pub mod change;
pub mod change_times;
pub mod commands;
pub mod diff;
pub mod history;
pub mod journal_entry;
pub mod merge;
pub mod rebase;
pub mod recode_losses;
pub mod step_name;
pub mod transaction;
