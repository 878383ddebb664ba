//! Tables in Parquet, with as much of the format as texts, numbers and lists of them need. A column
//! has one page a row group, plain and not compressed.
//!
//! It is written here and not by the crate `parquet`, which alone would make the app half as large
//! again. Apache Arrow reads these files in the conformance tests.
//!
//! Source: <https://github.com/apache/parquet-format>: `parquet.thrift` (all numbers of fields and
//! kinds), `Encodings.md` (PLAIN, RLE), `LogicalTypes.md` (lists); and Apache Thrift's compact
//! protocol.

pub mod reader;
pub mod thrift;
pub mod writer;

/// What a file begins and ends with.
const MAGIC: &[u8] = b"PAR1";

/// `Type::BYTE_ARRAY`.
const TYPE_BYTE_ARRAY: i64 = 6;
