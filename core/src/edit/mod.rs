//! Changes as values: an edit, a named transaction of edits, an entry of the journal,
//! and the history that takes them back.
//!
//! Invariants of the folder: applying an edit gives its inverse; a transaction
//! applies whole or not at all; undoing everything gives the very document that
//! was there before.

mod booking;
mod bulk;
mod casting;
mod change;
mod commands;
mod difference;
mod entry;
mod history;
mod linking;
mod merge;
mod pieces;
mod rebase;
mod recoding;
mod transaction;

pub use booking::{Losses, Renamed, recode};
pub use bulk::{delete_all, mark_as, retag_all};
pub use casting::{drop_member, gather, mentions, part, refer, rename_member};
pub use change::Edit;
pub use commands::{CommandError, End, delete, flag, mark, move_end, rename, retag, write_note};
pub use difference::difference;
pub use entry::{Course, Entry, Link, Seal};
pub use history::{FollowError, History, LIMIT};
pub use linking::{answer, answer_question, in_words, relate, unrelate};
pub use merge::{MergeError, Piece, Side, Tally, Traces, merge, merging, tally};
pub use pieces::{add_piece, drop_piece, move_edge};
pub use rebase::{Rebased, rebase};
pub use recoding::{AtRisk, Decision, Part, Recoding};
pub use transaction::{Run, Transaction};
