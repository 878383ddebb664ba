//! Sentences for the user.

pub mod ago;
pub mod counts;
pub mod errors;
