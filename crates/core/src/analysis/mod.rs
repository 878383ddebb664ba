//! What the marks say: where else words stand, who is who, what is missing, tables,
//! and questions asked of the marks. All derived from a document; nothing is kept.
//!
//! Invariants of the folder: everything listed has a stated order; nothing changes a
//! document.

pub mod case_folding;
pub mod completeness;
pub mod entities;
pub mod ledger;
pub mod near_duplicates;
pub mod occurrences;
pub mod query;
pub mod split;
