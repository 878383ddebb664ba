//! The export of datasets.

pub mod action;
pub mod settings;
pub mod update;
