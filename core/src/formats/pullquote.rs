//! Our own file, `*.pullquote.json`, version 1.
//!
//! It is self-proving: it names its offset unit, carries the text and its
//! SHA-256, and for every span the quote beside the offsets. The reader slices
//! every span again and refuses, by name, any that does not agree. The schema
//! stands in `schema/pullquote-1.schema.json`.

use super::wire::{WireAnnotation, WireArticle, WireCodebook, WireEntity, WireRelation, parse};
use super::{ReadError, decode, json_place};
use crate::model::{
    Attribute, AttributeKind, Codebook, Document, ModelError, Number, PartialDate, Parts, Slug,
    Value, Values,
};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::BTreeMap;

const FORMAT: &str = "pullquote";
const VERSION: u64 = 1;
const UNIT: &str = "codepoint";

/// A document that came out of a file, and what was left behind.
#[derive(Clone, Debug)]
pub struct Opened {
    /// What the file holds.
    pub document: Document,
    /// Fields that this version does not know, as places in the file. They are
    /// not in the document, and so not in what is written from it.
    pub unknown: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct File {
    format: String,
    version: u64,
    offset_unit: String,
    article: WireArticle,
    codebook: WireCodebook,
    annotations: Vec<WireAnnotation<Json>>,
    #[serde(default)]
    relations: Vec<WireRelation>,
    #[serde(default)]
    entities: Vec<WireEntity>,
    #[serde(default)]
    answers: BTreeMap<String, Json>,
    #[serde(default)]
    coder: String,
    #[serde(default)]
    made_by: MadeBy,
}

#[derive(Serialize, Deserialize, Default)]
struct MadeBy {
    program: String,
    version: String,
}

/// Whether a text is a JSON object that says it is of this format: where it is
/// not, it may still be an article.
#[must_use]
pub fn is_pullquote(text: &str) -> bool {
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    text.starts_with('{')
        && serde_json::from_str::<Json>(text).is_ok_and(|file| file["format"] == FORMAT)
}

/// The file of a document: UTF-8, indented by two spaces, a line end at the end.
/// The same document always gives the same bytes.
#[must_use]
pub fn write_document(document: &Document) -> String {
    let article = document.article();
    let file = File {
        format: FORMAT.to_owned(),
        version: VERSION,
        offset_unit: UNIT.to_owned(),
        article: WireArticle::new(article),
        codebook: (&**document.codebook()).into(),
        annotations: document
            .annotations()
            .iter()
            .map(|annotation| WireAnnotation::new(article, annotation, json))
            .collect(),
        relations: document
            .relations()
            .iter()
            .map(|relation| (&**relation).into())
            .collect(),
        entities: document
            .entities()
            .iter()
            .map(|entity| (&**entity).into())
            .collect(),
        answers: document
            .answers()
            .iter()
            .map(|(id, value)| (id.to_string(), json(value)))
            .collect(),
        coder: document.coder.clone(),
        made_by: MadeBy {
            program: "Pullquote".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        },
    };
    #[expect(
        clippy::expect_used,
        reason = "strings, numbers and string-keyed maps always have a JSON form"
    )]
    let text = serde_json::to_string_pretty(&file).expect("the file has a JSON form");
    text + "\n"
}

/// The document in the bytes of a file.
///
/// Errors name what is wrong and where: not UTF-8, not JSON, of another tool, of
/// a newer version, a field that is missing, a quote that disagrees with its
/// offsets, a value that does not fit its codebook.
pub fn read_document(bytes: &[u8]) -> Result<Opened, ReadError> {
    let text = decode(bytes)?;
    check_head(text)?;
    let file: File = serde_json::from_str(text).map_err(|error| ReadError::Shape {
        place: json_place(text, error.line(), error.column()),
        reason: reason(&error),
        line: error.line(),
        column: error.column(),
    })?;
    let document = document_of(file)?;
    let unknown = unknown_fields(text, &document);
    Ok(Opened { document, unknown })
}

