//! Names that fit the grammar of a format.

pub mod grammar;
pub mod names;
pub mod stems;
