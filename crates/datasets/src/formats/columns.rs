//! Columns of tokens and tags: CoNLL-2003 with four columns, and files of two columns in the schemes
//! IOB2, BIOES and BILOU.
//!
//! - **Readers**: NLTK (tested with 3.10), spaCy's `convert` (3.8), seqeval (1.2), iobes (1.5), and
//!   most programs that train on tagged tokens.
//! - **Offsets**: none; the tokens follow each other as in the text.
//! - **What does not fit**: spans are moved to the edges of tokens, and of spans that overlap only the
//!   chosen one is tagged. The parts of a mark are spans of their own. White space, relations, notes
//!   and provenance are left out, and names are changed to fit into a column.
//! - **Source**: Tjong Kim Sang and De Meulder 2003, "Introduction to the CoNLL-2003 Shared Task",
//!   section 2. The schemes are in [`crate::formats::tag_scheme`].

use crate::catalogue::SpanPrecision;
use crate::error::ReadBackError;
use crate::external::ExternalDocument;
use crate::formats::tag_scheme::{TagScheme, TaggedTokens};
use crate::naming::grammar::NameGrammar;
use crate::naming::names::Naming;
use crate::naming::stems::Stems;
use crate::options::Options;
use crate::output::{FileSink, Writer, WrittenDocument};
use crate::projection::spans::Projection;
use pullquote_core::model::document::Document;

/// How documents and columns are laid out.
#[derive(Clone, Copy)]
enum Layout {
    /// Four columns, separated by a space, of which two have no content. All documents are in one
    /// file; each begins with `-DOCSTART-`.
    Conll2003,
    /// Token and tag, separated by a tab. Each document is a file with this extension.
    TokenAndTag { extension: &'static str },
}

/// The line that begins a document, without its other columns.
const DOCUMENT_START: &str = "-DOCSTART-";

struct Columns {
    options: Options,
    scheme: TagScheme,
    layout: Layout,
    stems: Stems,
    naming: Naming,
}

fn begin(options: &Options, scheme: TagScheme, layout: Layout) -> Box<dyn Writer> {
    Box::new(Columns {
        options: options.clone(),
        scheme,
        layout,
        stems: Stems::default(),
        naming: Naming::new(NameGrammar::Word, options),
    })
}

pub(crate) fn begin_conll2003(options: &Options) -> Box<dyn Writer> {
    begin(options, TagScheme::Iob2, Layout::Conll2003)
}

pub(crate) fn begin_iob2(options: &Options) -> Box<dyn Writer> {
    let extension = "iob2.tsv";
    begin(options, TagScheme::Iob2, Layout::TokenAndTag { extension })
}

pub(crate) fn begin_bioes(options: &Options) -> Box<dyn Writer> {
    let extension = "bioes.tsv";
    begin(options, TagScheme::Bioes, Layout::TokenAndTag { extension })
}

pub(crate) fn begin_bilou(options: &Options) -> Box<dyn Writer> {
    let extension = "bilou.tsv";
    begin(options, TagScheme::Bilou, Layout::TokenAndTag { extension })
}

impl Writer for Columns {
    fn add(&mut self, document: &Document, out: &mut dyn FileSink) -> Vec<WrittenDocument> {
        let projection = Projection::new(document, &self.options, SpanPrecision::Tokens);
        let labels = self.naming.names(&projection).tags;
        let tags = self.scheme.tags(&projection, &labels);
        let mut text = String::new();
        let (file, between) = match self.layout {
            Layout::Conll2003 => {
                text.push_str("-DOCSTART- -X- O O\n\n");
                (format!("{}.conll", self.options.name), " -X- O ")
            }
            Layout::TokenAndTag { extension } => {
                let stem = self.stems.next(&document.article().title);
                (format!("{stem}.{extension}"), "\t")
            }
        };
        for sentence in &projection.sentences {
            for token in sentence.clone() {
                text.push_str(projection.slice(projection.tokens[token]));
                text.push_str(between);
                text.push_str(&tags[token]);
                text.push('\n');
            }
            text.push('\n');
        }
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

/// Reads four columns. Every document begins with `-DOCSTART-`.
pub(crate) fn read_conll2003(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let text = str::from_utf8(bytes)?;
    let mut documents: Vec<TaggedTokens> = Vec::new();
    for (number, line) in (1..).zip(text.split('\n')) {
        if line.starts_with(DOCUMENT_START) {
            documents.push(TaggedTokens::default());
        } else if let Some(document) = documents.last_mut() {
            put_line(document, number, line, ' ', 4)?;
        }
    }
    if documents.is_empty() {
        return Err(ReadBackError::Missing("`-DOCSTART-`"));
    }
    let documents = documents.into_iter().map(TaggedTokens::into_document);
    Ok(documents.collect())
}

/// Reads token and tag. The file is one document.
pub(crate) fn read_token_and_tag(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let text = str::from_utf8(bytes)?;
    let mut document = TaggedTokens::default();
    for (number, line) in (1..).zip(text.split('\n')) {
        put_line(&mut document, number, line, '\t', 2)?;
    }
    Ok(vec![document.into_document()])
}

/// Adds the token of a line; an empty line ends a sentence.
fn put_line(
    document: &mut TaggedTokens,
    number: usize,
    line: &str,
    between: char,
    columns: usize,
) -> Result<(), ReadBackError> {
    if line.is_empty() {
        document.end_sentence();
        return Ok(());
    }
    let cells: Vec<&str> = line.split(between).collect();
    let (token, tag) = token_and_tag(number, &cells, columns)?;
    let put = document.put(token, tag);
    put.map_err(|error| error.in_line(number))
}

/// The first cell and the last, of as many cells as the format has columns.
fn token_and_tag<'a>(
    number: usize,
    cells: &[&'a str],
    columns: usize,
) -> Result<(String, &'a str), ReadBackError> {
    match (cells.first(), cells.last()) {
        (Some(token), Some(tag)) if cells.len() == columns => Ok(((*token).to_owned(), tag)),
        _ => Err(ReadBackError::Columns {
            line: number,
            columns: cells.len(),
        }),
    }
}

/// Reads columns with tags in IOB1, the scheme in which the data of CoNLL-2003 was published.
/// Columns are separated by a space or a tab. Without `-DOCSTART-`, the file is one document.
pub(crate) fn read_iob1(
    bytes: &[u8],
    columns: usize,
) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let text = str::from_utf8(bytes)?;
    let mut documents: Vec<TaggedTokens> = Vec::new();
    for (number, line) in (1..).zip(text.split('\n')) {
        if line.starts_with(DOCUMENT_START) {
            documents.push(TaggedTokens::default());
            continue;
        }
        let line = line.trim_end();
        if line.is_empty() {
            documents.iter_mut().for_each(TaggedTokens::end_sentence);
            continue;
        }
        if documents.is_empty() {
            documents.push(TaggedTokens::default());
        }
        let cells: Vec<&str> = line.split([' ', '\t']).collect();
        let (token, tag) = token_and_tag(number, &cells, columns)?;
        if let Some(document) = documents.last_mut() {
            let put = document.put_iob1(token, tag);
            put.map_err(|error| error.in_line(number))?;
        }
    }
    if documents.is_empty() {
        return Err(ReadBackError::Missing("token"));
    }
    let documents = documents.into_iter().map(TaggedTokens::into_document);
    Ok(documents.collect())
}
