//! A mark (annotation) in JSON: its spans with their quotes, and its answers.

use crate::error::ReadError;
use crate::json_reader::JsonNode;
use crate::wire::answer::{answers_json, read_answers};
use crate::wire::article::char_range;
use crate::wire::time::{read_time, time};
use pullquote_core::model::annotation::{Annotation, Spans};
use pullquote_core::model::article::Article;
use pullquote_core::model::id::Slug;
use pullquote_core::model::value::Value;
use pullquote_core::text::offset::CharOffset;
use pullquote_core::text::span::Span;

use serde::Serialize;
use serde_json::Value as Json;

#[derive(Serialize)]
pub(crate) struct WireAnnotation<'a> {
    id: String,
    tag: &'a str,
    spans: Vec<WireSpan<'a>>,
    attributes: Json,
    entity: Option<String>,
    note: &'a str,
    flagged: bool,
    coder: &'a str,
    created: String,
    modified: String,
}

#[derive(Serialize)]
struct WireSpan<'a> {
    start: u32,
    end: u32,
    quote: &'a str,
    utf16: [u32; 2],
    utf8: [u32; 2],
}

fn utf16(article: &Article, span: Span) -> [u32; 2] {
    [span.start(), span.end()].map(|at| article.offsets().utf16(at).unwrap_or_default().0)
}

fn utf8(span: Span) -> [u32; 2] {
    [span.start().0, span.end().0]
}

/// The annotation as it is written; `answer_json` writes each answer.
pub(crate) fn wire_annotation<'a>(
    article: &'a Article,
    annotation: &'a Annotation,
    answer_json: impl Fn(&Value) -> Json,
) -> WireAnnotation<'a> {
    let spans = annotation.spans.as_slice().iter().map(|&span| {
        let [start, end] = char_range(article, span);
        WireSpan {
            start,
            end,
            quote: span.slice(article.text()).unwrap_or_default(),
            utf16: utf16(article, span),
            utf8: utf8(span),
        }
    });
    WireAnnotation {
        id: annotation.id.to_string(),
        tag: annotation.tag.as_str(),
        spans: spans.collect(),
        attributes: answers_json(&annotation.values, answer_json),
        entity: annotation.entity.map(|id| id.to_string()),
        note: &annotation.note,
        flagged: annotation.flagged,
        coder: &annotation.coder,
        created: time(annotation.created),
        modified: time(annotation.modified),
    }
}

/// Reads an annotation; `read_answer` reads the answer to an attribute of a tag, given the slugs
/// of the tag and of the attribute.
pub(crate) fn read_annotation(
    node: &JsonNode,
    article: &Article,
    read_answer: impl Fn(&JsonNode, &Slug, &Slug) -> Result<Value, ReadError>,
) -> Result<Annotation, ReadError> {
    let list = node.field("spans")?;
    let mut spans = Vec::new();
    for span in list.items()? {
        spans.push(read_span(&span, article)?);
    }
    let tag: Slug = node.field("tag")?.parsed()?;
    let values = read_answers(node.optional("attributes"), |answer, attribute| {
        read_answer(answer, &tag, attribute)
    })?;
    let entity = node.optional("entity");
    Ok(Annotation {
        id: node.field("id")?.parsed()?,
        spans: list.checked(Spans::new(spans))?,
        values,
        entity: entity.map(|entity| entity.parsed()).transpose()?,
        note: node.text_or_empty("note")?,
        flagged: node.bool_or_false("flagged")?,
        coder: node.text_or_empty("coder")?,
        created: read_time(&node.field("created")?)?,
        modified: read_time(&node.field("modified")?)?,
        tag,
    })
}

/// Reads a span and slices the text again: the words must be the quote, and the offsets in
/// other units, where there are any, must agree.
fn read_span(node: &JsonNode, article: &Article) -> Result<Span, ReadError> {
    let (start, end) = (node.field("start")?.u32()?, node.field("end")?.u32()?);
    let span = article.span_of_chars(CharOffset(start)..CharOffset(end));
    let span = span.ok_or_else(|| ReadError::Range {
        place: node.path(),
        start,
        end,
    })?;
    let text = span.slice(article.text()).unwrap_or_default();
    let quote = node.field("quote")?;
    if text != quote.text()? {
        return Err(ReadError::Quote {
            place: quote.path(),
            quote: quote.text()?.to_owned(),
            text: text.to_owned(),
        });
    }
    for (unit, actual) in [("utf16", utf16(article, span)), ("utf8", utf8(span))] {
        if let Some(pair) = node.optional(unit) {
            let stated = pair.pair()?;
            if stated != actual {
                return Err(ReadError::OtherUnit {
                    place: pair.path(),
                    stated,
                    actual,
                });
            }
        }
    }
    Ok(span)
}
