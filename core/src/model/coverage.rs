//! Which marks lie where: the overlap query, and the tiling that is drawn.

use super::{Annotation, Document};
use crate::order;
use crate::text::{ByteOffset, Span};
use std::cmp::{Ordering, Reverse};
use std::rc::Rc;

/// An index over the marks of one document, made anew when the document
/// changes: O(n log n) to make; a query is O(log n + k log n) for k hits.
///
/// Cost where it was measured: see `cargo xtask bench`.
#[derive(Clone, Debug)]
pub struct Coverage {
    annotations: Vec<Rc<Annotation>>,
    // Invariant: sorted by start, then longest first, then place of the mark.
    pieces: Vec<Piece>,
    // Invariant: a complete binary tree in an array; leaf i is the end of piece
    // i (0 past the last), an inner node the greatest end below it.
    ends: Vec<u32>,
    // Invariant: one entry a mark; marks whose hulls overlap differ.
    lanes: Vec<u16>,
}

#[derive(Clone, Copy, Debug)]
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

/// A stretch of text that the same marks cover from end to end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The stretch.
    pub span: Span,
    /// The marks that cover it, as places in the document's list, rising: outer
    /// before inner.
    pub marks: Vec<usize>,
}

impl Coverage {
    /// The index of `document` as it is now.
    #[must_use]
    pub fn new(document: &Document) -> Self {
        let annotations = document.annotations().to_vec();
        let pieces = annotations
            .iter()
            .enumerate()
            .flat_map(|(mark, annotation)| {
                let spans = annotation.spans.as_slice();
                spans.iter().map(move |&span| Piece { span, mark })
            });
        let pieces = order::collect(pieces, Piece::order);
        let ends = end_tree(&pieces);
        let lanes = lanes(&annotations);
        Self {
            annotations,
            pieces,
            ends,
            lanes,
        }
    }

    /// The marks that have at least one byte in `span`, as places in the
    /// document's list, rising, each once.
    #[must_use]
    pub fn overlapping(&self, span: Span) -> Vec<usize> {
        let marks = self.pieces_in(span).map(|piece| piece.mark);
        let mut marks = order::collect(marks, usize::cmp);
        marks.dedup();
        marks
    }

    /// `span` cut wherever a mark begins or ends: the segments tile it exactly,
    /// in order; two neighbours are never covered by the same marks.
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
        let mut cuts = order::collect(cuts, ByteOffset::cmp);
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
            let marks = order::collect(marks, usize::cmp);
            segments.push(Segment {
                span: stretch,
                marks,
            });
        }
        segments
    }

    /// The lane of underline that the mark at this place has: 0 is nearest to
    /// the words. Two marks that overlap never share one.
    #[must_use]
    pub fn lane(&self, mark: usize) -> u16 {
        self.lanes.get(mark).copied().unwrap_or(0)
    }

    /// The mark at this place of the document's list.
    #[must_use]
    pub fn annotation(&self, mark: usize) -> Option<&Rc<Annotation>> {
        self.annotations.get(mark)
    }

    /// Pieces that overlap `span`, in their order.
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

/// The lowest lane that is free from a mark's first to its last byte.
fn lanes(annotations: &[Rc<Annotation>]) -> Vec<u16> {
    let mut free_from: Vec<ByteOffset> = Vec::new();
    annotations
        .iter()
        .map(|annotation| {
            let start = annotation.spans.start();
            let lane = free_from
                .iter()
                .position(|free| *free <= start)
                .unwrap_or(free_from.len());
            if lane == free_from.len() {
                free_from.push(annotation.spans.end());
            } else {
                free_from[lane] = annotation.spans.end();
            }
            u16::try_from(lane).unwrap_or(u16::MAX)
        })
        .collect()
}
