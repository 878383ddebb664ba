//! CoNLL-U, with entities in MISC as `name=B-LABEL`, and the text as it is.
//!
//! What stands between words is in `SpacesBefore` and `SpacesAfter`, with the escapes of UDPipe
//! (`\s` space, `\t`, `\n`, `\r`, `\p`, `\\`); other white space stands there itself. Two things
//! are so because of readers:
//!
//! - conllu and pyconll take white space off the ends of a line: a field without any is the
//!   last, which may be `name=O`.
//! - pyconll's `load_from_string` breaks lines at U+000B, U+000C, U+001C to U+001E, U+0085,
//!   U+2028 and U+2029. They are written as `\n`, which leaves every offset as it is, and
//!   `SpacesAfterExact` has them as `\u2028`.

use crate::catalogue::SpanPrecision;
use crate::error::ReadBackError;
use crate::external::ExternalDocument;
use crate::formats::columns::{Scheme, Tags, tag};
use crate::naming::grammar::NameGrammar;
use crate::naming::names::Naming;
use crate::options::Options;
use crate::output::{FileSink, Writer, WrittenDocument};
use crate::projection::spans::Projection;
use crate::provenance::Provenance;
use pullquote_core::model::document::Document;
use pullquote_core::text::shortened::one_line;
use pullquote_core::text::tokens::is_gap;

use std::fmt::Write as _;

struct Conllu {
    options: Options,
    naming: Naming,
}

pub(crate) fn begin(options: &Options) -> Box<dyn Writer> {
    Box::new(Conllu {
        options: options.clone(),
        naming: Naming::new(NameGrammar::Capitals, options),
    })
}

impl Writer for Conllu {
    fn add(&mut self, document: &Document, out: &mut dyn FileSink) -> Vec<WrittenDocument> {
        let labelled = Projection::new(document, &self.options, SpanPrecision::Tokens);
        let labels = self.naming.names(&labelled).tags;
        let article = document.article();
        let mut text = String::new();
        // Writing into a string does not fail.
        let _ = writeln!(text, "# newdoc id = {}", article.id);
        let _ = writeln!(text, "# title = {}", comment(&article.title));
        let made_by = Provenance::new(document, &self.options).line();
        let _ = writeln!(text, "# generator = {}", comment(&made_by));
        let first = labelled.tokens.first();
        let first = first.map_or(0, |token| token.start().index());
        let before = &labelled.text()[..first];
        for (label, name) in labelled.labels.iter().zip(&labels) {
            if label != name {
                let _ = writeln!(text, "# label {name} = {label}");
            }
        }
        let tagged = labelled.token_tags();
        for (number, sentence) in (1..).zip(&labelled.sentences) {
            let (start, end) = (sentence.start, sentence.end - 1);
            let words = labelled.tokens[start].start().index()..labelled.tokens[end].end().index();
            let words: String = labelled.text()[words]
                .chars()
                .map(|char| if is_gap(char) { ' ' } else { char })
                .collect();
            let _ = writeln!(
                text,
                "# sent_id = {}-{number}\n# text = {words}",
                article.id
            );
            for (id, token) in (1..).zip(sentence.clone()) {
                let form = labelled.slice(labelled.tokens[token]);
                let mut misc = Vec::new();
                if token == 0 && !before.is_empty() {
                    put_spaces(&mut misc, "SpacesBefore", before);
                }
                match labelled.gap_after(token) {
                    "" => misc.push("SpaceAfter=No".to_owned()),
                    " " => {}
                    gap => put_spaces(&mut misc, "SpacesAfter", gap),
                }
                if let Some(inside) = &tagged[token] {
                    let place = labelled.labels.iter().position(|it| it == inside.label);
                    let label = &labels[place.unwrap_or_default()];
                    misc.push(format!("name={}", tag(Scheme::Iob2, Some(inside), label)));
                } else if misc.last().is_some_and(|last| last.ends_with(is_gap)) {
                    misc.push("name=O".to_owned());
                }
                let misc = match misc.is_empty() {
                    true => "_".to_owned(),
                    false => misc.join("|"),
                };
                let (head, deprel) = if id == 1 { (0, "root") } else { (1, "dep") };
                let _ = writeln!(
                    text,
                    "{id}\t{form}\t_\tX\t_\t_\t{head}\t{deprel}\t_\t{misc}"
                );
            }
            text.push('\n');
        }
        let file = format!("{}.conllu", self.options.name);
        out.append(&file, text.as_bytes());
        vec![WrittenDocument::new(
            &file,
            &labelled,
            labelled.chosen().into_iter(),
            |piece| labels[piece.tag].clone(),
        )]
    }

    fn finish(&mut self, _: &mut dyn FileSink) {}
}

