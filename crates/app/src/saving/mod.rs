//! Saving, and what other tabs do to the same articles.

pub mod action;
pub mod state;
pub mod storage_lost;
pub mod tabs;
pub mod ticket;
pub mod update;
