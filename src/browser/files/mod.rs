//! Files that are opened, downloaded and kept in a folder.

pub mod backup;
pub mod folder;
pub mod open;
