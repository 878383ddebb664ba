//! Where words begin and end for a person who selects them.
//!
//! The words are those of UAX #29, with three exceptions. Where a space is missing after
//! punctuation, as in text from web pages, UAX #29 finds one word in `ended.Karvel` and
//! `noon:Karvel`; here they are two. The full stop after `U.S`, `e.g`, `Ph.D` belongs to the
//! word, which is therefore `U.S.`. And a time such as `10:30` is one word, like a number.
//!
//! Tokens of datasets do not have these exceptions, see
//! [`Tokenizer`](crate::text::tokens::Tokenizer). A mark that ends inside a token is reported,
//! and the token is cut there.

use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// The words of `text` in `window`, which begins and ends at white space, and the characters
/// between them; each with its byte offset.
pub(crate) fn words(text: &str, window: Range<usize>) -> Vec<(usize, &str)> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let from = window.start;
    for (start, word) in text[window].split_word_bound_indices() {
        let start = from + start;
        if is_clock(text, &words, start) {
            words.pop();
            let first = words.pop().map_or(start, |word| word.start);
            words.push(first..start + word.len());
            continue;
        }
        for part in parts(word) {
            let (start, end) = (start + part.start, start + part.end);
            let has_stop = is_short(&text[start..end]) && text[end..].starts_with('.');
            // The full stop comes next in the iteration, but already belongs to the word before
            // it.
            if words.last().is_none_or(|last| last.end <= start) {
                words.push(start..end + usize::from(has_stop));
            }
        }
    }
    let words = words.into_iter();
    words.map(|word| (word.start, &text[word])).collect()
}

/// Whether the word at `start` continues a time or a ratio, as in `10:30`: the last of `words`
/// is a colon, with digits before it and digits here.
fn is_clock(text: &str, words: &[Range<usize>], start: usize) -> bool {
    let [.., before, colon] = words else {
        return false;
    };
    matches!(&text[colon.clone()], ":" | "：")
        && text[before.clone()].ends_with(char::is_numeric)
        && text[start..].starts_with(char::is_numeric)
}

/// The part of `words` at the byte `at`, if `words` are two words that UAX #29 finds to be one;
/// otherwise all of `words`.
///
/// ```
/// use pullquote_core::text::words::part_at;
///
/// assert_eq!(part_at("ended.Karvel", 8), 6..12);
/// assert_eq!(part_at("example.com", 9), 0..11);
/// ```
#[must_use]
pub fn part_at(words: &str, at: usize) -> Range<usize> {
    let whole = 0..words.len();
    if words.split_word_bounds().nth(1).is_some() {
        return whole;
    }
    let mut parts = parts(words).into_iter();
    let here =
        parts.find(|part| part.start <= at && at <= part.end && !is_stop(&words[part.clone()]));
    here.unwrap_or(whole)
}

/// The parts of a word of UAX #29, and the punctuation between them.
fn parts(word: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, stop) in word.match_indices(is_stop_char) {
        let behind = at + stop.len();
        if is_joint(word, at..behind) {
            parts.extend([start..at, at..behind]);
            start = behind;
        }
    }
    parts.push(start..word.len());
    parts
}

/// Punctuation that UAX #29 allows inside a word, except apostrophes: the characters of
/// MidLetter and MidNumLet that end a sentence or a clause.
fn is_stop_char(char: char) -> bool {
    matches!(
        char,
        '.' | ':' | '·' | '\u{387}' | '\u{2024}' | '﹒' | '﹕' | '．' | '：'
    )
}

fn is_stop(part: &str) -> bool {
    part.chars().all(is_stop_char)
}

/// Whether a space is missing after the punctuation at `stop`.
///
/// None is missing before a lower-case letter (`example.com`, `Node.js`) or a digit (`3.5`), nor
/// between capitals (`ASP.NET`) or single letters (`U.S`, `Ph.D`). A colon joins only in words
/// such as `EU:n` and `S:t`, as written in Finnish and Swedish. Scripts without capitals need
/// two letters on both sides.
fn is_joint(word: &str, stop: Range<usize>) -> bool {
    let is_colon = matches!(&word[stop.clone()], ":" | "﹕" | "：");
    let before = word[..stop.start].rsplit(is_stop_char).next();
    let after = word[stop.end..].split(is_stop_char).next();
    let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
    let letters = |part: &str| part.chars().filter(|char| char.is_alphabetic()).count();
    let (left, right) = (letters(before), letters(after));
    let Some(first) = after.chars().next().filter(|char| char.is_alphabetic()) else {
        return false;
    };
    if first.is_lowercase() {
        let goes_on = before.ends_with(char::is_lowercase);
        return is_colon && goes_on && left > 1 && right > 1;
    }
    if is_capitals(before) && is_capitals(after) {
        return false;
    }
    let is_last = stop.end + after.len() == word.len();
    match right {
        1 => left > 2 && is_last && first.is_uppercase(),
        2 => left > 1,
        _ => left > 1 || first.is_uppercase(),
    }
}

/// Whether a part has capitals and no lower-case letters.
fn is_capitals(part: &str) -> bool {
    part.contains(char::is_uppercase) && !part.contains(char::is_lowercase)
}

/// Whether a word is an abbreviation with full stops, the last of which UAX #29 leaves out:
/// `U.S`, `e.g`, `Ph.D`, `z.B`.
pub(crate) fn is_short(word: &str) -> bool {
    let is_letters = |part: &str, most: usize| {
        (1..=most).contains(&part.chars().count()) && part.chars().all(char::is_alphabetic)
    };
    word.rsplit_once('.').is_some_and(|(before, last)| {
        is_letters(last, 1) && before.split('.').all(|part| is_letters(part, 2))
    })
}
