//! Files: opening, downloading, the backup of the library, and a folder that is kept up to
//! date.
//!
//! [`blob`] and [`download`] are the ground. Large files are read and written by jobs of
//! [`crate::browser::worker`]; [`backup_stream`] is the part of them that backups need.

pub mod backup;
pub mod backup_stream;
pub mod blob;
pub mod download;
pub mod drop_target;
pub mod export;
pub mod folder;
pub mod folder_handle;
pub mod folder_notes;
pub mod open;
pub mod pasted;
