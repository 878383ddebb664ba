//! How documents enter and leave: one format a file. Datasets, in the formats of others, are
//! in [`dataset`].
//!
//! Invariants of the folder: only here is `serde` mentioned, and every wire type
//! is private; a reader returns a value or an error that names the place, on any
//! bytes; what a reader lets in is a whole [`Document`](crate::model::Document);
//! a writer's output is read back by its reader without a difference.

mod backup;
mod codebook;
pub mod dataset;
mod error;
mod exporter;
mod file_kind;
mod file_name;
mod journal;
mod plain_text;
mod pullquote;
mod read;
mod seal;
mod shelf;
mod snapshot;
mod tag_list;
mod wire;

pub use backup::{
    ArticleCopy, BackupLine, BackupReader, BackupWriter, is_backup, read_traces, write_traces,
};
pub use codebook::{CODEBOOK, is_codebook, read_codebook, write_codebook};
pub use error::{ReadError, SIZE_LIMIT};
pub use exporter::{EXPORTERS, Exporter};
pub use file_kind::{Encoding, FileKind, file_kind};
pub use file_name::{file_name, file_stem, without_extension};
pub use journal::{read_entry, read_entry_1, write_entry};
pub use plain_text::{article_of_text, decode};
pub use pullquote::{Opened, is_pullquote, read_document, read_snapshot_1, write_document};
pub use seal::{label_of, seal, unseal, write_asides};
pub use shelf::{read_holding, read_holding_1, read_moment, write_holding, write_moment};
pub use snapshot::{read_snapshot, write_snapshot};
pub use tag_list::read_any_codebook;
