//! What is to be drawn, computed from the state. Pure.

mod colour_class;
mod findings;
mod reading;
mod rows;
mod steps;
mod window;

pub use colour_class::colour_class;
pub use findings::{changes, summary_of, words_of};
pub use reading::{BlockView, Drawing, LEAST_HEIGHT, MarkView, Piece, SectionView, element_of};
pub use rows::{Item, RowList, RowView};
pub use steps::{StepRow, steps_of};
pub use window::{Seen, window};
