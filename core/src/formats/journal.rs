//! One transaction as one record of the journal that the storage keeps.

use super::ReadError;
use super::wire::{
    WireAnnotation, WireCodebook, WireDirection, WireEntity, WireRelation, WireSource, WireValue,
    moment, parse, time,
};
use crate::edit::{Edit, Transaction};
use crate::model::{Article, Moment};
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// A transaction in its place in the journal of one article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its place: 1 is the first after the article was added; no gap.
    pub number: u64,
    /// When it was done.
    pub at: Moment,
    /// What was done.
    pub transaction: Transaction,
}

#[derive(Serialize, Deserialize)]
struct WireEntry {
    number: u64,
    at: String,
    name: String,
    edits: Vec<WireEdit>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WireEdit {
    PutAnnotation(Box<WireAnnotation<WireValue>>),
    DropAnnotation(String),
    PutRelation(WireRelation),
    DropRelation(String),
    PutEntity(WireEntity),
    DropEntity(String),
    PutAnswer {
        question: String,
        answer: Option<WireValue>,
    },
    PutCodebook(WireCodebook),
    PutArticle {
        title: String,
        language: Option<String>,
        direction: WireDirection,
        source: WireSource,
    },
    PutCoder(String),
}

/// The record of an entry: JSON on one line. Spans carry their quotes.
#[must_use]
pub fn write_entry(entry: &Entry, article: &Article) -> String {
    let edits = entry.transaction.edits.iter();
    let wire = WireEntry {
        number: entry.number,
        at: time(entry.at),
        name: entry.transaction.name.clone(),
        edits: edits.map(|edit| wire_edit(edit, article)).collect(),
    };
    #[expect(
        clippy::expect_used,
        reason = "strings, numbers and string-keyed maps always have a JSON form"
    )]
    serde_json::to_string(&wire).expect("an entry has a JSON form")
}

/// The entry in a record, checked against the article it belongs to.
pub fn read_entry(text: &str, article: &Article) -> Result<Entry, ReadError> {
    let wire: WireEntry = serde_json::from_str(text).map_err(|error| ReadError::NotJson {
        line: error.line(),
        column: error.column(),
        reason: error.to_string(),
    })?;
    let mut edits = Vec::with_capacity(wire.edits.len());
    for (number, edit) in wire.edits.into_iter().enumerate() {
        edits.push(read_edit(edit, article, &format!("edits[{number}]"))?);
    }
    Ok(Entry {
        number: wire.number,
        at: moment(&wire.at, "at")?,
        transaction: Transaction::new(wire.name, edits),
    })
}

fn wire_edit(edit: &Edit, article: &Article) -> WireEdit {
    match edit {
        Edit::PutAnnotation(annotation) => {
            let wire = WireAnnotation::new(article, annotation, |value| WireValue::from(value));
            WireEdit::PutAnnotation(Box::new(wire))
        }
        Edit::DropAnnotation(id) => WireEdit::DropAnnotation(id.to_string()),
        Edit::PutRelation(relation) => WireEdit::PutRelation((&**relation).into()),
        Edit::DropRelation(id) => WireEdit::DropRelation(id.to_string()),
        Edit::PutEntity(entity) => WireEdit::PutEntity((&**entity).into()),
        Edit::DropEntity(id) => WireEdit::DropEntity(id.to_string()),
        Edit::PutAnswer(question, answer) => WireEdit::PutAnswer {
            question: question.to_string(),
            answer: answer.as_ref().map(WireValue::from),
        },
        Edit::PutCodebook(codebook) => WireEdit::PutCodebook((&**codebook).into()),
        Edit::PutArticle(article) => WireEdit::PutArticle {
            title: article.title.clone(),
            language: article
                .language
                .as_ref()
                .map(|language| language.as_str().to_owned()),
            direction: article.direction.into(),
            source: (&article.source).into(),
        },
        Edit::PutCoder(coder) => WireEdit::PutCoder(coder.clone()),
    }
}

fn read_edit(edit: WireEdit, article: &Article, place: &str) -> Result<Edit, ReadError> {
    Ok(match edit {
        WireEdit::PutAnnotation(wire) => {
            let annotation = wire.read(article, place, |value, _, _, place| value.read(place))?;
            Edit::PutAnnotation(Rc::new(annotation))
        }
        WireEdit::DropAnnotation(text) => Edit::DropAnnotation(parse(&text, place)?),
        WireEdit::PutRelation(wire) => Edit::PutRelation(Rc::new(wire.read(place)?)),
        WireEdit::DropRelation(text) => Edit::DropRelation(parse(&text, place)?),
        WireEdit::PutEntity(wire) => Edit::PutEntity(Rc::new(wire.read(place)?)),
        WireEdit::DropEntity(text) => Edit::DropEntity(parse(&text, place)?),
        WireEdit::PutAnswer { question, answer } => Edit::PutAnswer(
            parse(&question, place)?,
            answer.map(|answer| answer.read(place)).transpose()?,
        ),
        WireEdit::PutCodebook(wire) => Edit::PutCodebook(Rc::new(wire.read(place)?)),
        WireEdit::PutArticle {
            title,
            language,
            direction,
            source,
        } => {
            let mut article = article.clone();
            article.title = title;
            article.language = language
                .map(|language| parse(&language, place))
                .transpose()?;
            article.direction = direction.into();
            article.source = source.into();
            Edit::PutArticle(Rc::new(article))
        }
        WireEdit::PutCoder(coder) => Edit::PutCoder(coder),
    })
}
