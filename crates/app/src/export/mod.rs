//! The export of datasets.

pub mod action;
pub mod dataset_job;
pub mod settings;
pub mod state;
pub mod summary;
pub mod update;
