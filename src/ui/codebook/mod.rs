//! The codebook screen.

pub mod attribute_form;
pub mod pending_edit;
pub mod pick_decision;
pub mod relation_form;
pub mod screen;
pub mod tag_form;
