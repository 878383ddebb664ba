//! A document as training data sees it: a text with labelled spans, and where asked for
//! its tokens and sentences.

use crate::catalogue::SpanPrecision;
use crate::encoding::xml::can_hold;
use crate::options::{BoundaryRule, Options, OverlapRule};
use pullquote_core::model::annotation::Annotation;
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::{Id, Slug};
use pullquote_core::sorted;
use pullquote_core::sorted::VecMap;
use pullquote_core::text::offset::CharOffset;
use pullquote_core::text::shortened::one_line;
use pullquote_core::text::span::Span;
use pullquote_core::text::tokens::{cut, is_gap, sentences, tokens};

use std::cmp::{Ordering, Reverse};
use std::ops::Range;

/// A document with its spans and tokens.
pub(crate) struct Projection<'a> {
    /// Where it all comes from.
    pub(crate) document: &'a Document,
    /// The label of each tag, in the order of the palette.
    pub(crate) labels: Vec<String>,
    /// The label of each kind of relation, in the order of the codebook.
    pub(crate) relation_labels: Vec<String>,
    /// Every piece of every mark, in document order of the marks.
    pub(crate) spans: Vec<ProjectedSpan>,
    /// Tokens, in order; none where none were asked for.
    pub(crate) tokens: Vec<Span>,
    /// Sentences, as ranges of tokens: never empty, never cut within a chosen piece.
    pub(crate) sentences: Vec<Range<usize>>,
    /// What happened to spans on the way.
    pub(crate) changes: SpanChanges,
    // The first piece of each mark.
    firsts: Vec<Option<usize>>,
    places: VecMap<Id, usize>,
}

/// One stretch of a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ProjectedSpan {
    /// Where.
    pub(crate) span: Span,
    /// The place of its mark in the document.
    pub(crate) mark: usize,
    /// Which piece of its mark, from 0.
    pub(crate) part: usize,
    /// The place of its tag in the palette.
    pub(crate) tag: usize,
    /// Whether it stays where no two may overlap.
    pub(crate) chosen: bool,
    /// Its tokens; empty where none were asked for.
    pub(crate) tokens: Range<usize>,
}

/// How many pieces were changed on the way to tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct SpanChanges {
    /// White space was taken off.
    pub(crate) trimmed: usize,
    /// Nothing but white space, or nothing but a part of a token: gone.
    pub(crate) dropped: usize,
    /// An edge lay inside a token.
    pub(crate) inside_token: usize,
}

/// A relation between two marks, by their places.
pub(crate) struct ProjectedRelation<'a> {
    pub(crate) id: Id,
    /// The label of its kind.
    pub(crate) kind: &'a str,
    pub(crate) from: usize,
    pub(crate) to: usize,
}

impl<'a> Projection<'a> {
    /// The document so.
    pub(crate) fn new(document: &'a Document, options: &Options, precision: SpanPrecision) -> Self {
        let mut changes = SpanChanges::default();
        let mut pieces = pieces(document);
        let mut split = Vec::new();
        let mut spoken = Vec::new();
        let text = document.article().text();
        match precision {
            SpanPrecision::Exact => {}
            SpanPrecision::NonBlank => {
                let marks = document.annotations();
                let is_blank = |mark: usize| {
                    let mut spans = marks[mark].spans.as_slice().iter();
                    spans.all(|it| it.slice(text).is_none_or(|it| it.chars().all(is_gap)))
                };
                let all = pieces.len();
                pieces.retain(|piece| !is_blank(piece.mark));
                changes.dropped = all - pieces.len();
            }
            SpanPrecision::Tokens => trim(text, &mut pieces, &mut changes),
        }
        if precision == SpanPrecision::Tokens {
            split = tokens(text, options.tokenizer);
            align(&mut split, &mut pieces, options.boundaries, &mut changes);
        }
        choose(document, &mut pieces, options.overlaps);
        if precision == SpanPrecision::Tokens {
            spoken = sentences_of(text, &split, &pieces);
        }
        let marks = document.annotations();
        let mut firsts = vec![None; marks.len()];
        for (place, piece) in pieces.iter().enumerate().rev() {
            firsts[piece.mark] = Some(place);
        }
        Self {
            document,
            labels: tag_labels(document.codebook()),
            relation_labels: relation_labels(document.codebook()),
            spans: pieces,
            tokens: split,
            sentences: spoken,
            changes,
            firsts,
            places: sorted::vec_map((0..).zip(marks).map(|(place, mark)| (mark.id, place))),
        }
    }

