//! The record of a whole document at one entry of its journal.
//!
//! A book of several megabytes is opened from it, so it is read in one pass: blocks and marks are
//! lines with offsets in bytes, and only what is small or rare is JSON. The envelope proves that
//! the record is whole. The file of a document
//! ([`write_document`](crate::document_file::write_document)) has more proofs, because it comes
//! from strangers.
//!
//! ```text
//! <bytes of the head> <bytes of the text> <blocks> <marks>
//! <the head: JSON><the text>
//! <kind> <start> <end>                                                  for each block
//! <id> <tag> <created> <modified> <flag> <start>-<end>,… <rest: JSON>   for each mark
//! ```
//!
//! Times are milliseconds since 1970; the flag is `f` or `-`; the rest is only there if the mark
//! has an answer, an entity, a note, or another coder than the document.

use crate::document_file::read_own_document;
use crate::error::ReadError;
use crate::json_reader::JsonNode;
use crate::records::envelope::{unwrap, wrap};
use crate::wire::answer::{answer_json, answers_json, read_answer, read_answers};
use crate::wire::article::{
    WireSource, block_kind, block_kind_name, direction_name, read_metadata, wire_source,
};
use crate::wire::codebook::{WireCodebook, read_codebook, wire_codebook};
use crate::wire::entity::{WireEntity, read_entity, wire_entity};
use crate::wire::json_text::{json_line, json_text, parse_json};
use crate::wire::relation::{WireRelation, read_relation, wire_relation};
use pullquote_core::edit::journal_entry::JournalHead;
use pullquote_core::model::annotation::{Annotation, Spans};
use pullquote_core::model::article::Article;
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::document::{Document, DocumentParts};
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::model::value::Values;

use serde::Serialize;
use serde_json::Value as Json;
use std::fmt::Write as _;
use std::str::FromStr;

#[derive(Serialize)]
struct Head<'a> {
    id: String,
    title: &'a str,
    language: Option<&'a str>,
    direction: &'static str,
    source: WireSource<'a>,
    codebook: WireCodebook<'a>,
    relations: Vec<WireRelation<'a>>,
    entities: Vec<WireEntity<'a>>,
    answers: Json,
    coder: &'a str,
}

/// The record of a document at the entry `number` of its journal; `latest` identifies that entry.
/// Both are in the label of the envelope.
#[must_use]
pub fn write_snapshot(document: &Document, number: u64, latest: Option<JournalHead>) -> String {
    let latest = latest.map_or_else(|| "-".to_owned(), |id| id.to_string());
    wrap(&format!("{number}.{latest}"), &body_of(document))
}

/// Reads the document in a record, with the number and the identity of the last entry that it
/// contains. Until version 2 of the storage the record contained the document's file, which is
/// read as well.
///
/// Errors: the record is damaged.
pub fn read_snapshot(record: &str) -> Result<(Document, u64, Option<JournalHead>), ReadError> {
    let (label, body) = unwrap(record)?;
    let (number, latest) = label.split_once('.').ok_or(ReadError::Envelope)?;
    let number = number.parse().map_err(|_| ReadError::Envelope)?;
    let document = if body.starts_with('{') {
        read_own_document(body)?
    } else {
        document_of(body)?
    };
    Ok((document, number, latest.parse().ok()))
}

fn body_of(document: &Document) -> String {
    let article = document.article();
    let head = json_text(&head_of(document), "");
    let text = article.text();
    let marks = document.annotations();
    let blocks = article.blocks();
    let mut body = String::with_capacity(head.len() + text.len() + 24 * blocks.len());
    let _ = writeln!(
        body,
        "{} {} {} {}\n{head}{text}",
        head.len(),
        text.len(),
        blocks.len(),
        marks.len()
    );
    for block in blocks {
        let (start, end) = (block.span.start().0, block.span.end().0);
        let _ = writeln!(body, "{} {start} {end}", block_kind_name(block.kind));
    }
    for mark in marks {
        write_mark(&mut body, mark, &document.coder);
    }
    body
}

fn head_of(document: &Document) -> Head<'_> {
    let article = document.article();
    let (relations, entities) = (document.relations().iter(), document.entities().iter());
    Head {
        id: article.id.to_string(),
        title: &article.title,
        language: article.language.as_ref().map(|language| language.as_str()),
        direction: direction_name(article.direction),
        source: wire_source(&article.source),
        codebook: wire_codebook(document.codebook()),
        relations: relations.map(|relation| wire_relation(relation)).collect(),
        entities: entities.map(|entity| wire_entity(entity)).collect(),
        answers: answers_json(document.answers(), answer_json),
        coder: &document.coder,
    }
}

