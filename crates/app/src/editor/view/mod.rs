//! What the screens of the open article show, computed from the state.

pub mod block_view;
pub mod colour_class;
pub mod fields;
pub mod ledger;
pub mod letter_place;
pub mod mark_rows;
pub mod reading;
pub mod steps;
pub mod tag_groups;
pub mod window;
