//! From what a hand swept to what it meant: whole words, no loose ends.
//!
//! Word edges are those of UAX #29; the window that is segmented reaches from one
//! ASCII space or line end to the next, so that the cost depends on that stretch
//! (a word, or in scripts without spaces a line) and not on the length of the text.

use super::Span;
use std::ops::Range;
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// The words that `swept` touches, without the white space and the punctuation
/// at their ends. `None` when no word is left.
///
/// * An end inside a word moves out to the word's edge; an end before the
///   possessive of a word stays there (`[Iran]’s`).
/// * White space and sentence punctuation are dropped at both ends. A bracket or
///   a quotation mark is dropped when its other half is not in the span:
///   `(COAS)` keeps both, `COAS)` loses one.
///
/// An end that is outside `text` or inside a character gives `None`.
///
/// ```
/// use pullquote_core::text::snap;
///
/// let text = "talks in Rawalpindi, where";
/// let span = snap(text, 12..20).expect("there is a word");
/// assert_eq!(span.slice(text), Some("Rawalpindi"));
/// ```
#[must_use]
pub fn snap(text: &str, swept: Range<usize>) -> Option<Span> {
    text.get(swept.clone())?;
    let swept = trim_space(text, swept);
    if swept.is_empty() {
        return None;
    }
    let start = word_edge(text, swept.start, Side::Before);
    let end = word_edge(text, swept.end, Side::After);
    let trimmed = trim_punctuation(text, start..end);
    Span::new(
        u32::try_from(trimmed.start).ok()?,
        u32::try_from(trimmed.end).ok()?,
    )
}

/// Exactly the characters of `swept`, where a character is what a reader sees
/// as one (an extended grapheme cluster): an emoji family is never cut.
///
/// `None` when nothing is swept, or an end is outside `text` or inside a `char`.
#[must_use]
pub fn exact(text: &str, swept: Range<usize>) -> Option<Span> {
    if text.get(swept.clone())?.is_empty() {
        return None;
    }
    let start = grapheme_edge(text, swept.start, Side::Before);
    let end = grapheme_edge(text, swept.end, Side::After);
    Span::new(u32::try_from(start).ok()?, u32::try_from(end).ok()?)
}

/// Which way to step through the text: in the order of its characters, not of
/// the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Towards the end.
    Forward,
    /// Towards the start.
    Back,
}

/// An edge of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Where words begin.
    Start,
    /// Where words end.
    End,
}

/// The nearest edge of a word beyond `at`, going `way`; `None` if there is none,
/// or if `at` is outside `text` or inside a `char`.
#[must_use]
pub fn step(text: &str, at: usize, edge: Edge, way: Way) -> Option<usize> {
    let before = text.get(..at)?;
    let from = before.rfind([' ', '\n']).map_or(0, |space| space + 1);
    let to = text[at..]
        .find([' ', '\n'])
        .map_or(text.len(), |space| at + space);
    let edge_of = |(start, word): (usize, &str)| match edge {
        Edge::Start => start,
        Edge::End => start + word.len(),
    };
    match way {
        Way::Forward => text[from..]
            .split_word_bound_indices()
            .filter(|(_, word)| is_word(word))
            .map(|(start, word)| edge_of((from + start, word)))
            .find(|edge| *edge > at),
        Way::Back => text[..to]
            .split_word_bound_indices()
            .rev()
            .filter(|(_, word)| is_word(word))
            .map(edge_of)
            .find(|edge| *edge < at),
    }
}

/// Whether a piece between two word bounds is more than space and punctuation.
fn is_word(piece: &str) -> bool {
    let is_mark = |char: char| {
        is_loose(char)
            || matches!(char, '"' | '\'' | '-')
            || PAIRS
                .iter()
                .any(|(open, close)| char == *open || char == *close)
    };
    piece.chars().any(|char| !is_space(char) && !is_mark(char))
}

#[derive(Clone, Copy)]
enum Side {
    Before,
    After,
}

fn grapheme_edge(text: &str, at: usize, side: Side) -> usize {
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    if cursor.is_boundary(text, 0).unwrap_or(true) {
        return at;
    }
    let edge = match side {
        Side::Before => cursor.prev_boundary(text, 0),
        Side::After => cursor.next_boundary(text, 0),
    };
    edge.ok().flatten().unwrap_or(at)
}

