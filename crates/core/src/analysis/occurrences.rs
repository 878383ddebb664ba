//! Finds further occurrences of words in the article.

use crate::model::document::Document;
use crate::model::id::{Id, Slug};
use crate::text::shortened::one_line;
use crate::text::snapping::word_around;
use crate::text::span::Span;

/// What to search for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OccurrenceQuery {
    /// The names to search for; where two match, the longer one wins.
    pub names: Vec<String>,
    /// How they may occur.
    pub words: WordMatching,
}

/// How words may occur in the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordMatching {
    /// Only with the same capitals.
    pub same_case: bool,
    /// Also in the English plural and possessive.
    pub inflected: bool,
    /// Also inside a longer word.
    pub parts: bool,
}

/// The names that find more places like the mark `id`: its words, and with `aliases` also all
/// names of its entity.
#[must_use]
pub fn words_of(document: &Document, id: Id, aliases: bool) -> Vec<String> {
    let Some(mark) = document.annotation(id) else {
        return Vec::new();
    };
    let mut names = vec![mark.quote(document.article())];
    let entity = document.member_of(mark);
    if let Some(entity) = entity.filter(|_| aliases) {
        let all = std::iter::once(&entity.name).chain(&entity.aliases);
        for name in all {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
    }
    names
}

/// The places where the names occur, in order and apart, which no mark of `tag` overlaps.
/// Without a tag, all places.
///
/// A place begins and ends at word boundaries, also where a space is missing (`ended.Karvel`),
/// unless parts of words are included. Any white space matches any other.
#[must_use]
pub fn occurrences(document: &Document, sought: &OccurrenceQuery, tag: Option<&Slug>) -> Vec<Span> {
    let text = document.article().text();
    let mut names: Vec<Vec<char>> = Vec::new();
    let other_forms = sought.names.iter().flat_map(|name| forms(name));
    let other_forms: Vec<String> = other_forms.filter(|_| sought.words.inflected).collect();
    for name in sought.names.iter().chain(&other_forms) {
        let line = one_line(name);
        let chars: Vec<char> = if sought.words.same_case {
            line.chars().collect()
        } else {
            line.chars().flat_map(char::to_lowercase).collect()
        };
        if !chars.is_empty() {
            names.push(chars);
        }
    }
    // Longest first: "General Munir" rather than "General".
    names = crate::sorted::collect_sorted(names, |a, b| b.len().cmp(&a.len()));
    let marks = document.annotations();
    let taken = marks.iter().filter(|mark| Some(&mark.tag) == tag);
    let taken: Vec<Span> = taken
        .flat_map(|mark| mark.spans.as_slice().iter().copied())
        .collect();
    let mut found: Vec<Span> = Vec::new();
    let mut next = 0;
    let mut before: Option<char> = None;
    for (at, char) in text.char_indices() {
        let last = before.replace(char);
        if at < next || (!sought.words.parts && last.is_some_and(joins) && joins(char)) {
            continue;
        }
        let span = names
            .iter()
            .find_map(|name| fits(text, at, name, sought.words));
        if let Some(span) = span {
            next = span.end().index();
            // An occurrence must not cross the edge of a paragraph.
            let blocks = document.article().blocks();
            let block = blocks.partition_point(|block| block.span.end() <= span.start());
            if blocks
                .get(block)
                .is_some_and(|block| block.span.end() >= span.end())
            {
                found.push(span);
            }
        }
    }
    // Marks are sorted by their starts and not by their ends, so all marks are scanned once for
    // all places.
    let mut ends = 0;
    let mut latest = Vec::with_capacity(taken.len());
    let taken =
        crate::sorted::collect_sorted(taken, |a: &Span, b: &Span| a.start().cmp(&b.start()));
    for span in &taken {
        ends = ends.max(span.end().index());
        latest.push(ends);
    }
    found.retain(|span| {
        let before = taken.partition_point(|other| other.start() < span.end());
        before == 0 || latest[before - 1] <= span.start().index()
    });
    found
}

/// Whether a boundary between two of these characters is certainly inside a word. In scripts
/// without spaces, a word may begin anywhere.
fn joins(char: char) -> bool {
    char.is_ascii_alphanumeric()
}

/// The span of `name` at the byte `at`, if it occurs there.
fn fits(text: &str, at: usize, name: &[char], words: WordMatching) -> Option<Span> {
    let (mut end, mut index) = (at, 0);
    while index < name.len() {
        let byte = *text.as_bytes().get(end)?;
        // The common case: compare bytes without decoding a character.
        if byte.is_ascii_graphic() {
            let byte = if words.same_case {
                byte
            } else {
                byte.to_ascii_lowercase()
            };
            if name[index] != char::from(byte) {
                return None;
            }
            (end, index) = (end + 1, index + 1);
            continue;
        }
        let mut rest = text[end..].chars().peekable();
        let char = rest.next()?;
        end += char.len_utf8();
        if char.is_whitespace() {
            if name[index] != ' ' || index == 0 {
                return None;
            }
            index += 1;
            while let Some(space) = rest.next_if(|char| char.is_whitespace()) {
                end += space.len_utf8();
            }
        } else if words.same_case {
            if name[index] != char {
                return None;
            }
            index += 1;
        } else {
            for lower in char.to_lowercase() {
                if name.get(index) != Some(&lower) {
                    return None;
                }
                index += 1;
            }
        }
    }
    let span = |end: usize| Span::between(at, end);
    if words.parts {
        return span(end);
    }
    if word_around(text, at).is_some() {
        return None;
    }
    let Some((start, word)) = word_around(text, end) else {
        return span(end);
    };
    match &word[end - start..] {
        // "U.S" is found at "U.S.", with the full stop.
        "." => span(end),
        _ if !words.inflected => None,
        "’s" | "'s" | "’S" | "'S" => span(end),
        plural @ ("s" | "es" | "S" | "ES") => span(end + plural.len()),
        "s’s" | "s's" => span(end + 1),
        _ => None,
    }
}

/// Other English forms of a name: *country* and *countries*, *commitments* and *commitment*. A
/// final `s` or possessive is also removed.
fn forms(name: &str) -> Vec<String> {
    let mut forms = Vec::new();
    let mut bare = name;
    for owner in ["’s", "'s", "’", "'"] {
        bare = bare.strip_suffix(owner).unwrap_or(bare);
    }
    let mut add = |form: String| {
        if form.chars().count() > 1 && form != name && !forms.contains(&form) {
            forms.push(form);
        }
    };
    add(bare.to_owned());
    let stem = |ending: &str| bare.strip_suffix(ending).map(str::to_owned);
    if let Some(stem) = stem("ies") {
        add(stem + "y");
    } else if let Some(stem) = stem("y").filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u'])) {
        add(stem + "ies");
    }
    if let Some(stem) = stem("s").filter(|stem| !stem.ends_with(['s', 'u', 'i'])) {
        add(stem);
    }
    for ending in ["ses", "xes", "zes", "ches", "shes"] {
        if bare.ends_with(ending) {
            add(bare[..bare.len() - 2].to_owned());
        }
    }
    forms
}

/// Up to `most` characters before and after the words, on one line.
#[must_use]
pub fn around(document: &Document, span: Span, most: usize) -> (String, String) {
    let text = document.article().text();
    let (start, end) = (span.start().index(), span.end().index());
    let from = text[..start].char_indices().rev().take(most).last();
    let from = from.map_or(start, |(at, _)| at);
    let to = text[end..].char_indices().nth(most);
    let to = to.map_or(text.len(), |(at, _)| end + at);
    // Context ends at the edge of the paragraph.
    let before = text[from..start].rsplit('\n').next().unwrap_or_default();
    let after = text[end..to].split('\n').next().unwrap_or_default();
    // Context does not begin or end inside a word.
    let is_cut = |at: usize| word_around(text, at).is_some();
    let before = match before.find(char::is_whitespace) {
        Some(space) if is_cut(start - before.len()) => before[space..].trim_start(),
        _ => before,
    };
    let after = match after.rfind(char::is_whitespace) {
        Some(space) if is_cut(end + after.len()) => after[..space].trim_end(),
        _ => after,
    };
    (before.to_owned(), after.to_owned())
}
