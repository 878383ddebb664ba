//! Tickets of changes that are being saved.

/// The number of a request to save changes. The answer of the storage has the same number.
pub type Ticket = u64;
