//! Controls that several screens share.

pub mod count_badge;
pub mod file_button;
pub mod icon;
pub mod move_button;
pub mod pick_list;
pub mod tag_letter;
pub mod visible_count;
