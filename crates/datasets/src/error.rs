//! What can go wrong between a document and a verified file.
//!
//! | error | when |
//! |---|---|
//! | [`ReadBackError`] | a reader does not understand the bytes of a file |
//! | [`ZipError`] | an archive cannot be packed or unpacked |
//! | [`CheckError`] | a file is checked without the document that it was written from |
//! | [`Difference`], [`VerifyError`] | a written file is compared with its document |
//! | [`DatasetError`] | a dataset is written in memory |

use pullquote_formats::error::ReadError;

use std::io;
use std::str::Utf8Error;
use thiserror::Error;

/// Why the reader of a format does not understand a file.
///
/// The first variants pass on the message of another library or of another layer; the others
/// state what the format requires.
#[derive(Debug, Error)]
pub enum ReadBackError {
    /// The file is not UTF-8.
    #[error(transparent)]
    NotUtf8(#[from] Utf8Error),
    /// The file, or a line of it, is not JSON.
    #[error(transparent)]
    NotJson(#[from] serde_json::Error),
    /// The file is not well-formed XML.
    #[error(transparent)]
    NotXml(#[from] roxmltree::Error),
    /// The file, or a part of it, is not MessagePack.
    #[error(transparent)]
    NotMessagePack(#[from] rmpv::decode::Error),
    /// The file cannot be decompressed.
    #[error(transparent)]
    NotCompressed(#[from] io::Error),
    /// The archive cannot be unpacked.
    #[error(transparent)]
    Archive(#[from] ZipError),
    /// Our own file is not valid.
    #[error(transparent)]
    OwnFile(#[from] ReadError),

    /// A line is wrong.
    #[error("line {line}: {reason}")]
    Line {
        /// Its number, from 1.
        line: usize,
        /// What is wrong with it.
        reason: Box<ReadBackError>,
    },
    /// A line or a row does not have the shape that its format requires.
    #[error("line {line} is no {expected}")]
    LineIsNot {
        /// Its number, from 1.
        line: usize,
        /// What it should be: "annotation", "row of a token".
        expected: &'static str,
    },
    /// A line stands before the first line of its document.
    #[error("line {line} stands before `{header}`")]
    LineBeforeHeader {
        /// Its number, from 1.
        line: usize,
        /// How a document begins.
        header: &'static str,
    },
    /// A line has too many columns, or too few.
    #[error("line {line} has {columns} columns")]
    Columns {
        /// Its number, from 1.
        line: usize,
        /// How many it has.
        columns: usize,
    },
    /// A record of a table has more cells than its heading, or fewer.
    #[error("record {record} has {cells} cells")]
    Cells {
        /// Its number, from 1; the heading is the first.
        record: usize,
        /// How many it has.
        cells: usize,
    },
    /// A cell of a table is not an offset.
    #[error("record {record}: `{cell}` is no offset")]
    CellIsNoOffset {
        /// The number of its record, from 1; the heading is the first.
        record: usize,
        /// What it says.
        cell: String,
    },

    /// The file does not begin as files of its format do.
    #[error("it does not begin with `{0}`")]
    Beginning(&'static str),
    /// The root element of an XML file has another name.
    #[error("<{found}> is not <{expected}>")]
    RootElement {
        /// Its name.
        found: String,
        /// The names that are allowed, separated by `> or <`.
        expected: String,
    },
    /// The file is incomplete, or not Parquet.
    #[error("the file is cut off, or no Parquet")]
    NotParquet,

    /// A field is missing.
    #[error("`{0}` is missing")]
    MissingField(String),
    /// A field is not a whole number of 32 bits.
    #[error("`{0}` is no whole number")]
    FieldIsNoNumber(String),
    /// A field is not a text.
    #[error("`{0}` is no text")]
    FieldIsNoText(String),
    /// A field is not a list.
    #[error("`{0}` is no list")]
    FieldIsNoList(String),
    /// A field is not binary.
    #[error("`{0}` is not binary")]
    FieldIsNotBinary(String),
    /// A part that every file of the format has is missing.
    #[error("there is no {0}")]
    Missing(&'static str),
    /// A thing that the file refers to is missing.
    #[error("there is no {kind} {name}")]
    MissingNamed {
        /// What kind of thing: "column", "anchor", "code".
        kind: &'static str,
        /// Its name.
        name: String,
    },
    /// A part of the file does not have the shape that its format requires. The text says
    /// which, and what is wrong: "a region has no label".
    #[error("{0}")]
    Malformed(&'static str),
    /// A value is not of the kind that its format requires.
    #[error("{value} is no {expected}")]
    ValueIsNot {
        /// The value, as the file has it.
        value: String,
        /// What it should be: "label", "tag".
        expected: &'static str,
    },

    /// A tag continues a span, and no span with its label is open.
    #[error("{0} goes on with nothing")]
    TagContinuesNothing(String),
    /// A tag of IOB1 separates a span from the one before, and there is none before.
    #[error("{0} parts nothing from what is before it")]
    TagSeparatesNothing(String),
    /// A token continues an entity, and no entity with its label is open.
    #[error("the token “{0}” goes on with no entity")]
    TokenContinuesNothing(String),

    /// The offsets of a span are not those of its tokens.
    #[error("the tokens of {start} to {end} are others")]
    TokensOfSpan {
        /// Its start.
        start: u32,
        /// Its end (exclusive).
        end: u32,
    },
    /// The text of a sentence is not that of its tokens.
    #[error("line {line}: the text is not that of its tokens")]
    TextOfTokens {
        /// The number of the line that has the text, from 1.
        line: usize,
    },
    /// The offsets of a token do not fit its words.
    #[error("line {line}: {offsets} are not the offsets of “{words}”")]
    OffsetsOfToken {
        /// The number of its line, from 1.
        line: usize,
        /// The offsets, as the file has them.
        offsets: String,
        /// The words of the token.
        words: String,
    },
    /// An annotation has more words than its offsets cover.
    #[error("line {line}: there are more words than its offsets have")]
    WordsBeyondOffsets {
        /// The number of its line, from 1.
        line: usize,
    },
    /// The words that the file shows are not those at the offsets.
    #[error("{label}: {start} to {end} are not “{words}”")]
    WordsOfSpan {
        /// The label of the span.
        label: String,
        /// Its start.
        start: u32,
        /// Its end (exclusive).
        end: u32,
        /// The words that the file shows.
        words: String,
    },
    /// An entity is missing from the span group that has all spans.
    #[error("the entity {0} is not in the group")]
    EntityNotInGroup(String),

    /// A relation ends at a mark that the file does not have.
    #[error("a relation leads to {0}, which is not there")]
    RelationEnd(String),
    /// A relation ends at a mark that the file does not have.
    #[error("relation {0} has no such end")]
    RelationHasNoEnd(String),
    /// A relation ends at a mark that the file does not have.
    #[error("line {line}: there is no {end}")]
    LineHasNoEnd {
        /// The number of its line, from 1.
        line: usize,
        /// The name of the missing mark.
        end: String,
    },
    /// An edge ends at a node that the file does not have.
    #[error("an edge has no {side} {node}")]
    EdgeEnd {
        /// Which end: "source" or "target".
        side: &'static str,
        /// The name of the missing node.
        node: String,
    },
    /// A file of the archive is missing.
    #[error("{0} is not there")]
    FileMissing(String),
}

impl ReadBackError {
    /// The same error, in the line with this number (from 1).
    #[must_use]
    pub fn in_line(self, line: usize) -> Self {
        Self::Line {
            line,
            reason: Box::new(self),
        }
    }
}

/// Why an archive cannot be packed or unpacked.
#[derive(Debug, Error)]
pub enum ZipError {
    /// It is not a zip archive, or is damaged.
    #[error(transparent)]
    Archive(#[from] rawzip::Error),
    /// A file of it cannot be unpacked.
    #[error("{name}: {error}")]
    File {
        /// Its name.
        name: String,
        /// Why not.
        error: io::Error,
    },
    /// A file of it is compressed in a way that is not supported.
    #[error("{0} is packed in a way that is not known")]
    Compression(String),
    /// Its files are too large together.
    #[error("it holds more than {limit} bytes")]
    TooLarge {
        /// The most that is unpacked, in bytes.
        limit: u64,
    },
}

/// What is wrong with a file that is checked on its own.
#[derive(Debug, Error)]
pub enum CheckError {
    /// It cannot be read.
    #[error(transparent)]
    Unreadable(#[from] ReadBackError),
    /// A span ends before it starts, or is empty.
    #[error("{label}: {start} to {end} is no span")]
    EmptySpan {
        /// The label of the span.
        label: String,
        /// Its start.
        start: u32,
        /// Its end (exclusive).
        end: u32,
    },
    /// A span has another length than its words.
    #[error("{label}: {start} to {end} is not as long as “{quote}”")]
    Length {
        /// The label of the span.
        label: String,
        /// Its start.
        start: u32,
        /// Its end (exclusive).
        end: u32,
        /// The words that the file has for it, shortened.
        quote: String,
    },
    /// A span is not within the text, or is empty.
    #[error("a span of “{label}” is no part of the text")]
    Outside {
        /// Its label.
        label: String,
    },
    /// The words of a span are not those at its offsets.
    #[error("{label}: “{quote}” is written where the text has “{words}”")]
    Quote {
        /// The label of the span.
        label: String,
        /// The words that the file has for it, shortened.
        quote: String,
        /// The words at its offsets, shortened.
        words: String,
    },
    /// There is a text with words, and no token.
    #[error("there is a text and no token of it")]
    NoTokens,
    /// The text does not continue with this token.
    #[error("“{0}” does not stand in the text")]
    TokenNotInText(String),
}

/// How a file differs from the document that it was written from.
#[derive(Debug, Error)]
pub enum Difference {
    /// The text is not the same.
    #[error("the text is another")]
    Text,
    /// A span is not within the text, or is empty.
    #[error("a span of “{label}” is no part of the text")]
    Outside {
        /// Its label.
        label: String,
    },
    /// The words of a span are not those at its offsets.
    #[error("“{quote}” is written where the text has “{words}”")]
    Quote {
        /// The words that the file has for it, shortened.
        quote: String,
        /// The words at its offsets, shortened.
        words: String,
    },
    /// The text does not continue with this token.
    #[error("the token “{0}” does not stand in the text")]
    TokenNotInText(String),
    /// A mark of the document is not in the file.
    #[error("{label}: “{words}” is missing")]
    MissingSpan {
        /// Its label.
        label: String,
        /// Its words, shortened.
        words: String,
    },
    /// A span of the file is not a mark of the document.
    #[error("{label}: “{words}” is there and was not marked")]
    ExtraSpan {
        /// Its label.
        label: String,
        /// Its words, shortened.
        words: String,
    },
    /// A span is in the file more often than in the document, or less often.
    #[error("a span is not there as often as it was marked")]
    Repetition,
}

/// Why a file that was written is not verified.
#[derive(Debug, Error)]
pub enum VerifyError {
    /// It is missing.
    #[error("{0} is not there")]
    Missing(String),
    /// It cannot be read.
    #[error("{file} cannot be read back: {reason}")]
    Unreadable {
        /// Which file.
        file: String,
        /// Why not.
        reason: ReadBackError,
    },
    /// It has a document that was not written.
    #[error("{file} cannot be read back: “{key}” was not written")]
    ExtraDocument {
        /// Which file.
        file: String,
        /// The name of the document in the file.
        key: String,
    },
    /// It has more documents than were written, or fewer.
    #[error("{file} has {read} documents, {written} were written")]
    Documents {
        /// Which file.
        file: String,
        /// How many it has.
        read: usize,
        /// How many were written.
        written: usize,
    },
    /// A document in it differs from the one that was written.
    #[error("{file}, “{title}”: {difference}")]
    Differs {
        /// Which file.
        file: String,
        /// The title of the article.
        title: String,
        /// How it differs.
        difference: Difference,
    },
}

/// Why a dataset cannot be made.
#[derive(Debug, Error)]
pub enum DatasetError {
    /// What was written is not verified.
    #[error(transparent)]
    Verify(#[from] VerifyError),
    /// Its files cannot be packed into an archive.
    #[error(transparent)]
    Archive(#[from] ZipError),
}
