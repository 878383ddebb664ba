//! Recognises the kind of a file by its content.

pub mod binary;
pub mod columns;
pub mod encoding;
pub mod fragment;
pub mod json;
pub mod kind;
pub mod markup;
pub mod notation;