    /// The text of the article.
    pub(crate) fn text(&self) -> &'a str {
        self.document.article().text()
    }

    /// The words of a span.
    pub(crate) fn slice(&self, span: Span) -> &'a str {
        // Spans of a document lie in its text.
        span.slice(self.text()).unwrap_or_default()
    }

    /// The mark that a piece is of.
    pub(crate) fn mark(&self, piece: &ProjectedSpan) -> &'a Annotation {
        &self.document.annotations()[piece.mark]
    }

    /// The label of a piece.
    pub(crate) fn label(&self, piece: &ProjectedSpan) -> &str {
        &self.labels[piece.tag]
    }

    /// A span in code points.
    pub(crate) fn chars(&self, span: Span) -> [u32; 2] {
        let offsets = self.document.article().offsets();
        [span.start(), span.end()].map(|at| offsets.chars(at).unwrap_or_default().0)
    }

    /// A span in UTF-16 code units.
    pub(crate) fn utf16(&self, span: Span) -> [u32; 2] {
        let offsets = self.document.article().offsets();
        [span.start(), span.end()].map(|at| offsets.utf16(at).unwrap_or_default().0)
    }

    /// The pieces that stay where no two may overlap, in order.
    pub(crate) fn chosen(&self) -> Vec<&ProjectedSpan> {
        let chosen = self.spans.iter().filter(|piece| piece.chosen);
        sorted::collect_sorted(chosen, |a, b| a.span.cmp(&b.span))
    }

    /// The first piece of the mark at this place; `None` where nothing is left of it.
    pub(crate) fn first_span_of(&self, mark: usize) -> Option<&ProjectedSpan> {
        self.spans.get(self.firsts[mark]?)
    }

    /// The place of the first piece of the mark at this place.
    pub(crate) fn first_span_index(&self, mark: usize) -> Option<usize> {
        self.firsts[mark]
    }

    /// The relations, by id, of which both ends are left.
    pub(crate) fn relations(&self) -> impl Iterator<Item = ProjectedRelation<'_>> {
        let known = self.document.codebook().relations();
        self.document.relations().iter().filter_map(|relation| {
            let kind = known.iter().position(|kind| kind.id == relation.kind)?;
            let place = |id| self.places.get(id).copied();
            let (from, to) = (place(&relation.from)?, place(&relation.to)?);
            self.firsts[from].and(self.firsts[to])?;
            Some(ProjectedRelation {
                id: relation.id,
                kind: &self.relation_labels[kind],
                from,
                to,
            })
        })
    }

    /// What each token is, among the chosen pieces: where in it, of how many, and its label.
    pub(crate) fn token_tags(&self) -> Vec<Option<TokenTag<'_>>> {
        let mut tagged = vec![None; self.tokens.len()];
        for piece in self.spans.iter().filter(|piece| piece.chosen) {
            for token in piece.tokens.clone() {
                tagged[token] = Some(TokenTag {
                    index: token - piece.tokens.start,
                    length: piece.tokens.len(),
                    label: self.label(piece),
                });
            }
        }
        tagged
    }

    /// What stands between a token and the next, or the end of the text.
    pub(crate) fn gap_after(&self, token: usize) -> &'a str {
        let next = self.tokens.get(token + 1).map(|next| next.start().index());
        let end = self.tokens[token].end().index();
        &self.text()[end..next.unwrap_or(self.text().len())]
    }
}

/// Where a token stands in a labelled span.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TokenTag<'a> {
    pub(crate) index: usize,
    pub(crate) length: usize,
    pub(crate) label: &'a str,
}

/// The label of each tag: its name on one line, of characters that every format can write;
/// its id beside it where another is called so.
pub(crate) fn tag_labels(codebook: &Codebook) -> Vec<String> {
    let tags = codebook.tags().iter();
    distinct(tags.map(|tag| (tag.name.as_str(), &tag.id)), "tag")
}

/// The same of each kind of relation.
pub(crate) fn relation_labels(codebook: &Codebook) -> Vec<String> {
    let kinds = codebook.relations().iter();
    distinct(kinds.map(|kind| (kind.name.as_str(), &kind.id)), "relation")
}

fn distinct<'a>(names: impl Iterator<Item = (&'a str, &'a Slug)>, instead: &str) -> Vec<String> {
    let written = |name: &str| {
        let chars = name
            .chars()
            .map(|char| if char.is_control() { ' ' } else { char })
            .filter(|char| can_hold(*char));
        named(&one_line(&chars.collect::<String>()), instead).to_owned()
    };
    let names = names.map(|(name, id)| (written(named(name, id.as_str())), id));
    let names: Vec<(String, &Slug)> = names.collect();
    let is_twice = |name: &String| names.iter().filter(|other| other.0 == *name).count() > 1;
    let beside = |(name, id): &(String, &Slug)| match is_twice(name) {
        true => format!("{name} ({id})"),
        false => name.clone(),
    };
    names.iter().map(beside).collect()
}

/// A name, or what stands for it where it says nothing.
fn named<'a>(name: &'a str, id: &'a str) -> &'a str {
    if name.trim().is_empty() { id } else { name }
}

