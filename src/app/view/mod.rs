//! What is to be drawn, computed from the state. Pure.

mod reading;
mod rows;

pub use reading::{BlockView, Drawing, MarkView, Piece, SectionView};
pub use rows::{RowGroup, RowList, RowRun, RowView};
