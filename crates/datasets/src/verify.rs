//! The proof that a file says what the document says: its bytes are read back, every span
//! is sliced out of the text, and compared with what was marked.

use crate::catalogue::{Format, VerifyError};
use crate::codecs::codec;
use crate::encoding::xml::held;
use crate::projection::spans::{ProjectedSpan, Projection};
use pullquote_core::model::article::Article;
use pullquote_core::sorted::VecMap;
use pullquote_core::text::offset::CharOffset;
use pullquote_core::text::offset_map::OffsetMap;
use pullquote_core::text::tokens::is_gap;

use std::rc::Rc;

/// What was written of one document, to be compared with what is read.
#[derive(Clone, Debug)]
pub struct WrittenDocument {
    /// The file that it went into.
    pub file: String,
    /// The article that it was written from.
    pub article: Rc<Article>,
    /// By what a reader finds the document in its file, where not by its order.
    pub(crate) key: Option<String>,
    /// Whether its spans stand in another file too, and are counted there.
    pub(crate) again: bool,
    /// Each span: its bytes in the text, and the label as this format has it.
    pub(crate) spans: Vec<(u32, u32, String)>,
}

impl WrittenDocument {
    /// What was written of these pieces, with labels as this format has them.
    pub(crate) fn of<'a>(
        file: &str,
        labelled: &Projection,
        pieces: impl Iterator<Item = &'a ProjectedSpan>,
        label: impl Fn(&ProjectedSpan) -> String,
    ) -> Self {
        let spans = pieces.map(|piece| {
            let span = piece.span;
            (span.start().0, span.end().0, label(piece))
        });
        Self {
            file: file.to_owned(),
            article: labelled.document.article().clone(),
            key: None,
            again: false,
            spans: spans.collect(),
        }
    }

    /// Whether the same document is counted in another file.
    #[must_use]
    pub fn is_again(&self) -> bool {
        self.again
    }

    /// How many spans were written.
    #[must_use]
    pub fn spans(&self) -> usize {
        self.spans.len()
    }
}

/// A document as it was read back from a file.
#[derive(Clone, Debug, Default)]
pub(crate) struct ExternalDocument {
    /// What it is called in the file, where its order says nothing.
    pub(crate) key: Option<String>,
    /// Its text, if the file has it.
    pub(crate) text: Option<String>,
    /// What it holds.
    pub(crate) spans: ExternalSpans,
    /// Whether these spans stand in the file before, and are counted there.
    pub(crate) again: bool,
}

/// A labelled stretch: where it begins and ends, its label, and its words if the file has
/// them.
pub(crate) type ExternalSpan = (u32, u32, String, Option<String>);

/// Stretches by the document that each names; those of one follow each other.
#[derive(Default)]
pub(crate) struct Grouped(Vec<(String, Vec<ExternalSpan>)>);

impl Grouped {
    pub(crate) fn put(&mut self, key: String, stretch: ExternalSpan) {
        match self.0.last_mut().filter(|(last, _)| *last == key) {
            Some((_, stretches)) => stretches.push(stretch),
            None => self.0.push((key, vec![stretch])),
        }
    }

    pub(crate) fn read(self) -> Vec<ExternalDocument> {
        let read = self.0.into_iter().map(|(key, stretches)| ExternalDocument {
            key: Some(key),
            spans: ExternalSpans::Chars(stretches),
            ..ExternalDocument::default()
        });
        read.collect()
    }
}

/// Labelled stretches as a file has them.
#[derive(Clone, Debug)]
pub(crate) enum ExternalSpans {
    /// By code points of the text.
    Chars(Vec<ExternalSpan>),
    /// By UTF-16 code units.
    Utf16(Vec<ExternalSpan>),
    /// Tokens in their order, and which of them are labelled (first, behind the last).
    Tokens(Vec<String>, Vec<(usize, usize, String)>),
}

impl Default for ExternalSpans {
    fn default() -> Self {
        Self::Chars(Vec::new())
    }
}

/// How many of the spans that were written came back as they were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// How many did.
    pub verified: usize,
    /// How many there are.
    pub spans: usize,
    /// How many documents.
    pub documents: usize,
}

