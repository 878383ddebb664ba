//! Names that a format allows: of tags, relations, answers and files.

pub mod grammar;
pub mod names;
pub mod stems;
