//! What is to be drawn, computed from the state. Pure.

mod reading;
mod rows;

pub use reading::{BlockView, MarkView, Piece, SectionView, sections};
pub use rows::{RowGroup, RowView, groups};
