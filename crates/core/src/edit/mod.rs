//! Changes as values: an edit, a named transaction of edits, an entry of the journal,
//! and the history that takes them back.
//!
//! Invariants of the folder: applying an edit gives its inverse; a transaction
//! applies whole or not at all; undoing everything gives the very document that
//! was there before.

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
