//! Which marks cover which text: the overlap query, and the segments that are drawn.

use crate::model::annotation::Annotation;
use crate::model::document::Document;
use crate::model::marks::{Differing, Marks};
use crate::sorted;
use crate::text::offset::ByteOffset;
use crate::text::span::Span;

use std::cmp::{Ordering, Reverse};
use std::rc::Rc;

/// An index over the marks of one document. Making it is O(n log n). Updating it after an edit
/// costs one linear pass over plain numbers, and a look at the marks that differ. A query is
/// O(log n + k log n) for k hits.
///
/// For measurements, see `cargo bench --package pullquote-core`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    marks: Rc<Marks>,
    // Invariant: sorted by start, then longest first, then index of the mark.
    pieces: Vec<Piece>,
    // Invariant: a complete binary tree in an array. Leaf i is the end of piece i (0 past the
    // last); an inner node is the greatest end below it.
    ends: Vec<u32>,
    // Invariant: one entry per mark, from its first to its last byte.
    hulls: Vec<Span>,
    // Invariant: one entry per mark; marks whose hulls overlap have different lanes.
    lanes: Vec<u16>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    span: Span,
    mark: usize,
}

impl Piece {
    fn order(&self, other: &Self) -> Ordering {
        let key = |piece: &Self| (piece.span.start(), Reverse(piece.span.end()), piece.mark);
        key(self).cmp(&key(other))
    }
}

/// A range of text that the same marks cover from end to end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The range.
    pub span: Span,
    /// The marks that cover it, as rising indices into the document's list: outer marks before
    /// inner ones.
    pub marks: Vec<usize>,
}

impl Coverage {
    /// The index of `document`.
    #[must_use]
    pub fn new(document: &Document) -> Self {
        Self::default().next(document)
    }

    /// The index of `document`, updated from this one. Correct for any document, but fast only
    /// for one that differs from this index by an edit.
    #[must_use]
    pub fn next(&self, document: &Document) -> Self {
        let marks = document.marks();
        let Differing { old, new } = self.marks.differing(marks);
        let fresh = marks.as_slice()[new.clone()].iter().zip(new.clone());
        let fresh = fresh.flat_map(|(annotation, mark)| {
            let spans = annotation.spans.as_slice();
            spans.iter().map(move |&span| Piece { span, mark })
        });
        let fresh = sorted::collect_sorted(fresh, Piece::order);
        let kept = self.pieces.iter().filter_map(|piece| {
            let mark = match piece.mark {
                mark if mark < old.start => mark,
                mark if mark >= old.end => mark - old.end + new.end,
                _ => return None,
            };
            Some(Piece { mark, ..*piece })
        });
        let pieces = merged(kept, fresh);
        let come = marks.as_slice()[new].iter().filter_map(|annotation| {
            Span::new(annotation.spans.start().0, annotation.spans.end().0)
        });
        let behind = &self.hulls[old.end..];
        let hulls = self.hulls[..old.start].iter().copied();
        let hulls: Vec<Span> = hulls.chain(come).chain(behind.iter().copied()).collect();
        Self {
            marks: marks.clone(),
            ends: end_tree(&pieces),
            pieces,
            lanes: lanes(&hulls),
            hulls,
        }
    }

    /// Whether this is the index of `document` in its current state.
    #[must_use]
    pub fn is_of(&self, document: &Document) -> bool {
        Rc::ptr_eq(&self.marks, document.marks())
    }

    /// Where two indices must be drawn differently: the spans, from first to last byte, of marks
    /// that only one of them has, or whose lane differs.
    #[must_use]
    pub fn differing(&self, newer: &Self) -> Vec<Span> {
        let differing = self.marks.differing(&newer.marks);
        let mut spans = Vec::new();
        differing.each((&self.marks, &newer.marks), |old, new| {
            let lane = |indices: Option<usize>, lanes: &[u16]| indices.map(|index| lanes[index]);
            if lane(old, &self.lanes) != lane(new, &newer.lanes) {
                let hull = new.map(|new| newer.hulls[new]);
                spans.extend(hull.or_else(|| old.map(|old| self.hulls[old])));
            }
        });
        // Marks before the first difference keep their lanes, as lanes are assigned from the
        // start of the text.
        let behind = newer.hulls[differing.new.end..].iter();
        let lanes = self.lanes[differing.old.end..].iter();
        let lanes = lanes.zip(&newer.lanes[differing.new.end..]);
        spans.extend(
            behind
                .zip(lanes)
                .filter(|(_, (old, new))| old != new)
                .map(|(hull, _)| *hull),
        );
        spans
    }

