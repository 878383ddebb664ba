//! Tokens as spaCy has them: white space other than one space after a token is a token too.

use crate::projection::spans::Projection;
use pullquote_core::text::span::Span;

use std::ops::Range;

/// A token. The text is all tokens, each followed by one space or none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spaced {
    /// Its bytes in the text.
    pub(crate) span: Span,
    /// Whether one space follows that is in no token.
    pub(crate) space: bool,
}

/// The tokens as spaCy has them, and the index of each token of `projection` among them.
pub(crate) fn spaced(projection: &Projection) -> (Vec<Spaced>, Vec<usize>) {
    let mut spaced: Vec<Spaced> = Vec::with_capacity(projection.tokens.len() * 5 / 4);
    let mut indices = Vec::with_capacity(projection.tokens.len());
    let first = projection
        .tokens
        .first()
        .map_or(projection.text().len(), |token| token.start().index());
    let gap = |start: usize, end: usize| {
        Span::between(start, end).map(|span| Spaced { span, space: false })
    };
    spaced.extend(gap(0, first));
    for (token, &span) in projection.tokens.iter().enumerate() {
        let after = projection.gap_after(token);
        let space = after.starts_with(' ');
        indices.push(spaced.len());
        spaced.push(Spaced { span, space });
        let end = span.end().index();
        spaced.extend(gap(end + usize::from(space), end + after.len()));
    }
    (spaced, indices)
}

/// Converts a range of tokens of the projection into a range of spaced tokens. `indices` is what
/// [`spaced`] returned.
pub(crate) fn range(tokens: &Range<usize>, indices: &[usize]) -> Range<usize> {
    match tokens.is_empty() {
        true => 0..0,
        false => indices[tokens.start]..indices[tokens.end - 1] + 1,
    }
}
