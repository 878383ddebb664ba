//! WebAnno TSV 3.3 with one layer, the named entities of DKPro Core: a row a token.
//!
//! - **Readers**: INCEpTION and WebAnno. No package reads the format completely; the tests have a
//!   reader of their own for INCEpTION's rules.
//! - **Offsets**: UTF-16 code units.
//! - **What does not fit**: spans are moved to the edges of tokens, and the parts of a mark are spans
//!   of their own. An annotation must not cross a sentence, so sentences are joined below it.
//!   Relations, notes, provenance and the exact white space between sentences are left out.
//! - **Source**: INCEpTION's user guide, appendix "WebAnno TSV 3.3 File format".

use crate::catalogue::SpanPrecision;
use crate::error::ReadBackError;
use crate::external::{ExternalDocument, ExternalSpan, ExternalSpans};
use crate::naming::stems::Stems;
use crate::options::Options;
use crate::output::{FileSink, Writer, WrittenDocument};
use crate::projection::spans::Projection;
use pullquote_core::model::document::Document;
use pullquote_core::text::span::Span;
use pullquote_core::text::tokens::is_gap;

use std::fmt::Write as _;
use std::ops::Range;

/// The layer and its feature.
const LAYER: &str = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|value";

struct WebannoTsv {
    options: Options,
    stems: Stems,
}

pub(crate) fn begin(options: &Options) -> Box<dyn Writer> {
    Box::new(WebannoTsv {
        options: options.clone(),
        stems: Stems::default(),
    })
}

/// A value in a cell, escaped.
fn value(text: &str) -> String {
    let mut out = String::new();
    for (at, char) in text.char_indices() {
        match char {
            '\\' | '[' | ']' | '|' | '_' | ';' | '*' => {
                out.push('\\');
                out.push(char);
            }
            '-' if text[at..].starts_with("->") => out.push_str("\\-"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            char => out.push(char),
        }
    }
    out
}

/// A line of a sentence, escaped.
fn line(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, char| {
        match char {
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\u{8}' => out.push_str("\\b"),
            '\u{C}' => out.push_str("\\f"),
            char => out.push(char),
        }
        out
    })
}

impl Writer for WebannoTsv {
    fn add(&mut self, document: &Document, out: &mut dyn FileSink) -> Vec<WrittenDocument> {
        let projection = Projection::new(document, &self.options, SpanPrecision::Tokens);
        let cells = Cells::new(&projection);
        let mut tsv = format!("#FORMAT=WebAnno TSV 3.3\n#T_SP={LAYER}\n\n\n");
        for (number, sentence) in (1..).zip(joined_sentences(&projection)) {
            let first = projection.tokens[sentence.start];
            let last = projection.tokens[sentence.end - 1];
            let words = Span::between(first.start().index(), last.end().index());
            let words = words.map_or("", |words| projection.slice(words));
            // Writing into a string does not fail.
            for part in words.split('\n') {
                let _ = writeln!(tsv, "#Text={}", line(part));
            }
            for (token_number, token) in (1..).zip(sentence) {
                let span = projection.tokens[token];
                let [start, end] = projection.utf16(span);
                let form = projection.slice(span);
                let values = cells.values(&projection, token);
                let _ = writeln!(
                    tsv,
                    "{number}-{token_number}\t{start}-{end}\t{form}\t{values}\t"
                );
            }
            tsv.push('\n');
        }
        let stem = self.stems.next(&document.article().title);
        let file = format!("{stem}.tsv");
        out.append(&file, tsv.as_bytes());
        vec![WrittenDocument::with_all_spans(&file, &projection)]
    }

    fn finish(&mut self, _: &mut dyn FileSink) {}
}

/// The sentences, joined where a span crosses them: the layer allows none that does.
fn joined_sentences(projection: &Projection) -> Vec<Range<usize>> {
    let mut sentences = projection.sentences.clone();
    for projected in &projection.spans {
        let sentence_of = |token| sentences.partition_point(|sentence| sentence.end <= token);
        let first = sentence_of(projected.tokens.start);
        let last = sentence_of(projected.tokens.end - 1);
        if first < last {
            let joined = sentences[first].start..sentences[last].end;
            sentences.splice(first..=last, [joined]);
        }
    }
    sentences
}

/// What the cells of the layer need.
struct Cells {
    // The indices of the spans that cover each token.
    covering: Vec<Vec<usize>>,
    // The number of each span in its cells, from 1. It is 0 for a span that is one token and
    // shares it with no other: such a span needs no number.
    numbers: Vec<usize>,
}

