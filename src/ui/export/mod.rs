//! The export screen: which marks, in which format, and a preview of the files.

pub mod format_choices;
pub mod options;
pub mod outcome;
pub mod preview;
pub mod screen;
