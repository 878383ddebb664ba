//! The article as sections of blocks, each a tree of marks over text.

use crate::editor::state::Selection;
use pullquote_core::analysis::completeness::Links;
use pullquote_core::model::annotation::Annotation;
use pullquote_core::model::article::{Block, BlockKind, TextDirection};
use pullquote_core::model::codebook::Tag;
use pullquote_core::model::colour::Colour;
use pullquote_core::model::coverage::{Coverage, Segment};
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;
use pullquote_core::model::relation::Relation;
use pullquote_core::sorted::VecMap;
use pullquote_core::text::bidi;
use pullquote_core::text::offset::ByteOffset;
use pullquote_core::text::shortened::shortened;
use pullquote_core::text::span::Span;

use std::cell::OnceCell;
use std::cmp::Ordering;
use std::rc::Rc;

/// Blocks in a section: drawn, and skipped while far away, together.
const SECTION: usize = 20;

/// The height of a section of a line or two, in pixels.
pub const LEAST_HEIGHT: f64 = 600.0;

/// The highest step of a section's height.
const HEIGHT_STEPS: i32 = 12;

/// About twenty blocks.
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
    /// UTF-16 offset of its first unit in the text.
    pub start: u32,
    /// Which way its lines run; `None` as the article's.
    pub direction: Option<TextDirection>,
    /// The deepest lane of underline in it: lines need the room.
    pub lanes: u16,
    /// What it shows, in order. Joined, their texts are the block's text.
    pub pieces: Vec<TextRun>,
}

/// A stretch of text, or of a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextRun {
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
    /// Where that letter stands.
    pub letter_place: LetterPlace,
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
    /// Whether something is missing that should be there.
    pub incomplete: bool,
    /// What lies in it.
    pub pieces: Vec<TextRun>,
}

/// Where the letter of a mark stands, so that the words around stay where they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LetterPlace {
    /// Before the first word.
    #[default]
    Before,
    /// Before the first word, which runs this way, against its line.
    BeforeTurned(TextDirection),
    /// After the words: the mark begins between joined letters, or inside a number.
    After,
    /// Nowhere: there is no room for it at either end.
    Nowhere,
}

/// Where the letter of a mark on the bytes `from..to` of a line stands.
fn letter_place(line: &str, from: usize, to: usize, direction: TextDirection) -> LetterPlace {
    let (before, words) = (&line[..from], &line[from..to]);
    let is_mixed =
        || direction == TextDirection::RightToLeft || line.chars().any(bidi::is_right_to_left);
    let first = words.chars().next();
    if bidi::is_open(before.chars().next_back(), first, is_mixed) {
        let first = first.filter(|first| first.is_alphabetic());
        let runs = first.map(|first| match bidi::is_right_to_left(first) {
            true => TextDirection::RightToLeft,
            false => TextDirection::LeftToRight,
        });
        let turned = runs.filter(|runs| *runs != direction);
        return turned.map_or(LetterPlace::Before, LetterPlace::BeforeTurned);
    }
    let (last, after) = (words.chars().next_back(), line[to..].chars().next());
    // In a line of Hebrew a number still runs from left to right: what follows it stands
    // before its first digit.
    let is_turned = last.is_some_and(|last| last.is_ascii_digit());
    if bidi::is_open(last, after, is_mixed) && !is_turned {
        LetterPlace::After
    } else {
        LetterPlace::Nowhere
    }
}

/// How the article is drawn: made of the drawing before it, so that an edit costs what it
/// changes, and section by section, when each is asked for.
#[derive(Clone, Debug, Default)]
pub struct Drawing {
    document: Option<Rc<Document>>,
    chosen: Option<Id>,
    coverage: Rc<Coverage>,
    links: Rc<Links>,
    // Invariant: one a section; what is there is what `Pen` makes of the other fields.
    sections: Vec<OnceCell<Rc<SectionView>>>,
}

/// Drawings of the very same state are the same.
impl PartialEq for Drawing {
    fn eq(&self, other: &Self) -> bool {
        let same = |(a, b): (&Rc<Document>, &Rc<Document>)| Rc::ptr_eq(a, b);
        self.chosen == other.chosen
            && self
                .document
                .as_ref()
                .zip(other.document.as_ref())
                .is_some_and(same)
    }
}

