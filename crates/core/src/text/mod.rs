//! Offsets in three units, spans, and where words begin and end.
//!
//! Inside, everything is counted in bytes of UTF-8. The other two units exist
//! for the two borders: UTF-16 code units for the DOM, code points for files.

pub mod bidi;
pub mod invisible;
pub mod offset;
pub mod offset_map;
pub mod shortened;
pub mod snapping;
pub mod span;
pub mod tokens;
pub mod words;
