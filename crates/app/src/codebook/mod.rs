//! Changes of the codebook.

pub mod action;
pub mod codebook_edit;
pub mod pending_edit;
pub mod update;
