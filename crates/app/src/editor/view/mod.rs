//! What is to be drawn, computed from the state. Pure.

pub mod colour_class;
pub mod fields;
pub mod ledger;
pub mod mark_rows;
pub mod reading;
pub mod steps;
pub mod tag_groups;
pub mod window;
