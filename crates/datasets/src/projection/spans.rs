//! A document projected onto spans: its marks as spans with labels and, for formats that need
//! them, its tokens and sentences.

use crate::catalogue::SpanPrecision;
use crate::options::{BoundaryRule, Options, OverlapRule};
use crate::projection::labels::{relation_labels, tag_labels};
use pullquote_core::model::annotation::Annotation;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;
use pullquote_core::sorted;
use pullquote_core::sorted::VecMap;
use pullquote_core::text::offset::CharOffset;
use pullquote_core::text::span::Span;
use pullquote_core::text::tokens::{cut, is_gap, sentences, tokens};

use std::cmp::{Ordering, Reverse};
use std::ops::Range;

/// A document as spans, tokens and sentences.
pub(crate) struct Projection<'a> {
    /// The document.
    pub(crate) document: &'a Document,
    /// The label of each tag, in the order of the codebook.
    pub(crate) labels: Vec<String>,
    /// The label of each kind of relation, in the order of the codebook.
    pub(crate) relation_labels: Vec<String>,
    /// The spans of all marks, in the order of the marks in the document.
    pub(crate) spans: Vec<ProjectedSpan>,
    /// Tokens, in order; empty unless the precision is [`SpanPrecision::Tokens`].
    pub(crate) tokens: Vec<Span>,
    /// Sentences as ranges of tokens. None is empty, and none ends within a chosen span.
    pub(crate) sentences: Vec<Range<usize>>,
    /// How many spans differ from the marks.
    pub(crate) changes: SpanChanges,
    // For each mark, the index of its first span.
    first_spans: Vec<Option<usize>>,
    // For each mark id, the index of the mark.
    mark_indices: VecMap<Id, usize>,
}

/// One span of a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ProjectedSpan {
    /// Its bytes in the text.
    pub(crate) span: Span,
    /// The index of its mark in the document.
    pub(crate) mark: usize,
    /// Its index among the spans of its mark.
    pub(crate) part: usize,
    /// The index of its tag in the codebook.
    pub(crate) tag: usize,
    /// Whether it is kept in a format where spans may not overlap.
    pub(crate) chosen: bool,
    /// Its tokens; empty unless the precision is [`SpanPrecision::Tokens`].
    pub(crate) tokens: Range<usize>,
}

/// How many spans differ from the marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct SpanChanges {
    /// Spans without the white space at the ends of their mark.
    pub(crate) trimmed: usize,
    /// Spans that are gone, because they had no token or nothing but white space.
    pub(crate) dropped: usize,
    /// Spans that started or ended inside a token.
    pub(crate) inside_token: usize,
}

/// A relation between two marks that both have a span.
pub(crate) struct ProjectedRelation<'a> {
    pub(crate) id: Id,
    /// The label of its kind.
    pub(crate) kind: &'a str,
    /// The index of the mark where it starts.
    pub(crate) from: usize,
    /// The index of the mark where it ends.
    pub(crate) to: usize,
}

/// The position of a token in a chosen span.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TokenTag<'a> {
    /// Its index among the tokens of the span.
    pub(crate) index: usize,
    /// How many tokens the span has.
    pub(crate) length: usize,
    /// The label of the span.
    pub(crate) label: &'a str,
}

impl<'a> Projection<'a> {
    /// Projects the document onto spans of this precision, and onto tokens and sentences if the
    /// spans consist of tokens.
    pub(crate) fn new(document: &'a Document, options: &Options, precision: SpanPrecision) -> Self {
        let text = document.article().text();
        let mut changes = SpanChanges::default();
        let mut spans = spans_of_marks(document);
        let mut text_tokens = Vec::new();
        match precision {
            SpanPrecision::Exact => {}
            SpanPrecision::NonBlank => drop_blank_marks(document, &mut spans, &mut changes),
            SpanPrecision::Tokens => {
                trim(text, &mut spans, &mut changes);
                text_tokens = tokens(text, options.tokenizer);
                align(
                    &mut text_tokens,
                    &mut spans,
                    options.boundaries,
                    &mut changes,
                );
            }
        }
        choose(document, &mut spans, options.overlaps);
        let text_sentences = match precision {
            SpanPrecision::Tokens => sentence_ranges(text, &text_tokens, &spans),
            SpanPrecision::Exact | SpanPrecision::NonBlank => Vec::new(),
        };
        let marks = document.annotations();
        let mut first_spans = vec![None; marks.len()];
        for (index, span) in spans.iter().enumerate().rev() {
            first_spans[span.mark] = Some(index);
        }
        let mark_ids = marks.iter().enumerate();
        Self {
            document,
            labels: tag_labels(document.codebook()),
            relation_labels: relation_labels(document.codebook()),
            spans,
            tokens: text_tokens,
            sentences: text_sentences,
            changes,
            first_spans,
            mark_indices: sorted::vec_map(mark_ids.map(|(index, mark)| (mark.id, index))),
        }
    }

