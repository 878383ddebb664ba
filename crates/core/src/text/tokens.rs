//! Divides a text into tokens and sentences.

use crate::text::span::Span;
use unicode_segmentation::UnicodeSegmentation;

/// Rules for dividing a text into tokens.
///
/// With every choice, a token contains no white space of any kind, and never ends inside what a
/// reader sees as one character.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tokenizer {
    /// The words of UAX #29; each punctuation character is a token of its own.
    #[default]
    Words,
    /// The pieces between white space.
    Whitespace,
    /// Approximately as spaCy's `xx` pipeline: split at white space, then take signs off both
    /// ends, then split between two words that a sign joins. "don't" and "U.K." stay whole,
    /// "(COAS)," becomes four tokens. Language exceptions and addresses are not known.
    SpacyLike,
    /// Like [`Self::Words`], but each Chinese or Japanese character is a token.
    Characters,
}

/// All tokenizers, each with the name that selects it.
pub const TOKENIZERS: [(Tokenizer, &str); 4] = [
    (Tokenizer::Words, "words"),
    (Tokenizer::Whitespace, "whitespace"),
    (Tokenizer::SpacyLike, "spacy-like"),
    (Tokenizer::Characters, "characters"),
];

/// Whether tools that split at white space split at this character: Unicode white space, and the
/// four ASCII separators, which Python counts as white space.
#[must_use]
pub fn is_gap(char: char) -> bool {
    char.is_whitespace() || matches!(char, '\u{1C}'..='\u{1F}')
}

/// The tokens of `text`, in order and apart. Everything but white space is in a token.
#[must_use]
pub fn tokens(text: &str, tokenizer: Tokenizer) -> Vec<Span> {
    let mut tokens = Vec::new();
    let mut put = |start: usize, piece: &str| {
        let end = start + piece.len();
        tokens.extend(Span::between(start, end));
    };
    for (start, stretch) in stretches(text) {
        match tokenizer {
            Tokenizer::Whitespace => put(start, stretch),
            Tokenizer::SpacyLike => spacy_like(stretch, |at, piece| put(start + at, piece)),
            Tokenizer::Words | Tokenizer::Characters => {
                for (at, word) in stretch.split_word_bound_indices() {
                    if tokenizer == Tokenizer::Characters && word.chars().any(is_east_asian) {
                        for (inner, sign) in word.grapheme_indices(true) {
                            put(start + at + inner, sign);
                        }
                    } else {
                        put(start + at, word);
                    }
                }
            }
        }
    }
    tokens
}

/// The pieces between white space, each with its byte offset.
fn stretches(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split(is_gap).filter_map(move |stretch| {
        let start = at;
        let behind = start + stretch.len();
        at = behind + text[behind..].chars().next().map_or(0, char::len_utf8);
        (!stretch.is_empty()).then_some((start, stretch))
    })
}

/// Whether the character is Han, Hiragana or Katakana.
fn is_east_asian(char: char) -> bool {
    matches!(char,
        '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FF66}'..='\u{FF9F}' | '\u{20000}'..='\u{323AF}')
}

/// Calls `put` with each token of a piece without white space.
fn spacy_like(stretch: &str, mut put: impl FnMut(usize, &str)) {
    let signs: Vec<(usize, &str)> = stretch.grapheme_indices(true).collect();
    let is_word = |sign: &str| sign.chars().next().is_some_and(char::is_alphanumeric);
    let is_sign = |index: usize| {
        let sign = signs[index].1;
        !is_word(sign) && !matches!(sign, "'" | "’" | "_" | "#" | "@" | "&" | "/" | "-" | "+")
    };
    // A full stop stays with an abbreviation: "U.K." or a single letter.
    let is_short = |index: usize| {
        let letters = signs[..index]
            .iter()
            .rev()
            .take_while(|sign| is_word(sign.1));
        signs[index].1 == "." && letters.count() == 1
    };
    let end_of = |index: usize| signs.get(index).map_or(stretch.len(), |sign| sign.0);
    let (mut first, mut last) = (0, signs.len());
    while first < last && (is_sign(first) || is_quote(signs[first].1)) {
        put(signs[first].0, signs[first].1);
        first += 1;
    }
    let mut tail = Vec::new();
    loop {
        let word = &stretch[end_of(first)..end_of(last)];
        let possessive = ["'s", "’s", "'S", "’S"]
            .iter()
            .any(|ending| word.ends_with(ending));
        if possessive && last - first > 2 {
            tail.push((last - 2, last));
            last -= 2;
        } else if first < last
            && (is_sign(last - 1) || is_quote(signs[last - 1].1))
            && !is_short(last - 1)
        {
            tail.push((last - 1, last));
            last -= 1;
        } else {
            break;
        }
    }
    let mut begin = first;
    for index in first..last {
        let joins = matches!(
            signs[index].1,
            "," | ":" | "<" | ">" | "=" | "/" | "…" | "-" | "–" | "—" | "(" | ")"
        );
        let between = index > first && index + 1 < last;
        if between && joins {
            let letter = |part: &str| part.chars().next().is_some_and(char::is_alphabetic);
            if letter(signs[index - 1].1) && letter(signs[index + 1].1) {
                put(end_of(begin), &stretch[end_of(begin)..end_of(index)]);
                put(end_of(index), &stretch[end_of(index)..end_of(index + 1)]);
                begin = index + 1;
            }
        }
    }
    if begin < last {
        put(end_of(begin), &stretch[end_of(begin)..end_of(last)]);
    }
    for (from, to) in tail.into_iter().rev() {
        put(end_of(from), &stretch[end_of(from)..end_of(to)]);
    }
}

