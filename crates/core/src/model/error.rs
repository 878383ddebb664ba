//! What can be wrong with a value of the model.

use crate::model::id::{Id, Slug};
use crate::text::span::Span;

use thiserror::Error;

/// Why a value is not valid. The variants hold facts only; the sentence for a person is made
/// where it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ModelError {
    /// An article needs at least one character that is not white space.
    #[error("the article has no text")]
    NoText,
    /// A text of 4 GiB or more cannot be counted in 32 bits.
    #[error("the article is too long")]
    TooLong,
    /// Not a UUID.
    #[error("`{0}` is not an id (a UUID)")]
    BadId(String),
    /// Not a slug.
    #[error("`{0}` is not a short name (1 to 64 letters, digits, `-`, `_`, `.`, `:`)")]
    BadSlug(String),
    /// Not a BCP 47 tag in form.
    #[error("`{0}` is not a language tag")]
    BadLanguage(String),
    /// Not `#rrggbb`.
    #[error("`{0}` is not a colour (#rrggbb)")]
    BadColour(String),
    /// Not a date, a month or a year of ISO 8601.
    #[error("`{0}` is not a date (2024, 2024-01 or 2024-01-30)")]
    BadDate(String),
    /// Not a number of at most 15 digits.
    #[error("a number has at most 15 digits, and is 0 or between 0.0000001 and 10^15 in size")]
    BadNumber,
    /// A range is empty, lies outside the text, or cuts a character.
    #[error("bytes {start} to {end} are no part of the text")]
    BadSpan {
        /// First byte asked for.
        start: usize,
        /// The byte after the last one asked for.
        end: usize,
    },
    /// A mark has no span, or its spans are out of order or touch.
    #[error("the spans are not in order and apart")]
    BadSpans,
    /// A block is empty, out of order, overlaps its neighbour, or leaves words
    /// out.
    #[error("block {index} is out of place")]
    BadBlock {
        /// Index among the blocks; their number if words follow the last one.
        index: usize,
    },
    /// Two things of one kind have the same name.
    #[error("`{0}` is there twice")]
    Twice(String),
    /// The codebook has no tag with this id.
    #[error("the codebook has no tag `{0}`")]
    NoTag(Slug),
    /// The tag or the codebook has no attribute or question with this id.
    #[error("there is no attribute `{0}`")]
    NoAttribute(Slug),
    /// The codebook has no kind of relation with this id.
    #[error("the codebook has no relation `{0}`")]
    NoRelationKind(Slug),
    /// The value does not fit the kind of its attribute.
    #[error("the value of `{0}` does not fit")]
    BadValue(Slug),
    /// No annotation has this id.
    #[error("there is no mark {0}")]
    NoAnnotation(Id),
    /// No entity has this id.
    #[error("there is no member of the cast {0}")]
    NoEntity(Id),
    /// No relation has this id.
    #[error("there is no relation {0}")]
    NoRelation(Id),
    /// An annotation and its entity have different tags.
    #[error("the mark {0} and its member of the cast have different tags")]
    EntityTag(Id),
    /// The codebook does not allow this relation between these two tags.
    #[error("`{kind}` does not go from `{from}` to `{to}`")]
    BadPair {
        /// The relation's kind.
        kind: Slug,
        /// Tag of the mark where it begins.
        from: Slug,
        /// Tag of the mark where it ends.
        to: Slug,
    },
    /// A relation from a mark to itself.
    #[error("the relation {0} goes from a mark to itself")]
    Loop(Id),
    /// Something else still refers to what should be removed.
    #[error("`{0}` is in use")]
    InUse(String),
    /// A span lies outside the article.
    #[error("the span {}–{} is outside the article", .0.start(), .0.end())]
    Outside(Span),
}
