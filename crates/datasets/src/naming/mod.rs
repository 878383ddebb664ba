//! Names that fit the grammar of a format.

pub mod names;
pub mod stems;
