//! The library of articles.

pub mod action;
pub mod incoming;
pub mod read_purpose;
pub mod sample;
pub mod state;
pub mod update;
