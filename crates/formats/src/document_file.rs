//! Our own file, `*.pullquote.json`, version 1.
//!
//! It is self-proving: it names its offset unit, carries the text and its
//! SHA-256, and for every span the quote beside the offsets. The reader slices
//! every span again and refuses, by name, any that does not agree. The schema
//! stands in `schema/pullquote-1.schema.json`.

use crate::error::ReadError;
use crate::json_reader::JsonNode;
use crate::plain_text::decode;
use crate::wire;
use crate::wire::{WireAnnotation, WireArticle, WireCodebook, WireEntity, WireRelation};
use pullquote_core::model::document::{Document, DocumentParts};
use pullquote_core::model::error::ModelError;
use pullquote_core::model::id::{Id, Slug};
use pullquote_core::model::value::{Attribute, AttributeKind, Number, PartialDate, Value};

use serde::Serialize;
use serde_json::Value as Json;

pub(crate) const FORMAT: &str = "pullquote";
const VERSION: u64 = 1;
const UNIT: &str = "codepoint";

/// A document that came out of a file, and what was left behind.
#[derive(Clone, Debug)]
pub struct OpenedDocument {
    /// What the file holds.
    pub document: Document,
    /// Fields that this version does not know, as places in the file. They are
    /// not in the document, and so not in what is written from it.
    pub unknown: Vec<String>,
}

/// A document as the file has it.
#[derive(Serialize)]
pub(crate) struct File<'a> {
    format: &'static str,
    version: u64,
    offset_unit: &'static str,
    article: WireArticle<'a>,
    codebook: WireCodebook<'a>,
    annotations: Vec<WireAnnotation<'a>>,
    relations: Vec<WireRelation<'a>>,
    entities: Vec<WireEntity<'a>>,
    answers: Json,
    coder: &'a str,
    made_by: MadeBy,
}

#[derive(Serialize)]
pub(crate) struct MadeBy {
    program: &'static str,
    version: &'static str,
}

impl MadeBy {
    /// This program.
    pub(crate) fn here() -> Self {
        Self {
            program: "Pullquote",
            version: env!("CARGO_PKG_VERSION"),
        }
    }
}

/// Whether a text is a JSON object that says it is of this format: where it is
/// not, it may still be an article.
#[must_use]
pub fn is_pullquote(text: &str) -> bool {
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    text.starts_with('{')
        && serde_json::from_str::<Json>(text).is_ok_and(|file| file["format"] == FORMAT)
}

/// Whether a text begins as such a file does: the whole of it is not looked at.
pub(crate) fn begins(text: &str) -> bool {
    let beginning = &text[..text.floor_char_boundary(200)];
    let plain: String = beginning.split_whitespace().collect();
    plain.starts_with(&format!("{{\"format\":\"{FORMAT}\""))
}

/// The file of a document: UTF-8, indented by two spaces, a line end at the end.
/// The same document always gives the same bytes.
#[must_use]
pub fn write_document(document: &Document) -> String {
    wire::written(&file_of(document), "  ") + "\n"
}

pub(crate) fn file_of(document: &Document) -> File<'_> {
    let article = document.article();
    let annotations = document.annotations().iter();
    File {
        format: FORMAT,
        version: VERSION,
        offset_unit: UNIT,
        article: wire::article(article),
        codebook: wire::codebook(document.codebook()),
        annotations: annotations
            .map(|annotation| wire::annotation(article, annotation, json))
            .collect(),
        relations: document
            .relations()
            .iter()
            .map(|it| wire::relation(it))
            .collect(),
        entities: document
            .entities()
            .iter()
            .map(|it| wire::entity(it))
            .collect(),
        answers: wire::values(document.answers(), json),
        coder: &document.coder,
        made_by: MadeBy::here(),
    }
}

/// The document in the bytes of a file.
///
/// Errors name what is wrong and where: not UTF-8, not JSON, of another tool, of
/// a newer version, a field that is missing, a quote that disagrees with its
/// offsets, a value that does not fit its codebook.
pub fn read_document(bytes: &[u8]) -> Result<OpenedDocument, ReadError> {
    let text = decode(bytes)?;
    let json = wire::parsed(text)?;
    check_head(&json)?;
    let document = document_of(&JsonNode::root(&json))?;
    let unknown = unknown_fields(text, &json, &document);
    Ok(OpenedDocument { document, unknown })
}

/// The document in a text that [`write_document`] made: it has no unknown fields, and
/// none are looked for.
pub fn read_snapshot_1(text: &str) -> Result<Document, ReadError> {
    let json = wire::parsed(text)?;
    check_head(&json)?;
    document_of(&JsonNode::root(&json))
}

