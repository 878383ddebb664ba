//! The article as sections of blocks, each a tree of marks over text.

use crate::app::Choice;
use pullquote_core::model::{
    Annotation, Article, Block, BlockKind, Codebook, Colour, Coverage, Direction, Document, Id,
    Segment, Tag,
};
use pullquote_core::text::{ByteOffset, Span, shortened};
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
    /// The deepest lane of underline in it: lines need the room.
    pub lanes: u16,
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
    /// Its tag's colour.
    pub colour: Colour,
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

/// The article as it was drawn last, so that the next drawing makes anew only what
/// differs. Drawing 1,000 marks anew for each key took 20 ms of a tagged word's 50
/// (100 KB, Chromium 156, 2026-11-24).
#[derive(Clone, Debug, Default)]
pub struct Drawing {
    // Invariant: `sections` is what `sections` makes of the document and the choice
    // of the last `next`; one entry of `covers` a block, with what it was made of.
    sections: Vec<Rc<SectionView>>,
    covers: Vec<Vec<Cover>>,
    of: Option<Rc<Article>>,
    book: Option<Rc<Codebook>>,
}

/// A mark in a block: all that its drawing there depends on.
#[derive(Clone, Debug)]
struct Cover {
    mark: Rc<Annotation>,
    lane: u16,
    chosen: bool,
}

impl PartialEq for Cover {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.mark, &other.mark)
            && self.lane == other.lane
            && self.chosen == other.chosen
    }
}

impl Drawing {
    /// The drawing of this document, marked.
    #[must_use]
    pub fn next(&self, document: &Document, choice: &Choice) -> Self {
        let coverage = Coverage::new(document);
        let article = document.article();
        let chosen = match choice {
            Choice::Marks { at, .. } => Some(*at),
            _ => None,
        };
        let pen = Pen {
            document,
            coverage: &coverage,
            chosen,
        };
        let same_book = self
            .book
            .as_ref()
            .is_some_and(|book| Rc::ptr_eq(book, document.codebook()));
        let same_text = self.of.as_ref().is_some_and(|old| old.has_body_of(article));
        let may_keep = same_book
            && same_text
            && self.of.as_ref().map(|old| old.direction) == Some(article.direction);
        let blocks = article.blocks();
        let mut next = Self {
            of: Some(article.clone()),
            book: Some(document.codebook().clone()),
            ..Self::default()
        };
        for (number, chunk) in blocks.chunks(SECTION).enumerate() {
            let before = self.sections.get(number).filter(|_| may_keep);
            let mut views = Vec::with_capacity(chunk.len());
            for (place, block) in chunk.iter().enumerate() {
                let cover = pen.cover(block.span);
                let old = before.and_then(|section| section.blocks.get(place));
                let same = self.covers.get(number * SECTION + place) == Some(&cover);
                views.push(match old {
                    Some(old) if same => old.clone(),
                    _ => Rc::new(pen.block(block)),
                });
                next.covers.push(cover);
            }
            let kept = before.filter(|section| {
                let mut pairs = section.blocks.iter().zip(&views);
                pairs.all(|(old, new)| Rc::ptr_eq(old, new))
            });
            next.sections.push(match kept {
                Some(section) => section.clone(),
                None => Rc::new(SectionView { blocks: views }),
            });
        }
        next
    }

    /// The sections, in order.
    #[must_use]
    pub fn sections(&self) -> &[Rc<SectionView>] {
        &self.sections
    }
}

/// What blocks are drawn with.
struct Pen<'a> {
    document: &'a Document,
    coverage: &'a Coverage,
    chosen: Option<Id>,
}

impl Pen<'_> {
    fn utf16(&self, span: Span) -> u32 {
        let offsets = self.document.article().offsets();
        offsets.utf16(span.start()).unwrap_or_default().0
    }

    /// The marks of a block, in their order.
    fn cover(&self, span: Span) -> Vec<Cover> {
        let marks = self.coverage.overlapping(span).into_iter();
        marks
            .filter_map(|place| {
                let mark = self.coverage.annotation(place)?.clone();
                Some(Cover {
                    lane: self.coverage.lane(place),
                    chosen: self.chosen == Some(mark.id),
                    mark,
                })
            })
            .collect()
    }

    fn block(&self, block: &Block) -> BlockView {
        let direction = block.direction;
        let segments = self.coverage.segments(block.span);
        BlockView {
            kind: block.kind,
            start: self.utf16(block.span),
            lanes: self
                .cover(block.span)
                .iter()
                .map(|cover| cover.lane)
                .max()
                .unwrap_or(0),
            direction: (direction != self.document.article().direction).then_some(direction),
            pieces: self.pieces(block, &segments, 0),
        }
    }

    /// Neighbours that have the same mark at this depth become one element.
    fn pieces(&self, block: &Block, segments: &[Segment], depth: usize) -> Vec<Piece> {
        segments
            .chunk_by(|a, b| {
                let (a, b) = (mark_at(a, depth), mark_at(b, depth));
                a.is_some() && a == b
            })
            .filter_map(|run| match mark_at(&run[0], depth) {
                None => Some(Piece::Text(run[0].span)),
                Some(mark) => self.mark(block, mark, run, depth).map(Piece::Mark),
            })
            .collect()
    }

    fn mark(
        &self,
        block: &Block,
        place: usize,
        run: &[Segment],
        depth: usize,
    ) -> Option<Rc<MarkView>> {
        let annotation = self.coverage.annotation(place)?;
        let book = self.document.codebook();
        let tag = book.place_of(&annotation.tag)?;
        // A mark may begin in the gap before its first block.
        let start = annotation.spans.start();
        let is_first = start == run[0].span.start()
            || (run[0].span.start() == block.span.start() && self.gap_before(block) <= start);
        Some(Rc::new(MarkView {
            id: annotation.id,
            tag,
            colour: book.tags()[tag].colour,
            tag_id: annotation.tag.as_str().into(),
            letter: is_first.then(|| book.tags()[tag].letter().into()),
            label: self.label(annotation, &book.tags()[tag]),
            lane: self.coverage.lane(place),
            chosen: self.chosen == Some(annotation.id),
            noted: !annotation.note.is_empty(),
            flagged: annotation.flagged,
            pieces: self.pieces(block, run, depth + 1),
        }))
    }

    /// Where the block before this one ends.
    fn gap_before(&self, block: &Block) -> ByteOffset {
        let blocks = self.document.article().blocks();
        let place = blocks.partition_point(|other| other.span.end() <= block.span.start());
        match place.checked_sub(1).and_then(|place| blocks.get(place)) {
            Some(before) => before.span.end(),
            None => ByteOffset(0),
        }
    }

    /// What a mark is called, of its first words only: a mark of many blocks says it
    /// in each of them.
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
        let pieces = if annotation.spans.as_slice().len() > 1 {
            " …"
        } else {
            ""
        };
        format!("{}: {first}{more}{pieces}", tag.name).into()
    }
}

/// Characters of a mark's words in its name.
const LABEL: usize = 160;

/// Marks over each other that are drawn; deeper ones are in the card and the list.
/// Drawing goes as deep as they are, and the browser's stack has an end.
const DEEPEST: usize = 40;

/// The mark at this depth of a segment.
fn mark_at(segment: &Segment, depth: usize) -> Option<usize> {
    segment
        .marks
        .get(depth)
        .filter(|_| depth < DEEPEST)
        .copied()
}
