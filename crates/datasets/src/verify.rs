//! Verification: the bytes of a file are read back, every span is sliced out of the text, and
//! all spans are compared with those that were written.

use crate::catalogue::{CharacterSet, Format};
use crate::encoding::xml;
use crate::error::{CheckError, Difference, VerifyError};
use crate::external::{ExternalDocument, ExternalSpan, ExternalSpans, ReadBack};
use crate::output::{WrittenDocument, WrittenSpan};
use pullquote_core::sorted::{VecMap, collect_sorted};
use pullquote_core::text::offset::{CharOffset, Utf16Offset};
use pullquote_core::text::offset_map::OffsetMap;
use pullquote_core::text::shortened::shortened;
use pullquote_core::text::tokens::is_gap;

use std::ops::Range;

/// The most characters of a text that an error quotes.
const QUOTED: usize = 60;

/// The most characters that an error quotes of a text behind the last token.
const QUOTED_REST: usize = 20;

/// How many of the written spans were read back unchanged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// How many spans were read back unchanged.
    pub verified: usize,
    /// How many spans were written.
    pub spans: usize,
    /// How many documents were written.
    pub documents: usize,
}

/// Reads back what was written and compares it. `open` returns the bytes of a file.
///
/// # Errors
///
/// The first difference between the files and what was written.
pub fn verify(
    format: &Format,
    read_back: ReadBack,
    written: &[WrittenDocument],
    open: &mut dyn FnMut(&str) -> Option<Vec<u8>>,
) -> Result<Verification, VerifyError> {
    let mut by_file: VecMap<&str, Vec<&WrittenDocument>> = VecMap::new();
    let mut files: Vec<&str> = Vec::new();
    for document in written {
        let documents = by_file.or_default(document.file.as_str());
        if documents.is_empty() {
            files.push(&document.file);
        }
        documents.push(document);
    }
    let mut verification = Verification::default();
    for file in files {
        let written = by_file.get(&file).map(Vec::as_slice).unwrap_or_default();
        let bytes = open(file).ok_or_else(|| VerifyError::Missing(file.to_owned()))?;
        verify_file(format, read_back, file, written, &bytes, &mut verification)?;
    }
    Ok(verification)
}

/// Verifies one file, and adds its spans to `verification`.
fn verify_file(
    format: &Format,
    read_back: ReadBack,
    file: &str,
    written: &[&WrittenDocument],
    bytes: &[u8],
    verification: &mut Verification,
) -> Result<(), VerifyError> {
    let read = read_back(bytes).map_err(|reason| VerifyError::Unreadable {
        file: file.to_owned(),
        reason,
    })?;
    let is_keyed = written.iter().any(|document| document.key.is_some());
    if !is_keyed && read.len() != written.len() {
        return Err(VerifyError::Documents {
            file: file.to_owned(),
            read: read.len(),
            written: written.len(),
        });
    }
    let mut read = read.into_iter().peekable();
    for document in written {
        // A file with names may leave out a document without marks.
        let external = read.next_if(|external| !is_keyed || external.key == document.key);
        let difference = compare(format, document, external.unwrap_or_default());
        let verified = difference.map_err(|difference| VerifyError::Differs {
            file: file.to_owned(),
            title: document.article.title.clone(),
            difference,
        })?;
        if !document.counted_elsewhere {
            verification.verified += verified;
            verification.spans += document.spans.len();
            verification.documents += 1;
        }
    }
    match read.next() {
        Some(extra) => Err(VerifyError::ExtraDocument {
            file: file.to_owned(),
            key: extra.key.unwrap_or_default(),
        }),
        None => Ok(()),
    }
}

