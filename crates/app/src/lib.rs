//! What the user is doing: a value, and what can happen to it. No Yew, no
//! browser; tested natively.
//!
//! Invariants of the folder: [`State::update`] is pure; what it wants done
//! outside stands in the state as a [`Effect`], in order, until it is taken;
//! an error becomes a sentence exactly once, in `sentence`.

pub mod action;
pub mod backup;
pub mod codebook;
pub mod editor;
pub mod effect;
pub mod export;
pub mod job;
pub mod library;
pub mod messages;
pub mod notice;
pub mod route;
pub mod saving;
pub mod stamp;
pub mod state;
pub mod store;
pub mod update;
