//! Controls that several screens share.

pub mod file_button;
pub mod fitting;
pub mod icon;
pub mod pick;
pub mod tag_letter;
