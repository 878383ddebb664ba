//! The kind of a file: what it is, and which program it comes from.
//!
//! [`detect`] tells it, with the help of one module for each family of formats; each of their
//! `kind` functions gets the extension of the file's name in lower case.

pub mod binary;
pub mod columns;
pub mod detect;
pub mod encoding;
pub mod fragment;
pub mod json;
pub mod kind;
pub mod markup;
pub mod notation;