impl Drawing {
    /// The drawing of this document, marked.
    #[must_use]
    pub fn next(&self, document: &Rc<Document>, selection: &Selection) -> Self {
        let chosen = match selection {
            Selection::Marks { at, .. } => Some(*at),
            _ => None,
        };
        let coverage = if self.coverage.is_of(document) {
            self.coverage.clone()
        } else {
            Rc::new(self.coverage.next(document))
        };
        let links = self.links.after(self.document.as_deref(), document);
        let mut next = Self {
            document: Some(document.clone()),
            chosen,
            coverage,
            links,
            sections: Vec::new(),
        };
        let old = self.document.as_ref().filter(|old| {
            let (was, is) = (old.article(), document.article());
            Rc::ptr_eq(old.codebook(), document.codebook())
                && was.has_body_of(is)
                && was.direction == is.direction
        });
        let Some(old) = old else {
            let count = document.article().blocks().len().div_ceil(SECTION);
            next.sections = vec![OnceCell::new(); count];
            return next;
        };
        next.sections.clone_from(&self.sections);
        let mut differing = self.coverage.differing(&next.coverage);
        // What a mark misses depends on its links.
        for id in unshared(old.relations(), document.relations()) {
            if let Some(mark) = document.annotation(id) {
                differing.extend(mark.spans.as_slice());
            }
        }
        if self.chosen != chosen {
            let spans = |document: &Document, id: Option<Id>| {
                let mark = id.and_then(|id| document.annotation(id).cloned());
                mark.map_or(Vec::new(), |mark| mark.spans.as_slice().to_vec())
            };
            differing.extend(spans(old, self.chosen));
            differing.extend(spans(document, chosen));
        }
        next.redraw(&differing);
        next
    }

    /// Draws anew, of the sections that are drawn, the blocks in these spans.
    fn redraw(&mut self, spans: &[Span]) {
        let Some(document) = self.document.clone() else {
            return;
        };
        let blocks = document.article().blocks();
        let mut dirty = VecMap::new();
        for span in spans {
            let first = blocks.partition_point(|block| block.span.end() <= span.start());
            let after = blocks.partition_point(|block| block.span.start() < span.end());
            for number in first..after {
                dirty.insert(number, ());
            }
        }
        let (coverage, links) = (self.coverage.clone(), self.links.clone());
        let pen = Pen {
            document: &document,
            coverage: &coverage,
            links: &links,
            chosen: self.chosen,
        };
        let mut changed: Option<(usize, SectionView)> = None;
        for (number, ()) in dirty {
            let place = number / SECTION;
            let Some(old) = self.sections[place].get() else {
                continue;
            };
            let view = pen.block(&blocks[number]);
            if *old.blocks[number % SECTION] == view {
                continue;
            }
            if changed.as_ref().is_none_or(|(other, _)| *other != place) {
                let old = (**old).clone();
                self.put(changed.replace((place, old)));
            }
            if let Some((_, section)) = &mut changed {
                section.blocks[number % SECTION] = Rc::new(view);
            }
        }
        self.put(changed);
    }

    fn put(&mut self, changed: Option<(usize, SectionView)>) {
        if let Some((place, section)) = changed {
            self.sections[place] = OnceCell::from(Rc::new(section));
        }
    }

    /// How many sections there are.
    #[must_use]
    pub fn sections(&self) -> usize {
        self.sections.len()
    }

    /// The blocks of a section, as the article has them.
    #[must_use]
    pub fn blocks(&self, section: usize) -> &[Block] {
        let blocks = self.document.as_ref().map(|it| it.article().blocks());
        let mut chunks = blocks.unwrap_or_default().chunks(SECTION);
        chunks.nth(section).unwrap_or_default()
    }

    /// How high a section will be, about: a number of steps, each √2 of the one before,
    /// from [`LEAST_HEIGHT`] pixels in a column of 65 letters.
    #[must_use]
    pub fn height_step(&self, section: usize) -> usize {
        let lines = |block: &Block| block.span.len() as usize / 66 + 1;
        let blocks = self.blocks(section).iter();
        let height: usize = blocks.map(|block| lines(block) * 34 + 18).sum();
        let is_less =
            |step: &i32| LEAST_HEIGHT * 2_f64.powf((f64::from(*step) + 0.5) / 2.0) < height as f64;
        (0..HEIGHT_STEPS).take_while(is_less).count()
    }

    /// A section with its marks, drawn when it is first asked for.
    #[must_use]
    pub fn section(&self, place: usize) -> Rc<SectionView> {
        let Some((document, section)) = self.document.as_ref().zip(self.sections.get(place)) else {
            return Rc::default();
        };
        let draw = || {
            let pen = Pen {
                document,
                coverage: &self.coverage,
                links: &self.links,
                chosen: self.chosen,
            };
            let blocks = self.blocks(place).iter();
            Rc::new(SectionView {
                blocks: blocks.map(|block| Rc::new(pen.block(block))).collect(),
            })
        };
        section.get_or_init(draw).clone()
    }
}

