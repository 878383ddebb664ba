//! How the keyboard moves a selection of words.

use pullquote_core::text::snapping::MoveDirection;

/// How the keyboard moves a selection of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordMove {
    /// To the next or the previous word.
    Word(MoveDirection),
    /// Extends or shortens the selection by a word at its end.
    Reach(MoveDirection),
    /// Extends the selection to the end of the clause, or takes a clause back.
    ReachClause(MoveDirection),
    /// To the first word of the next or the previous block.
    Block(MoveDirection),
}
