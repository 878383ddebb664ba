//! Blocks of the article as nested runs of text and marks.

use crate::editor::view::letter_place::{LetterPlace, letter_place};
use pullquote_core::analysis::completeness::Links;
use pullquote_core::model::annotation::Annotation;
use pullquote_core::model::article::{Block, BlockKind, TextDirection};
use pullquote_core::model::codebook::Tag;
use pullquote_core::model::colour::Colour;
use pullquote_core::model::coverage::{Coverage, Segment};
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;
use pullquote_core::text::offset::ByteOffset;
use pullquote_core::text::shortened::shortened;
use pullquote_core::text::span::Span;
use std::rc::Rc;

/// About twenty blocks of the article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SectionView {
    /// The blocks, in order.
    pub blocks: Vec<Rc<BlockView>>,
}

/// One block of the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockView {
    /// What it is.
    pub kind: BlockKind,
    /// The UTF-16 offset of its first character.
    pub start: u32,
    /// The text direction; `None` means that of the article.
    pub direction: Option<TextDirection>,
    /// Its content, in order. The texts of the runs make up the text of the block.
    pub runs: Vec<TextRun>,
}

/// A run of text, or a part of a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextRun {
    /// Text without a further mark.
    Text(Span),
    /// A part of a mark with its content.
    Mark(Rc<MarkView>),
}

/// A part of a mark that is drawn as one element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkView {
    /// The mark.
    pub id: Id,
    /// The index of its tag in the codebook.
    pub tag: usize,
    /// Its tag's colour.
    pub colour: Colour,
    /// Its tag's id.
    pub tag_id: Rc<str>,
    /// The letter of its tag; `None` on later parts of the mark.
    pub letter: Option<Rc<str>>,
    /// Where that letter is drawn.
    pub letter_place: LetterPlace,
    /// How many letters of outer marks are drawn at the same place.
    pub letters_before: u16,
    /// "Actor: General Munir".
    pub label: Rc<str>,
    /// The lane of its underline: 0 is nearest to the words.
    pub lane: u16,
    /// Whether the card shows it.
    pub chosen: bool,
    /// Whether it has a note.
    pub noted: bool,
    /// Whether it is set aside for another look.
    pub flagged: bool,
    /// Whether required fields of it are empty.
    pub incomplete: bool,
    /// Its content, in order.
    pub runs: Vec<TextRun>,
}

/// The HTML element of a block, and its class.
#[must_use]
pub fn element_of(kind: BlockKind) -> (&'static str, &'static str) {
    match kind {
        BlockKind::Heading(level) => (
            ["h1", "h2", "h3", "h4", "h5", "h6"][usize::from(level.clamp(1, 6)) - 1],
            "",
        ),
        BlockKind::Paragraph => ("p", ""),
        BlockKind::Quote => ("blockquote", ""),
        BlockKind::ListItem => ("p", "list-item"),
        BlockKind::Caption => ("p", "caption"),
        BlockKind::Preformatted => ("pre", ""),
    }
}

/// Everything that is needed to draw blocks.
pub(crate) struct Pen<'a> {
    pub(crate) document: &'a Document,
    pub(crate) coverage: &'a Coverage,
    pub(crate) links: &'a Links,
    pub(crate) chosen: Option<Id>,
}

