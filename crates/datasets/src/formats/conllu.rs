//! CoNLL-U with entities in MISC, as `name=B-LABEL`, and with the exact text.
//!
//! - **Readers**: conllu (tested with 6.0), pyconll (3.3), and spaCy's `convert` (3.8), which reads
//!   the entities but not the spacing.
//! - **Offsets**: none; forms and the spaces between them make up the text.
//! - **What does not fit**: spans are moved to the edges of tokens, and of spans that overlap only the
//!   chosen one is tagged. The parts of a mark are spans of their own. Relations and notes are left
//!   out. Names are changed to fit; a comment `# label` keeps the original.
//! - **Source**: <https://universaldependencies.org/format.html>, sections "Miscellaneous" and
//!   "Sentence boundaries and comments"; UDPipe 1's manual for `SpacesBefore` and `SpacesAfter`.
//!
//! The white space between words is in `SpacesBefore` and `SpacesAfter`, with UDPipe's escapes (`\s`
//! for a space, `\t`, `\n`, `\r`, `\p` for a vertical bar, `\\`); other white space is written as
//! it is. Two readers need more:
//!
//! - conllu and pyconll strip white space from the end of a line, so a field that does not end in
//!   white space must be last. Where there is none, `name=O` is written.
//! - pyconll's `load_from_string` breaks lines at U+000B, U+000C, U+001C to U+001E, U+0085, U+2028 and
//!   U+2029. They are written as `\n`, which keeps all offsets right, and as `\u2028` and so on in
//!   `SpacesAfterExact`.

use crate::catalogue::SpanPrecision;
use crate::error::ReadBackError;
use crate::external::ExternalDocument;
use crate::formats::tag_scheme::{TagScheme, TaggedTokens};
use crate::naming::grammar::NameGrammar;
use crate::naming::names::Naming;
use crate::options::Options;
use crate::output::{FileSink, Writer, WrittenDocument};
use crate::projection::spans::{Projection, TokenTag};
use crate::provenance::Provenance;
use pullquote_core::model::document::Document;
use pullquote_core::text::shortened::one_line;
use pullquote_core::text::tokens::is_gap;

use std::fmt::Write as _;
use std::ops::Range;

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
        let projection = Projection::new(document, &self.options, SpanPrecision::Tokens);
        let labels = self.naming.names(&projection).tags;
        let article = document.article();
        let made_by = Provenance::new(document, &self.options).line();
        let mut text = String::new();
        // Writing into a string does not fail.
        let _ = writeln!(text, "# newdoc id = {}", article.id);
        let _ = writeln!(text, "# title = {}", comment(&article.title));
        let _ = writeln!(text, "# generator = {}", comment(&made_by));
        for (label, name) in projection.labels.iter().zip(&labels) {
            if label != name {
                let _ = writeln!(text, "# label {name} = {label}");
            }
        }
        let tagged = projection.token_tags();
        for (number, sentence) in (1..).zip(&projection.sentences) {
            let id = article.id;
            let words = words_of(&projection, sentence);
            let _ = writeln!(text, "# sent_id = {id}-{number}\n# text = {words}");
            for (id, token) in (1..).zip(sentence.clone()) {
                let form = projection.slice(projection.tokens[token]);
                let misc = misc(&projection, &labels, token, tagged[token].as_ref());
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
            &projection,
            projection.chosen().into_iter(),
            |projected| labels[projected.tag].clone(),
        )]
    }

    fn finish(&mut self, _: &mut dyn FileSink) {}
}

/// The words of a sentence on one line.
fn words_of(projection: &Projection, sentence: &Range<usize>) -> String {
    let first = projection.tokens[sentence.start];
    let last = projection.tokens[sentence.end - 1];
    let words = &projection.text()[first.start().index()..last.end().index()];
    let spaced = |char| if is_gap(char) { ' ' } else { char };
    words.chars().map(spaced).collect()
}

/// The column MISC of a token: the white space around it, and its tag.
fn misc(
    projection: &Projection,
    labels: &[String],
    token: usize,
    tagged: Option<&TokenTag>,
) -> String {
    let mut misc = Vec::new();
    let before = &projection.text()[..projection.tokens[0].start().index()];
    if token == 0 && !before.is_empty() {
        put_spaces(&mut misc, "SpacesBefore", before);
    }
    match projection.gap_after(token) {
        "" => misc.push("SpaceAfter=No".to_owned()),
        " " => {}
        gap => put_spaces(&mut misc, "SpacesAfter", gap),
    }
    if let Some(inside) = tagged {
        let mut known = projection.labels.iter();
        let index = known.position(|label| label == inside.label);
        let label = &labels[index.unwrap_or_default()];
        misc.push(format!("name={}", TagScheme::Iob2.tag(inside, label)));
    } else if misc.last().is_some_and(|last| last.ends_with(is_gap)) {
        misc.push("name=O".to_owned());
    }
    match misc.is_empty() {
        true => "_".to_owned(),
        false => misc.join("|"),
    }
}

