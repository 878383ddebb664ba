//! The library of articles.

pub mod incoming;
pub mod sample;
pub mod update;
