//! A link between two marks.

use crate::model::id::{Id, Slug};

/// A link from one mark to another: *made by*, *at*, *leads to*, …
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// Unique in the document.
    pub id: Id,
    /// Which kind of the codebook; the kind says which tags may stand at each end.
    pub kind: Slug,
    /// The mark it goes from.
    pub from: Id,
    /// The mark it goes to, never the same.
    pub to: Id,
}
