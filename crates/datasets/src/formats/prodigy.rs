//! JSON Lines as Prodigy imports and exports them: an article a line, with text, tokens, spans and
//! relations.
//!
//! - **Readers**: Prodigy, and scripts for its files. Prodigy is not public, so the file is tested
//!   against its documentation only.
//! - **Offsets**: code points and tokens.
//! - **What does not fit**: spans are moved to the edges of tokens. The parts of a mark are spans of
//!   their own with the same `mark`. Notes are left out.
//! - **Source**: Prodigy's documentation, "Annotation interfaces" (`spans_manual`, `relations`).

use crate::catalogue::SpanPrecision;
use crate::encoding::json_lines;
use crate::encoding::json_lines::{list, number, row, text};
use crate::error::ReadBackError;
use crate::external::{ExternalDocument, ExternalSpan, ExternalSpans};
use crate::options::Options;
use crate::output::{FileSink, Writer, WrittenDocument};
use crate::projection::spaced_tokens::{Spaced, range, spaced};
use crate::projection::spans::{ProjectedSpan, Projection};
use crate::provenance::Provenance;
use pullquote_core::model::document::Document;

use serde::Serialize;
use serde_json::Value as Json;

#[derive(Serialize)]
struct Row<'a> {
    text: &'a str,
    tokens: Vec<Token<'a>>,
    spans: Vec<WireSpan<'a>>,
    relations: Vec<Relation<'a>>,
    meta: Meta<'a>,
    #[serde(rename = "_view_id")]
    view: &'static str,
    #[serde(rename = "_annotator_id")]
    annotator: &'a str,
    answer: &'static str,
}

#[derive(Serialize)]
struct Meta<'a> {
    source: &'a str,
    title: &'a str,
    id: String,
    made_by: Provenance,
}

#[derive(Serialize)]
struct Token<'a> {
    text: &'a str,
    start: u32,
    end: u32,
    id: usize,
    ws: bool,
}

#[derive(Clone, Serialize)]
struct WireSpan<'a> {
    start: u32,
    end: u32,
    token_start: usize,
    token_end: usize,
    label: &'a str,
    mark: String,
}

#[derive(Serialize)]
struct Relation<'a> {
    head: usize,
    child: usize,
    label: &'a str,
    head_span: WireSpan<'a>,
    child_span: WireSpan<'a>,
}

struct Prodigy {
    options: Options,
}

pub(crate) fn begin(options: &Options) -> Box<dyn Writer> {
    Box::new(Prodigy {
        options: options.clone(),
    })
}

impl Writer for Prodigy {
    fn add(&mut self, document: &Document, out: &mut dyn FileSink) -> Vec<WrittenDocument> {
        let projection = Projection::new(document, &self.options, SpanPrecision::Tokens);
        let (tokens, indices) = spaced(&projection);
        let spans = projection.spans.iter();
        let spans: Vec<WireSpan> = spans
            .map(|projected| wire_span(&projection, projected, &indices))
            .collect();
        let relations = relations(&projection, &spans);
        let article = document.article();
        let line = row(
            &Row {
                text: projection.text(),
                tokens: wire_tokens(&projection, &tokens),
                meta: Meta {
                    source: &article.source.url,
                    title: &article.title,
                    id: article.id.to_string(),
                    made_by: Provenance::new(document, &self.options),
                },
                view: match relations.is_empty() {
                    true => "spans_manual",
                    false => "relations",
                },
                relations,
                annotator: &document.coder,
                answer: "accept",
                spans,
            },
            false,
        );
        let file = format!("{}.jsonl", self.options.name);
        out.append(&file, line.as_bytes());
        vec![WrittenDocument::with_all_spans(&file, &projection)]
    }

    fn finish(&mut self, _: &mut dyn FileSink) {}
}

fn wire_tokens<'a>(projection: &Projection<'a>, tokens: &[Spaced]) -> Vec<Token<'a>> {
    let tokens = tokens.iter().enumerate().map(|(id, token)| {
        let [start, end] = projection.chars(token.span);
        Token {
            text: projection.slice(token.span),
            start,
            end,
            id,
            ws: token.space,
        }
    });
    tokens.collect()
}

/// A span; `indices` has the index among the tokens of the file of each token of the projection.
/// `token_end` is the last token of the span, not the one after it.
fn wire_span<'a>(
    projection: &'a Projection,
    projected: &ProjectedSpan,
    indices: &[usize],
) -> WireSpan<'a> {
    let [start, end] = projection.chars(projected.span);
    let tokens = range(&projected.tokens, indices);
    WireSpan {
        start,
        end,
        token_start: tokens.start,
        token_end: tokens.end - 1,
        label: projection.label(projected),
        mark: projection.mark(projected).id.to_string(),
    }
}

/// The relations between the first spans of marks. A relation refers to a span by its last token.
fn relations<'a>(projection: &'a Projection, spans: &[WireSpan<'a>]) -> Vec<Relation<'a>> {
    let relations = projection.relations().filter_map(|relation| {
        let head = &spans[projection.first_span_index(relation.from)?];
        let child = &spans[projection.first_span_index(relation.to)?];
        Some(Relation {
            head: head.token_end,
            child: child.token_end,
            label: relation.kind,
            head_span: head.clone(),
            child_span: child.clone(),
        })
    });
    relations.collect()
}

/// Reads the rows; the tokens of each must make up its text.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    json_lines::each(bytes, |row| {
        let stated = text(row, "text")?;
        let tokens = list(row, "tokens")?;
        let spans = list(row, "spans")?.iter();
        let spans = spans.map(|span| read_span(span, tokens));
        let spans = spans.collect::<Result<_, _>>()?;
        let mut words = String::new();
        for token in tokens {
            words.push_str(&text(token, "text")?);
            words.push_str(if token["ws"] == true { " " } else { "" });
        }
        if words != stated {
            return Err(ReadBackError::Malformed("the tokens do not make the text"));
        }
        Ok(ExternalDocument {
            text: Some(stated),
            spans: ExternalSpans::Chars(spans),
            ..ExternalDocument::default()
        })
    })
}

/// Reads a span, whose offsets must be those of its tokens.
fn read_span(span: &Json, tokens: &[Json]) -> Result<ExternalSpan, ReadBackError> {
    let offset = |field: &str, side: &str| {
        let index = number(span, field)? as usize;
        number(tokens.get(index).unwrap_or(&Json::Null), side)
    };
    let (start, end) = (number(span, "start")?, number(span, "end")?);
    if (offset("token_start", "start")?, offset("token_end", "end")?) != (start, end) {
        return Err(ReadBackError::TokensOfSpan { start, end });
    }
    Ok(ExternalSpan {
        start,
        end,
        label: text(span, "label")?,
        quote: None,
    })
}
