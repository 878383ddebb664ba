//! A package for training: the data in several formats, divided into parts, with a data card
//! and guidelines.

pub(crate) mod card;
pub(crate) mod cautions;
pub mod guidelines;
pub mod plan;
pub mod writer;
