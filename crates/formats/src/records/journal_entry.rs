//! The record of an entry of the journal: one transaction and the one that undoes it.

use crate::error::ReadError;
use crate::json_reader::JsonNode;
use crate::records::envelope::{unwrap, wrap};
use crate::records::step_name::{read_step_name, write_step_name};
use crate::records::typed_value::{read_value, write_value};
use crate::wire::annotation::{WireAnnotation, read_annotation, wire_annotation};
use crate::wire::article::{WireSource, direction_name, read_metadata, wire_source};
use crate::wire::codebook::{WireCodebook, read_codebook, wire_codebook};
use crate::wire::entity::{WireEntity, read_entity, wire_entity};
use crate::wire::json_text::{json_text, parse_json};
use crate::wire::relation::{WireRelation, read_relation, wire_relation};
use crate::wire::time::{WireTimes, read_time, read_times, time, wire_times};
use pullquote_core::edit::change::Edit;
use pullquote_core::edit::change_times::ChangeTimes;
use pullquote_core::edit::journal_entry::{EntryKind, JournalEntry};
use pullquote_core::edit::transaction::Transaction;
use pullquote_core::model::article::Article;
use pullquote_core::model::timestamp::Timestamp;

use serde::Serialize;
use serde_json::Value as Json;
use std::rc::Rc;

#[derive(Serialize)]
struct WireEntry<'a> {
    id: String,
    number: u64,
    after: Option<String>,
    at: String,
    by: &'a str,
    course: &'static str,
    joins: bool,
    undo: Option<u64>,
    redo: Option<u64>,
    name: Json,
    edits: Vec<WireEdit<'a>>,
    back: Vec<WireEdit<'a>>,
    #[serde(skip_serializing_if = "WireTimes::is_empty")]
    put: WireTimes,
    #[serde(skip_serializing_if = "WireTimes::is_empty")]
    dropped: WireTimes,
}

