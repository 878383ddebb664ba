//! Columns of tokens and tags: CoNLL-2003, and token and tag in three schemes.

use crate::catalogue::SpanPrecision;
use crate::error::ReadBackError;
use crate::external::{ExternalDocument, ExternalSpans, ExternalTokenSpan};
use crate::naming::grammar::NameGrammar;
use crate::naming::names::Naming;
use crate::naming::stems::Stems;
use crate::options::Options;
use crate::output::{FileSink, Writer, WrittenDocument};
use crate::projection::spans::{Projection, TokenTag};
use pullquote_core::model::document::Document;

/// How the places in a span are called.
#[derive(Clone, Copy)]
pub(crate) enum Scheme {
    Iob2,
    Bioes,
    Bilou,
}

impl Scheme {
    /// The letter of a token of a span.
    fn letter(self, inside: &TokenTag) -> char {
        let is_last = inside.index + 1 == inside.length;
        match (self, inside.length, inside.index) {
            (Self::Bioes, 1, _) => 'S',
            (Self::Bilou, 1, _) => 'U',
            (_, _, 0) => 'B',
            (Self::Bioes, ..) if is_last => 'E',
            (Self::Bilou, ..) if is_last => 'L',
            _ => 'I',
        }
    }
}

/// The tag of a token: `B-Actor`, `O`.
pub(crate) fn tag(scheme: Scheme, inside: Option<&TokenTag>, label: &str) -> String {
    inside.map_or_else(
        || "O".to_owned(),
        |inside| format!("{}-{label}", scheme.letter(inside)),
    )
}

struct Columns {
    options: Options,
    scheme: Scheme,
    // Whether the columns are those of CoNLL-2003, all documents in one file.
    four: bool,
    extension: &'static str,
    stems: Stems,
    naming: Naming,
}

fn begin(options: &Options, scheme: Scheme, extension: &'static str) -> Box<dyn Writer> {
    Box::new(Columns {
        options: options.clone(),
        scheme,
        four: extension == "conll",
        extension,
        stems: Stems::default(),
        naming: Naming::new(NameGrammar::Word, options),
    })
}

pub(crate) fn begin_conll2003(options: &Options) -> Box<dyn Writer> {
    begin(options, Scheme::Iob2, "conll")
}

pub(crate) fn begin_iob2(options: &Options) -> Box<dyn Writer> {
    begin(options, Scheme::Iob2, "iob2.tsv")
}

pub(crate) fn begin_bioes(options: &Options) -> Box<dyn Writer> {
    begin(options, Scheme::Bioes, "bioes.tsv")
}

pub(crate) fn begin_bilou(options: &Options) -> Box<dyn Writer> {
    begin(options, Scheme::Bilou, "bilou.tsv")
}

