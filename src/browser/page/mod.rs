//! The page: elements, focus, selection, scrolling, pointer, keyboard.
//!
//! The files, from the ground up: [`dom`], [`text_box`], [`viewport`], [`element_size`] ·
//! [`blocks`] (elements of the article) · [`focus`], [`text_position`] (offsets of the text and
//! points of the DOM), [`sweep_state`] · [`selection`] · everything else.

pub mod address;
pub mod anchor_lines;
pub mod blocks;
pub mod card_position;
pub mod colours;
pub mod dialog;
pub mod display;
pub mod dom;
pub mod element_size;
pub mod first_page;
pub mod focus;
pub mod handle;
pub mod keyboard;
pub mod link_lines;
pub mod overlay_position;
pub mod pointer;
pub mod print;
pub mod reading_position;
pub mod row_drag;
pub mod scroll;
pub mod selection;
pub mod sweep_state;
pub mod text_box;
pub mod text_position;
pub mod viewport;
pub mod virtual_list;