/// Compares a document with what was read; returns how many spans are the same, which is all.
fn compare(
    format: &Format,
    written: &WrittenDocument,
    external: ExternalDocument,
) -> Result<usize, Difference> {
    let text = written.article.text();
    let has_same_text = |read: &String| is_same(format, read, text);
    if !external.text.as_ref().is_none_or(has_same_text) {
        return Err(Difference::Text);
    }
    let found = spans_in_text(format, text, written.article.offsets(), external.spans)?;
    let found = collect_sorted(found, |a, b| a.cmp(b));
    let expected = collect_sorted(written.spans.iter().cloned(), |a, b| a.cmp(b));
    let words = |span: &WrittenSpan| {
        let words = &text[span.start as usize..span.end as usize];
        shortened(words, QUOTED)
    };
    let is_missing = |span: &&WrittenSpan| found.binary_search(span).is_err();
    if let Some(missing) = expected.iter().find(is_missing) {
        return Err(Difference::MissingSpan {
            label: missing.label.clone(),
            words: words(missing),
        });
    }
    let is_extra = |span: &&WrittenSpan| expected.binary_search(span).is_err();
    if let Some(extra) = found.iter().find(is_extra) {
        return Err(Difference::ExtraSpan {
            label: extra.label.clone(),
            words: words(extra),
        });
    }
    match found == expected {
        true => Ok(expected.len()),
        false => Err(Difference::Repetition),
    }
}

/// Whether a file has this text. A format that cannot hold a character has U+FFFD for it.
fn is_same(format: &Format, read: &str, text: &str) -> bool {
    match format.characters {
        CharacterSet::Xml => read.chars().eq(text.chars().map(xml::held)),
        CharacterSet::Any | CharacterSet::NoZero => read == text,
    }
}

/// The spans of a file, in bytes of the text that it was written from.
fn spans_in_text(
    format: &Format,
    text: &str,
    offsets: &OffsetMap,
    spans: ExternalSpans,
) -> Result<Vec<WrittenSpan>, Difference> {
    let mut found: Vec<WrittenSpan> = Vec::new();
    let mut add = |bytes: Option<Range<u32>>, label: String, quote: Option<String>| {
        let sliced = bytes.and_then(|bytes| {
            let words = text.get(bytes.start as usize..bytes.end as usize)?;
            Some((bytes, words))
        });
        let Some((bytes, words)) = sliced.filter(|(_, words)| !words.is_empty()) else {
            return Err(Difference::Outside { label });
        };
        if let Some(quote) = quote.filter(|quote| !is_same(format, quote, words)) {
            return Err(Difference::Quote {
                quote: shortened(&quote, QUOTED),
                words: shortened(words, QUOTED),
            });
        }
        found.push(WrittenSpan {
            start: bytes.start,
            end: bytes.end,
            label,
        });
        Ok(())
    };
    match spans {
        ExternalSpans::Chars(spans) => {
            let byte = |offset| Some(offsets.from_chars(CharOffset(offset))?.0);
            for span in spans {
                let bytes = byte(span.start).zip(byte(span.end));
                add(bytes.map(|(start, end)| start..end), span.label, span.quote)?;
            }
        }
        ExternalSpans::Utf16(spans) => {
            let byte = |offset| Some(offsets.from_utf16(Utf16Offset(offset))?.0);
            for span in spans {
                let bytes = byte(span.start).zip(byte(span.end));
                add(bytes.map(|(start, end)| start..end), span.label, span.quote)?;
            }
        }
        ExternalSpans::Tokens { tokens, spans } => {
            let tokens = token_ranges(text, &tokens).map_err(Difference::TokenNotInText)?;
            for span in spans {
                let first = tokens.get(span.first);
                let last = span.end.checked_sub(1).and_then(|last| tokens.get(last));
                let bytes = first.zip(last).map(|(first, last)| first.start..last.end);
                add(bytes, span.label, None)?;
            }
        }
    }
    Ok(found)
}

/// The bytes of each token in the text. Tokens follow each other, with nothing but white space
/// between them.
///
/// Errors: the first token with which the text does not continue, or what is left of the text
/// behind the last token.
fn token_ranges(text: &str, tokens: &[String]) -> Result<Vec<Range<u32>>, String> {
    let mut ranges = Vec::with_capacity(tokens.len());
    let mut end = 0;
    for token in tokens {
        let rest = &text[end..];
        let start = match token.chars().all(is_gap) {
            // A token of white space is found in the white space.
            true => end + rest.find(token.as_str()).ok_or_else(|| token.clone())?,
            false => text.len() - rest.trim_start_matches(is_gap).len(),
        };
        if token.is_empty() || !text[start..].starts_with(token.as_str()) {
            return Err(token.clone());
        }
        end = start + token.len();
        ranges.push(start as u32..end as u32);
    }
    match text[end..].trim_start_matches(is_gap) {
        "" => Ok(ranges),
        rest => Err(shortened(rest, QUOTED_REST)),
    }
}