impl Cells {
    fn new(projection: &Projection) -> Self {
        let mut covering: Vec<Vec<usize>> = vec![Vec::new(); projection.tokens.len()];
        for (index, projected) in projection.spans.iter().enumerate() {
            for token in projected.tokens.clone() {
                covering[token].push(index);
            }
        }
        let mut numbers = vec![0; projection.spans.len()];
        let mut last = 0;
        for (index, projected) in projection.spans.iter().enumerate() {
            let mut tokens = projected.tokens.clone();
            if tokens.len() > 1 || tokens.any(|token| covering[token].len() > 1) {
                last += 1;
                numbers[index] = last;
            }
        }
        Self { covering, numbers }
    }

    /// The labels of a token, with their numbers in brackets.
    fn values(&self, projection: &Projection, token: usize) -> String {
        let values = self.covering[token].iter().map(|index| {
            let label = value(projection.label(&projection.spans[*index]));
            match self.numbers[*index] {
                0 => label,
                number => format!("{label}[{number}]"),
            }
        });
        let values: Vec<String> = values.collect();
        match values.is_empty() {
            true => "_".to_owned(),
            false => values.join("|"),
        }
    }
}

/// Reads the rows of the tokens. A span with a number grows with each row that repeats it.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let text = str::from_utf8(bytes)?;
    if !text.starts_with("#FORMAT=WebAnno TSV 3") {
        return Err(ReadBackError::Beginning("#FORMAT=WebAnno TSV 3"));
    }
    let mut spans: Vec<ExternalSpan> = Vec::new();
    // The numbers of spans, each with the index of its span.
    let mut numbered: Vec<(String, usize)> = Vec::new();
    let mut last = 0;
    for (row, line) in (1..).zip(text.split('\n')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [id, offsets, form, values, ..] = cells.as_slice() else {
            continue;
        };
        if id.starts_with('#') {
            continue;
        }
        let (start, end) = read_offsets(row, offsets, form, last)?;
        last = end;
        for value in parts(values) {
            let numbered_value = value
                .strip_suffix(']')
                .and_then(|value| value.rsplit_once('['));
            let (label, number) = match numbered_value {
                Some((label, number)) if !is_escape(label) => (label, Some(number)),
                _ => (value.as_str(), None),
            };
            let mut latest = numbered.iter().rev();
            let known = number.and_then(|number| latest.find(|(known, _)| known == number));
            match known {
                Some((_, index)) => spans[*index].end = end,
                None => {
                    numbered.extend(number.map(|number| (number.to_owned(), spans.len())));
                    spans.push(ExternalSpan {
                        start,
                        end,
                        label: unescaped(label),
                        quote: None,
                    });
                }
            }
        }
    }
    Ok(vec![ExternalDocument {
        spans: ExternalSpans::Utf16(spans),
        ..ExternalDocument::default()
    }])
}

/// The offsets of a token, which must start at `last` or behind it and fit its form.
fn read_offsets(
    row: usize,
    offsets: &str,
    form: &str,
    last: u32,
) -> Result<(u32, u32), ReadBackError> {
    let wrong = || ReadBackError::LineIsNot {
        line: row,
        expected: "row of a token",
    };
    let (start, end) = offsets.split_once('-').ok_or_else(wrong)?;
    let number = |text: &str| text.parse::<u32>().map_err(|_| wrong());
    let (start, end) = (number(start)?, number(end)?);
    let units: usize = form.chars().map(char::len_utf16).sum();
    let fits = end
        .checked_sub(start)
        .is_some_and(|length| length as usize == units);
    if start < last || !fits || form.contains(is_gap) {
        return Err(ReadBackError::OffsetsOfToken {
            line: row,
            offsets: offsets.to_owned(),
            words: form.to_owned(),
        });
    }
    Ok((start, end))
}

/// Whether the character after this text is escaped: the text ends in an odd number of backslashes.
fn is_escape(before: &str) -> bool {
    let bare = before.trim_end_matches('\\');
    (before.len() - bare.len()) % 2 == 1
}

/// The values of a cell, still escaped.
fn parts(cell: &str) -> Vec<String> {
    if cell == "_" {
        return Vec::new();
    }
    let mut parts = vec![String::new()];
    let mut escaped = false;
    for char in cell.chars() {
        if char == '|' && !escaped {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(char);
        }
        escaped = char == '\\' && !escaped;
    }
    parts
}

/// A value without its escapes.
fn unescaped(label: &str) -> String {
    let mut out = String::new();
    let mut chars = label.chars();
    while let Some(char) = chars.next() {
        match char {
            '\\' => match chars.next() {
                Some('t') => out.push('\t'),
                Some('n') => out.push('\n'),
                other => out.extend(other),
            },
            char => out.push(char),
        }
    }
    out
}
