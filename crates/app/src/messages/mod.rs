//! Sentences for the user.

pub mod ago;
pub mod byte_count;
pub mod counts;
pub mod errors;
