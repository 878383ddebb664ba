//! Encodings that several formats share.

pub mod json_lines;
pub mod parquet;
pub mod spacy_symbols;
pub mod xml;
pub mod zip;
