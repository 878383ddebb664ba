//! A text file, or pasted text, becomes an article.
//!
//! Line ends become `\n` and a byte-order mark goes; nothing else is altered.

use crate::error::{ReadError, SIZE_LIMIT};
use pullquote_core::model::article::{Article, BlockKind};
use pullquote_core::model::error::ModelError;
use pullquote_core::model::id::Id;
use pullquote_core::text::invisible::{is_invisible, is_space};
use pullquote_core::text::shortened::shortened;

use std::ops::Range;

/// The text of a file's bytes: UTF-8, of at most [`SIZE_LIMIT`] bytes, without a
/// zero byte. A byte-order mark is taken off.
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

/// An article of `text`, with the id `id`.
///
/// Blocks are found by blank lines. Lines that stand together are one paragraph
/// if they were broken at a column, else a paragraph each. A short first line
/// that does not end a sentence is the headline, and the title; where there is
/// none the title is `name`, and without that, the first words. A line in which
/// nothing is seen, as one of zero-width spaces, is a blank line.
///
/// Errors: no text that is seen, or more than [`SIZE_LIMIT`] bytes.
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

/// Byte ranges of the paragraphs, without the white space around them.
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

/// Lines that stand together are one paragraph if someone broke it at a column.
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

/// The longest headline, in characters.
const HEADLINE: usize = 160;

fn is_headline(line: &str) -> bool {
    let ends_a_sentence = line.ends_with(['.', '。', '۔', '।', ':', ';', ',']);
    line.chars().count() <= HEADLINE && !ends_a_sentence && !line.contains('\n')
}
