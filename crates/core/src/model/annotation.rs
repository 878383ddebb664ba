//! Marks: words of the article with a tag.

use crate::model::article::Article;
use crate::model::error::ModelError;
use crate::model::id::{Id, Slug};
use crate::model::timestamp::Timestamp;
use crate::model::value::Values;
use crate::text::offset::ByteOffset;
use crate::text::shortened::one_line;
use crate::text::span::Span;

use std::cmp::Ordering;

/// Words of the article and what a coder says about them. Shown as a *mark*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    /// Unique in the document.
    pub id: Id,
    /// The tag.
    pub tag: Slug,
    /// The words, as spans of the article.
    pub spans: Spans,
    /// Answers to the tag's attributes.
    pub values: Values,
    /// The entity that the words mention.
    pub entity: Option<Id>,
    /// The coder's note; empty if there is none.
    pub note: String,
    /// Whether it is set aside for another look.
    pub flagged: bool,
    /// Who made it; empty if unknown.
    pub coder: String,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub modified: Timestamp,
}

impl Annotation {
    /// Document order: by start, then longest first, then id, so that an outer mark comes before
    /// an inner one.
    #[must_use]
    pub fn order(&self, other: &Self) -> Ordering {
        let key = |mark: &Self| {
            (
                mark.spans.start(),
                std::cmp::Reverse(mark.spans.end()),
                mark.id,
            )
        };
        key(self).cmp(&key(other))
    }

    /// The words for a list: line ends become spaces, and spans are joined by "…".
    #[must_use]
    pub fn quote(&self, article: &Article) -> String {
        let pieces: Vec<String> = self
            .spans
            .as_slice()
            .iter()
            .map(|span| one_line(span.slice(article.text()).unwrap_or_default()))
            .collect();
        pieces.join(" … ")
    }
}

/// One or more spans, in order and apart. Several spans make a discontinuous mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spans(Box<[Span]>); // Invariant: not empty, in order, no two touch.

impl Spans {
    /// Checks the spans. Errors: there is none, or two touch or are out of order.
    pub fn new(spans: Vec<Span>) -> Result<Self, ModelError> {
        let apart = spans.windows(2).all(|pair| pair[0].end() < pair[1].start());
        if spans.is_empty() || !apart {
            return Err(ModelError::BadSpans);
        }
        Ok(Self(spans.into_boxed_slice()))
    }

    /// All spans, in order.
    #[must_use]
    pub fn as_slice(&self) -> &[Span] {
        &self.0
    }

    /// Start of the first span.
    #[must_use]
    pub fn start(&self) -> ByteOffset {
        self.0[0].start()
    }

    /// End of the last span.
    #[must_use]
    pub fn end(&self) -> ByteOffset {
        self.0[self.0.len() - 1].end()
    }
}

impl From<Span> for Spans {
    fn from(span: Span) -> Self {
        Self(Box::new([span]))
    }
}
