//! The article as sections of blocks, each a tree of marks over text.

use crate::app::Choice;
use pullquote_core::model::{BlockKind, Coverage, Direction, Document, Id, Segment};
use pullquote_core::text::Span;
use std::rc::Rc;

/// Blocks in a section: drawn, and skipped while far away, together.
const SECTION: usize = 20;

/// About twenty blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionView {
    /// The blocks, in order.
    pub blocks: Vec<Rc<BlockView>>,
}

/// One block of the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockView {
    /// What it is.
    pub kind: BlockKind,
    /// UTF-16 offset of its first unit in the text.
    pub start: u32,
    /// Which way its lines run; `None` as the article's.
    pub direction: Option<Direction>,
    /// What it shows, in order. Joined, their texts are the block's text.
    pub pieces: Vec<Piece>,
}

/// A stretch of text, or of a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text without a further mark.
    Text(Span),
    /// A stretch of a mark, with what lies in it.
    Mark(Rc<MarkView>),
}

/// A stretch of a mark that can be drawn as one element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkView {
    /// The mark.
    pub id: Id,
    /// Its tag's place in the palette.
    pub tag: usize,
    /// Its tag's id.
    pub tag_id: Rc<str>,
    /// The letter before its first word; `None` on later stretches.
    pub letter: Option<Rc<str>>,
    /// "Actor: General Munir".
    pub label: Rc<str>,
    /// Its lane of underline: 0 is nearest to the words.
    pub lane: u16,
    /// Whether the card shows it.
    pub chosen: bool,
    /// Whether it has a note.
    pub noted: bool,
    /// Whether it is set aside for another look.
    pub flagged: bool,
    /// What lies in it.
    pub pieces: Vec<Piece>,
}

/// The article of `document`, marked.
#[must_use]
pub fn sections(document: &Document, coverage: &Coverage, choice: &Choice) -> Vec<Rc<SectionView>> {
    let chosen = match choice {
        Choice::Marks { at, .. } => Some(*at),
        _ => None,
    };
    let drawing = Drawing {
        document,
        coverage,
        chosen,
    };
    let blocks = document.article().blocks();
    blocks
        .chunks(SECTION)
        .map(|chunk| {
            let blocks = chunk.iter().map(|block| {
                let segments = coverage.segments(block.span);
                let text = block.span.slice(document.article().text());
                let direction = Direction::of(text.unwrap_or_default());
                Rc::new(BlockView {
                    kind: block.kind,
                    start: drawing.utf16(block.span),
                    direction: (direction != document.article().direction).then_some(direction),
                    pieces: drawing.pieces(&segments, 0),
                })
            });
            Rc::new(SectionView {
                blocks: blocks.collect(),
            })
        })
        .collect()
}

struct Drawing<'a> {
    document: &'a Document,
    coverage: &'a Coverage,
    chosen: Option<Id>,
}

impl Drawing<'_> {
    fn utf16(&self, span: Span) -> u32 {
        let offsets = self.document.article().offsets();
        offsets.utf16(span.start()).unwrap_or_default().0
    }

    /// Neighbours that have the same mark at this depth become one element.
    fn pieces(&self, segments: &[Segment], depth: usize) -> Vec<Piece> {
        segments
            .chunk_by(|a, b| {
                let (a, b) = (a.marks.get(depth), b.marks.get(depth));
                a.is_some() && a == b
            })
            .filter_map(|run| match run[0].marks.get(depth) {
                None => Some(Piece::Text(run[0].span)),
                Some(mark) => self.mark(*mark, run, depth).map(Piece::Mark),
            })
            .collect()
    }

    fn mark(&self, place: usize, run: &[Segment], depth: usize) -> Option<Rc<MarkView>> {
        let annotation = self.coverage.annotation(place)?;
        let book = self.document.codebook();
        let tag = book.place_of(&annotation.tag)?;
        let is_first = annotation.spans.start() == run[0].span.start();
        let quote = annotation.quote(self.document.article());
        Some(Rc::new(MarkView {
            id: annotation.id,
            tag,
            tag_id: annotation.tag.as_str().into(),
            letter: is_first.then(|| book.tags()[tag].letter().into()),
            label: format!("{}: {quote}", book.tags()[tag].name).into(),
            lane: self.coverage.lane(place),
            chosen: self.chosen == Some(annotation.id),
            noted: !annotation.note.is_empty(),
            flagged: annotation.flagged,
            pieces: self.pieces(run, depth + 1),
        }))
    }
}
