//! Changes of the codebook.

pub mod action;
mod apply;
pub mod codebook_edit;
pub mod pending_edit;
pub mod update;
