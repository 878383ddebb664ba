//! One transaction as one record of the journal that the storage keeps.

use crate::error::ReadError;
use crate::json_reader::JsonNode;
use crate::records::envelope::{unwrap, wrap};
use crate::wire;
use crate::wire::{moment, parsed, time, written};
use pullquote_core::edit::change::Edit;
use pullquote_core::edit::journal_entry::{EntryKind, JournalEntry};
use pullquote_core::edit::merge::ChangeTimes;
use pullquote_core::edit::transaction::Transaction;
use pullquote_core::model::article::Article;
use pullquote_core::model::error::ModelError;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::model::value::{Number, PartialDate, Value};

use serde::Serialize;
use serde_json::{Value as Json, json};
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
    name: &'a str,
    edits: Vec<WireEdit<'a>>,
    back: Vec<WireEdit<'a>>,
    #[serde(skip_serializing_if = "wire::Times::is_empty")]
    put: wire::Times,
    #[serde(skip_serializing_if = "wire::Times::is_empty")]
    dropped: wire::Times,
}

const COURSES: [(&str, EntryKind); 3] = [
    ("done", EntryKind::Done),
    ("undone", EntryKind::Undone),
    ("redone", EntryKind::Redone),
];

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum WireEdit<'a> {
    PutAnnotation(wire::WireAnnotation<'a>),
    DropAnnotation(String),
    PutRelation(wire::WireRelation<'a>),
    DropRelation(String),
    PutEntity(wire::WireEntity<'a>),
    DropEntity(String),
    PutAnswer {
        question: &'a str,
        answer: Option<Json>,
    },
    PutCodebook(wire::WireCodebook<'a>),
    PutArticle {
        title: &'a str,
        language: Option<&'a str>,
        direction: &'static str,
        source: wire::WireSource<'a>,
    },
    PutCoder(&'a str),
}

/// The record of an entry: JSON, sealed under the entry's link. Spans carry their quotes.
#[must_use]
pub fn write_entry(entry: &JournalEntry, article: &Article) -> String {
    let course = COURSES.iter().find(|(_, course)| *course == entry.course);
    let record = WireEntry {
        id: entry.id.to_string(),
        number: entry.number,
        after: entry.after.map(|id| id.to_string()),
        at: time(entry.at),
        by: &entry.by,
        course: course.map_or("done", |(name, _)| name),
        joins: entry.joins,
        undo: entry.undo,
        redo: entry.redo,
        name: &entry.step.name,
        edits: wire_edits(&entry.step, article),
        back: wire_edits(&entry.back, article),
        put: wire::times(&entry.step.since.put),
        dropped: wire::times(&entry.step.since.dropped),
    };
    wrap(&entry.link().to_string(), &written(&record, ""))
}

/// The entry in a record, checked against the article it belongs to.
pub fn read_entry(record: &str, article: &Article) -> Result<JournalEntry, ReadError> {
    let (_, text) = unwrap(record)?;
    let json = parsed(text)?;
    let at = JsonNode::root(&json);
    let course = at.field("course")?;
    let name = course.text()?;
    let known = COURSES.iter().find(|(known, _)| *known == name);
    let (_, course) = known.ok_or_else(|| course.wrong("a kind of step"))?;
    let after = at.optional("after");
    let number = |name| at.optional(name).map(|at| at.count()).transpose();
    let step = |edits| {
        at.field(edits)?;
        let edits = at.list(edits, |edit| read_edit(edit, article))?;
        let name = at.field("name")?.text()?.to_owned();
        Ok(Transaction::new(name, edits))
    };
    Ok(JournalEntry {
        id: at.field("id")?.parsed()?,
        number: at.field("number")?.count()?,
        after: after.map(|after| after.parsed()).transpose()?,
        at: moment(&at.field("at")?)?,
        by: at.text_of("by")?,
        course: *course,
        joins: at.truth_of("joins")?,
        undo: number("undo")?,
        redo: number("redo")?,
        step: Transaction {
            since: ChangeTimes {
                put: wire::read_times(&at, "put")?,
                dropped: wire::read_times(&at, "dropped")?,
            },
            ..step("edits")?
        },
        back: step("back")?,
    })
}

/// What an entry was in version 1 of the storage: its number, its time, its step.
pub fn read_entry_1(
    record: &str,
    article: &Article,
) -> Result<(u64, Timestamp, Transaction), ReadError> {
    let json = parsed(record)?;
    let at = JsonNode::root(&json);
    let name = at.field("name")?.text()?.to_owned();
    at.field("edits")?;
    let edits = at.list("edits", |edit| read_edit(edit, article))?;
    Ok((
        at.field("number")?.count()?,
        moment(&at.field("at")?)?,
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
            WireEdit::PutAnnotation(wire::annotation(article, annotation, json_of))
        }
        Edit::DropAnnotation(id) => WireEdit::DropAnnotation(id.to_string()),
        Edit::PutRelation(relation) => WireEdit::PutRelation(wire::relation(relation)),
        Edit::DropRelation(id) => WireEdit::DropRelation(id.to_string()),
        Edit::PutEntity(entity) => WireEdit::PutEntity(wire::entity(entity)),
        Edit::DropEntity(id) => WireEdit::DropEntity(id.to_string()),
        Edit::PutAnswer(question, answer) => WireEdit::PutAnswer {
            question: question.as_str(),
            answer: answer.as_ref().map(json_of),
        },
        Edit::PutCodebook(codebook) => WireEdit::PutCodebook(wire::codebook(codebook)),
        Edit::PutArticle(article) => WireEdit::PutArticle {
            title: &article.title,
            language: article.language.as_ref().map(|language| language.as_str()),
            direction: wire::direction(article.direction),
            source: wire::source(&article.source),
        },
        Edit::PutCoder(coder) => WireEdit::PutCoder(coder),
    }
}

fn read_edit(at: &JsonNode, article: &Article) -> Result<Edit, ReadError> {
    let (name, edit) = at
        .fields()?
        .next()
        .ok_or_else(|| at.wrong("a kind of edit"))?;
    Ok(match name {
        "put_annotation" => {
            let read = wire::read_annotation(&edit, article, |answer, _, _| value_of(answer));
            Edit::PutAnnotation(Rc::new(read?))
        }
        "drop_annotation" => Edit::DropAnnotation(edit.parsed()?),
        "put_relation" => Edit::PutRelation(Rc::new(wire::read_relation(&edit)?)),
        "drop_relation" => Edit::DropRelation(edit.parsed()?),
        "put_entity" => Edit::PutEntity(Rc::new(wire::read_entity(&edit)?)),
        "drop_entity" => Edit::DropEntity(edit.parsed()?),
        "put_answer" => {
            let answer = edit.optional("answer");
            Edit::PutAnswer(
                edit.field("question")?.parsed()?,
                answer.map(|answer| value_of(&answer)).transpose()?,
            )
        }
        "put_codebook" => Edit::PutCodebook(Rc::new(wire::read_codebook(&edit)?)),
        "put_article" => {
            let mut article = article.clone();
            article.title = edit.field("title")?.text()?.to_owned();
            wire::read_about(&edit, &mut article)?;
            Edit::PutArticle(Rc::new(article))
        }
        "put_coder" => Edit::PutCoder(edit.text()?.to_owned()),
        _ => return Err(edit.wrong("a kind of edit")),
    })
}

/// A value that says its own kind: an entry is read without a codebook.
fn json_of(value: &Value) -> Json {
    match value {
        Value::One(word) => json!({ "one": word.as_ref() }),
        Value::Many(words) => {
            let words: Vec<Json> = words.iter().map(|word| Json::from(word.as_ref())).collect();
            json!({ "many": words })
        }
        Value::YesNo(answer) => json!({ "yes_no": answer }),
        Value::Text(text) => json!({ "text": text }),
        Value::Number(number) => json!({ "number": number.as_f64() }),
        Value::Date(date) => json!({ "date": date.as_str() }),
    }
}

fn value_of(at: &JsonNode) -> Result<Value, ReadError> {
    let (kind, value) = at.fields()?.next().ok_or_else(|| at.wrong("a value"))?;
    let checked: Result<Value, ModelError> = match kind {
        "one" => Ok(Value::One(value.text()?.into())),
        "many" => {
            let words = value.items()?.map(|word| word.text().map(Into::into));
            Ok(Value::Many(words.collect::<Result<_, _>>()?))
        }
        "yes_no" => Ok(Value::YesNo(value.truth()?)),
        "text" => Ok(Value::Text(value.text()?.to_owned())),
        "number" => Number::new(value.number()?).map(Value::Number),
        "date" => PartialDate::new(value.text()?).map(Value::Date),
        _ => return Err(at.wrong("a kind of value")),
    };
    value.model(checked)
}
