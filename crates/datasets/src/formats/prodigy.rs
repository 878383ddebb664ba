//! JSON Lines as Prodigy has them: text, tokens, spans, relations.

use crate::catalogue::SpanPrecision;
use crate::encoding::json_lines;
use crate::encoding::json_lines::{list, number, row, text};
use crate::error::ReadBackError;
use crate::external::{ExternalDocument, ExternalSpan, ExternalSpans};
use crate::options::Options;
use crate::output::{FileSink, Writer, WrittenDocument};
use crate::projection::spaced_tokens::{range, spaced};
use crate::projection::spans::{ProjectedSpan, Projection};
use crate::provenance::Provenance;
use pullquote_core::model::document::Document;

use serde::Serialize;

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
        let labelled = Projection::new(document, &self.options, SpanPrecision::Tokens);
        let (all, places) = spaced(&labelled);
        let tokens = all.iter().enumerate().map(|(id, token)| {
            let [start, end] = labelled.chars(token.span);
            Token {
                text: labelled.slice(token.span),
                start,
                end,
                id,
                ws: token.space,
            }
        });
        let span = |piece: &ProjectedSpan| {
            let [start, end] = labelled.chars(piece.span);
            let tokens = range(&piece.tokens, &places);
            WireSpan {
                start,
                end,
                token_start: tokens.start,
                token_end: tokens.end - 1,
                label: labelled.label(piece),
                mark: labelled.mark(piece).id.to_string(),
            }
        };
        let spans: Vec<WireSpan> = labelled.spans.iter().map(span).collect();
        let relations = labelled.relations().filter_map(|link| {
            let head = &spans[labelled.first_span_index(link.from)?];
            let child = &spans[labelled.first_span_index(link.to)?];
            Some(Relation {
                head: head.token_end,
                child: child.token_end,
                label: link.kind,
                head_span: head.clone(),
                child_span: child.clone(),
            })
        });
        let relations: Vec<Relation> = relations.collect();
        let article = document.article();
        let line = row(
            &Row {
                text: labelled.text(),
                tokens: tokens.collect(),
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
    json_lines::each(bytes, |row| {
        let said = text(row, "text")?;
        let tokens = list(row, "tokens")?;
        let spans = list(row, "spans")?.iter().map(|span| {
            let at = |field: &str, side: &str| -> Result<u32, ReadBackError> {
                let token = number(span, field)? as usize;
                number(tokens.get(token).unwrap_or(&serde_json::Value::Null), side)
            };
            let (start, end) = (number(span, "start")?, number(span, "end")?);
            if (at("token_start", "start")?, at("token_end", "end")?) != (start, end) {
                return Err(ReadBackError::TokensOfSpan { start, end });
            }
            Ok(ExternalSpan {
                start,
                end,
                label: text(span, "label")?,
                quote: None,
            })
        });
        let spans = spans.collect::<Result<_, _>>()?;
        let again = tokens.iter().map(|token| {
            let space = if token["ws"] == true { " " } else { "" };
            Ok(text(token, "text")? + space)
        });
        let again: String = again.collect::<Result<String, ReadBackError>>()?;
        if again != said {
            return Err(ReadBackError::Malformed("the tokens do not make the text"));
        }
        Ok(ExternalDocument {
            text: Some(said),
            spans: ExternalSpans::Chars(spans),
            ..ExternalDocument::default()
        })
    })
}
