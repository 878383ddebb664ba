//! brat's standoff format: the text in one file, and its marks in another beside it, with
//! `annotation.conf` and `visual.conf` for all.
//!
//! - **Readers**: brat (tested with the code of its server), bioc (2.1), pybrat (0.1).
//! - **Offsets**: code points.
//! - **What does not fit**: an annotation must not contain a line end, so a span is written as
//!   several fragments between them. Marks of white space alone are left out. Names are changed to
//!   ASCII; `visual.conf` shows the original. Of answers, attributes hold those of one word or "yes".
//! - **Source**: <https://brat.nlplab.org/standoff.html> and
//!   <https://brat.nlplab.org/configuration.html>.

use crate::catalogue::SpanPrecision;
use crate::error::ReadBackError;
use crate::external::{ExternalDocument, ExternalSpan, ExternalSpans};
use crate::naming::grammar::NameGrammar;
use crate::naming::names::{Names, Naming};
use crate::naming::stems::Stems;
use crate::options::Options;
use crate::output::{FileSink, Writer, WrittenDocument};
use crate::projection::spans::{ProjectedSpan, Projection};
use pullquote_core::model::document::Document;
use pullquote_core::text::shortened::one_line;
use pullquote_core::text::span::Span;

use std::fmt::Write as _;

struct Brat {
    options: Options,
    stems: Stems,
    naming: Naming,
    // For the configuration: the types with their colours, and the names of relations.
    colours: Vec<(String, String)>,
    relations: Vec<String>,
}

pub(crate) fn begin(options: &Options) -> Box<dyn Writer> {
    Box::new(Brat {
        options: options.clone(),
        stems: Stems::default(),
        naming: Naming::new(NameGrammar::Ascii, options),
        colours: Vec::new(),
        relations: Vec::new(),
    })
}

/// A name as `visual.conf` can show it: there `|` would end it, `<` would begin a macro, and a
/// leading `!` would hide it.
fn shown(name: &str) -> String {
    let name = name.replace('|', "/").replace('<', "‹").replace('>', "›");
    match name.strip_prefix('!') {
        Some(rest) => format!("ǃ{rest}"),
        None => name,
    }
}

/// A comment with the name as the user wrote it, where [`shown`] changes it; otherwise empty.
fn comment(written: &str, name: &str) -> String {
    let begins = name.trim_start().starts_with('[');
    match shown(name) == name && !begins {
        true => String::new(),
        false => format!("# {written} is {}\n", one_line(name)),
    }
}

