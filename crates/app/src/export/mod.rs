//! The export of datasets.

pub mod settings;
pub mod update;
