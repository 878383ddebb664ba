//! Relations between two marks.

use crate::model::id::{Id, Slug};

/// A directed link from one mark to another: *made by*, *at*, *leads to*, …
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// Unique in the document.
    pub id: Id,
    /// The kind in the codebook, which says which tags may stand at each end.
    pub kind: Slug,
    /// The mark where it begins.
    pub from: Id,
    /// The mark where it ends; never the same as `from`.
    pub to: Id,
}
