//! The codebook screen: a form for each tag, relation and question; and the screen of all
//! codebooks.

pub mod attribute_form;
pub mod codebooks_screen;
pub mod decision_list;
pub mod folds;
pub mod new_name;
pub mod pending_edit_form;
pub mod relation_form;
pub mod screen;
pub mod tag_form;
pub mod tag_list;