impl Pen<'_> {
    fn utf16(&self, span: Span) -> u32 {
        let offsets = self.document.article().offsets();
        offsets.utf16(span.start()).unwrap_or_default().0
    }

    /// Draws one block.
    pub(crate) fn block(&self, block: &Block) -> BlockView {
        let direction = block.direction;
        let segments = self.coverage.segments(block.span);
        BlockView {
            kind: block.kind,
            start: self.utf16(block.span),
            direction: (direction != self.document.article().direction).then_some(direction),
            runs: self.runs(block, &segments, 0, 0),
        }
    }

    /// Draws segments from this depth of marks on. Neighbours with the same mark at this depth
    /// become one element. `letters` of outer marks are drawn at their beginning.
    fn runs(
        &self,
        block: &Block,
        segments: &[Segment],
        depth: usize,
        letters: u16,
    ) -> Vec<TextRun> {
        segments
            .chunk_by(|a, b| {
                let (a, b) = (mark_at(a, depth), mark_at(b, depth));
                a.is_some() && a == b
            })
            .enumerate()
            .filter_map(|(index, run)| match mark_at(&run[0], depth) {
                None => Some(TextRun::Text(run[0].span)),
                Some(mark) => {
                    let letters = if index == 0 { letters } else { 0 };
                    self.mark(block, mark, run, (depth, letters))
                        .map(TextRun::Mark)
                }
            })
            .collect()
    }

    fn mark(
        &self,
        block: &Block,
        index: usize,
        run: &[Segment],
        (depth, letters): (usize, u16),
    ) -> Option<Rc<MarkView>> {
        let annotation = self.coverage.annotation(index)?;
        let book = self.document.codebook();
        let tag = book.index_of(&annotation.tag)?;
        // A mark may begin in the gap before its first block.
        let start = annotation.spans.start();
        let is_first = start == run[0].span.start()
            || (run[0].span.start() == block.span.start()
                && self.end_of_block_before(block) <= start);
        let letter_place = match is_first {
            true => self.letter_place(block, run),
            false => LetterPlace::default(),
        };
        let has_letter = is_first && letter_place == LetterPlace::Before;
        let letters_of_inner = if has_letter { letters + 1 } else { letters };
        Some(Rc::new(MarkView {
            id: annotation.id,
            tag,
            colour: book.tags()[tag].colour,
            tag_id: annotation.tag.as_str().into(),
            letter: is_first.then(|| book.tags()[tag].letter().into()),
            letter_place,
            letters_before: if has_letter { letters } else { 0 },
            label: self.label(annotation, &book.tags()[tag]),
            lane: self.coverage.lane(index),
            chosen: self.chosen == Some(annotation.id),
            noted: !annotation.note.is_empty(),
            flagged: annotation.flagged,
            incomplete: !self.links.gaps(self.document, annotation).is_empty(),
            runs: self.runs(block, run, depth + 1, letters_of_inner),
        }))
    }

    fn letter_place(&self, block: &Block, run: &[Segment]) -> LetterPlace {
        let line = block.span.slice(self.document.article().text());
        let at = |offset: ByteOffset| offset.index() - block.span.start().index();
        let (from, to) = (run[0].span.start(), run[run.len() - 1].span.end());
        letter_place(line.unwrap_or_default(), at(from), at(to), block.direction)
    }

    /// Where the block before this one ends.
    fn end_of_block_before(&self, block: &Block) -> ByteOffset {
        let blocks = self.document.article().blocks();
        let index = blocks.partition_point(|other| other.span.end() <= block.span.start());
        match index.checked_sub(1).and_then(|index| blocks.get(index)) {
            Some(before) => before.span.end(),
            None => ByteOffset(0),
        }
    }

    /// The label of a mark: its tag and its first words. It is short, because every part of the
    /// mark has it.
    fn label(&self, annotation: &Annotation, tag: &Tag) -> Rc<str> {
        let text = self.document.article().text();
        let words = annotation.spans.as_slice()[0]
            .slice(text)
            .unwrap_or_default();
        let most = words.floor_char_boundary(4 * LABEL);
        let first = shortened(&words[..most], LABEL);
        let more = if most < words.len() && !first.ends_with('…') {
            "…"
        } else {
            ""
        };
        let spans = if annotation.spans.as_slice().len() > 1 {
            " …"
        } else {
            ""
        };
        format!("{}: {first}{more}{spans}", tag.name).into()
    }
}

/// The number of characters of a mark in its label.
const LABEL: usize = 160;

/// The number of nested marks that are drawn; deeper ones are only in the card and the list. The
/// browser draws nested elements recursively, and its stack is limited.
const DEEPEST: usize = 40;

/// The mark at this depth of a segment.
fn mark_at(segment: &Segment, depth: usize) -> Option<usize> {
    segment
        .marks
        .get(depth)
        .filter(|_| depth < DEEPEST)
        .copied()
}
