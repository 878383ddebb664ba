//! The library of articles.

pub mod action;
mod adding;
pub mod incoming;
mod opening;
pub mod read_purpose;
pub mod sample;
pub mod state;
mod update;
pub mod view;
