//! Texts, from files or pasted, that become articles.
//!
//! Line ends become `\n` and a byte-order mark is removed; nothing else changes.

use crate::error::{ReadError, SIZE_LIMIT};
use pullquote_core::model::article::{Article, BlockKind};
use pullquote_core::model::error::ModelError;
use pullquote_core::model::id::Id;
use pullquote_core::text::invisible::{is_invisible, is_space};
use pullquote_core::text::shortened::shortened;

use std::ops::Range;

/// The text in the bytes of a file, without a byte-order mark.
///
/// Errors: more than [`SIZE_LIMIT`] bytes, an archive, not UTF-8, a zero byte.
pub fn decode(bytes: &[u8]) -> Result<&str, ReadError> {
    if bytes.len() > SIZE_LIMIT {
        return Err(ReadError::TooLarge { size: bytes.len() });
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(ReadError::Archive);
    }
    let text = std::str::from_utf8(bytes).map_err(|error| ReadError::NotUtf8 {
        byte: error.valid_up_to(),
        line: 1 + bytes[..error.valid_up_to()]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count(),
    });
    if let Some(byte) = bytes.iter().position(|byte| *byte == 0) {
        return Err(ReadError::Binary { byte });
    }
    text.map(|text| text.strip_prefix('\u{FEFF}').unwrap_or(text))
}

/// The article with this id and text.
///
/// Blank lines separate blocks. Consecutive lines are one paragraph if they were broken at a fixed
/// width, and otherwise a paragraph each. A short first line that does not end a sentence is the
/// headline and the title; if there is none, the title is `name`, or else the first words. A line
/// of invisible characters, such as zero-width spaces, is blank.
///
/// Errors: no visible text, or more than [`SIZE_LIMIT`] bytes.
pub fn article_of_text(id: Id, text: &str, name: Option<&str>) -> Result<Article, ReadError> {
    if text.len() > SIZE_LIMIT {
        return Err(ReadError::TooLarge { size: text.len() });
    }
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let ranges = paragraphs(&text);
    if ranges.is_empty() {
        return Err(ReadError::Empty);
    }
    let headline = ranges
        .first()
        .filter(|first| ranges.len() > 1 && is_headline(&text[(*first).clone()]));
    let first = ranges.first().map_or("", |range| &text[range.clone()]);
    let title = match (headline, name) {
        (None, Some(name)) if !name.chars().all(is_invisible) => name,
        (Some(_) | None, _) => first,
    };
    let title = shortened(title.trim_matches(is_space), HEADLINE);
    let has_headline = headline.is_some();
    let blocks = ranges
        .into_iter()
        .enumerate()
        .map(|(number, range)| match number {
            0 if has_headline => (BlockKind::Heading(1), range),
            _ => (BlockKind::Paragraph, range),
        })
        .collect();
    Article::new(id, title, text, blocks).map_err(|error| match error {
        ModelError::NoText => ReadError::Empty,
        error => ReadError::Model {
            place: "the text".to_owned(),
            error,
        },
    })
}

/// The byte ranges of the paragraphs, without the white space around them.
fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut paragraphs = Vec::new();
    let mut together: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        let end = at + line.trim_end().len();
        at += line.len();
        if !line.chars().all(is_invisible) {
            together.push(start..end);
        } else {
            flush(text, &mut together, &mut paragraphs);
        }
    }
    flush(text, &mut together, &mut paragraphs);
    paragraphs
}

/// Moves consecutive lines to `paragraphs`: as one paragraph if they were broken at a fixed width,
/// which shows in all lines but the last having 45 to 100 characters.
fn flush(text: &str, together: &mut Vec<Range<usize>>, paragraphs: &mut Vec<Range<usize>>) {
    let is_full = |line: &Range<usize>| {
        let width = text[line.clone()].chars().take(101).count();
        (45..=100).contains(&width)
    };
    match together.as_slice() {
        [first, .., last] if together[..together.len() - 1].iter().all(is_full) => {
            paragraphs.push(first.start..last.end);
        }
        _ => paragraphs.append(together),
    }
    together.clear();
}

/// The largest number of characters in a headline.
const HEADLINE: usize = 160;

fn is_headline(line: &str) -> bool {
    let ends_a_sentence = line.ends_with(['.', '。', '۔', '।', ':', ';', ',']);
    line.chars().count() <= HEADLINE && !ends_a_sentence && !line.contains('\n')
}
