//! The data: article, codebook, marks, relations, entities and answers.
//!
//! Invariants of the folder: values are checked once, when they are made; a
//! [`Document`](document::Document) is valid at all times.

pub mod annotation;
pub mod article;
pub mod codebook;
pub mod codebooks;
pub mod colour;
pub mod colour_vision;
pub mod coverage;
pub mod document;
pub mod entity;
pub mod error;
pub mod id;
pub mod library_entry;
pub mod marks;
pub(crate) mod records;
pub mod relation;
pub mod timestamp;
pub mod value;