impl Writer for Columns {
    fn add(&mut self, document: &Document, out: &mut dyn FileSink) -> Vec<WrittenDocument> {
        let labelled = Projection::new(document, &self.options, SpanPrecision::Tokens);
        let labels = self.naming.names(&labelled).tags;
        let mut tags = vec!["O".to_owned(); labelled.tokens.len()];
        let tagged = labelled.token_tags();
        for piece in labelled.spans.iter().filter(|piece| piece.chosen) {
            for token in piece.tokens.clone() {
                let inside = tagged[token].as_ref();
                tags[token] = tag(self.scheme, inside, &labels[piece.tag]);
            }
        }
        let mut text = String::new();
        if self.four {
            text.push_str("-DOCSTART- -X- O O\n\n");
        }
        for sentence in &labelled.sentences {
            for token in sentence.clone() {
                text.push_str(labelled.slice(labelled.tokens[token]));
                text.push_str(if self.four { " -X- O " } else { "\t" });
                text.push_str(&tags[token]);
                text.push('\n');
            }
            text.push('\n');
        }
        let stem = match self.four {
            true => self.options.name.clone(),
            false => self.stems.next(&document.article().title),
        };
        let file = format!("{stem}.{}", self.extension);
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

pub(crate) fn read_conll2003(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    read(bytes, ' ', 4)
}

pub(crate) fn read_two(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    read(bytes, '\t', 2)
}

/// Reads columns with tags in IOB1, in which CoNLL-2003 was published: a span begins with `I-`,
/// and with `B-` only behind a span with the same label. Columns are parted by a space or a tab;
/// where no `-DOCSTART-` is, all is one document.
pub(crate) fn read_iob1(
    bytes: &[u8],
    columns: usize,
) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let text = str::from_utf8(bytes)?;
    let mut documents: Vec<Tags> = Vec::new();
    for (number, line) in (1..).zip(text.split('\n')) {
        if line.starts_with("-DOCSTART-") {
            documents.push(Tags::default());
            continue;
        }
        if line.trim_end().is_empty() {
            documents.iter_mut().for_each(Tags::close);
            continue;
        }
        if documents.is_empty() {
            documents.push(Tags::default());
        }
        let Some(document) = documents.last_mut() else {
            continue;
        };
        let cells: Vec<&str> = line.trim_end().split([' ', '\t']).collect();
        let (Some(token), Some(tag), true) = (cells.first(), cells.last(), cells.len() == columns)
        else {
            return Err(ReadBackError::Columns {
                line: number,
                columns: cells.len(),
            });
        };
        let put = document.put_iob1((*token).to_owned(), tag);
        put.map_err(|error| error.in_line(number))?;
    }
    if documents.is_empty() {
        return Err(ReadBackError::Missing("token"));
    }
    Ok(documents.into_iter().map(Tags::read).collect())
}

fn read(
    bytes: &[u8],
    between: char,
    columns: usize,
) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let text = str::from_utf8(bytes)?;
    let mut documents: Vec<Tags> = Vec::new();
    if columns == 2 {
        documents.push(Tags::default());
    }
    for (number, line) in (1..).zip(text.split('\n')) {
        if line.starts_with("-DOCSTART-") && columns == 4 {
            documents.push(Tags::default());
            continue;
        }
        let Some(document) = documents.last_mut().filter(|_| !line.is_empty()) else {
            if let Some(document) = documents.last_mut() {
                document.close();
            }
            continue;
        };
        let cells: Vec<&str> = line.split(between).collect();
        let (Some(token), Some(tag), true) = (cells.first(), cells.last(), cells.len() == columns)
        else {
            return Err(ReadBackError::Columns {
                line: number,
                columns: cells.len(),
            });
        };
        let put = document.put((*token).to_owned(), tag);
        put.map_err(|error| error.in_line(number))?;
    }
    if documents.is_empty() {
        return Err(ReadBackError::Missing("`-DOCSTART-`"));
    }
    let read = documents.into_iter().map(Tags::read);
    Ok(read.collect())
}

/// Tokens and tags on their way to spans.
#[derive(Default)]
pub(crate) struct Tags {
    tokens: Vec<String>,
    spans: Vec<ExternalTokenSpan>,
    // Whether the last span may go on.
    open: bool,
}

impl Tags {
    /// One more token.
    pub(crate) fn put(&mut self, token: String, tag: &str) -> Result<(), ReadBackError> {
        let place = self.tokens.len();
        self.tokens.push(token);
        let (letter, label) = tag.split_once('-').unwrap_or((tag, ""));
        match letter {
            "O" => self.open = false,
            "B" | "S" | "U" => {
                self.spans.push(ExternalTokenSpan {
                    first: place,
                    end: place + 1,
                    label: label.to_owned(),
                });
                self.open = letter == "B";
            }
            "I" | "E" | "L" => {
                let last = self.spans.last_mut().filter(|_| self.open);
                let last = last.filter(|last| last.end == place && last.label == label);
                let last =
                    last.ok_or_else(|| ReadBackError::TagContinuesNothing(tag.to_owned()))?;
                last.end += 1;
                self.open = letter == "I";
            }
            _ => {
                return Err(ReadBackError::ValueIsNot {
                    value: tag.to_owned(),
                    expected: "tag",
                });
            }
        }
        Ok(())
    }

    /// One more token, with a tag of IOB1.
    fn put_iob1(&mut self, token: String, tag: &str) -> Result<(), ReadBackError> {
        let place = self.tokens.len();
        let (letter, label) = tag.split_once('-').unwrap_or((tag, ""));
        let last = self.spans.last().filter(|_| self.open);
        let goes_on = last.is_some_and(|last| last.end == place && last.label == label);
        match (letter, goes_on) {
            ("I", false) => {
                self.tokens.push(token);
                self.spans.push(ExternalTokenSpan {
                    first: place,
                    end: place + 1,
                    label: label.to_owned(),
                });
                self.open = true;
                Ok(())
            }
            ("B", false) => Err(ReadBackError::TagSeparatesNothing(tag.to_owned())),
            ("O" | "I" | "B", _) => self.put(token, tag),
            _ => Err(ReadBackError::ValueIsNot {
                value: tag.to_owned(),
                expected: "tag of IOB1",
            }),
        }
    }

    /// The end of a sentence.
    pub(crate) fn close(&mut self) {
        self.open = false;
    }

    pub(crate) fn read(self) -> ExternalDocument {
        ExternalDocument {
            spans: ExternalSpans::Tokens {
                tokens: self.tokens,
                spans: self.spans,
            },
            ..ExternalDocument::default()
        }
    }
}
