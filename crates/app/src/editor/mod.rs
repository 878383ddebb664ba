//! The open article: selection, marks, entities, review, panel, history.

pub mod action;
pub mod entities;
pub mod history;
pub mod mark_location;
pub mod marks;
pub mod panel;
pub mod review;
pub mod selection;
pub mod state;
pub mod update;
pub mod view;
pub mod word_move;
