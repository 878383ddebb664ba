//! The file of an article with its marks, `*.pullquote.json`, version 1.
//!
//! The file proves itself: it names the unit of its offsets, contains the text with its SHA-256,
//! and has a quote beside the offsets of every span. The reader slices the text again for every
//! span and refuses the file where they disagree, with the path of the span. The schema is
//! `schema/pullquote-1.schema.json`.

use crate::error::ReadError;
use crate::json_reader::JsonNode;
use crate::plain_text::decode;
use crate::wire::annotation::{WireAnnotation, read_annotation, wire_annotation};
use crate::wire::answer::{answer_json, answers_json, read_answer, read_answers};
use crate::wire::article::{WireArticle, read_article, wire_article};
use crate::wire::codebook::{WireCodebook, read_codebook, wire_codebook};
use crate::wire::entity::{WireEntity, read_entity, wire_entity};
use crate::wire::json_text::{json_text, parse_json};
use crate::wire::relation::{WireRelation, read_relation, wire_relation};
use pullquote_core::model::document::{Document, DocumentParts};
use pullquote_core::model::error::ModelError;
use pullquote_core::model::id::{Id, Slug};

use serde::Serialize;
use serde_json::Value as Json;

/// The extension of the file's name, without the first dot.
pub const EXTENSION: &str = "pullquote.json";

/// The media type of the file (RFC 8259).
pub const MEDIA_TYPE: &str = "application/json";

pub(crate) const FORMAT: &str = "pullquote";
const VERSION: u64 = 1;
const UNIT: &str = "codepoint";

/// A document that was read from a file, and the fields that were left out.
#[derive(Clone, Debug)]
pub struct OpenedDocument {
    /// The document in the file.
    pub document: Document,
    /// The paths of the fields that this version does not know. The document does not have
    /// them, so a file that is written from it does not either.
    pub unknown: Vec<String>,
}

/// A document as it is written.
#[derive(Serialize)]
pub(crate) struct WireDocument<'a> {
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
    /// The running program.
    pub(crate) fn this_program() -> Self {
        Self {
            program: "Pullquote",
            version: env!("CARGO_PKG_VERSION"),
        }
    }
}

/// Whether a text is a whole JSON object that names this format.
#[must_use]
pub fn is_pullquote(text: &str) -> bool {
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    text.starts_with('{')
        && serde_json::from_str::<Json>(text).is_ok_and(|file| file["format"] == FORMAT)
}

/// Whether the first 200 bytes of a text name this format.
pub(crate) fn begins(text: &str) -> bool {
    let beginning = &text[..text.floor_char_boundary(200)];
    let plain: String = beginning.split_whitespace().collect();
    plain.starts_with(&format!("{{\"format\":\"{FORMAT}\""))
}

/// The file of a document: JSON indented by two spaces, with a line end at the end. The same
/// document always gives the same bytes.
#[must_use]
pub fn write_document(document: &Document) -> String {
    json_text(&wire_document(document), "  ") + "\n"
}

pub(crate) fn wire_document(document: &Document) -> WireDocument<'_> {
    let article = document.article();
    let annotations = document.annotations().iter();
    WireDocument {
        format: FORMAT,
        version: VERSION,
        offset_unit: UNIT,
        article: wire_article(article),
        codebook: wire_codebook(document.codebook()),
        annotations: annotations
            .map(|annotation| wire_annotation(article, annotation, answer_json))
            .collect(),
        relations: document
            .relations()
            .iter()
            .map(|relation| wire_relation(relation))
            .collect(),
        entities: document
            .entities()
            .iter()
            .map(|entity| wire_entity(entity))
            .collect(),
        answers: answers_json(document.answers(), answer_json),
        coder: &document.coder,
        made_by: MadeBy::this_program(),
    }
}

/// Reads the document in the bytes of a file.
///
/// Errors say what is wrong and where: not UTF-8, not JSON, written by another tool or by a newer
/// version, a missing field, a quote that disagrees with its offsets, a value that does not fit
/// the codebook.
pub fn read_document(bytes: &[u8]) -> Result<OpenedDocument, ReadError> {
    let text = decode(bytes)?;
    let json = parse_json(text)?;
    check_head(&json)?;
    let document = document_of(&JsonNode::root(&json))?;
    let unknown = unknown_fields(text, &json, &document);
    Ok(OpenedDocument { document, unknown })
}

/// Reads the document in a text that [`write_document`] wrote, without looking for unknown fields.
pub fn read_own_document(text: &str) -> Result<Document, ReadError> {
    let json = parse_json(text)?;
    check_head(&json)?;
    document_of(&JsonNode::root(&json))
}

