//! Views of the marks that are computed from a document: occurrences of words, entities, gaps,
//! tables, searches, near-duplicates. Nothing here is stored.
//!
//! Invariants of the folder: everything listed has a stated order; nothing changes a document.

pub mod case_folding;
pub mod completeness;
pub mod entities;
pub mod ledger;
pub mod near_duplicates;
pub mod occurrences;
pub mod query;
pub mod split;
