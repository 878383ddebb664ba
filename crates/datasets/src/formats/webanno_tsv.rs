//! WebAnno TSV 3.3, which INCEpTION reads: one layer, a row a token.

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

/// A value in a cell.
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

/// A line of a sentence.
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
        let labelled = Projection::new(document, &self.options, SpanPrecision::Tokens);
        // The layer's marks do not cross sentences: what one covers is one sentence.
        let mut sentences = labelled.sentences.clone();
        for piece in &labelled.spans {
            let of = |token| sentences.partition_point(|it| it.end <= token);
            let (first, last) = (of(piece.tokens.start), of(piece.tokens.end - 1));
            if first < last {
                let all = sentences[first].start..sentences[last].end;
                sentences.splice(first..=last, [all]);
            }
        }
        let mut covering: Vec<Vec<usize>> = vec![Vec::new(); labelled.tokens.len()];
        for (place, piece) in labelled.spans.iter().enumerate() {
            piece
                .tokens
                .clone()
                .for_each(|token| covering[token].push(place));
        }
        // What is more than a token, or shares one, has a number.
        let mut numbers = vec![0; labelled.spans.len()];
        let mut last = 0;
        for (place, piece) in labelled.spans.iter().enumerate() {
            let shares = piece.tokens.clone().any(|token| covering[token].len() > 1);
            if piece.tokens.len() > 1 || shares {
                last += 1;
                numbers[place] = last;
            }
        }
        let mut tsv = format!("#FORMAT=WebAnno TSV 3.3\n#T_SP={LAYER}\n\n\n");
        for (number, sentence) in (1..).zip(&sentences) {
            let (first, end) = (
                labelled.tokens[sentence.start],
                labelled.tokens[sentence.end - 1],
            );
            let words = Span::between(first.start().index(), end.end().index());
            let words = words.map_or("", |words| labelled.slice(words));
            // Writing into a string does not fail.
            for part in words.split('\n') {
                let _ = writeln!(tsv, "#Text={}", line(part));
            }
            for (token_number, token) in (1..).zip(sentence.clone()) {
                let span = labelled.tokens[token];
                let [begin, end] = labelled.utf16(span);
                let values: Vec<String> = covering[token]
                    .iter()
                    .map(|place| {
                        let label = value(labelled.label(&labelled.spans[*place]));
                        match numbers[*place] {
                            0 => label,
                            number => format!("{label}[{number}]"),
                        }
                    })
                    .collect();
                let values = match values.is_empty() {
                    true => "_".to_owned(),
                    false => values.join("|"),
                };
                let form = labelled.slice(span);
                let _ = writeln!(
                    tsv,
                    "{number}-{token_number}\t{begin}-{end}\t{form}\t{values}\t"
                );
            }
            tsv.push('\n');
        }
        let stem = self.stems.next(&document.article().title);
        let file = format!("{stem}.tsv");
        out.append(&file, tsv.as_bytes());
        vec![WrittenDocument::new(
            &file,
            &labelled,
            labelled.spans.iter(),
            |piece| labelled.label(piece).to_owned(),
        )]
    }

    fn finish(&mut self, _: &mut dyn FileSink) {}
}

pub(crate) fn read(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let text = str::from_utf8(bytes)?;
    if !text.starts_with("#FORMAT=WebAnno TSV 3") {
        return Err(ReadBackError::Beginning("#FORMAT=WebAnno TSV 3"));
    }
    let mut spans: Vec<ExternalSpan> = Vec::new();
    // The spans that have a number, by it.
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
        let wrong = || ReadBackError::LineIsNot {
            line: row,
            expected: "row of a token",
        };
        let (begin, end) = offsets.split_once('-').ok_or_else(wrong)?;
        let number = |text: &str| text.parse::<u32>().map_err(|_| wrong());
        let (begin, end) = (number(begin)?, number(end)?);
        let long: usize = form.chars().map(char::len_utf16).sum();
        let is_long = end.checked_sub(begin).is_some_and(|it| it as usize == long);
        if begin < last || !is_long || form.contains(is_gap) {
            return Err(ReadBackError::OffsetsOfToken {
                line: row,
                offsets: (*offsets).to_owned(),
                words: (*form).to_owned(),
            });
        }
        last = end;
        for value in parts(values) {
            let (label, number) = match value.strip_suffix(']').and_then(|it| it.rsplit_once('[')) {
                Some((label, number)) if !is_escape(label) => (label, Some(number)),
                _ => (value.as_str(), None),
            };
            let known = number.and_then(|number| numbered.iter().rev().find(|it| it.0 == number));
            match known {
                Some((_, place)) => spans[*place].end = end,
                None => {
                    numbered.extend(number.map(|number| (number.to_owned(), spans.len())));
                    spans.push(ExternalSpan {
                        start: begin,
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

/// Whether what follows this is escaped: an odd number of backslashes is at its end.
fn is_escape(before: &str) -> bool {
    let bare = before.trim_end_matches('\\');
    (before.len() - bare.len()) % 2 == 1
}

/// The values of a cell.
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