fn check_head(text: &str) -> Result<(), ReadError> {
    let head: Json = serde_json::from_str(text).map_err(|error| ReadError::NotJson {
        line: error.line(),
        column: error.column(),
        reason: reason(&error),
    })?;
    if head["format"] != FORMAT {
        return Err(ReadError::OtherTool);
    }
    match head["version"].as_u64() {
        Some(VERSION) => {}
        Some(version) if version > VERSION => {
            return Err(ReadError::Newer {
                version: version.to_string(),
            });
        }
        _ => {
            return Err(ReadError::Shape {
                place: "version".to_owned(),
                reason: format!("`{}` is no version of this format", head["version"]),
                line: 1,
                column: 1,
            });
        }
    }
    if head["offset_unit"] == UNIT {
        Ok(())
    } else {
        let unit = head["offset_unit"].as_str().unwrap_or("nothing").to_owned();
        Err(ReadError::OffsetUnit { unit })
    }
}

/// What the parser says, without its own line and column.
fn reason(error: &serde_json::Error) -> String {
    let said = error.to_string();
    match said.rfind(" at line ") {
        Some(at) => said[..at].to_owned(),
        None => said,
    }
}

fn document_of(file: File) -> Result<Document, ReadError> {
    let article = file.article.read()?;
    let codebook = file.codebook.read("codebook")?;
    let mut annotations = Vec::with_capacity(file.annotations.len());
    for (number, annotation) in file.annotations.into_iter().enumerate() {
        let place = format!("annotations[{number}]");
        annotations.push(annotation.read(&article, &place, |answer, tag, id, place| {
            let tag = codebook
                .tag(tag)
                .ok_or_else(|| ModelError::NoTag(tag.clone()));
            let attributes = &tag.map_err(ReadError::at(place))?.attributes;
            value(answer, attributes, id, place)
        })?);
    }
    let mut relations = Vec::with_capacity(file.relations.len());
    for (number, relation) in file.relations.into_iter().enumerate() {
        relations.push(relation.read(&format!("relations[{number}]"))?);
    }
    let mut entities = Vec::with_capacity(file.entities.len());
    for (number, entity) in file.entities.into_iter().enumerate() {
        entities.push(entity.read(&format!("entities[{number}]"))?);
    }
    let answers = answers(file.answers, &codebook)?;
    let parts = Parts {
        article,
        codebook,
        annotations,
        relations,
        entities,
        answers,
        coder: file.coder,
    };
    let places = Places::of(&parts);
    Document::of(parts).map_err(|error| ReadError::Model {
        place: places.of_error(&error),
        error,
    })
}

/// Where the records stand in the file, to name the one that does not fit.
struct Places {
    tags: Vec<Slug>,
    records: Vec<(crate::model::Id, String)>,
}

impl Places {
    fn of(parts: &Parts) -> Self {
        let numbered = |list: &'static str| move |number| format!("{list}[{number}]");
        let mut records = Vec::new();
        let named = numbered("annotations");
        records.extend(
            (0..)
                .map(named)
                .zip(&parts.annotations)
                .map(|(place, it)| (it.id, place)),
        );
        let named = numbered("relations");
        records.extend(
            (0..)
                .map(named)
                .zip(&parts.relations)
                .map(|(place, it)| (it.id, place)),
        );
        let named = numbered("entities");
        records.extend(
            (0..)
                .map(named)
                .zip(&parts.entities)
                .map(|(place, it)| (it.id, place)),
        );
        Self {
            tags: parts.annotations.iter().map(|it| it.tag.clone()).collect(),
            records,
        }
    }

    fn of_error(&self, error: &ModelError) -> String {
        let of_record = |id: &str| {
            let places = self
                .records
                .iter()
                .filter(|(other, _)| other.to_string() == id);
            places.map(|(_, place)| place.clone()).next_back()
        };
        let place = match error {
            ModelError::Twice(id) => of_record(id),
            ModelError::NoTag(tag) => (0..)
                .zip(&self.tags)
                .find(|(_, other)| *other == tag)
                .map(|(number, _): (usize, _)| format!("annotations[{number}].tag")),
            ModelError::EntityTag(id) | ModelError::Loop(id) => of_record(&id.to_string()),
            ModelError::NoEntity(_) => Some("annotations".to_owned()),
            ModelError::NoAnnotation(_) | ModelError::BadPair { .. } => {
                Some("relations".to_owned())
            }
            ModelError::NoRelationKind(_) => Some("relations".to_owned()),
            _ => None,
        };
        place.unwrap_or_else(|| "the file".to_owned())
    }
}

