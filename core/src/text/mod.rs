//! Offsets in three units, spans, and where words begin and end.
//!
//! Inside, everything is counted in bytes of UTF-8. The other two units exist
//! for the two borders: UTF-16 code units for the DOM, code points for files.

pub mod bidi;
mod offset;
mod offset_map;
mod shortened;
mod snap;
mod span;
mod tokens;
mod unseen;
mod words;

pub use offset::{ByteOffset, CharOffset, Utf16Offset};
pub use offset_map::OffsetMap;
pub(crate) use offset_map::wide_chars;
pub use shortened::{capitalised, one_line, shortened};
pub use snap::{Edge, Way, exact, snap, step, word_around};
pub use span::Span;
pub use tokens::{TOKENIZERS, Tokenizer, cut, is_gap, sentences, tokens};
pub(crate) use unseen::is_space;
pub use unseen::is_unseen;
pub use words::part_at;
