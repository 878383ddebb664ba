//! The codebooks that ship with Pullquote.

pub mod claims;
pub mod five_ws;
pub mod frames;
pub mod news;
pub mod quotations;
mod rows;
pub mod shipped;