fn answers(wire: BTreeMap<String, Json>, codebook: &Codebook) -> Result<Values, ReadError> {
    let mut answers = Values::new();
    for (id, answer) in wire {
        let place = format!("answers.{id}");
        let id = parse(&id, &place)?;
        let answer = value(answer, codebook.questions(), &id, &place)?;
        answers.insert(id, answer);
    }
    Ok(answers)
}

/// A value as JSON has it.
fn json(value: &Value) -> Json {
    match value {
        Value::One(word) => Json::from(word.as_ref()),
        Value::Many(words) => words.iter().map(|word| Json::from(word.as_ref())).collect(),
        Value::YesNo(answer) => Json::from(*answer),
        Value::Text(text) => Json::from(text.as_str()),
        Value::Number(number) => {
            let number = number.as_f64();
            let whole = number as i64;
            if whole as f64 == number && number.abs() < 9e15 {
                Json::from(whole)
            } else {
                Json::from(number)
            }
        }
        Value::Date(date) => Json::from(date.as_str()),
    }
}

/// The answer to the attribute `id`, read by the attribute's kind.
fn value(json: Json, attributes: &[Attribute], id: &Slug, place: &str) -> Result<Value, ReadError> {
    let attribute = attributes
        .iter()
        .find(|attribute| attribute.id == *id)
        .ok_or_else(|| ModelError::NoAttribute(id.clone()))
        .map_err(ReadError::at(place))?;
    let text = |json: &Json| json.as_str().map(str::to_owned);
    let read = match &attribute.kind {
        AttributeKind::OneOf(_) => text(&json).map(|word| Ok(Value::One(word.into()))),
        AttributeKind::ManyOf(_) => json
            .as_array()
            .and_then(|words| words.iter().map(text).collect::<Option<Vec<_>>>())
            .map(|words| Ok(Value::Many(words.into_iter().map(Into::into).collect()))),
        AttributeKind::YesNo => json.as_bool().map(|answer| Ok(Value::YesNo(answer))),
        AttributeKind::Text => text(&json).map(|text| Ok(Value::Text(text))),
        AttributeKind::Number => json
            .as_f64()
            .map(|number| Number::new(number).map(Value::Number)),
        AttributeKind::Date => text(&json).map(|text| PartialDate::new(&text).map(Value::Date)),
    };
    read.unwrap_or_else(|| Err(ModelError::BadValue(id.clone())))
        .map_err(ReadError::at(place))
}

/// The places of the fields that the file has and the document, written again,
/// has not.
fn unknown_fields(text: &str, document: &Document) -> Vec<String> {
    let again = write_document(document);
    if again.trim_end() == text.trim_end() {
        return Vec::new();
    }
    let parse = |text| serde_json::from_str::<Json>(text).unwrap_or_default();
    let (said, kept) = (parse(text), parse(&again));
    let mut unknown = Vec::new();
    compare(&said, &kept, &mut String::new(), &mut unknown);
    unknown
}

fn compare(said: &Json, kept: &Json, place: &mut String, unknown: &mut Vec<String>) {
    let length = place.len();
    match (said, kept) {
        (Json::Object(said), Json::Object(kept)) => {
            for (name, value) in said {
                if !place.is_empty() {
                    place.push('.');
                }
                place.push_str(name);
                match kept.get(name) {
                    Some(kept) => compare(value, kept, place, unknown),
                    None if *value == Json::Array(Vec::new()) => {}
                    None => unknown.push(place.clone()),
                }
                place.truncate(length);
            }
        }
        (Json::Array(said), Json::Array(kept)) => {
            // Records may have been put in another order; other lists were not.
            let mut by_id = BTreeMap::new();
            for record in kept {
                if let Some(id) = record["id"].as_str() {
                    by_id.insert(id, record);
                }
            }
            for (number, said) in said.iter().enumerate() {
                let id = said["id"].as_str();
                let kept = id.map_or_else(|| kept.get(number), |id| by_id.get(id).copied());
                place.push_str(&format!("[{number}]"));
                compare(said, kept.unwrap_or(&Json::Null), place, unknown);
                place.truncate(length);
            }
        }
        _ => {}
    }
}