/// How white space is escaped in a field, and what would be taken for an escape.
const SPACES: [(char, &str); 6] = [
    ('\\', "\\\\"),
    (' ', "\\s"),
    ('\t', "\\t"),
    ('\n', "\\n"),
    ('\r', "\\r"),
    ('|', "\\p"),
];

/// Whether some reader ends a line at this character, which is neither `\n` nor `\r`.
fn breaks(char: char) -> bool {
    matches!(
        char,
        '\u{B}' | '\u{C}' | '\u{1C}'..='\u{1E}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// A text in a comment, on one line for every reader.
fn comment(text: &str) -> String {
    one_line(&text.replace(|char| breaks(char) || is_gap(char), " "))
}

/// Adds the field with this name for the white space between two words, and the exact field
/// before it where the field itself has replacements.
fn put_spaces(misc: &mut Vec<String>, name: &str, gap: &str) {
    if gap.contains(breaks) {
        misc.push(format!("{name}Exact={}", spaces(gap, true)));
    }
    misc.push(format!("{name}={}", spaces(gap, false)));
}

/// White space in a field. Line breaks of some readers only are escaped exactly, or become `\n`.
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

/// The white space that a field stands for.
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

/// Reads documents, each from a comment `# newdoc` on.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let text = str::from_utf8(bytes)?;
    let mut documents: Vec<ReadDocument> = Vec::new();
    for (number, line) in (1..).zip(text.split('\n')) {
        if line.starts_with("# newdoc") {
            documents.push(ReadDocument::default());
        }
        let is_comment = line.starts_with('#');
        let Some(document) = documents.last_mut() else {
            if line.is_empty() || is_comment {
                continue;
            }
            return Err(ReadBackError::LineBeforeHeader {
                line: number,
                header: "# newdoc",
            });
        };
        if is_comment {
            document.comment(number, line);
        }
        if line.is_empty() {
            document.end_sentence()?;
        } else if !is_comment || line.contains('\t') {
            document.token(number, line)?;
        }
    }
    let documents = documents.into_iter().map(|document| ExternalDocument {
        text: Some(document.text),
        ..document.tags.into_document()
    });
    Ok(documents.collect())
}

/// A document that is being read.
#[derive(Default)]
struct ReadDocument {
    tags: TaggedTokens,
    text: String,
    stated: Option<StatedText>,
}

/// The words of a sentence according to the comment `# text`.
struct StatedText {
    line: usize,
    // Where the sentence starts in the text of its document, in bytes.
    start: usize,
    words: String,
}

impl ReadDocument {
    fn comment(&mut self, number: usize, line: &str) {
        // Earlier versions wrote this comment instead of the field `SpacesBefore`.
        if let Some(before) = line.strip_prefix("# spaces_before = ") {
            self.text.push_str(&unspaced(before));
        }
        if let Some(words) = line.strip_prefix("# text = ") {
            self.stated = Some(StatedText {
                line: number,
                start: self.text.len(),
                words: words.to_owned(),
            });
        }
    }

    /// Compares the words of the sentence with those that its comment states.
    fn end_sentence(&mut self) -> Result<(), ReadBackError> {
        self.tags.end_sentence();
        let Some(stated) = self.stated.take() else {
            return Ok(());
        };
        let found = self.text[stated.start..].chars();
        let found = found.filter(|char| !is_gap(*char));
        match found.eq(stated.words.chars().filter(|char| !is_gap(*char))) {
            true => Ok(()),
            false => Err(ReadBackError::TextOfTokens { line: stated.line }),
        }
    }

    fn token(&mut self, number: usize, line: &str) -> Result<(), ReadBackError> {
        let cells: Vec<&str> = line.split('\t').collect();
        let [_, form, .., misc] = cells.as_slice() else {
            return Err(ReadBackError::Columns {
                line: number,
                columns: cells.len(),
            });
        };
        let field = |name: &str| misc.split('|').find_map(|field| field.strip_prefix(name));
        let put = self
            .tags
            .put((*form).to_owned(), field("name=").unwrap_or("O"));
        put.map_err(|error| error.in_line(number))?;
        let spaces = |name: &str| {
            let exact = field(&format!("{name}Exact="));
            exact.or_else(|| field(&format!("{name}=")))
        };
        if let Some(before) = spaces("SpacesBefore") {
            self.text.push_str(&unspaced(before));
            if let Some(stated) = &mut self.stated {
                stated.start = self.text.len();
            }
        }
        self.text.push_str(form);
        match (field("SpaceAfter="), spaces("SpacesAfter")) {
            (Some("No"), _) => {}
            (_, Some(gap)) => self.text.push_str(&unspaced(gap)),
            _ => self.text.push(' '),
        }
        Ok(())
    }
}
