//! Offsets in three units, spans, tokens, and the boundaries of words.
//!
//! Inside the crate, everything is counted in bytes of UTF-8. The other two units exist at the
//! borders: UTF-16 code units for the DOM, code points for files.

pub mod bidi;
pub mod clauses;
pub mod invisible;
pub mod offset;
pub mod offset_map;
pub mod shortened;
pub mod snapping;
pub mod span;
pub mod tokens;
pub mod word_search;
pub mod words;
