//! Saving, and agreement with other tabs.

pub mod action;
pub mod state;
pub mod storage_lost;
pub mod tabs;
pub mod ticket;
pub mod update;
