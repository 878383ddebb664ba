//! The drawing of the article, in sections of blocks.

use crate::editor::state::Selection;
use crate::editor::view::block_view::{Pen, SectionView};
use pullquote_core::analysis::completeness::Links;
use pullquote_core::model::article::Block;
use pullquote_core::model::coverage::Coverage;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;
use pullquote_core::model::relation::Relation;
use pullquote_core::sorted::VecMap;
use pullquote_core::text::span::Span;
use std::cell::OnceCell;
use std::cmp::Ordering;
use std::rc::Rc;

/// The number of blocks in a section. They are drawn together, and skipped together while they are
/// far from the viewport.
const SECTION: usize = 20;

/// The height of the smallest section, in pixels.
pub const LEAST_HEIGHT: f64 = 600.0;

/// The number of steps of heights.
const HEIGHT_STEPS: i32 = 12;

/// The drawing of an article. It is made from the drawing before it, so that an edit costs only what
/// it changes. Sections are drawn when they are first requested.
#[derive(Clone, Debug, Default)]
pub struct Drawing {
    document: Option<Rc<Document>>,
    chosen: Option<Id>,
    coverage: Rc<Coverage>,
    links: Rc<Links>,
    // Invariant: one cell per section; a filled one has what `Pen` draws from the other fields.
    sections: Vec<OnceCell<Rc<SectionView>>>,
}

/// Drawings of the same document with the same chosen mark are equal.
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
    /// The drawing of a document, made from this one.
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
        // Whether a mark is complete depends on its relations.
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

    /// Draws the blocks in these spans again, if their sections were drawn.
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
            let index = number / SECTION;
            let Some(old) = self.sections[index].get() else {
                continue;
            };
            let view = pen.block(&blocks[number]);
            if *old.blocks[number % SECTION] == view {
                continue;
            }
            if changed.as_ref().is_none_or(|(other, _)| *other != index) {
                let old = (**old).clone();
                self.put(changed.replace((index, old)));
            }
            if let Some((_, section)) = &mut changed {
                section.blocks[number % SECTION] = Rc::new(view);
            }
        }
        self.put(changed);
    }

    fn put(&mut self, changed: Option<(usize, SectionView)>) {
        if let Some((index, section)) = changed {
            self.sections[index] = OnceCell::from(Rc::new(section));
        }
    }

    /// The number of sections.
    #[must_use]
    pub fn sections(&self) -> usize {
        self.sections.len()
    }

    /// The blocks of the article in a section.
    #[must_use]
    pub fn blocks(&self, section: usize) -> &[Block] {
        let blocks = self.document.as_ref();
        let blocks = blocks.map(|document| document.article().blocks());
        let mut chunks = blocks.unwrap_or_default().chunks(SECTION);
        chunks.nth(section).unwrap_or_default()
    }

    /// The estimated height of a section: the number of steps, each √2 times the one before, from
    /// [`LEAST_HEIGHT`] pixels in a column of 65 letters.
    #[must_use]
    pub fn height_step(&self, section: usize) -> usize {
        let lines = |block: &Block| block.span.len() as usize / 66 + 1;
        let blocks = self.blocks(section).iter();
        let height: usize = blocks.map(|block| lines(block) * 34 + 18).sum();
        let is_less =
            |step: &i32| LEAST_HEIGHT * 2_f64.powf((f64::from(*step) + 0.5) / 2.0) < height as f64;
        (0..HEIGHT_STEPS).take_while(is_less).count()
    }

    /// A section with its marks. It is drawn when it is first requested.
    #[must_use]
    pub fn section(&self, index: usize) -> Rc<SectionView> {
        let Some((document, section)) = self.document.as_ref().zip(self.sections.get(index)) else {
            return Rc::default();
        };
        let draw = || {
            let pen = Pen {
                document,
                coverage: &self.coverage,
                links: &self.links,
                chosen: self.chosen,
            };
            let blocks = self.blocks(index).iter();
            Rc::new(SectionView {
                blocks: blocks.map(|block| Rc::new(pen.block(block))).collect(),
            })
        };
        section.get_or_init(draw).clone()
    }
}

/// The marks at the start of relations that only one of two documents has. Both lists are in the
/// order of the ids.
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
        let removed = if order.is_le() { a.next() } else { None };
        let added = if order.is_ge() { b.next() } else { None };
        if removed != added {
            let relations = removed.into_iter().chain(added);
            ends.extend(relations.map(|relation| relation.from));
        }
    }
}