/// The marks from which relations go that only one of two documents has. Both lists are in
/// the order of the relations.
fn unshared(old: &[Rc<Relation>], new: &[Rc<Relation>]) -> Vec<Id> {
    let (mut a, mut b) = (old.iter().peekable(), new.iter().peekable());
    let mut ends = Vec::new();
    loop {
        let order = match (a.peek(), b.peek()) {
            (None, None) => return ends,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(a), Some(b)) => a.id.cmp(&b.id),
        };
        let gone = if order.is_le() { a.next() } else { None };
        let come = if order.is_ge() { b.next() } else { None };
        if gone != come {
            ends.extend(gone.into_iter().chain(come).map(|it| it.from));
        }
    }
}

/// The element that a block is drawn as, and its class.
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

/// What blocks are drawn with.
struct Pen<'a> {
    document: &'a Document,
    coverage: &'a Coverage,
    links: &'a Links,
    chosen: Option<Id>,
}

impl Pen<'_> {
    fn utf16(&self, span: Span) -> u32 {
        let offsets = self.document.article().offsets();
        offsets.utf16(span.start()).unwrap_or_default().0
    }

    fn block(&self, block: &Block) -> BlockView {
        let direction = block.direction;
        let segments = self.coverage.segments(block.span);
        BlockView {
            kind: block.kind,
            start: self.utf16(block.span),
            lanes: segments
                .iter()
                .flat_map(|segment| &segment.marks)
                .map(|mark| self.coverage.lane(*mark))
                .max()
                .unwrap_or(0),
            direction: (direction != self.document.article().direction).then_some(direction),
            pieces: self.pieces(block, &segments, 0),
        }
    }

    /// Neighbours that have the same mark at this depth become one element.
    fn pieces(&self, block: &Block, segments: &[Segment], depth: usize) -> Vec<TextRun> {
        segments
            .chunk_by(|a, b| {
                let (a, b) = (mark_at(a, depth), mark_at(b, depth));
                a.is_some() && a == b
            })
            .filter_map(|run| match mark_at(&run[0], depth) {
                None => Some(TextRun::Text(run[0].span)),
                Some(mark) => self.mark(block, mark, run, depth).map(TextRun::Mark),
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
            letter_place: match is_first {
                true => self.letter_place(block, run),
                false => LetterPlace::default(),
            },
            label: self.label(annotation, &book.tags()[tag]),
            lane: self.coverage.lane(place),
            chosen: self.chosen == Some(annotation.id),
            noted: !annotation.note.is_empty(),
            flagged: annotation.flagged,
            incomplete: !self.links.gaps(self.document, annotation).is_empty(),
            pieces: self.pieces(block, run, depth + 1),
        }))
    }

    fn letter_place(&self, block: &Block, run: &[Segment]) -> LetterPlace {
        let line = block.span.slice(self.document.article().text());
        let at = |offset: ByteOffset| offset.index() - block.span.start().index();
        let (from, to) = (run[0].span.start(), run[run.len() - 1].span.end());
        letter_place(line.unwrap_or_default(), at(from), at(to), block.direction)
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

#[cfg(test)]
mod tests {
    use super::{LetterPlace, letter_place};
    use pullquote_core::model::article::{
        TextDirection, TextDirection::LeftToRight, TextDirection::RightToLeft,
    };

    /// The words between the bars.
    #[track_caller]
    fn check(line: &str, expected: LetterPlace) {
        let parts: Vec<&str> = line.split('|').collect();
        let from = parts[0].len();
        let line = parts.concat();
        let place = letter_place(&line, from, from + parts[1].len(), TextDirection::of(&line));
        assert_eq!(place, expected, "{line}");
    }

    #[test]
    fn a_letter_stands_before_its_words_and_runs_with_them() {
        check("The |minister| spoke 🙂.", LetterPlace::Before);
        check(
            "The minister |قال| today.",
            LetterPlace::BeforeTurned(RightToLeft),
        );
        check("قال |أحمد| اليوم", LetterPlace::Before);
        check(
            "قال |Cafe\u{301}| اليوم",
            LetterPlace::BeforeTurned(LeftToRight),
        );
        check("في |10-12| مايو", LetterPlace::Before);
        check("The minister |«قال»| today.", LetterPlace::Before);
        check("会談は|国境の町|で", LetterPlace::Before);
    }

    #[test]
    fn a_letter_that_would_part_what_belongs_together_stands_after_or_nowhere() {
        check("ב 10-|12| במאי", LetterPlace::Nowhere);
        check("في ١٠-|١٢| مايو", LetterPlace::After);
        check("ב |10|-12 במאי", LetterPlace::Before);
        check("ב 1|0-1|2 במאי", LetterPlace::Nowhere);
        check("قال ع|لي| اليوم", LetterPlace::After);
        check("قال م|حم|د اليوم", LetterPlace::Nowhere);
        check("from 10-|12| May", LetterPlace::Before);
        check("un|believ|able", LetterPlace::Before);
    }
}
