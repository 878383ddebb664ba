//! brat standoff: the text, and beside it the marks.

use super::labelled::{Grain, Labelled, Piece};
use super::proof::{Labels, ReadBack, Written};
use super::stems::{Folded, Stems};
use super::{Options, Out, Writer};
use crate::model::{AttributeKind, Document, Value};
use crate::text::{Span, one_line};
use std::fmt::Write as _;

struct Brat {
    options: Options,
    stems: Stems,
    types: Folded,
    relations: Folded,
    attributes: Folded,
    // What the configuration says: of types their colour, of attributes their words.
    colours: Vec<(String, String)>,
    words: Vec<(String, Vec<String>)>,
}

pub(super) fn begin(options: &Options) -> Box<dyn Writer> {
    Box::new(Brat {
        options: options.clone(),
        stems: Stems::default(),
        types: Folded::default(),
        relations: Folded::default(),
        attributes: Folded::default(),
        colours: Vec::new(),
        words: Vec::new(),
    })
}

/// A name as brat's configuration takes it.
fn plain(name: &str) -> String {
    let plain = |char: char| match char {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | '-' => char,
        _ => '_',
    };
    name.chars().map(plain).collect()
}

fn numbered(number: usize) -> String {
    format!("_{number}")
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
fn fragments(labelled: &Labelled, span: Span) -> Vec<Span> {
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
    fn add(&mut self, document: &Document, out: &mut dyn Out) -> Vec<Written> {
        let labelled = Labelled::of(document, &self.options, Grain::Worded);
        let book = document.codebook();
        let types: Vec<String> = labelled
            .labels
            .iter()
            .zip(book.tags())
            .map(|(label, tag)| {
                let name = self.types.of(label, plain, numbered);
                if self.colours.iter().all(|(known, _)| *known != name) {
                    self.colours.push((name.clone(), tag.colour.to_string()));
                }
                name
            })
            .collect();
        for kind in book.relations() {
            self.relations.of(&kind.name, plain, numbered);
        }
        let mut ann = String::new();
        let mut numbers = vec![0; document.annotations().len()];
        let mut number = 0;
        for (place, mark) in document.annotations().iter().enumerate() {
            let pieces = labelled.pieces.iter().filter(|piece| piece.mark == place);
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
        for (place, link) in (1..).zip(labelled.links()) {
            let kind = self.relations.of(link.kind, plain, numbered);
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
        let parts = labelled.pieces.iter().flat_map(|piece| {
            let parts = fragments(&labelled, piece.span).into_iter();
            parts.map(|span| Piece {
                span,
                ..piece.clone()
            })
        });
        let parts: Vec<Piece> = parts.collect();
        vec![Written::of(&file, &labelled, parts.iter(), |piece| {
            types[piece.tag].clone()
        })]
    }

    fn finish(&mut self, out: &mut dyn Out) {
        let mut configuration = String::from("[entities]\n");
        let mut line = |text: &str| {
            configuration.push_str(text);
            configuration.push('\n');
        };
        self.types.names().for_each(|(_, name)| line(name));
        line("\n[relations]");
        for (_, name) in self.relations.names() {
            line(&format!("{name}\tArg1:<ENTITY>, Arg2:<ENTITY>"));
        }
        line("<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>");
        line("\n[events]\n\n[attributes]");
        for (name, words) in &self.words {
            match words.is_empty() {
                true => line(&format!("{name}\tArg:<ENTITY>")),
                false => line(&format!("{name}\tArg:<ENTITY>, Value:{}", words.join("|"))),
            }
        }
        out.append("annotation.conf", configuration.as_bytes());
        let mut shown = String::from("[labels]\n");
        for (label, name) in self.types.names().chain(self.relations.names()) {
            shown.push_str(&format!("{name} | {}\n", label.replace('|', "/")));
        }
        shown.push_str("\n[drawing]\n");
        for (name, colour) in &self.colours {
            shown.push_str(&format!("{name}\tbgColor:{colour}\n"));
        }
        out.append("visual.conf", shown.as_bytes());
    }
}

impl Brat {
    /// Answers of one word, or of yes.
    fn attributes(&mut self, labelled: &Labelled, numbers: &[usize], ann: &mut String) {
        let document = labelled.document;
        let mut count = 0;
        for (mark, number) in document.annotations().iter().zip(numbers) {
            let asked = document.codebook().tag(&mark.tag).filter(|_| *number > 0);
            for attribute in asked.iter().flat_map(|tag| &tag.attributes) {
                let value = mark.values.get(&attribute.id);
                let (word, words) = match (value, &attribute.kind) {
                    (Some(Value::One(word)), AttributeKind::OneOf(words)) => {
                        let words = words.iter().map(|word| plain(word)).collect();
                        (format!(" {}", plain(word)), words)
                    }
                    (Some(Value::YesNo(true)), _) => (String::new(), Vec::new()),
                    _ => continue,
                };
                let key = format!("{} {}", mark.tag, attribute.name);
                let name = self.attributes.of(&key, plain, numbered);
                if self.words.iter().all(|(known, _)| *known != name) {
                    self.words.push((name.clone(), words));
                }
                count += 1;
                let _ = writeln!(ann, "A{count}\t{name} T{number}{word}");
            }
        }
    }
}

/// Reads the `.ann` alone: the words stand in it.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<ReadBack>, String> {
    let text = str::from_utf8(bytes).map_err(|error| error.to_string())?;
    let mut spans = Vec::new();
    let names: Vec<&str> = text
        .lines()
        .filter_map(|it| it.split('\t').next())
        .collect();
    for (number, line) in (1..).zip(text.lines()) {
        if !line.starts_with(['T', 'R', 'A', 'N', 'E', 'M', '#', '*']) {
            return Err(format!("line {number} is no annotation"));
        }
        if line.starts_with('R') {
            let ends = line
                .split_whitespace()
                .filter_map(|it| it.strip_prefix("Arg"));
            let ends = ends.filter_map(|it| it.split_once(':')).map(|it| it.1);
            if let Some(end) = ends.clone().find(|end| !names.contains(end)) {
                return Err(format!("line {number}: there is no {end}"));
            }
        }
        if !line.starts_with('T') {
            continue;
        }
        let wrong = || format!("line {number} is no text-bound annotation");
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
            spans.push((start, end, label.to_owned(), Some(quote)));
        }
        if !words.is_empty() {
            return Err(format!(
                "line {number}: there are more words than its offsets have"
            ));
        }
    }
    Ok(vec![ReadBack {
        spans: Labels::Chars(spans),
        ..ReadBack::default()
    }])
}
