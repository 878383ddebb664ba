//! What is to be drawn, computed from the state. Pure.

mod colour_class;
mod findings;
mod reading;
mod rows;
mod steps;

pub use colour_class::colour_class;
pub use findings::{changes, summary_of, words_of};
pub use reading::{BlockView, Drawing, MarkView, Piece, SectionView};
pub use rows::{RowGroup, RowList, RowRun, RowView};
pub use steps::{StepRow, steps_of};
