//! What Pullquote knows: an article, a codebook, and what was marked.
//!
//! Invariants of the folder: values are checked once, when they are made; a
//! [`Document`] is whole at all times; nothing here can be half-built.

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
pub mod relation;
pub mod timestamp;
pub mod value;