fn word_edge(text: &str, at: usize, side: Side) -> usize {
    let Some((start, word)) = word_around(text, at) else {
        return at;
    };
    if matches!(side, Side::After) && is_possessive(&text[at..start + word.len()]) {
        return at;
    }
    match side {
        Side::Before => start,
        Side::After => start + word.len(),
    }
}

/// The word that goes on at `at`, with the byte where it begins; `None` where a word ends or
/// begins there, or none is (UAX #29).
#[must_use]
pub fn word_around(text: &str, at: usize) -> Option<(usize, &str)> {
    let from = text
        .get(..at)?
        .rfind([' ', '\n'])
        .map_or(0, |space| space + 1);
    let to = text[at..]
        .find([' ', '\n'])
        .map_or(text.len(), |space| at + space);
    text[from..to]
        .split_word_bound_indices()
        .map(|(start, piece)| (from + start, piece))
        .find(|(start, piece)| *start < at && at < start + piece.len())
}

fn is_possessive(tail: &str) -> bool {
    matches!(tail, "’s" | "'s" | "’S" | "'S")
}

/// Space to the eye: Unicode white space, and the characters that have no width.
fn is_space(char: char) -> bool {
    char.is_whitespace()
        || matches!(
            char,
            '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2060}' | '\u{FEFF}'
        )
}

fn trim_space(text: &str, range: Range<usize>) -> Range<usize> {
    let slice = &text[range.clone()];
    let end = range.start + slice.trim_end_matches(is_space).len();
    let start = range.end - slice.trim_start_matches(is_space).len();
    start.min(end)..end
}

/// Punctuation that ends or joins sentences, and belongs to no word.
fn is_loose(char: char) -> bool {
    matches!(
        char,
        '.' | ',' | ';' | ':' | '!' | '?' | '…' | '–' | '—' | '‒' | '·' | '¿' | '¡'
            // Arabic, Urdu, Devanagari
            | '،' | '؛' | '؟' | '۔' | '।' | '॥'
            // East Asian
            | '。' | '，' | '、' | '；' | '：' | '！' | '？' | '．' | '｡' | '､' | '・' | '‥'
    )
}

const PAIRS: [(char, char); 17] = [
    ('(', ')'),
    ('[', ']'),
    ('{', '}'),
    ('“', '”'),
    ('„', '“'),
    ('‘', '’'),
    ('‚', '‘'),
    ('«', '»'),
    ('»', '«'),
    ('‹', '›'),
    ('「', '」'),
    ('『', '』'),
    ('（', '）'),
    ('【', '】'),
    ('《', '》'),
    ('〈', '〉'),
    ('［', '］'),
];

/// How far from its bracket or quotation mark the other half is looked for, in
/// bytes: farther away it belongs to another sentence.
const PAIR_WINDOW: usize = 2_000;

/// Whether `char`, at an end of `slice`, has lost its other half.
fn is_unpaired(slice: &str, char: char) -> bool {
    if matches!(char, '"' | '\'') {
        return slice.matches(char).count() % 2 == 1;
    }
    let mut other_halves = PAIRS
        .iter()
        .filter_map(|&(open, close)| match char {
            _ if char == open => Some(close),
            _ if char == close => Some(open),
            _ => None,
        })
        .peekable();
    other_halves.peek().is_some() && !other_halves.any(|other| slice.contains(other))
}

fn trim_punctuation(text: &str, mut range: Range<usize>) -> Range<usize> {
    loop {
        range = trim_space(text, range);
        let slice = &text[range.clone()];
        let tail = &slice[slice.ceil_char_boundary(slice.len().saturating_sub(PAIR_WINDOW))..];
        let head = &slice[..slice.floor_char_boundary(PAIR_WINDOW)];
        let drops = |window, char: &char| is_loose(*char) || is_unpaired(window, *char);
        if let Some(last) = tail.chars().next_back().filter(|last| drops(tail, last)) {
            range.end -= last.len_utf8();
        } else if let Some(first) = head.chars().next().filter(|first| drops(head, first)) {
            range.start += first.len_utf8();
        } else {
            return range;
        }
    }
}
