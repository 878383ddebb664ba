//! Saving, and agreement with other tabs.

pub mod action;
pub mod storage_lost;
pub mod tabs;
pub mod update;