fn is_quote(sign: &str) -> bool {
    matches!(sign, "'" | "’" | "‘" | "`")
}

/// Cuts tokens wherever one of `edges` lies inside them. The edges must rise.
#[must_use]
pub fn cut(tokens: &[Span], edges: &[u32]) -> Vec<Span> {
    let mut edges = edges.iter().copied().peekable();
    let mut cut = Vec::with_capacity(tokens.len() + 16);
    for token in tokens {
        let mut start = token.start().0;
        while edges.next_if(|edge| *edge <= start).is_some() {}
        while let Some(edge) = edges.next_if(|edge| *edge < token.end().0) {
            cut.extend(Span::new(start, edge));
            start = start.max(edge);
        }
        cut.extend(Span::new(start, token.end().0));
    }
    cut
}

/// Where sentences begin, rising: at 0, at the boundaries of UAX #29, and after every line end.
#[must_use]
pub fn sentences(text: &str) -> Vec<u32> {
    let mut starts = Vec::new();
    let mut begin = 0;
    for line in text.split_inclusive('\n') {
        let sentences = line.split_sentence_bound_indices();
        starts.extend(sentences.map(|(at, _)| (begin + at) as u32));
        begin += line.len();
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::{Tokenizer, cut, sentences, tokens};

    #[track_caller]
    fn check(tokenizer: Tokenizer, text: &str, expected: &str) {
        let found = tokens(text, tokenizer);
        let words: Vec<&str> = found.iter().filter_map(|span| span.slice(text)).collect();
        assert_eq!(words.join(" "), expected);
    }

    #[test]
    fn words_are_those_of_the_standard_and_hold_no_white_space() {
        check(
            Tokenizer::Words,
            "Zoe\u{308} paid ₹5 (👩🏽‍🌾).\u{a0}Good\u{1f}bye \u{301}x",
            "Zoe\u{308} paid ₹ 5 ( 👩🏽‍🌾 ) . Good bye \u{301} x",
        );
        check(Tokenizer::Words, "وزیرِ اعظم نے", "وزیرِ اعظم نے");
        check(Tokenizer::Words, "北京说 OK", "北 京 说 OK");
    }

    #[test]
    fn characters_are_tokens_in_chinese_and_japanese_only() {
        check(Tokenizer::Words, "トヨタの don't", "トヨタ の don't");
        check(Tokenizer::Characters, "トヨタの don't", "ト ヨ タ の don't");
    }

    #[test]
    fn white_space_alone_cuts_where_that_is_asked_for() {
        check(Tokenizer::Whitespace, " a-b,\tc\u{2009}d ", "a-b, c d");
    }

    #[test]
    fn signs_come_off_both_ends_as_spacy_does_it() {
        check(
            Tokenizer::SpacyLike,
            "“Munir’s (COAS),” U.K. and/or well-known 1,000 a:b 3.5% don't …",
            "“ Munir ’s ( COAS ) , ” U.K. and / or well - known 1,000 a : b 3.5 % don't …",
        );
    }

    #[test]
    fn a_token_is_cut_at_every_edge_inside_it() {
        let text = "unbelievable news";
        let edges = [0, 2, 2, 9, 12, 13, 17];
        let cuts = cut(&tokens(text, Tokenizer::Words), &edges);
        let words: Vec<&str> = cuts.iter().filter_map(|span| span.slice(text)).collect();
        assert_eq!(words, ["un", "believa", "ble", "news"]);
    }

    #[test]
    fn a_sentence_ends_at_a_line_end() {
        let text = "One. Two?\nThree";
        assert_eq!(sentences(text), [0, 5, 10]);
    }
}
