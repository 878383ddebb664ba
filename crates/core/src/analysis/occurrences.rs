//! Where else words stand in the article.

use crate::model::document::Document;
use crate::model::id::{Id, Slug};
use crate::text::shortened::one_line;
use crate::text::snapping::word_around;
use crate::text::span::Span;

/// Words to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OccurrenceQuery {
    /// Names, each of which is looked for; where two fit, the longer.
    pub names: Vec<String>,
    /// How they may stand there.
    pub words: WordMatching,
}

/// How words may stand where they are found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordMatching {
    /// In the very same capitals.
    pub same_case: bool,
    /// Also in the English plural, and as the owner of something.
    pub inflected: bool,
    /// Also inside a longer word.
    pub parts: bool,
}

/// What to look for to find more places like the mark `id`: its words; with `aliases` all
/// names of its member of the cast.
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

/// The places where the words stand, in order and apart, that no mark of `tag` lies over
/// yet. Without a tag all of them.
///
/// A place begins and ends where words do, also where a space is missing (`ended.Karvel`), unless parts of words are asked for;
/// any white space stands for any other.
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
    // The longest first: "General Munir" rather than "General".
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
        let place = names
            .iter()
            .find_map(|name| fits(text, at, name, sought.words));
        if let Some(span) = place {
            next = span.end().index();
            // What begins in one paragraph and ends in another is another thought.
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
    // Marks are in order of their starts, not of their ends: those of a book are looked
    // through once, together.
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

/// Whether two of these next to each other are surely inside a word: where scripts write
/// no spaces, a word may begin anywhere.
fn joins(char: char) -> bool {
    char.is_ascii_alphanumeric()
}

/// The place of `name` at the byte `at`, if it stands there.
fn fits(text: &str, at: usize, name: &[char], words: WordMatching) -> Option<Span> {
    let (mut end, mut place) = (at, 0);
    while place < name.len() {
        let byte = *text.as_bytes().get(end)?;
        // Most of most texts: no character needs to be made of it.
        if byte.is_ascii_graphic() {
            let byte = if words.same_case {
                byte
            } else {
                byte.to_ascii_lowercase()
            };
            if name[place] != char::from(byte) {
                return None;
            }
            (end, place) = (end + 1, place + 1);
            continue;
        }
        let mut rest = text[end..].chars().peekable();
        let char = rest.next()?;
        end += char.len_utf8();
        if char.is_whitespace() {
            if name[place] != ' ' || place == 0 {
                return None;
            }
            place += 1;
            while let Some(space) = rest.next_if(|char| char.is_whitespace()) {
                end += space.len_utf8();
            }
        } else if words.same_case {
            if name[place] != char {
                return None;
            }
            place += 1;
        } else {
            for lower in char.to_lowercase() {
                if name.get(place) != Some(&lower) {
                    return None;
                }
                place += 1;
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
        // "U.S" is found where it is "U.S.".
        "." => span(end),
        _ if !words.inflected => None,
        "’s" | "'s" | "’S" | "'S" => span(end),
        plural @ ("s" | "es" | "S" | "ES") => span(end + plural.len()),
        "s’s" | "s's" => span(end + 1),
        _ => None,
    }
}

/// The other forms of a name that English has: *country* and *countries*, *commitments* and
/// *commitment*; what ends in an `s` or belongs to someone is tried without it.
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

/// Up to `most` characters before the words and after them, on one line.
#[must_use]
pub fn around(document: &Document, span: Span, most: usize) -> (String, String) {
    let text = document.article().text();
    let (start, end) = (span.start().index(), span.end().index());
    let from = text[..start].char_indices().rev().take(most).last();
    let from = from.map_or(start, |(at, _)| at);
    let to = text[end..].char_indices().nth(most);
    let to = to.map_or(text.len(), |(at, _)| end + at);
    // Not over the edge of a paragraph: that is another thought.
    let before = text[from..start].rsplit('\n').next().unwrap_or_default();
    let after = text[end..to].split('\n').next().unwrap_or_default();
    // Nor half a word.
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