/// Whether some reader of brat's files ends a line or a cell at this character.
fn breaks(char: char) -> bool {
    matches!(
        char,
        '\n' | '\r' | '\t' | '\u{B}' | '\u{C}' | '\u{1C}'
            ..='\u{1E}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// The parts of a span between those characters.
fn fragments(projection: &Projection, span: Span) -> Vec<Span> {
    let mut at = span.start().index();
    let parts = projection
        .slice(span)
        .split_inclusive(breaks)
        .filter_map(|part| {
            let start = at;
            at += part.len();
            Span::between(start, start + part.trim_end_matches(breaks).len())
        });
    parts.collect()
}

impl Writer for Brat {
    fn add(&mut self, document: &Document, out: &mut dyn FileSink) -> Vec<WrittenDocument> {
        let projection = Projection::new(document, &self.options, SpanPrecision::NonBlank);
        let names = self.naming.names(&projection);
        self.collect_configuration(&projection, &names);
        let mut ann = String::new();
        let numbers = text_bounds(&projection, &names, &mut ann);
        relations(&projection, &names, &numbers, &mut ann);
        self.attributes(&projection, &numbers, &mut ann);
        notes(document, &numbers, &mut ann);
        let stem = self.stems.next(&document.article().title);
        out.append(&format!("{stem}.txt"), projection.text().as_bytes());
        let file = format!("{stem}.ann");
        out.append(&file, ann.as_bytes());
        let parts = projection.spans.iter().flat_map(|projected| {
            let parts = fragments(&projection, projected.span).into_iter();
            parts.map(|span| ProjectedSpan {
                span,
                ..projected.clone()
            })
        });
        let parts: Vec<ProjectedSpan> = parts.collect();
        vec![WrittenDocument::new(
            &file,
            &projection,
            parts.iter(),
            |projected| names.tags[projected.tag].clone(),
        )]
    }

    fn finish(&mut self, out: &mut dyn FileSink) {
        let mut configuration = String::from("[entities]\n");
        let mut line = |text: &str| {
            configuration.push_str(text);
            configuration.push('\n');
        };
        self.colours.iter().for_each(|(name, _)| line(name));
        line("\n[relations]");
        for name in &self.relations {
            line(&format!("{name}\tArg1:<ENTITY>, Arg2:<ENTITY>"));
        }
        line("<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>");
        line("\n[events]\n\n[attributes]");
        for field in self.naming.fields() {
            let words: Vec<&str> = field.words.names().map(|(_, word)| word).collect();
            let name = &field.name;
            match words.is_empty() {
                true => line(&format!("{name}\tArg:<ENTITY>")),
                false => line(&format!("{name}\tArg:<ENTITY>, Value:{}", words.join("|"))),
            }
        }
        out.append("annotation.conf", configuration.as_bytes());
        let mut visual = String::from("[labels]\n");
        let fields = self.naming.fields();
        for (label, name) in self.naming.tags().names() {
            // An attribute is shown by its own name, without that of its tag.
            let field = fields.iter().find(|field| field.name == name);
            let label = field.map_or(label, |field| field.label.as_str());
            visual.push_str(&comment(name, label));
            let label = match shown(&one_line(label)) {
                label if label.is_empty() => name.to_owned(),
                label => label,
            };
            // Writing into a string does not fail.
            let _ = writeln!(visual, "{name} | {label}");
        }
        for field in fields {
            for (word, written) in field.words.names() {
                if word != written {
                    let _ = writeln!(visual, "# {} {written} is {}", field.name, one_line(word));
                }
            }
        }
        visual.push_str("\n[drawing]\n");
        for (name, colour) in &self.colours {
            let _ = writeln!(visual, "{name}\tbgColor:{colour}");
        }
        out.append("visual.conf", visual.as_bytes());
    }
}

/// Writes a text-bound annotation (`T`) for each mark, and returns their numbers by mark: 0 for a
/// mark of white space alone, which has no annotation.
fn text_bounds(projection: &Projection, names: &Names, ann: &mut String) -> Vec<usize> {
    let document = projection.document;
    let mut numbers = vec![0; document.annotations().len()];
    let mut number = 0;
    for (index, mark) in document.annotations().iter().enumerate() {
        let spans = projection.spans.iter();
        let parts = spans
            .filter(|projected| projected.mark == index)
            .flat_map(|projected| fragments(projection, projected.span));
        let parts: Vec<Span> = parts.collect();
        if parts.is_empty() {
            continue;
        }
        number += 1;
        numbers[index] = number;
        let tag = document.codebook().index_of(&mark.tag).unwrap_or_default();
        let offsets = parts.iter().map(|part| {
            let [start, end] = projection.chars(*part);
            format!("{start} {end}")
        });
        let offsets: Vec<String> = offsets.collect();
        let words: Vec<&str> = parts.iter().map(|part| projection.slice(*part)).collect();
        // Writing into a string does not fail.
        let _ = writeln!(
            ann,
            "T{number}\t{} {}\t{}",
            names.tags[tag],
            offsets.join(";"),
            words.join(" ")
        );
    }
    numbers
}

/// Writes the relations (`R`) between annotations with these numbers.
fn relations(projection: &Projection, names: &Names, numbers: &[usize], ann: &mut String) {
    for (number, relation) in (1..).zip(projection.relations()) {
        let kind = names.relations.get(&relation.kind.to_owned());
        let kind = kind.map_or(relation.kind, String::as_str);
        let (from, to) = (numbers[relation.from], numbers[relation.to]);
        if from > 0 && to > 0 {
            let _ = writeln!(ann, "R{number}\t{kind} Arg1:T{from} Arg2:T{to}");
        }
    }
}

/// Writes the notes of the marks (`#`), each on one line.
fn notes(document: &Document, numbers: &[usize], ann: &mut String) {
    let mut count = 0;
    for (mark, number) in document.annotations().iter().zip(numbers) {
        if !mark.note.trim().is_empty() && *number > 0 {
            count += 1;
            let note = one_line(&mark.note.replace(breaks, " "));
            let _ = writeln!(ann, "#{count}\tAnnotatorNotes T{number}\t{note}");
        }
    }
}

impl Brat {
    /// Adds the types and relations of a document to what the configuration lists.
    fn collect_configuration(&mut self, projection: &Projection, names: &Names) {
        let tags = projection.document.codebook().tags();
        for (name, tag) in names.tags.iter().zip(tags) {
            if self.colours.iter().all(|(known, _)| known != name) {
                self.colours.push((name.clone(), tag.colour.to_string()));
            }
        }
        for kind in &projection.relation_labels {
            if let Some(name) = names.relations.get(kind)
                && !self.relations.contains(name)
            {
                self.relations.push(name.clone());
            }
        }
    }

    /// Writes the answers that are one word or "yes", as attributes (`A`).
    fn attributes(&mut self, projection: &Projection, numbers: &[usize], ann: &mut String) {
        let document = projection.document;
        let mut count = 0;
        for (mark, number) in document.annotations().iter().zip(numbers) {
            let tag = document.codebook().index_of(&mark.tag);
            let Some(tag) = tag.filter(|_| *number > 0) else {
                continue;
            };
            for attribute in &document.codebook().tags()[tag].attributes {
                let answer = mark.values.get(&attribute.id).and_then(|value| {
                    let (field, word) = self.naming.answer(projection, tag, attribute, value)?;
                    let word = word.map_or(String::new(), |word| format!(" {word}"));
                    Some((field.name.clone(), word))
                });
                if let Some((name, word)) = answer {
                    count += 1;
                    let _ = writeln!(ann, "A{count}\t{name} T{number}{word}");
                }
            }
        }
    }
}

/// Reads the `.ann` file, which repeats the words of each annotation.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let text = str::from_utf8(bytes)?;
    let mut spans = Vec::new();
    let ids = text.lines().filter_map(|line| line.split('\t').next());
    let ids: Vec<&str> = ids.collect();
    for (number, line) in (1..).zip(text.lines()) {
        match line.chars().next() {
            Some('T') => read_text_bound(number, line, &mut spans)?,
            Some('R') => check_relation(number, line, &ids)?,
            Some('A' | 'N' | 'E' | 'M' | '#' | '*') => {}
            _ => {
                return Err(ReadBackError::LineIsNot {
                    line: number,
                    expected: "annotation",
                });
            }
        }
    }
    Ok(vec![ExternalDocument {
        spans: ExternalSpans::Chars(spans),
        ..ExternalDocument::default()
    }])
}

/// Checks that both ends of a relation are annotations.
fn check_relation(number: usize, line: &str, ids: &[&str]) -> Result<(), ReadBackError> {
    let words = line.split_whitespace();
    let mut ends = words.filter_map(|word| Some(word.strip_prefix("Arg")?.split_once(':')?.1));
    match ends.find(|end| !ids.contains(end)) {
        Some(end) => Err(ReadBackError::LineHasNoEnd {
            line: number,
            end: end.to_owned(),
        }),
        None => Ok(()),
    }
}

/// Reads an annotation, whose fragments become a span each.
fn read_text_bound(
    number: usize,
    line: &str,
    spans: &mut Vec<ExternalSpan>,
) -> Result<(), ReadBackError> {
    let wrong = || ReadBackError::LineIsNot {
        line: number,
        expected: "text-bound annotation",
    };
    let mut cells = line.splitn(3, '\t').skip(1);
    let (Some(head), Some(mut words)) = (cells.next(), cells.next()) else {
        return Err(wrong());
    };
    let (label, offsets) = head.split_once(' ').ok_or_else(wrong)?;
    for offsets in offsets.split(';') {
        let (start, end) = offsets.split_once(' ').ok_or_else(wrong)?;
        let offset = |text: &str| text.parse::<u32>().map_err(|_| wrong());
        let (start, end) = (offset(start)?, offset(end)?);
        let length = end.checked_sub(start).ok_or_else(wrong)? as usize;
        let quote_end = words.char_indices().nth(length);
        let quote_end = quote_end.map_or(words.len(), |(at, _)| at);
        let (quote, rest) = words.split_at(quote_end);
        words = rest.strip_prefix(' ').unwrap_or(rest);
        spans.push(ExternalSpan {
            start,
            end,
            label: label.to_owned(),
            quote: Some(quote.to_owned()),
        });
    }
    match words.is_empty() {
        true => Ok(()),
        false => Err(ReadBackError::WordsBeyondOffsets { line: number }),
    }
}
