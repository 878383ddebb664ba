//! What the marks say: where else words stand, who is who, what is missing, tables,
//! and questions asked of the marks. All derived from a document; nothing is kept.
//!
//! Invariants of the folder: everything listed has a stated order; nothing changes a
//! document.

mod cast;
mod copies;
mod fold;
mod gaps;
mod ledger;
mod occurrences;
mod query;
mod split;

pub use cast::{Member, Suggestion, Why, cast, suggestions};
pub use copies::{Sketch, near_copies};
pub use fold::folded;
pub use gaps::{Gap, Links};
pub use ledger::{Column, Kind, Ledger, Row, ledger, name_of, to_csv, to_tsv};
pub use occurrences::{Sought, Words, around, occurrences, words_of};
pub use query::{Asked, Query, known_of};
pub use split::{Share, split};
