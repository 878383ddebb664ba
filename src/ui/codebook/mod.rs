//! The codebook screen: a form for each tag, relation and question.

pub mod attribute_form;
pub mod decision_list;
pub mod new_name;
pub mod pending_edit_form;
pub mod relation_form;
pub mod screen;
pub mod tag_form;
