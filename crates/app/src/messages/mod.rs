//! Sentences for the user.

pub mod ago;
pub mod errors;
