//! The JSON shapes of what files and records have in common.
//!
//! A file a concept: the shape that is written, which borrows from the model, and the function
//! that reads it back. Readers check everything once, here, and give whole values of the model.

pub mod annotation;
pub mod answer;
pub mod article;
pub mod codebook;
pub mod entity;
pub mod json_text;
pub mod relation;
pub mod time;
