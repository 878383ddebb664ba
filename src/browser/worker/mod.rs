//! Long work beside the window.

pub mod client;
pub mod datasets;
pub mod jobs;
