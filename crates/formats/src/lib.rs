//! Pullquote's own files and records: what they look like, and how they are written and read.
//!
//! | files | module | name | version |
//! |---|---|---|---|
//! | an article with its marks | [`document_file`] | `*.pullquote.json` | 1 |
//! | a codebook | [`codebook_file`] | `*.pullquote-codebook.json` | 1 |
//! | a backup of the library | [`backup_file`] | `*.pullquote.jsonl` | 1 |
//! | a text | [`plain_text`] | any name | |
//! | a list of tags from another tool | [`tag_list`] | any name | |
//! | a table of cells | [`csv`], [`ledger_table`] | `*.csv`, `*.tsv` | |
//!
//! The browser's storage consists of the records in [`records`]. [`wire`] has the JSON shapes that
//! files and records share, [`json_reader`] reads them. [`worker_message`] is what a window and its
//! worker send each other. [`file_kind`] tells what a file is before
//! it is read. The formats of other tools are in the crate `pullquote-datasets`.
//!
//! # Rules
//!
//! - No other type has a JSON form: shapes are private to this crate and borrow from the model.
//! - A reader accepts any bytes. It returns a valid value or an error that names the place; what it
//!   returns is not checked again.
//! - A writer gives the same bytes for the same value, and its reader gives that value back.
//!
//! # Stability
//!
//! Files and records of all released versions can be read: version 1 of each file, and versions 1
//! to 3 of the storage, whose older records are read by the functions with `_1` in their names. Of
//! a newer version, readers give [`ReadError::Newer`](error::ReadError::Newer). A field that a
//! file has and this version does not know is reported, not an error. Names of fields stay as they
//! were first written, even where the code now uses another word, as in `course` or `traces`.

pub mod backup_file;
pub mod codebook_file;
pub mod csv;
pub mod document_file;
pub mod error;
pub mod file_kind;
pub mod file_name;
pub mod json_reader;
pub mod ledger_table;
pub mod plain_text;
pub mod records;
pub mod tag_list;
pub mod wire;
pub mod worker_message;
