//! The library screen.

pub mod backup;
pub mod entry_row;
pub mod intake;
pub mod safekeeping;
pub mod screen;
