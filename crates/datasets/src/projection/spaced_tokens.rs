//! Tokens as spaCy has them: what is more than one space between two is a token itself.

use crate::projection::spans::Projection;
use pullquote_core::text::span::Span;

use std::ops::Range;

/// A token of a text, all of which is tokens and single spaces.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spaced {
    /// Its characters.
    pub(crate) span: Span,
    /// Whether one space follows, which is in no token.
    pub(crate) space: bool,
}

/// All of them, and for each token of `labelled` its place among them.
pub(crate) fn spaced(labelled: &Projection) -> (Vec<Spaced>, Vec<usize>) {
    let mut all: Vec<Spaced> = Vec::with_capacity(labelled.tokens.len() * 5 / 4);
    let mut places = Vec::with_capacity(labelled.tokens.len());
    let first = labelled
        .tokens
        .first()
        .map_or(labelled.text().len(), |it| it.start().index());
    let gap = |start: usize, end: usize| {
        Span::between(start, end).map(|span| Spaced { span, space: false })
    };
    all.extend(gap(0, first));
    for (token, &span) in labelled.tokens.iter().enumerate() {
        let after = labelled.gap_after(token);
        let space = after.starts_with(' ');
        places.push(all.len());
        all.push(Spaced { span, space });
        let behind = span.end().index();
        all.extend(gap(behind + usize::from(space), behind + after.len()));
    }
    (all, places)
}

/// The tokens of a piece among the spaced ones: the first, and the one behind the last.
pub(crate) fn range(tokens: &Range<usize>, places: &[usize]) -> Range<usize> {
    match tokens.is_empty() {
        true => 0..0,
        false => places[tokens.start]..places[tokens.end - 1] + 1,
    }
}
