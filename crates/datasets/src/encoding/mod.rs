//! Encodings that several formats share: XML, JSON Lines, zip, Parquet, ids, and spaCy's symbols.

pub mod guid;
pub mod json_lines;
pub mod parquet;
pub mod spacy_symbols;
pub mod xml;
pub mod xml_reader;
pub mod zip;
