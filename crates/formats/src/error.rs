//! Why a file or a record cannot be read.

use crate::file_kind::kind::FileKind;
use pullquote_core::model::error::ModelError;

use thiserror::Error;

/// The largest file that is read, in bytes: 64 MiB.
pub const SIZE_LIMIT: usize = 64 << 20;

/// Why a file, or a record of the storage, cannot be read; and where.
///
/// A `place` is a path in the file: `annotations[3].spans[0].quote`.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReadError {
    /// More than [`SIZE_LIMIT`].
    #[error("{size} bytes are more than the limit of {SIZE_LIMIT}")]
    TooLarge {
        /// Its size in bytes.
        size: usize,
    },
    /// Not UTF-8.
    #[error("not UTF-8: byte {byte}, in line {line}")]
    NotUtf8 {
        /// The first byte that is wrong, from 0.
        byte: usize,
        /// Its line, from 1.
        line: usize,
    },
    /// Not a text: it has zero bytes.
    #[error("not a text: byte {byte} is zero")]
    Binary {
        /// The first zero byte, from 0.
        byte: usize,
    },
    /// An archive (zip).
    #[error("an archive: unpack it, and read the files in it")]
    Archive,
    /// Neither a codebook nor a list of tags.
    #[error("not a list of tags: line {line} is “{found}”")]
    NotTagList {
        /// The first line that is not the name of a tag, from 1; empty lines do not count.
        line: usize,
        /// The text of that line.
        found: String,
    },
    /// A kind of file that is not read here.
    #[error("{0}; a Pullquote file or a text in UTF-8 is expected")]
    OtherKind(FileKind),
    /// Nothing but white space.
    #[error("no text")]
    Empty,
    /// Not JSON, or cut off.
    #[error("not whole JSON: line {line}, column {column}: {reason}")]
    NotJson {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// The parser's message.
        reason: String,
    },
    /// JSON that does not name this format.
    #[error("the file does not say `\"format\": \"pullquote\"`")]
    OtherTool,
    /// A version of the format that this program does not know.
    #[error("version {version} of the format is newer than this program")]
    Newer {
        /// The version that the file states.
        version: String,
    },
    /// Offsets in another unit than code points.
    #[error("offsets in `{unit}`; code points are expected")]
    OffsetUnit {
        /// The unit that the file states.
        unit: String,
    },
    /// A field is missing or has another type.
    #[error("{place}: {reason}")]
    Shape {
        /// Where in the file.
        place: String,
        /// What is expected there.
        reason: String,
    },
    /// The text is not the one that the file was written with.
    #[error("the text does not have the SHA-256 that the file states")]
    TextChanged,
    /// A range is empty, reversed, or outside the text.
    #[error("{place}: {start} to {end} is no part of the text")]
    Range {
        /// Where in the file.
        place: String,
        /// First code point.
        start: u32,
        /// First code point after.
        end: u32,
    },
    /// Quote and offsets disagree.
    #[error("{place}: the quote is `{quote}`, the text there is `{text}`")]
    Quote {
        /// Where in the file.
        place: String,
        /// The quote that the file states.
        quote: String,
        /// The text at these offsets.
        text: String,
    },
    /// The offsets in another unit disagree with those in code points.
    #[error("{place}: {stated:?} does not agree with start and end, which come to {actual:?}")]
    OtherUnit {
        /// Where in the file.
        place: String,
        /// The offsets that the file states.
        stated: [u32; 2],
        /// The offsets in that unit that the code points correspond to.
        actual: [u32; 2],
    },
    /// A value that the model does not accept.
    #[error("{place}: {error}")]
    Model {
        /// Where in the file.
        place: String,
        /// Why it is not accepted.
        error: ModelError,
    },
    /// A record of the storage is not what was written.
    #[error("the record does not have the checksum that it states")]
    Envelope,
    /// A time is not in RFC 3339.
    #[error("{place}: `{found}` is not a time")]
    Time {
        /// Where in the file.
        place: String,
        /// The text that stands there.
        found: String,
    },
}