/// Reads back what was written and compares it. `open` gives the bytes of a file.
///
/// Errors: the first thing that does not agree, in words.
pub fn verify(
    format: &Format,
    written: &[WrittenDocument],
    open: &mut dyn FnMut(&str) -> Option<Vec<u8>>,
) -> Result<Verification, VerifyError> {
    let mut files: VecMap<&str, Vec<&WrittenDocument>> = VecMap::new();
    let mut names: Vec<&str> = Vec::new();
    for one in written {
        let all = files.or_default(one.file.as_str());
        if all.is_empty() {
            names.push(&one.file);
        }
        all.push(one);
    }
    let mut proof = Verification::default();
    for name in names {
        let written = files.get(&name).map(Vec::as_slice).unwrap_or_default();
        let bytes = open(name).ok_or_else(|| VerifyError::Missing(name.to_owned()))?;
        let read = (codec(format).read)(&bytes).map_err(|reason| VerifyError::Unreadable {
            file: name.to_owned(),
            reason,
        })?;
        let is_keyed = written.iter().any(|one| one.key.is_some());
        if !is_keyed && read.len() != written.len() {
            return Err(VerifyError::Documents {
                file: name.to_owned(),
                read: read.len(),
                written: written.len(),
            });
        }
        // A document without marks may not be named in the file at all.
        let mut read = read.into_iter().peekable();
        for one in written {
            let fits = |it: &ExternalDocument| !is_keyed || it.key == one.key;
            let verified = compare(format, one, read.next_if(fits).unwrap_or_default())?;
            if !one.again {
                proof.verified += verified;
                proof.spans += one.spans.len();
                proof.documents += 1;
            }
        }
        if let Some(extra) = read.next() {
            return Err(VerifyError::Unreadable {
                file: name.to_owned(),
                reason: format!("“{}” was not written", extra.key.unwrap_or_default()),
            });
        }
    }
    Ok(proof)
}

fn compare(
    format: &Format,
    written: &WrittenDocument,
    read: ExternalDocument,
) -> Result<usize, VerifyError> {
    let text = written.article.text();
    let fault = |what: String| VerifyError::Differs {
        file: written.file.clone(),
        title: written.article.title.clone(),
        what,
    };
    let is_it = |said: &str| match format.is_xml {
        true => said.chars().eq(text.chars().map(held)),
        false => said == text,
    };
    if read.text.as_deref().is_some_and(|said| !is_it(said)) {
        return Err(fault("the text is another".to_owned()));
    }
    let offsets = written.article.offsets();
    let mut found: Vec<(u32, u32, String)> = Vec::new();
    let mut put = |start: Option<u32>, end: Option<u32>, label: String, quote: Option<String>| {
        let sliced = start
            .zip(end)
            .and_then(|(start, end)| Some((start, end, text.get(start as usize..end as usize)?)));
        let Some((start, end, words)) = sliced.filter(|(.., words)| !words.is_empty()) else {
            return Err(fault(format!("a span of “{label}” is no part of the text")));
        };
        let is_it = |quote: &str| match format.is_xml {
            true => quote.chars().eq(words.chars().map(held)),
            false => quote == words,
        };
        if quote.as_deref().is_some_and(|quote| !is_it(quote)) {
            let quote = quote.unwrap_or_default();
            return Err(fault(format!(
                "“{}” is written where the text has “{}”",
                pullquote_core::text::shortened::shortened(&quote, 60),
                pullquote_core::text::shortened::shortened(words, 60)
            )));
        }
        found.push((start, end, label));
        Ok(())
    };
    match read.spans {
        ExternalSpans::Chars(spans) => {
            for (start, end, label, quote) in spans {
                let byte = |at| Some(offsets.from_chars(CharOffset(at))?.0);
                put(byte(start), byte(end), label, quote)?;
            }
        }
        ExternalSpans::Utf16(spans) => {
            for (start, end, label, quote) in spans {
                let byte = |at| {
                    Some(
                        offsets
                            .from_utf16(pullquote_core::text::offset::Utf16Offset(at))?
                            .0,
                    )
                };
                put(byte(start), byte(end), label, quote)?;
            }
        }
        ExternalSpans::Tokens(tokens, spans) => {
            let places = places(text, &tokens).map_err(|token| {
                fault(format!("the token “{token}” does not stand in the text"))
            })?;
            for (first, behind, label) in spans {
                let start = places.get(first).map(|place| place.0);
                let end = behind.checked_sub(1).and_then(|last| places.get(last));
                put(start, end.map(|place| place.1), label, None)?;
            }
        }
    }
    let sorted = |spans: &[(u32, u32, String)]| {
        pullquote_core::sorted::collect_sorted(spans.iter().cloned(), |a, b| a.cmp(b))
    };
    let (found, said) = (sorted(&found), sorted(&written.spans));
    let words = |(start, end, label): &(u32, u32, String)| {
        let words = &text[*start as usize..*end as usize];
        format!(
            "{label}: “{}”",
            pullquote_core::text::shortened::shortened(words, 60)
        )
    };
    if let Some(lost) = said.iter().find(|span| found.binary_search(span).is_err()) {
        return Err(fault(format!("{} is missing", words(lost))));
    }
    if let Some(extra) = found.iter().find(|span| said.binary_search(span).is_err()) {
        return Err(fault(format!(
            "{} is there and was not marked",
            words(extra)
        )));
    }
    match found == said {
        true => Ok(said.len()),
        false => Err(fault(
            "a span is not there as often as it was marked".to_owned(),
        )),
    }
}

