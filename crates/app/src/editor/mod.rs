//! The open article: selecting, marking, undo.

pub mod action;
pub mod annotating;
pub mod mark_location;
pub mod past;
pub mod state;
pub mod update;
pub mod view;
pub mod word_move;
