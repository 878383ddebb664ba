//! A range of an article's text.

use crate::text::offset::ByteOffset;

/// A half-open range of bytes of one article's text: `start` is included, `end` is not.
///
/// ```text
/// text   G e n e r a l   M u n i r
/// byte   0             7 8         13
/// span                   [ 8 .. 13 )      "Munir"
/// ```
///
/// *Limitations:* a span does not know its text. Use it only with the article that it was made
/// for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    // Invariant: start < end, and both are char boundaries of the article's text.
    start: u32,
    end: u32,
}

impl Span {
    /// The span from `start` to `end`; `None` if it would be empty.
    ///
    /// The caller guarantees the character boundaries. Outside this crate, use
    /// [`crate::model::article::Article::span`].
    pub(crate) fn new(start: u32, end: u32) -> Option<Self> {
        (start < end).then_some(Self { start, end })
    }

    /// The span from one byte to another; `None` if it would be empty or does not fit 32 bits.
    #[must_use]
    pub fn between(start: usize, end: usize) -> Option<Self> {
        Self::new(u32::try_from(start).ok()?, u32::try_from(end).ok()?)
    }

    /// The first byte.
    #[must_use]
    pub fn start(self) -> ByteOffset {
        ByteOffset(self.start)
    }

    /// The byte after the last one.
    #[must_use]
    pub fn end(self) -> ByteOffset {
        ByteOffset(self.end)
    }

    /// Length in bytes, never zero.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a span is never empty")]
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether both have at least one byte in common.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether every byte of `other` is in this span.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The bytes that both have in common; `None` if there are none.
    #[must_use]
    pub fn intersection(self, other: Self) -> Option<Self> {
        Self::new(self.start.max(other.start), self.end.min(other.end))
    }

    /// The words of the span.
    ///
    /// `None` if it lies outside `text` or cuts a character, as a span of another text may.
    #[must_use]
    pub fn slice(self, text: &str) -> Option<&str> {
        text.get(self.start as usize..self.end as usize)
    }
}