/// The bytes of each token in the text; an error with the first that does not stand there
/// next, behind white space.
fn places(text: &str, tokens: &[String]) -> Result<Vec<(u32, u32)>, String> {
    let mut places = Vec::with_capacity(tokens.len());
    let mut at = 0;
    for token in tokens {
        let rest = text[at..].trim_start_matches(is_gap);
        // A token of white space is a gap itself.
        let start = match token.chars().all(is_gap) {
            true => {
                at + text[at..]
                    .find(token.as_str())
                    .ok_or_else(|| token.clone())?
            }
            false => text.len() - rest.len(),
        };
        if token.is_empty() || !text[start..].starts_with(token.as_str()) {
            return Err(token.clone());
        }
        at = start + token.len();
        places.push((start as u32, at as u32));
    }
    match text[at..].trim_start_matches(is_gap) {
        "" => Ok(places),
        rest => Err(pullquote_core::text::shortened::shortened(rest, 20)),
    }
}

/// What a file that stands alone could be held to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CheckedFile {
    /// How many spans it has. All of them are well formed, and within the text if it has one.
    pub spans: usize,
    /// Of how many the words stand in it too, in the text or as its tokens, and are the same.
    pub compared: usize,
}

/// Slices the spans that a file has out of the text that it has, without the document that
/// it was written from.
pub(crate) fn check_alone(read: &ExternalDocument) -> Result<CheckedFile, String> {
    let Some(text) = &read.text else {
        let spans = match &read.spans {
            ExternalSpans::Chars(spans) | ExternalSpans::Utf16(spans) => {
                let is_utf16 = matches!(read.spans, ExternalSpans::Utf16(_));
                let long = |quote: &str| match is_utf16 {
                    true => quote.encode_utf16().count(),
                    false => quote.chars().count(),
                };
                for (start, end, label, quote) in spans {
                    let length = end.checked_sub(*start).filter(|length| *length > 0);
                    let Some(length) = length else {
                        return Err(format!("{label}: {start} to {end} is no span"));
                    };
                    if let Some(quote) = quote.as_deref().filter(|it| long(it) != length as usize) {
                        let quote = pullquote_core::text::shortened::shortened(quote, 60);
                        return Err(format!(
                            "{label}: {start} to {end} is not as long as “{quote}”"
                        ));
                    }
                }
                spans.len()
            }
            ExternalSpans::Tokens(_, spans) => spans.len(),
        };
        return Ok(CheckedFile { spans, compared: 0 });
    };
    if let ExternalSpans::Tokens(tokens, _) = &read.spans
        && tokens.is_empty()
        && text.chars().any(|char| !is_gap(char))
    {
        return Err("there is a text and no token of it".to_owned());
    }
    let compared = |spans: &[ExternalSpan]| CheckedFile {
        spans: spans.len(),
        compared: spans.iter().filter(|span| span.3.is_some()).count(),
    };
    let offsets = OffsetMap::new(text);
    let check = |start: Option<usize>, end: Option<usize>, label: &str, quote: &Option<String>| {
        let words = start.zip(end).and_then(|(start, end)| text.get(start..end));
        match (words, quote) {
            (None | Some(""), _) => Err(format!("a span of “{label}” is no part of the text")),
            (Some(words), Some(quote)) if words != quote => Err(format!(
                "{label}: “{}” is written where the text has “{}”",
                pullquote_core::text::shortened::shortened(quote, 60),
                pullquote_core::text::shortened::shortened(words, 60)
            )),
            _ => Ok(()),
        }
    };
    match &read.spans {
        ExternalSpans::Chars(spans) => {
            let byte = |at: u32| Some(offsets.from_chars(CharOffset(at))?.index());
            for (start, end, label, quote) in spans {
                check(byte(*start), byte(*end), label, quote)?;
            }
            Ok(compared(spans))
        }
        ExternalSpans::Utf16(spans) => {
            let byte = |at: u32| {
                Some(
                    offsets
                        .from_utf16(pullquote_core::text::offset::Utf16Offset(at))?
                        .index(),
                )
            };
            for (start, end, label, quote) in spans {
                check(byte(*start), byte(*end), label, quote)?;
            }
            Ok(compared(spans))
        }
        ExternalSpans::Tokens(tokens, spans) => {
            places(text, tokens)
                .map_err(|token| format!("“{token}” does not stand in the text"))?;
            Ok(CheckedFile {
                spans: spans.len(),
                compared: spans.len(),
            })
        }
    }
}
