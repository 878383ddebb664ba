//! The state of a document as one record of the storage.
//!
//! A book is opened from it, so it is read in one pass, without a tree of its values: a
//! line a block and a line a mark, in bytes of the text. JSON is left to what is small or
//! rare. The seal proves the record; that it proves itself to strangers is the file's
//! business ([`write_document`](crate::document_file::write_document)).
//!
//! ```text
//! <bytes of the head> <bytes of the text> <blocks> <marks>
//! <the head: JSON><the text>
//! <kind> <start> <end>                                        one a block
//! <id> <tag> <created> <modified> <flag> <start>-<end>,… <rest: JSON>   one a mark
//! ```
//!
//! Times are milliseconds since 1970; the flag is `f` or `-`; the rest is there where a
//! mark has an answer, a member of the cast, a note, or another coder than the document.

use crate::document_file::{json, read_snapshot_1, value};
use crate::error::ReadError;
use crate::json_reader::JsonNode;
use crate::records::envelope::{unwrap, wrap};
use crate::wire;
use crate::wire::{WireCodebook, WireEntity, WireRelation, WireSource};
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

/// The record of a document as of the entry `number` of its journal, which was `latest`,
/// sealed under both.
#[must_use]
pub fn write_snapshot(document: &Document, number: u64, latest: Option<JournalHead>) -> String {
    let latest = latest.map_or_else(|| "-".to_owned(), |id| id.to_string());
    wrap(&format!("{number}.{latest}"), &body_of(document))
}

/// The document in a record that [`write_snapshot`] made, with the number and the link
/// of the last entry in it. Until version 2 of the storage the record had the document's
/// file in it: that is read as well.
pub fn read_snapshot(record: &str) -> Result<(Document, u64, Option<JournalHead>), ReadError> {
    let (label, body) = unwrap(record)?;
    let (number, latest) = label.split_once('.').ok_or(ReadError::Seal)?;
    let number = number.parse().map_err(|_| ReadError::Seal)?;
    let document = if body.starts_with('{') {
        read_snapshot_1(body)?
    } else {
        document_of(body)?
    };
    Ok((document, number, latest.parse().ok()))
}

fn body_of(document: &Document) -> String {
    let article = document.article();
    let head = wire::written(&head_of(document), "");
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
        let _ = writeln!(body, "{} {start} {end}", wire::kind_name(block.kind));
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
        direction: wire::direction(article.direction),
        source: wire::source(&article.source),
        codebook: wire::codebook(document.codebook()),
        relations: relations.map(|it| wire::relation(it)).collect(),
        entities: entities.map(|it| wire::entity(it)).collect(),
        answers: wire::values(document.answers(), json),
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
    for (number, span) in mark.spans.as_slice().iter().enumerate() {
        let comma = if number > 0 { "," } else { "" };
        let _ = write!(body, "{comma}{}-{}", span.start().0, span.end().0);
    }
    let mut rest = serde_json::Map::new();
    if !mark.values.is_empty() {
        rest.insert("attributes".to_owned(), wire::values(&mark.values, json));
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
        // In the texts of JSON a line end is written in another way.
        let rest = wire::written(&rest, "").replace('\n', "");
        let _ = write!(body, " {rest}");
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
    let head = wire::parsed(head)?;
    let head = JsonNode::root(&head);

    let mut article = {
        let blocks = lines.by_ref().take(blocks).map(|line| {
            let mut fields = line.split(' ');
            let kind = fields.next().and_then(wire::kind_of);
            let kind = kind.ok_or_else(|| wrong("a kind of block"))?;
            Ok((kind, next(&mut fields)?..next(&mut fields)?))
        });
        let blocks = blocks.collect::<Result<_, ReadError>>()?;
        let title = head.field("title")?.text()?.to_owned();
        head.model(Article::new(
            head.field("id")?.parsed()?,
            title,
            text.to_owned(),
            blocks,
        ))?
    };
    wire::read_about(&head, &mut article)?;
    let codebook = wire::read_codebook(&head.field("codebook")?)?;
    let coder = head.text_of("coder")?;
    let read = lines
        .take(marks)
        .map(|line| read_mark(line, &article, &codebook, &coder));
    let annotations = read.collect::<Result<Vec<_>, _>>()?;
    if annotations.len() < marks {
        return Err(wrong("another mark"));
    }
    let answers = wire::read_values(head.optional("answers"), |answer, id| {
        value(answer, codebook.questions(), id)
    })?;
    let parts = DocumentParts {
        relations: head.list("relations", wire::read_relation)?,
        entities: head.list("entities", wire::read_entity)?,
        article,
        codebook,
        annotations,
        answers,
        coder,
    };
    head.model(Document::of(parts))
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
        let rest = wire::parsed(rest)?;
        let rest = JsonNode::root(&rest);
        mark.values = wire::read_values(rest.optional("attributes"), |answer, id| {
            value(answer, &tag.attributes, id)
        })?;
        let entity = rest.optional("entity");
        mark.entity = entity.map(|entity| entity.parsed()).transpose()?;
        mark.note = rest.text_of("note")?;
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
