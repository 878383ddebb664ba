//! What a change of the codebook deletes.

/// How much is deleted when another codebook replaces a document's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RecodeLosses {
    /// Marks.
    pub marks: usize,
    /// Answers of marks that stay, and of the whole article.
    pub details: usize,
    /// Members of the cast.
    pub cast: usize,
    /// Relations.
    pub relations: usize,
}

impl RecodeLosses {
    /// Whether nothing is deleted.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}