pub(crate) fn check_head(file: &Json) -> Result<(), ReadError> {
    if file["format"] != FORMAT {
        return Err(ReadError::OtherTool);
    }
    match file["version"].as_u64() {
        Some(VERSION) => {}
        Some(version) if version > VERSION => {
            return Err(ReadError::Newer {
                version: version.to_string(),
            });
        }
        _ => {
            return Err(ReadError::Shape {
                place: "version".to_owned(),
                reason: format!("`{}` is no version of this format", file["version"]),
            });
        }
    }
    if file["offset_unit"] == UNIT {
        Ok(())
    } else {
        let unit = file["offset_unit"].as_str().unwrap_or("nothing").to_owned();
        Err(ReadError::OffsetUnit { unit })
    }
}

pub(crate) fn document_of(file: &JsonNode) -> Result<Document, ReadError> {
    let article = wire::read_article(&file.field("article")?)?;
    let codebook = wire::read_codebook(&file.field("codebook")?)?;
    file.field("annotations")?;
    let annotations = file.list("annotations", |at| {
        wire::read_annotation(at, &article, |answer, tag, id| {
            let known = codebook
                .tag(tag)
                .ok_or_else(|| ModelError::NoTag(tag.clone()));
            value(answer, &at.model(known)?.attributes, id)
        })
    })?;
    let answers = wire::read_values(file.optional("answers"), |answer, id| {
        value(answer, codebook.questions(), id)
    })?;
    let parts = DocumentParts {
        relations: file.list("relations", wire::read_relation)?,
        entities: file.list("entities", wire::read_entity)?,
        coder: file.text_of("coder")?,
        article,
        codebook,
        annotations,
        answers,
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
    // The ids of the lists of records, in the order of the file.
    lists: [(&'static str, Vec<Id>); 3],
}

impl Places {
    fn of(parts: &DocumentParts) -> Self {
        let annotations = parts.annotations.iter().map(|it| it.id);
        let relations = parts.relations.iter().map(|it| it.id);
        let entities = parts.entities.iter().map(|it| it.id);
        Self {
            tags: parts.annotations.iter().map(|it| it.tag.clone()).collect(),
            lists: [
                ("annotations", annotations.collect()),
                ("relations", relations.collect()),
                ("entities", entities.collect()),
            ],
        }
    }

    fn of_error(&self, error: &ModelError) -> String {
        // The last of two records with one id is the one that does not fit.
        let of_record = |id: &str| {
            self.lists.iter().rev().find_map(|(name, ids)| {
                let number = ids.iter().rposition(|other| other.to_string() == id)?;
                Some(format!("{name}[{number}]"))
            })
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

/// A value as JSON has it.
pub(crate) fn json(value: &Value) -> Json {
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
pub(crate) fn value(
    at: &JsonNode,
    attributes: &[Attribute],
    id: &Slug,
) -> Result<Value, ReadError> {
    let known = attributes.iter().find(|attribute| attribute.id == *id);
    let attribute = at.model(known.ok_or_else(|| ModelError::NoAttribute(id.clone())))?;
    let value = match &attribute.kind {
        AttributeKind::OneOf(_) => Value::One(at.text()?.into()),
        AttributeKind::ManyOf(_) => {
            let words = at.items()?.map(|word| word.text().map(Into::into));
            Value::Many(words.collect::<Result<_, _>>()?)
        }
        AttributeKind::YesNo => Value::YesNo(at.truth()?),
        AttributeKind::Text => Value::Text(at.text()?.to_owned()),
        AttributeKind::Number => Value::Number(at.model(Number::new(at.number()?))?),
        AttributeKind::Date => Value::Date(at.model(PartialDate::new(at.text()?))?),
    };
    let fits = attribute.accepts(&value);
    at.model(
        fits.then_some(value)
            .ok_or_else(|| ModelError::BadValue(id.clone())),
    )
}

/// The places of the fields that the file has and the document, written again,
/// has not.
fn unknown_fields(text: &str, said: &Json, document: &Document) -> Vec<String> {
    let again = write_document(document);
    if again.trim_end() == text.trim_end() {
        return Vec::new();
    }
    let kept = wire::parsed(&again).unwrap_or_default();
    let mut unknown = Vec::new();
    compare(said, &kept, &mut String::new(), &mut unknown);
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
            for (number, said) in said.iter().enumerate() {
                // Records may have been put in another order; other lists were not.
                let same = |kept: &&Json| kept["id"] == said["id"];
                let here = kept.get(number).filter(same);
                let kept = here.or_else(|| kept.iter().find(same));
                place.push_str(&format!("[{number}]"));
                compare(said, kept.unwrap_or(&Json::Null), place, unknown);
                place.truncate(length);
            }
        }
        _ => {}
    }
}
