//! brat standoff: the text, and beside it the marks.

use crate::catalogue::SpanPrecision;
use crate::error::ReadBackError;
use crate::external::{ExternalDocument, ExternalSpan, ExternalSpans};
use crate::naming::grammar::NameGrammar;
use crate::naming::names::Naming;
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
    // What the configuration says: of types their colour, of relations their names.
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

/// A name as brat's configuration can show it: `|` ends it there, `<` begins a macro, and `!`
/// before it hides it.
fn shown(name: &str) -> String {
    let name = name.replace('|', "/").replace('<', "‹").replace('>', "›");
    match name.strip_prefix('!') {
        Some(rest) => format!("ǃ{rest}"),
        None => name,
    }
}

/// A name in a comment of a configuration, where it is not as it is shown.
fn comment(written: &str, name: &str) -> String {
    let begins = name.trim_start().starts_with('[');
    match shown(name) == name && !begins {
        true => String::new(),
        false => format!("# {written} is {}\n", one_line(name)),
    }
}

/// Characters at which some of its readers break lines or cells.
fn breaks(char: char) -> bool {
    matches!(
        char,
        '\n' | '\r' | '\t' | '\u{B}' | '\u{C}' | '\u{1C}'
            ..='\u{1E}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// The parts of a span between those.
fn fragments(labelled: &Projection, span: Span) -> Vec<Span> {
    let mut at = span.start().index();
    let parts = labelled
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
        let labelled = Projection::new(document, &self.options, SpanPrecision::NonBlank);
        let book = document.codebook();
        let names = self.naming.names(&labelled);
        let types = &names.tags;
        for (name, tag) in types.iter().zip(book.tags()) {
            if self.colours.iter().all(|(known, _)| known != name) {
                self.colours.push((name.clone(), tag.colour.to_string()));
            }
        }
        for name in labelled
            .relation_labels
            .iter()
            .filter_map(|kind| names.relations.get(kind))
        {
            if !self.relations.contains(name) {
                self.relations.push(name.clone());
            }
        }
        let mut ann = String::new();
        let mut numbers = vec![0; document.annotations().len()];
        let mut number = 0;
        for (place, mark) in document.annotations().iter().enumerate() {
            let pieces = labelled.spans.iter().filter(|piece| piece.mark == place);
            let parts: Vec<Span> = pieces
                .flat_map(|it| fragments(&labelled, it.span))
                .collect();
            // A mark of white space alone has no part.
            if parts.is_empty() {
                continue;
            }
            number += 1;
            numbers[place] = number;
            let tag = book.place_of(&mark.tag).unwrap_or_default();
            let offsets = parts.iter().map(|part| {
                let [start, end] = labelled.chars(*part);
                format!("{start} {end}")
            });
            let offsets: Vec<String> = offsets.collect();
            let words: Vec<&str> = parts.iter().map(|part| labelled.slice(*part)).collect();
            // Writing into a string does not fail.
            let _ = writeln!(
                ann,
                "T{number}\t{} {}\t{}",
                types[tag],
                offsets.join(";"),
                words.join(" ")
            );
        }
        for (place, link) in (1..).zip(labelled.relations()) {
            let kind = names.relations.get(&link.kind.to_owned());
            let kind = kind.map_or(link.kind, String::as_str);
            let (from, to) = (numbers[link.from], numbers[link.to]);
            if from > 0 && to > 0 {
                let _ = writeln!(ann, "R{place}\t{kind} Arg1:T{from} Arg2:T{to}");
            }
        }
        self.attributes(&labelled, &numbers, &mut ann);
        let mut notes = 0;
        for (mark, number) in document.annotations().iter().zip(&numbers) {
            if !mark.note.trim().is_empty() && *number > 0 {
                notes += 1;
                let note = mark.note.replace(breaks, " ");
                let _ = writeln!(
                    ann,
                    "#{notes}\tAnnotatorNotes T{number}\t{}",
                    one_line(&note)
                );
            }
        }
        let stem = self.stems.next(&document.article().title);
        out.append(&format!("{stem}.txt"), labelled.text().as_bytes());
        let file = format!("{stem}.ann");
        out.append(&file, ann.as_bytes());
        let parts = labelled.spans.iter().flat_map(|piece| {
            let parts = fragments(&labelled, piece.span).into_iter();
            parts.map(|span| ProjectedSpan {
                span,
                ..piece.clone()
            })
        });
        let parts: Vec<ProjectedSpan> = parts.collect();
        vec![WrittenDocument::new(
            &file,
            &labelled,
            parts.iter(),
            |piece| types[piece.tag].clone(),
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
            // Of an attribute its own name, without that of its tag.
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
            for (word, written) in field.words.names().filter(|it| it.0 != it.1) {
                let _ = writeln!(visual, "# {} {written} is {}", field.name, one_line(word));
            }
        }
        visual.push_str("\n[drawing]\n");
        for (name, colour) in &self.colours {
            let _ = writeln!(visual, "{name}\tbgColor:{colour}");
        }
        out.append("visual.conf", visual.as_bytes());
    }
}

impl Brat {
    /// Answers of one word, or of yes.
    fn attributes(&mut self, labelled: &Projection, numbers: &[usize], ann: &mut String) {
        let document = labelled.document;
        let mut count = 0;
        for (mark, number) in document.annotations().iter().zip(numbers) {
            let tag = document.codebook().place_of(&mark.tag);
            let Some(tag) = tag.filter(|_| *number > 0) else {
                continue;
            };
            for attribute in &document.codebook().tags()[tag].attributes {
                let answer = mark.values.get(&attribute.id).and_then(|value| {
                    let (field, word) = self.naming.answer(labelled, tag, attribute, value)?;
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

/// Reads the `.ann` alone: the words stand in it.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let text = str::from_utf8(bytes)?;
    let mut spans = Vec::new();
    let names: Vec<&str> = text
        .lines()
        .filter_map(|it| it.split('\t').next())
        .collect();
    for (number, line) in (1..).zip(text.lines()) {
        if !line.starts_with(['T', 'R', 'A', 'N', 'E', 'M', '#', '*']) {
            return Err(ReadBackError::LineIsNot {
                line: number,
                expected: "annotation",
            });
        }
        if line.starts_with('R') {
            let ends = line
                .split_whitespace()
                .filter_map(|it| it.strip_prefix("Arg"));
            let ends = ends.filter_map(|it| it.split_once(':')).map(|it| it.1);
            if let Some(end) = ends.clone().find(|end| !names.contains(end)) {
                return Err(ReadBackError::LineHasNoEnd {
                    line: number,
                    end: end.to_owned(),
                });
            }
        }
        if !line.starts_with('T') {
            continue;
        }
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
            let number = |text: &str| text.parse::<u32>().map_err(|_| wrong());
            let (start, end) = (number(start)?, number(end)?);
            let long = end.checked_sub(start).ok_or_else(wrong)? as usize;
            let behind = words
                .char_indices()
                .nth(long)
                .map_or(words.len(), |it| it.0);
            let quote = words[..behind].to_owned();
            words = words[behind..]
                .strip_prefix(' ')
                .unwrap_or(&words[behind..]);
            spans.push(ExternalSpan {
                start,
                end,
                label: label.to_owned(),
                quote: Some(quote),
            });
        }
        if !words.is_empty() {
            return Err(ReadBackError::WordsBeyondOffsets { line: number });
        }
    }
    Ok(vec![ExternalDocument {
        spans: ExternalSpans::Chars(spans),
        ..ExternalDocument::default()
    }])
}
