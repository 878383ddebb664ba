//! The page: elements, focus, selection, scrolling, pointer, keyboard.

pub mod address;
pub mod blocks;
pub mod colours;
pub mod dom;
pub mod first_page;
pub mod keyboard;
pub mod link_lines;
pub mod overlay_position;
pub mod pointer;
pub mod print;
pub mod scroll;
pub mod selection;
pub mod virtual_list;