const SPACES: [(char, &str); 6] = [
    ('\\', "\\\\"),
    (' ', "\\s"),
    ('\t', "\\t"),
    ('\n', "\\n"),
    ('\r', "\\r"),
    ('|', "\\p"),
];

/// Whether some reader ends a line here, beside `\n` and `\r`.
fn breaks(char: char) -> bool {
    matches!(
        char,
        '\u{B}' | '\u{C}' | '\u{1C}'..='\u{1E}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// A text in a comment, which is one line to every reader.
fn comment(text: &str) -> String {
    one_line(&text.replace(|char| breaks(char) || is_gap(char), " "))
}

/// Adds the field of this name for what stands between two words; another, where that says
/// only how long it is.
fn put_spaces(misc: &mut Vec<String>, name: &str, gap: &str) {
    if gap.contains(breaks) {
        misc.push(format!("{name}Exact={}", spaces(gap, true)));
    }
    misc.push(format!("{name}={}", spaces(gap, false)));
}

fn spaces(gap: &str, is_exact: bool) -> String {
    let known = |char| SPACES.iter().find(|(known, _)| *known == char);
    gap.chars().fold(String::new(), |mut out, char| {
        match known(char) {
            Some((_, written)) => out.push_str(written),
            None if !breaks(char) => out.push(char),
            None if is_exact => out.push_str(&format!("\\u{:04X}", char as u32)),
            None => out.push_str("\\n"),
        }
        out
    })
}

fn unspaced(written: &str) -> String {
    let mut rest = written;
    let mut gap = String::new();
    while let Some(char) = rest.chars().next() {
        let code = rest.strip_prefix("\\u").and_then(|rest| rest.get(..4));
        let code = code.and_then(|code| u32::from_str_radix(code, 16).ok());
        if let Some(char) = code.and_then(char::from_u32) {
            gap.push(char);
            rest = &rest["\\u0000".len()..];
            continue;
        }
        match SPACES.iter().find(|(_, written)| rest.starts_with(written)) {
            Some((char, written)) => {
                gap.push(*char);
                rest = &rest[written.len()..];
            }
            None => {
                gap.push(char);
                rest = &rest[char.len_utf8()..];
            }
        }
    }
    gap
}

pub(crate) fn read(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let text = str::from_utf8(bytes)?;
    let mut documents: Vec<(Tags, String)> = Vec::new();
    let mut stated: Option<(usize, usize, String)> = None;
    for (number, line) in (1..).zip(text.split('\n')) {
        if line.starts_with("# newdoc") {
            documents.push((Tags::default(), String::new()));
        }
        let Some((tags, text)) = documents.last_mut() else {
            match line.is_empty() || line.starts_with('#') {
                true => continue,
                false => {
                    return Err(ReadBackError::LineBeforeHeader {
                        line: number,
                        header: "# newdoc",
                    });
                }
            }
        };
        // Files of before had it in a comment.
        if let Some(before) = line.strip_prefix("# spaces_before = ") {
            text.push_str(&unspaced(before));
        }
        if let Some(said) = line.strip_prefix("# text = ") {
            stated = Some((number, text.len(), said.to_owned()));
        }
        if line.is_empty() {
            tags.close();
            if let Some((number, from, said)) = stated.take() {
                let bare = |text: &str| text.chars().filter(|it| !is_gap(*it)).collect::<String>();
                if bare(&text[from..]) != bare(&said) {
                    return Err(ReadBackError::TextOfTokens { line: number });
                }
            }
        }
        if line.is_empty() || line.starts_with('#') && !line.contains('\t') {
            continue;
        }
        let cells: Vec<&str> = line.split('\t').collect();
        let [_, form, .., misc] = cells.as_slice() else {
            return Err(ReadBackError::Columns {
                line: number,
                columns: cells.len(),
            });
        };
        let field = |name: &str| misc.split('|').find_map(|field| field.strip_prefix(name));
        let put = tags.put((*form).to_owned(), field("name=").unwrap_or("O"));
        put.map_err(|error| error.in_line(number))?;
        let spaces = |name: &str| {
            let exact = field(&format!("{name}Exact="));
            exact.or_else(|| field(&format!("{name}=")))
        };
        if let Some(before) = spaces("SpacesBefore") {
            text.push_str(&unspaced(before));
            if let Some((_, from, _)) = &mut stated {
                *from = text.len();
            }
        }
        text.push_str(form);
        match (field("SpaceAfter="), spaces("SpacesAfter")) {
            (Some("No"), _) => {}
            (_, Some(gap)) => text.push_str(&unspaced(gap)),
            _ => text.push(' '),
        }
    }
    let read = documents.into_iter().map(|(tags, text)| ExternalDocument {
        text: Some(text),
        ..tags.read()
    });
    Ok(read.collect())
}
