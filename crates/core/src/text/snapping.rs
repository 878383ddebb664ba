//! Turns a selection into the span that the user meant: whole words, without loose spaces and
//! punctuation.
//!
//! [`words`](crate::text::words) says where words end. Only a window around each end is
//! segmented, from one ASCII space or line end to the next, so that the cost depends on that
//! window (a word, or a line in scripts without spaces) and not on the length of the text.

use crate::text::invisible::is_space;
use crate::text::span::Span;
use crate::text::words::{is_short, words};

use std::ops::Range;
use unicode_segmentation::GraphemeCursor;

/// The words that `swept` touches, without white space and punctuation at the ends. `None` if no
/// word is left.
///
/// * An end inside a word moves out to the word's edge; an end before the possessive of a word
///   stays there (`[Iran]’s`). Where a space is missing after punctuation, there are two words
///   (`ended.[Karvel]`).
/// * White space and sentence punctuation are dropped at both ends. A bracket or a quotation
///   mark is dropped if its other half is not in the span: `(COAS)` keeps both, `COAS)` loses
///   one.
///
/// Also `None` if an end is outside `text` or inside a character.
///
/// ```
/// use pullquote_core::text::snapping::snap;
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

/// Exactly the characters of `swept`, where a character is what a reader sees as one (an
/// extended grapheme cluster): an emoji family is never cut.
///
/// `None` if `swept` is empty, or an end is outside `text` or inside a `char`.
#[must_use]
pub fn exact(text: &str, swept: Range<usize>) -> Option<Span> {
    if text.get(swept.clone())?.is_empty() {
        return None;
    }
    let start = grapheme_edge(text, swept.start, Side::Before);
    let end = grapheme_edge(text, swept.end, Side::After);
    Span::new(u32::try_from(start).ok()?, u32::try_from(end).ok()?)
}

/// The direction of a step through the text, in the order of its characters and not of the
/// screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoveDirection {
    /// Towards the end.
    Forward,
    /// Towards the start.
    Back,
}

/// An edge of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordEdge {
    /// Where words begin.
    Start,
    /// Where words end.
    End,
}

/// The nearest edge of a word beyond `at` in this `direction`; `None` if there is none, or if
/// `at` is outside `text` or inside a `char`.
#[must_use]
pub fn step(text: &str, at: usize, edge: WordEdge, direction: MoveDirection) -> Option<usize> {
    let around = window(text, at)?;
    let edge_of = |(start, word): (usize, &str)| match edge {
        WordEdge::Start => start,
        WordEdge::End => start + word.len(),
    };
    let edges = |window: Range<usize>| {
        let words = words(text, window).into_iter();
        words.filter(|(_, word)| is_word(word)).map(edge_of)
    };
    match direction {
        MoveDirection::Forward => {
            let mut start = around.start;
            text[start..].split(is_break).find_map(|stretch| {
                let window = start..start + stretch.len();
                start = window.end + 1;
                edges(window).find(|edge| *edge > at)
            })
        }
        MoveDirection::Back => {
            let mut end = around.end;
            text[..end].rsplit(is_break).find_map(|stretch| {
                let window = end - stretch.len()..end;
                end = window.start.saturating_sub(1);
                edges(window).rev().find(|edge| *edge < at)
            })
        }
    }
}

/// Whether a window ends at this character; each of them is one byte long.
fn is_break(char: char) -> bool {
    matches!(char, ' ' | '\n')
}

/// The range around `at` without a space or a line end; `None` if `at` is outside `text` or
/// inside a `char`.
fn window(text: &str, at: usize) -> Option<Range<usize>> {
    let start = text.get(..at)?.rfind(is_break).map_or(0, |space| space + 1);
    let length = text[at..].find(is_break);
    Some(start..length.map_or(text.len(), |length| at + length))
}

/// Whether a piece between two word boundaries is more than space and punctuation.
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

/// The word around `at`, with the byte where it begins; `None` if `at` is not inside a word.
#[must_use]
pub fn word_around(text: &str, at: usize) -> Option<(usize, &str)> {
    let mut words = words(text, window(text, at)?).into_iter();
    words.find(|(start, word)| *start < at && at < start + word.len())
}

fn is_possessive(tail: &str) -> bool {
    matches!(tail, "’s" | "'s" | "’S" | "'S")
}

fn trim_space(text: &str, range: Range<usize>) -> Range<usize> {
    let slice = &text[range.clone()];
    let end = range.start + slice.trim_end_matches(is_space).len();
    let start = range.end - slice.trim_start_matches(is_space).len();
    start.min(end)..end
}

/// Punctuation that ends or joins sentences and belongs to no word.
pub(crate) fn is_loose(char: char) -> bool {
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

/// How far from a bracket or quotation mark the other half is searched, in bytes. One that is
/// farther away belongs to another sentence.
const PAIR_WINDOW: usize = 2_000;

/// Whether `char`, at an end of `slice`, lacks its other half.
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

/// The end of a span that grew to `end`, behind a bracket or quotation mark that closes one in the
/// span: `(GHQ` becomes `(GHQ)`.
#[must_use]
pub fn with_closing(text: &str, span: Range<usize>) -> usize {
    let Some(next) = text[span.end..].chars().next() else {
        return span.end;
    };
    let slice = &text[span.clone()];
    let closes = PAIRS.iter().any(|&(open, close)| {
        close == next && slice.matches(open).count() > slice.matches(close).count()
    });
    span.end + if closes { next.len_utf8() } else { 0 }
}

/// Whether the text ends with the full stop of an abbreviation such as `U.S.`.
fn is_stop_of_word(words: &str) -> bool {
    let Some(before) = words.strip_suffix('.') else {
        return false;
    };
    let is_part = |char: char| char.is_alphabetic() || char == '.';
    // Most full stops end a sentence; two characters are enough to tell.
    let mut last = before.chars().rev();
    if !last.next().is_some_and(char::is_alphabetic) || last.next() != Some('.') {
        return false;
    }
    let start = before.trim_end_matches(is_part).len();
    is_short(&before[start..])
}

fn trim_punctuation(text: &str, mut range: Range<usize>) -> Range<usize> {
    loop {
        range = trim_space(text, range);
        let slice = &text[range.clone()];
        let tail = &slice[slice.ceil_char_boundary(slice.len().saturating_sub(PAIR_WINDOW))..];
        let head = &slice[..slice.floor_char_boundary(PAIR_WINDOW)];
        let drops = |window, char: &char| is_loose(*char) || is_unpaired(window, *char);
        let is_kept = is_stop_of_word(tail);
        if let Some(last) = tail
            .chars()
            .next_back()
            .filter(|last| !is_kept && drops(tail, last))
        {
            range.end -= last.len_utf8();
        } else if let Some(first) = head.chars().next().filter(|first| drops(head, first)) {
            range.start += first.len_utf8();
        } else {
            return range;
        }
    }
}