fn write_mark(body: &mut String, mark: &Annotation, coder: &str) {
    let flag = if mark.flagged { 'f' } else { '-' };
    let (created, modified) = (mark.created.0, mark.modified.0);
    let _ = write!(
        body,
        "{} {} {created} {modified} {flag} ",
        mark.id, mark.tag
    );
    for (index, span) in mark.spans.as_slice().iter().enumerate() {
        let comma = if index > 0 { "," } else { "" };
        let _ = write!(body, "{comma}{}-{}", span.start().0, span.end().0);
    }
    let mut rest = serde_json::Map::new();
    if !mark.values.is_empty() {
        rest.insert(
            "attributes".to_owned(),
            answers_json(&mark.values, answer_json),
        );
    }
    if let Some(entity) = mark.entity {
        rest.insert("entity".to_owned(), Json::from(entity.to_string()));
    }
    if !mark.note.is_empty() {
        rest.insert("note".to_owned(), Json::from(mark.note.as_str()));
    }
    if mark.coder != coder {
        rest.insert("coder".to_owned(), Json::from(mark.coder.as_str()));
    }
    if !rest.is_empty() {
        let _ = write!(body, " {}", json_line(&rest));
    }
    body.push('\n');
}

fn document_of(body: &str) -> Result<Document, ReadError> {
    let (counts, body) = body.split_once('\n').ok_or_else(|| wrong("counts"))?;
    let mut counts = counts.split(' ');
    let mut count = || next::<usize>(&mut counts);
    let (head, text, blocks, marks) = (count()?, count()?, count()?, count()?);
    let (head, body) = body
        .split_at_checked(head)
        .ok_or_else(|| wrong("its head"))?;
    let (text, body) = body
        .split_at_checked(text)
        .ok_or_else(|| wrong("its text"))?;
    let mut lines = body.split('\n').skip(1);
    let head = parse_json(head)?;
    let head = JsonNode::root(&head);

    let mut article = {
        let blocks = lines.by_ref().take(blocks).map(|line| {
            let mut fields = line.split(' ');
            let kind = fields.next().and_then(block_kind);
            let kind = kind.ok_or_else(|| wrong("a kind of block"))?;
            Ok((kind, next(&mut fields)?..next(&mut fields)?))
        });
        let blocks = blocks.collect::<Result<_, ReadError>>()?;
        let title = head.field("title")?.text()?.to_owned();
        head.checked(Article::new(
            head.field("id")?.parsed()?,
            title,
            text.to_owned(),
            blocks,
        ))?
    };
    read_metadata(&head, &mut article)?;
    let codebook = read_codebook(&head.field("codebook")?)?;
    let coder = head.text_or_empty("coder")?;
    let read = lines
        .take(marks)
        .map(|line| read_mark(line, &article, &codebook, &coder));
    let annotations = read.collect::<Result<Vec<_>, _>>()?;
    if annotations.len() < marks {
        return Err(wrong("another mark"));
    }
    let answers = read_answers(head.optional("answers"), |answer, question| {
        read_answer(answer, codebook.questions(), question)
    })?;
    let parts = DocumentParts {
        relations: head.list("relations", read_relation)?,
        entities: head.list("entities", read_entity)?,
        article,
        codebook,
        annotations,
        answers,
        coder,
    };
    head.checked(Document::from_parts(parts))
}

fn read_mark(
    line: &str,
    article: &Article,
    codebook: &Codebook,
    coder: &str,
) -> Result<Annotation, ReadError> {
    let mut fields = line.splitn(7, ' ');
    let id = next(&mut fields)?;
    let tag = fields.next().unwrap_or_default();
    let mut tags = codebook.tags().iter();
    let tag = tags
        .find(|known| known.id.as_str() == tag)
        .ok_or_else(|| wrong("a tag of its codebook"))?;
    let (created, modified) = (next(&mut fields)?, next(&mut fields)?);
    let flagged = fields.next() == Some("f");
    let spans = fields.next().unwrap_or_default().split(',').map(|span| {
        let mut ends = span.split('-');
        let range = next(&mut ends)?..next(&mut ends)?;
        article.span(range).map_err(|_| wrong("a part of its text"))
    });
    let spans = Spans::new(spans.collect::<Result<_, _>>()?);
    let mut mark = Annotation {
        id,
        tag: tag.id.clone(),
        spans: spans.map_err(|_| wrong("parts of its text that are apart"))?,
        values: Values::new(),
        entity: None,
        note: String::new(),
        flagged,
        coder: coder.to_owned(),
        created: Timestamp(created),
        modified: Timestamp(modified),
    };
    if let Some(rest) = fields.next() {
        let rest = parse_json(rest)?;
        let rest = JsonNode::root(&rest);
        mark.values = read_answers(rest.optional("attributes"), |answer, attribute| {
            read_answer(answer, &tag.attributes, attribute)
        })?;
        let entity = rest.optional("entity");
        mark.entity = entity.map(|entity| entity.parsed()).transpose()?;
        mark.note = rest.text_or_empty("note")?;
        if let Some(coder) = rest.optional("coder") {
            mark.coder = coder.text()?.to_owned();
        }
    }
    Ok(mark)
}

fn next<'a, T: FromStr>(fields: &mut impl Iterator<Item = &'a str>) -> Result<T, ReadError> {
    let field = fields.next().and_then(|field| field.parse().ok());
    field.ok_or_else(|| wrong("another field"))
}

fn wrong(expected: &str) -> ReadError {
    ReadError::Shape {
        place: "the record".to_owned(),
        reason: format!("{expected} is expected"),
    }
}
