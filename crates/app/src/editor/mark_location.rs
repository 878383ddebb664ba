//! Where a mark is drawn.

use pullquote_core::model::annotation::Annotation;
use pullquote_core::model::article::{Article, Block};
use pullquote_core::model::id::Id;
use pullquote_core::text::offset::Utf16Offset;

/// A mark and the blocks in which it is drawn, to find its elements in a long article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MarkLocation {
    /// The mark.
    pub id: Id,
    /// The offset of the first block with words of the mark.
    pub first: Utf16Offset,
    /// The offset of the last one.
    pub last: Utf16Offset,
}

impl MarkLocation {
    /// Where a mark of an article is drawn; `None` if all of it lies between blocks.
    #[must_use]
    pub fn new(mark: &Annotation, article: &Article) -> Option<Self> {
        let blocks = article.blocks();
        let spans = mark.spans.as_slice();
        let start_of = |block: &Block| article.offsets().utf16(block.span.start());
        let first = spans.iter().find_map(|span| {
            let index = blocks.partition_point(|block| block.span.end() <= span.start());
            blocks.get(index).filter(|block| block.span.overlaps(*span))
        })?;
        let last = spans.iter().rev().find_map(|span| {
            let after = blocks.partition_point(|block| block.span.start() < span.end());
            let block = &blocks[..after].last()?;
            block.span.overlaps(*span).then_some(*block)
        })?;
        Some(Self {
            id: mark.id,
            first: start_of(first)?,
            last: start_of(last)?,
        })
    }
}
