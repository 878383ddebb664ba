//! Changes as values: an edit, a named transaction of edits, and the history
//! that takes them back.
//!
//! Invariants of the folder: applying an edit gives its inverse; a transaction
//! applies whole or not at all; undoing everything gives the very document that
//! was there before.

mod change;
mod commands;
mod history;
mod transaction;

pub use change::Edit;
pub use commands::{
    CommandError, End, delete, delete_tag, flag, mark, move_end, rename, retag, write_note,
};
pub use history::{History, LIMIT};
pub use transaction::{Run, Transaction};