/// Checks what a file says about itself: its format, its version and its unit of offsets.
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

/// Reads a document whose head was checked by [`check_head`].
pub(crate) fn document_of(file: &JsonNode) -> Result<Document, ReadError> {
    let article = read_article(&file.field("article")?)?;
    let codebook = read_codebook(&file.field("codebook")?)?;
    file.field("annotations")?;
    let annotations = file.list("annotations", |node| {
        read_annotation(node, &article, |answer, tag, attribute| {
            let known = codebook
                .tag(tag)
                .ok_or_else(|| ModelError::NoTag(tag.clone()));
            read_answer(answer, &node.checked(known)?.attributes, attribute)
        })
    })?;
    let answers = read_answers(file.optional("answers"), |answer, question| {
        read_answer(answer, codebook.questions(), question)
    })?;
    let parts = DocumentParts {
        relations: file.list("relations", read_relation)?,
        entities: file.list("entities", read_entity)?,
        coder: file.text_or_empty("coder")?,
        article,
        codebook,
        annotations,
        answers,
    };
    let records = RecordPaths::new(&parts);
    Document::from_parts(parts).map_err(|error| ReadError::Model {
        place: records.path_of(&error),
        error,
    })
}

/// The order of the records in the file: it gives the path of the one that does not fit.
struct RecordPaths {
    tags: Vec<Slug>,
    // The ids of the lists of records, in the order of the file.
    lists: [(&'static str, Vec<Id>); 3],
}

impl RecordPaths {
    fn new(parts: &DocumentParts) -> Self {
        let annotations = parts.annotations.iter().map(|mark| mark.id);
        let relations = parts.relations.iter().map(|relation| relation.id);
        let entities = parts.entities.iter().map(|entity| entity.id);
        Self {
            tags: parts
                .annotations
                .iter()
                .map(|mark| mark.tag.clone())
                .collect(),
            lists: [
                ("annotations", annotations.collect()),
                ("relations", relations.collect()),
                ("entities", entities.collect()),
            ],
        }
    }

    fn path_of(&self, error: &ModelError) -> String {
        // Of two records with the same id, the last is the one that does not fit.
        let record = |id: &str| {
            self.lists.iter().rev().find_map(|(name, ids)| {
                let index = ids.iter().rposition(|other| other.to_string() == id)?;
                Some(format!("{name}[{index}]"))
            })
        };
        let path = match error {
            ModelError::Twice(id) => record(id),
            ModelError::NoTag(tag) => (0..)
                .zip(&self.tags)
                .find(|(_, other)| *other == tag)
                .map(|(index, _): (usize, _)| format!("annotations[{index}].tag")),
            ModelError::EntityTag(id) | ModelError::Loop(id) => record(&id.to_string()),
            ModelError::NoEntity(_) => Some("annotations".to_owned()),
            ModelError::NoAnnotation(_) | ModelError::BadPair { .. } => {
                Some("relations".to_owned())
            }
            ModelError::NoRelationKind(_) => Some("relations".to_owned()),
            _ => None,
        };
        path.unwrap_or_else(|| "the file".to_owned())
    }
}

/// The paths of the fields of the file that are missing when the document is written again.
fn unknown_fields(text: &str, file: &Json, document: &Document) -> Vec<String> {
    let again = write_document(document);
    if again.trim_end() == text.trim_end() {
        return Vec::new();
    }
    let again = parse_json(&again).unwrap_or_default();
    let mut unknown = Vec::new();
    compare(file, &again, &mut String::new(), &mut unknown);
    unknown
}

/// Adds the paths below `path` of what `file` has and `again` does not.
fn compare(file: &Json, again: &Json, path: &mut String, unknown: &mut Vec<String>) {
    let length = path.len();
    match (file, again) {
        (Json::Object(file), Json::Object(again)) => {
            for (name, value) in file {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(name);
                match again.get(name) {
                    Some(again) => compare(value, again, path, unknown),
                    None if *value == Json::Array(Vec::new()) => {}
                    None => unknown.push(path.clone()),
                }
                path.truncate(length);
            }
        }
        (Json::Array(file), Json::Array(again)) => {
            for (index, item) in file.iter().enumerate() {
                // Records may have changed their order; the items of other lists have not.
                let has_same_id = |other: &&Json| other["id"] == item["id"];
                let here = again.get(index).filter(has_same_id);
                let again = here.or_else(|| again.iter().find(has_same_id));
                path.push_str(&format!("[{index}]"));
                compare(item, again.unwrap_or(&Json::Null), path, unknown);
                path.truncate(length);
            }
        }
        _ => {}
    }
}