    /// The text of the article.
    pub(crate) fn text(&self) -> &'a str {
        self.document.article().text()
    }

    /// The words of a span.
    pub(crate) fn slice(&self, span: Span) -> &'a str {
        // The spans of a document are within its text.
        span.slice(self.text()).unwrap_or_default()
    }

    /// The mark of a span.
    pub(crate) fn mark(&self, span: &ProjectedSpan) -> &'a Annotation {
        &self.document.annotations()[span.mark]
    }

    /// The label of a span.
    pub(crate) fn label(&self, span: &ProjectedSpan) -> &str {
        &self.labels[span.tag]
    }

    /// The start and the end of a span in code points.
    pub(crate) fn chars(&self, span: Span) -> [u32; 2] {
        let offsets = self.document.article().offsets();
        [span.start(), span.end()].map(|offset| offsets.chars(offset).unwrap_or_default().0)
    }

    /// The start and the end of a span in UTF-16 code units.
    pub(crate) fn utf16(&self, span: Span) -> [u32; 2] {
        let offsets = self.document.article().offsets();
        [span.start(), span.end()].map(|offset| offsets.utf16(offset).unwrap_or_default().0)
    }

    /// The spans that are kept where spans may not overlap, in text order.
    pub(crate) fn chosen(&self) -> Vec<&ProjectedSpan> {
        let chosen = self.spans.iter().filter(|span| span.chosen);
        sorted::collect_sorted(chosen, |a, b| a.span.cmp(&b.span))
    }

    /// The first span of the mark with this index; `None` if the mark has no span left.
    pub(crate) fn first_span_of(&self, mark: usize) -> Option<&ProjectedSpan> {
        self.spans.get(self.first_spans[mark]?)
    }

    /// The index of the first span of the mark with this index.
    pub(crate) fn first_span_index(&self, mark: usize) -> Option<usize> {
        self.first_spans[mark]
    }

    /// The relations whose marks both have a span, by id.
    pub(crate) fn relations(&self) -> impl Iterator<Item = ProjectedRelation<'_>> {
        let kinds = self.document.codebook().relations();
        self.document.relations().iter().filter_map(|relation| {
            let kind = kinds.iter().position(|kind| kind.id == relation.kind)?;
            let mark_index = |id| self.mark_indices.get(id).copied();
            let (from, to) = (mark_index(&relation.from)?, mark_index(&relation.to)?);
            self.first_spans[from].and(self.first_spans[to])?;
            Some(ProjectedRelation {
                id: relation.id,
                kind: &self.relation_labels[kind],
                from,
                to,
            })
        })
    }

    /// For each token, its position in a chosen span; `None` outside of all.
    pub(crate) fn token_tags(&self) -> Vec<Option<TokenTag<'_>>> {
        let mut tags = vec![None; self.tokens.len()];
        for span in self.spans.iter().filter(|span| span.chosen) {
            for token in span.tokens.clone() {
                tags[token] = Some(TokenTag {
                    index: token - span.tokens.start,
                    length: span.tokens.len(),
                    label: self.label(span),
                });
            }
        }
        tags
    }

    /// The text between the token with this index and the next one, or the end of the text.
    pub(crate) fn gap_after(&self, token: usize) -> &'a str {
        let next = self.tokens.get(token + 1).map(|next| next.start().index());
        let end = self.tokens[token].end().index();
        &self.text()[end..next.unwrap_or(self.text().len())]
    }
}

