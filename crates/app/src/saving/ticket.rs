//! Tickets of changes on their way to the storage.

/// Names one wish to keep something; the storage answers with the same.
pub type Ticket = u64;