const ENTRY_KINDS: [(&str, EntryKind); 3] = [
    ("done", EntryKind::Done),
    ("undone", EntryKind::Undone),
    ("redone", EntryKind::Redone),
];

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum WireEdit<'a> {
    PutAnnotation(WireAnnotation<'a>),
    DropAnnotation(String),
    PutRelation(WireRelation<'a>),
    DropRelation(String),
    PutEntity(WireEntity<'a>),
    DropEntity(String),
    PutAnswer {
        question: &'a str,
        answer: Option<Json>,
    },
    PutCodebook(WireCodebook<'a>),
    PutArticle {
        title: &'a str,
        language: Option<&'a str>,
        direction: &'static str,
        source: WireSource<'a>,
    },
    PutCoder(&'a str),
}

/// The record of an entry: JSON in an envelope whose label is the entry's
/// [`JournalHead`](pullquote_core::edit::journal_entry::JournalHead). Spans have their quotes.
#[must_use]
pub fn write_entry(entry: &JournalEntry, article: &Article) -> String {
    let known = ENTRY_KINDS.iter().find(|(_, kind)| *kind == entry.kind);
    let record = WireEntry {
        id: entry.id.to_string(),
        number: entry.number,
        after: entry.after.map(|id| id.to_string()),
        at: time(entry.at),
        by: &entry.by,
        course: known.map_or("done", |(name, _)| name),
        joins: entry.joins,
        undo: entry.undo,
        redo: entry.redo,
        name: write_step_name(&entry.step.name),
        edits: wire_edits(&entry.step, article),
        back: wire_edits(&entry.back, article),
        put: wire_times(&entry.step.since.put),
        dropped: wire_times(&entry.step.since.dropped),
    };
    wrap(&entry.head().to_string(), &json_text(&record, ""))
}

/// Reads the entry in a record and checks it against its article.
///
/// Errors: the record is damaged, or a span is not in the article.
pub fn read_entry(record: &str, article: &Article) -> Result<JournalEntry, ReadError> {
    let (_, text) = unwrap(record)?;
    let json = parse_json(text)?;
    let node = JsonNode::root(&json);
    let kind = node.field("course")?;
    let name = kind.text()?;
    let known = ENTRY_KINDS.iter().find(|(known, _)| *known == name);
    let (_, kind) = known.ok_or_else(|| kind.expected("a kind of step"))?;
    let after = node.optional("after");
    let number = |name| node.optional(name).map(|number| number.u64()).transpose();
    let name = read_step_name(json.get("name").unwrap_or(&Json::Null));
    let step = |edits| {
        node.field(edits)?;
        let edits = node.list(edits, |edit| read_edit(edit, article))?;
        Ok(Transaction::new(name.clone(), edits))
    };
    Ok(JournalEntry {
        id: node.field("id")?.parsed()?,
        number: node.field("number")?.u64()?,
        after: after.map(|after| after.parsed()).transpose()?,
        at: read_time(&node.field("at")?)?,
        by: node.text_or_empty("by")?,
        kind: *kind,
        joins: node.bool_or_false("joins")?,
        undo: number("undo")?,
        redo: number("redo")?,
        step: Transaction {
            since: ChangeTimes {
                put: read_times(&node, "put")?,
                dropped: read_times(&node, "dropped")?,
            },
            ..step("edits")?
        },
        back: step("back")?,
    })
}

/// Reads an entry of version 1 of the storage, which consisted of a number, a time and a
/// transaction.
pub fn read_entry_1(
    record: &str,
    article: &Article,
) -> Result<(u64, Timestamp, Transaction), ReadError> {
    let json = parse_json(record)?;
    let node = JsonNode::root(&json);
    let name = read_step_name(json.get("name").unwrap_or(&Json::Null));
    node.field("edits")?;
    let edits = node.list("edits", |edit| read_edit(edit, article))?;
    Ok((
        node.field("number")?.u64()?,
        read_time(&node.field("at")?)?,
        Transaction::new(name, edits),
    ))
}

fn wire_edits<'a>(step: &'a Transaction, article: &'a Article) -> Vec<WireEdit<'a>> {
    let edits = step.edits.iter();
    edits.map(|edit| wire_edit(edit, article)).collect()
}

fn wire_edit<'a>(edit: &'a Edit, article: &'a Article) -> WireEdit<'a> {
    match edit {
        Edit::PutAnnotation(annotation) => {
            WireEdit::PutAnnotation(wire_annotation(article, annotation, write_value))
        }
        Edit::DropAnnotation(id) => WireEdit::DropAnnotation(id.to_string()),
        Edit::PutRelation(relation) => WireEdit::PutRelation(wire_relation(relation)),
        Edit::DropRelation(id) => WireEdit::DropRelation(id.to_string()),
        Edit::PutEntity(entity) => WireEdit::PutEntity(wire_entity(entity)),
        Edit::DropEntity(id) => WireEdit::DropEntity(id.to_string()),
        Edit::PutAnswer(question, answer) => WireEdit::PutAnswer {
            question: question.as_str(),
            answer: answer.as_ref().map(write_value),
        },
        Edit::PutCodebook(codebook) => WireEdit::PutCodebook(wire_codebook(codebook)),
        Edit::PutArticle(article) => WireEdit::PutArticle {
            title: &article.title,
            language: article.language.as_ref().map(|language| language.as_str()),
            direction: direction_name(article.direction),
            source: wire_source(&article.source),
        },
        Edit::PutCoder(coder) => WireEdit::PutCoder(coder),
    }
}

fn read_edit(node: &JsonNode, article: &Article) -> Result<Edit, ReadError> {
    let (name, edit) = node
        .fields()?
        .next()
        .ok_or_else(|| node.expected("a kind of edit"))?;
    Ok(match name {
        "put_annotation" => {
            let read = read_annotation(&edit, article, |answer, _, _| read_value(answer));
            Edit::PutAnnotation(Rc::new(read?))
        }
        "drop_annotation" => Edit::DropAnnotation(edit.parsed()?),
        "put_relation" => Edit::PutRelation(Rc::new(read_relation(&edit)?)),
        "drop_relation" => Edit::DropRelation(edit.parsed()?),
        "put_entity" => Edit::PutEntity(Rc::new(read_entity(&edit)?)),
        "drop_entity" => Edit::DropEntity(edit.parsed()?),
        "put_answer" => {
            let answer = edit.optional("answer");
            Edit::PutAnswer(
                edit.field("question")?.parsed()?,
                answer.map(|answer| read_value(&answer)).transpose()?,
            )
        }
        "put_codebook" => Edit::PutCodebook(Rc::new(read_codebook(&edit)?)),
        "put_article" => {
            let mut article = article.clone();
            article.title = edit.field("title")?.text()?.to_owned();
            read_metadata(&edit, &mut article)?;
            Edit::PutArticle(Rc::new(article))
        }
        "put_coder" => Edit::PutCoder(edit.text()?.to_owned()),
        _ => return Err(edit.expected("a kind of edit")),
    })
}
