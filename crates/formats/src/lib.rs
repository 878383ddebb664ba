//! How documents enter and leave: one format a file. Datasets, in the formats of others, are
//! in [`dataset`].
//!
//! Invariants of the folder: only here is `serde` mentioned, and every wire type
//! is private; a reader returns a value or an error that names the place, on any
//! bytes; what a reader lets in is a whole [`Document`](pullquote_core::model::document::Document);
//! a writer's output is read back by its reader without a difference.

pub mod backup_file;
pub mod codebook_file;
pub mod csv;
pub mod document_file;
pub mod error;
pub mod exporter;
pub mod file_kind;
pub mod file_name;
pub mod json_reader;
pub mod ledger_table;
pub mod plain_text;
pub mod records;
pub mod tag_list;
pub mod wire;
