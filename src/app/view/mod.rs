//! What is to be drawn, computed from the state. Pure.

mod colour_class;
mod fields;
mod findings;
mod reading;
mod rows;
mod steps;
mod table;
mod tag_list;
mod window;

pub use colour_class::colour_class;
pub use fields::{
    Candidate, Chip, Field, FieldKind, answer_at, backlinks, candidates, fields, party_of,
    pressed_at,
};
pub use findings::{changes, summary_of, words_of};
pub use reading::{
    BlockView, Drawing, LEAST_HEIGHT, LetterPlace, MarkView, Piece, SectionView, element_of,
};
pub use rows::{Item, RowList, RowView};
pub use steps::{StepRow, steps_of};
pub use table::sorted_ledger;
pub use tag_list::{TagGroup, group_of, tag_groups};
pub use window::{Seen, window};