/// The spans of all marks, exactly as they were marked.
fn spans_of_marks(document: &Document) -> Vec<ProjectedSpan> {
    let marks = document.annotations().iter().enumerate();
    let spans = marks.flat_map(|(mark, annotation)| {
        let tag = document.codebook().index_of(&annotation.tag);
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
    spans.collect()
}

/// Drops the spans of marks that have nothing but white space.
fn drop_blank_marks(
    document: &Document,
    spans: &mut Vec<ProjectedSpan>,
    changes: &mut SpanChanges,
) {
    let text = document.article().text();
    let marks = document.annotations();
    let is_blank = |span: &Span| {
        let words = span.slice(text);
        words.is_none_or(|words| words.chars().all(is_gap))
    };
    let before = spans.len();
    spans.retain(|span| !marks[span.mark].spans.as_slice().iter().all(is_blank));
    changes.dropped = before - spans.len();
}

/// Removes white space at both ends of spans, and drops spans of nothing but white space.
fn trim(text: &str, spans: &mut Vec<ProjectedSpan>, changes: &mut SpanChanges) {
    spans.retain_mut(|projected| {
        let words = projected.span.slice(text).unwrap_or_default();
        let without_end = words.trim_end_matches(is_gap);
        let without_ends = without_end.trim_start_matches(is_gap);
        let end = projected.span.start().index() + without_end.len();
        let Some(span) = Span::between(end - without_ends.len(), end) else {
            changes.dropped += 1;
            return false;
        };
        changes.trimmed += usize::from(span != projected.span);
        projected.span = span;
        true
    });
}

/// Makes spans and tokens fit: tokens are split, or spans grow or shrink to whole tokens. Spans
/// without a token are dropped.
fn align(
    tokens: &mut Vec<Span>,
    spans: &mut Vec<ProjectedSpan>,
    rule: BoundaryRule,
    changes: &mut SpanChanges,
) {
    let boundaries = |projected: &ProjectedSpan| [projected.span.start().0, projected.span.end().0];
    let is_inside_token = |offset: u32| {
        let index = tokens.partition_point(|token| token.end().0 <= offset);
        let token = tokens.get(index);
        token.is_some_and(|token| token.start().0 < offset)
    };
    let is_cut = |span: &&ProjectedSpan| boundaries(span).into_iter().any(is_inside_token);
    changes.inside_token = spans.iter().filter(is_cut).count();
    if rule == BoundaryRule::Split {
        let boundaries = sorted::collect_sorted(spans.iter().flat_map(boundaries), u32::cmp);
        *tokens = cut(tokens, &boundaries);
    }
    spans.retain_mut(|projected| {
        let (start, end) = (projected.span.start(), projected.span.end());
        let (first, behind) = match rule {
            BoundaryRule::Shrink => (
                tokens.partition_point(|token| token.start() < start),
                tokens.partition_point(|token| token.end() <= end),
            ),
            BoundaryRule::Split | BoundaryRule::Expand => (
                tokens.partition_point(|token| token.end() <= start),
                tokens.partition_point(|token| token.start() < end),
            ),
        };
        projected.tokens = first..behind.max(first);
        let hull = tokens[projected.tokens.clone()]
            .iter()
            .copied()
            .reduce(|first, last| {
                Span::between(first.start().index(), last.end().index()).unwrap_or(first)
            });
        changes.dropped += usize::from(hull.is_none());
        projected.span = hull.unwrap_or(projected.span);
        hull.is_some()
    });
}

/// Marks as chosen the spans that the rule keeps where spans may not overlap.
fn choose(document: &Document, spans: &mut [ProjectedSpan], rule: OverlapRule) {
    let offsets = document.article().offsets();
    let char_offset = |offset| offsets.chars(offset).unwrap_or(CharOffset(0)).0;
    let length = |span: Span| char_offset(span.end()) - char_offset(span.start());
    // Length in code points, start in bytes, index.
    type Rank = (u32, u32, usize);
    let ranks = spans.iter().enumerate();
    let ranks = ranks.map(|(index, projected)| {
        let span = projected.span;
        (length(span), span.start().0, index)
    });
    let ranks: Vec<Rank> = ranks.collect();
    let order: fn(&Rank, &Rank) -> Ordering = match rule {
        OverlapRule::Longest => |a, b| (Reverse(a.0), a.1, a.2).cmp(&(Reverse(b.0), b.1, b.2)),
        OverlapRule::Shortest => |a, b| a.cmp(b),
        OverlapRule::First => |a, b| (a.1, Reverse(a.0), a.2).cmp(&(b.1, Reverse(b.0), b.2)),
    };
    // Invariant: in text order, without overlaps.
    let mut taken: Vec<Span> = Vec::new();
    for (.., index) in sorted::collect_sorted(ranks, order) {
        let span = spans[index].span;
        let before = taken.partition_point(|other| other.end() <= span.start());
        let next = taken.get(before);
        if next.is_none_or(|next| next.start() >= span.end()) {
            taken.insert(before, span);
            spans[index].chosen = true;
        }
    }
}

/// Sentences as ranges of tokens. A sentence that would end within a chosen span goes on.
fn sentence_ranges(text: &str, tokens: &[Span], spans: &[ProjectedSpan]) -> Vec<Range<usize>> {
    let mut is_start = vec![false; tokens.len() + 1];
    for start in sentences(text) {
        is_start[tokens.partition_point(|token| token.start().0 < start)] = true;
    }
    for span in spans.iter().filter(|span| span.chosen) {
        let inner = span.tokens.start + 1..span.tokens.end;
        is_start[inner].fill(false);
    }
    let mut ranges = Vec::new();
    let mut start = 0;
    for (end, is_start) in is_start.iter().enumerate().skip(1) {
        if *is_start || end == tokens.len() {
            ranges.push(start..end);
            start = end;
        }
    }
    ranges
}