    /// The marks that have at least one byte in `span`, as rising indices into the document's
    /// list, each once.
    #[must_use]
    pub fn overlapping(&self, span: Span) -> Vec<usize> {
        let marks = self.pieces_in(span).map(|piece| piece.mark);
        let mut marks = sorted::collect_sorted(marks, usize::cmp);
        marks.dedup();
        marks
    }

    /// Cuts `span` wherever a mark begins or ends. The segments tile it exactly, in order, and
    /// two neighbours are never covered by the same marks.
    #[must_use]
    pub fn segments(&self, span: Span) -> Vec<Segment> {
        let pieces: Vec<Piece> = self
            .pieces_in(span)
            .filter_map(|piece| {
                let span = piece.span.intersection(span)?;
                Some(Piece { span, ..*piece })
            })
            .collect();
        let cuts = pieces
            .iter()
            .flat_map(|piece| [piece.span.start(), piece.span.end()])
            .chain([span.start(), span.end()]);
        let mut cuts = sorted::collect_sorted(cuts, ByteOffset::cmp);
        cuts.dedup();
        let mut waiting = pieces.iter().peekable();
        let mut open: Vec<Piece> = Vec::new();
        let mut segments = Vec::with_capacity(cuts.len());
        for pair in cuts.windows(2) {
            let Some(stretch) = Span::new(pair[0].0, pair[1].0) else {
                continue;
            };
            open.retain(|piece| piece.span.end() > stretch.start());
            while let Some(piece) = waiting.next_if(|piece| piece.span.start() <= stretch.start()) {
                open.push(*piece);
            }
            let marks = open.iter().map(|piece| piece.mark);
            let marks = sorted::collect_sorted(marks, usize::cmp);
            segments.push(Segment {
                span: stretch,
                marks,
            });
        }
        segments
    }

    /// The lane of the underline of the mark at this index: 0 is nearest to the words. Two marks
    /// that overlap never share a lane.
    #[must_use]
    pub fn lane(&self, mark: usize) -> u16 {
        self.lanes.get(mark).copied().unwrap_or(0)
    }

    /// The mark at this index of the document's list.
    #[must_use]
    pub fn annotation(&self, mark: usize) -> Option<&Rc<Annotation>> {
        self.marks.as_slice().get(mark)
    }

    /// The pieces that overlap `span`, in their order.
    fn pieces_in(&self, span: Span) -> impl Iterator<Item = &Piece> {
        let before = self
            .pieces
            .partition_point(|piece| piece.span.start() < span.end());
        let leaves = self.ends.len().div_ceil(2);
        let mut stack = vec![(0_usize, 0_usize, leaves)];
        std::iter::from_fn(move || {
            while let Some((node, from, width)) = stack.pop() {
                let reaches = self.ends.get(node).is_some_and(|end| *end > span.start().0);
                if from >= before || !reaches {
                    continue;
                }
                if width == 1 {
                    return self.pieces.get(from);
                }
                let half = width / 2;
                stack.push((2 * node + 2, from + half, half));
                stack.push((2 * node + 1, from, half));
            }
            None
        })
    }
}

fn end_tree(pieces: &[Piece]) -> Vec<u32> {
    if pieces.is_empty() {
        return Vec::new();
    }
    let leaves = pieces.len().next_power_of_two();
    let mut ends = vec![0; 2 * leaves - 1];
    for (leaf, piece) in pieces.iter().enumerate() {
        ends[leaves - 1 + leaf] = piece.span.end().0;
    }
    for node in (0..leaves - 1).rev() {
        ends[node] = ends[2 * node + 1].max(ends[2 * node + 2]);
    }
    ends
}

/// Merges two sorted lists.
fn merged(kept: impl Iterator<Item = Piece>, fresh: Vec<Piece>) -> Vec<Piece> {
    let mut fresh = fresh.into_iter().peekable();
    let mut all = Vec::with_capacity(kept.size_hint().1.unwrap_or(0) + fresh.len());
    for piece in kept {
        while let Some(before) = fresh.next_if(|next| next.order(&piece).is_lt()) {
            all.push(before);
        }
        all.push(piece);
    }
    all.extend(fresh);
    all
}

/// Gives each mark the lowest lane that is free from its first to its last byte.
fn lanes(hulls: &[Span]) -> Vec<u16> {
    let mut free_from: Vec<ByteOffset> = Vec::new();
    let lane = |hull: &Span| {
        let free = free_from.iter().position(|free| *free <= hull.start());
        let lane = free.unwrap_or(free_from.len());
        match free_from.get_mut(lane) {
            Some(free) => *free = hull.end(),
            None => free_from.push(hull.end()),
        }
        u16::try_from(lane).unwrap_or(u16::MAX)
    };
    hulls.iter().map(lane).collect()
}
