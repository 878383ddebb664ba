//! The storage of the browser.

pub mod database;
pub mod disk_full;
pub mod documents;
pub mod pending_log;
pub mod persistence;
pub mod preferences;
