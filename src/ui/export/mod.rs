//! The export screen.

pub mod screen;
