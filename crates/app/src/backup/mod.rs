//! Backups of the whole library, and the folder that mirrors it.

pub mod action;
pub mod restore;
pub mod state;
pub mod update;
pub mod view;
