//! The records of the browser's storage, as text.
//!
//! Every record is in an [`envelope`], which proves that it is whole.
//! Records of version 1 of the storage had none; the functions whose names end in `_1` read them.

pub mod change_times;
pub mod envelope;
pub mod journal_entry;
pub mod library_entry;
pub mod snapshot;
mod step_name;
mod typed_value;