fn pieces(document: &Document) -> Vec<ProjectedSpan> {
    let marks = document.annotations().iter().enumerate();
    let pieces = marks.flat_map(|(mark, annotation)| {
        let tag = document.codebook().place_of(&annotation.tag);
        let spans = annotation.spans.as_slice().iter().enumerate();
        spans.map(move |(part, &span)| ProjectedSpan {
            span,
            mark,
            part,
            tag: tag.unwrap_or_default(),
            chosen: false,
            tokens: 0..0,
        })
    });
    pieces.collect()
}

/// Takes white space off both ends; what is nothing but white space goes.
fn trim(text: &str, pieces: &mut Vec<ProjectedSpan>, changes: &mut SpanChanges) {
    pieces.retain_mut(|piece| {
        let words = piece.span.slice(text).unwrap_or_default();
        let behind = words.trim_end_matches(is_gap);
        let start =
            piece.span.start().index() + behind.len() - behind.trim_start_matches(is_gap).len();
        let end = piece.span.start().index() + behind.len();
        let Some(span) = Span::between(start, end) else {
            changes.dropped += 1;
            return false;
        };
        changes.trimmed += usize::from(span != piece.span);
        piece.span = span;
        true
    });
}

/// Brings pieces and tokens together.
fn align(
    split: &mut Vec<Span>,
    pieces: &mut Vec<ProjectedSpan>,
    edges: BoundaryRule,
    changes: &mut SpanChanges,
) {
    let is_inside = |at: u32| {
        let place = split.partition_point(|token| token.end().0 <= at);
        split.get(place).is_some_and(|token| token.start().0 < at)
    };
    let ends = |piece: &ProjectedSpan| [piece.span.start().0, piece.span.end().0];
    let cuts = |piece: &ProjectedSpan| ends(piece).into_iter().any(is_inside);
    changes.inside_token = pieces.iter().filter(|piece| cuts(piece)).count();
    if edges == BoundaryRule::Split {
        let edges = sorted::collect_sorted(pieces.iter().flat_map(ends), u32::cmp);
        *split = cut(split, &edges);
    }
    pieces.retain_mut(|piece| {
        let (start, end) = (piece.span.start(), piece.span.end());
        let range = match edges {
            BoundaryRule::Shrink => {
                let first = split.partition_point(|token| token.start() < start);
                first..split.partition_point(|token| token.end() <= end).max(first)
            }
            BoundaryRule::Split | BoundaryRule::Expand => {
                let first = split.partition_point(|token| token.end() <= start);
                first
                    ..split
                        .partition_point(|token| token.start() < end)
                        .max(first)
            }
        };
        piece.tokens = range.clone();
        let hull = split[range].iter().copied().reduce(|first, last| {
            Span::between(first.start().index(), last.end().index()).unwrap_or(first)
        });
        changes.dropped += usize::from(hull.is_none());
        piece.span = hull.unwrap_or(piece.span);
        hull.is_some()
    });
}

/// Chooses pieces of which no two overlap.
fn choose(document: &Document, pieces: &mut [ProjectedSpan], keep: OverlapRule) {
    let offsets = document.article().offsets();
    let char = |at| offsets.chars(at).unwrap_or(CharOffset(0)).0;
    let long = |span: Span| char(span.end()) - char(span.start());
    let ranked: Vec<(u32, u32, usize)> = (0..)
        .zip(&*pieces)
        .map(|(place, piece)| (long(piece.span), piece.span.start().0, place))
        .collect();
    type Rank = (u32, u32, usize);
    let order: fn(&Rank, &Rank) -> Ordering = match keep {
        OverlapRule::Longest => |a, b| (Reverse(a.0), a.1, a.2).cmp(&(Reverse(b.0), b.1, b.2)),
        OverlapRule::Shortest => |a, b| a.cmp(b),
        OverlapRule::First => |a, b| (a.1, Reverse(a.0), a.2).cmp(&(b.1, Reverse(b.0), b.2)),
    };
    // Apart, and in order.
    let mut taken: Vec<Span> = Vec::new();
    for (.., place) in sorted::collect_sorted(ranked, order) {
        let span = pieces[place].span;
        let before = taken.partition_point(|other| other.end() <= span.start());
        if taken
            .get(before)
            .is_none_or(|next| next.start() >= span.end())
        {
            taken.insert(before, span);
            pieces[place].chosen = true;
        }
    }
}

fn sentences_of(text: &str, split: &[Span], pieces: &[ProjectedSpan]) -> Vec<Range<usize>> {
    let mut is_start = vec![false; split.len() + 1];
    for start in sentences(text) {
        is_start[split.partition_point(|token| token.start().0 < start)] = true;
    }
    for piece in pieces.iter().filter(|piece| piece.chosen) {
        let inner = piece.tokens.start + 1..piece.tokens.end;
        is_start[inner].fill(false);
    }
    let mut ranges = Vec::new();
    let mut begin = 0;
    for (end, is_start) in is_start.iter().enumerate().skip(1) {
        if *is_start || end == split.len() {
            ranges.push(begin..end);
            begin = end;
        }
    }
    ranges
}
