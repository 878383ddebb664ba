//! The records of the browser storage, as text.

pub mod envelope;
pub mod journal_entry;
pub mod library_entry;
pub mod snapshot;