/// What was checked in a file without the document that it was written from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CheckedFile {
    /// How many spans it has. All are well formed, and within the text if it has one.
    pub spans: usize,
    /// How many of them were compared with the words that the file repeats, as a quote or as
    /// tokens.
    pub compared: usize,
}

/// Checks the spans of a document without the one that it was written from.
pub(crate) fn check_alone(document: &ExternalDocument) -> Result<CheckedFile, CheckError> {
    match &document.text {
        Some(text) => check_with_text(text, &document.spans),
        None => check_without_text(&document.spans),
    }
}

/// Slices every span out of the text.
fn check_with_text(text: &str, spans: &ExternalSpans) -> Result<CheckedFile, CheckError> {
    let offsets = OffsetMap::new(text);
    match spans {
        ExternalSpans::Chars(spans) => check_slices(text, spans, |offset| {
            Some(offsets.from_chars(CharOffset(offset))?.index())
        }),
        ExternalSpans::Utf16(spans) => check_slices(text, spans, |offset| {
            Some(offsets.from_utf16(Utf16Offset(offset))?.index())
        }),
        ExternalSpans::Tokens { tokens, spans } => {
            if tokens.is_empty() && text.chars().any(|char| !is_gap(char)) {
                return Err(CheckError::NoTokens);
            }
            token_ranges(text, tokens).map_err(CheckError::TokenNotInText)?;
            Ok(CheckedFile {
                spans: spans.len(),
                compared: spans.len(),
            })
        }
    }
}

/// Slices every span out of the text; `byte` converts an offset of the file into bytes.
fn check_slices(
    text: &str,
    spans: &[ExternalSpan],
    byte: impl Fn(u32) -> Option<usize>,
) -> Result<CheckedFile, CheckError> {
    for span in spans {
        let bytes = byte(span.start).zip(byte(span.end));
        let words = bytes.and_then(|(start, end)| text.get(start..end));
        let Some(words) = words.filter(|words| !words.is_empty()) else {
            return Err(CheckError::Outside {
                label: span.label.clone(),
            });
        };
        if let Some(quote) = span.quote.as_deref().filter(|quote| *quote != words) {
            return Err(CheckError::Quote {
                label: span.label.clone(),
                quote: shortened(quote, QUOTED),
                words: shortened(words, QUOTED),
            });
        }
    }
    Ok(CheckedFile {
        spans: spans.len(),
        compared: spans.iter().filter(|span| span.quote.is_some()).count(),
    })
}

/// Compares the length of every span with that of its quote.
fn check_without_text(spans: &ExternalSpans) -> Result<CheckedFile, CheckError> {
    let (spans, length_of): (_, fn(&str) -> usize) = match spans {
        ExternalSpans::Chars(spans) => (spans, |quote| quote.chars().count()),
        ExternalSpans::Utf16(spans) => (spans, |quote| quote.encode_utf16().count()),
        ExternalSpans::Tokens { spans, .. } => {
            return Ok(CheckedFile {
                spans: spans.len(),
                compared: 0,
            });
        }
    };
    for span in spans {
        let ExternalSpan { start, end, .. } = *span;
        let length = end.checked_sub(start).filter(|length| *length > 0);
        let Some(length) = length else {
            return Err(CheckError::EmptySpan {
                label: span.label.clone(),
                start,
                end,
            });
        };
        let quote = span.quote.as_deref();
        if let Some(quote) = quote.filter(|quote| length_of(quote) != length as usize) {
            return Err(CheckError::Length {
                label: span.label.clone(),
                start,
                end,
                quote: shortened(quote, QUOTED),
            });
        }
    }
    Ok(CheckedFile {
        spans: spans.len(),
        compared: 0,
    })
}
