//! Backups of the whole library, and the folder that mirrors it.

pub mod action;
pub mod folder;
pub mod restore;
pub mod restore_error;
pub mod restore_report;
pub mod state;
pub mod storage_status;
pub mod summary;
pub mod update;
pub mod write;
