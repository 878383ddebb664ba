//! JSON Lines as doccano imports them, for sequence labelling and for relation extraction. Only ASCII
//! is written: doccano guesses the encoding of a file, and ASCII is right in all that it guesses.
//!
//! - **Readers**: doccano (tested with 1.8).
//! - **Offsets**: code points, or UTF-16 code units on request, which doccano's editor counts. The
//!   field `offset_unit` says which.
//! - **What does not fit**: the parts of a mark are spans of their own. Notes are left out, and
//!   relations too in the variant for sequence labelling.
//! - **Source**: doccano's documentation, "Dataset formats" (JSONL), and its `data_import` package.

use crate::catalogue::SpanPrecision;
use crate::encoding::json_lines;
use crate::encoding::json_lines::{list, number, row, text};
use crate::error::ReadBackError;
use crate::external::{ExternalDocument, ExternalSpan, ExternalSpans};
use crate::options::Options;
use crate::output::{FileSink, Writer, WrittenDocument};
use crate::projection::spans::Projection;
use crate::provenance::Provenance;
use pullquote_core::model::document::Document;

use serde::Serialize;
use serde_json::Value as Json;

#[derive(Serialize)]
struct Row<'a> {
    id: usize,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<Vec<(u32, u32, &'a str)>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    entities: Option<Vec<Entity<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    relations: Option<Vec<Relation<'a>>>,
    title: &'a str,
    url: &'a str,
    document: String,
    offset_unit: &'static str,
    made_by: Provenance,
}

#[derive(Serialize)]
struct Entity<'a> {
    id: usize,
    start_offset: u32,
    end_offset: u32,
    label: &'a str,
}

#[derive(Serialize)]
struct Relation<'a> {
    id: usize,
    from_id: usize,
    to_id: usize,
    #[serde(rename = "type")]
    kind: &'a str,
}

struct Doccano {
    options: Options,
    // Whether relations are written, and spans as the entities that they lead to.
    has_relations: bool,
    documents: usize,
    // The last id: entities and relations share one sequence in a file.
    last_id: usize,
}

pub(crate) fn begin(options: &Options) -> Box<dyn Writer> {
    begin_variant(options, false)
}

pub(crate) fn begin_relations(options: &Options) -> Box<dyn Writer> {
    begin_variant(options, true)
}

fn begin_variant(options: &Options, has_relations: bool) -> Box<dyn Writer> {
    Box::new(Doccano {
        options: options.clone(),
        has_relations,
        documents: 0,
        last_id: 0,
    })
}

const UTF16: &str = "utf16";
const CHARS: &str = "codepoint";

impl Writer for Doccano {
    fn add(&mut self, document: &Document, out: &mut dyn FileSink) -> Vec<WrittenDocument> {
        let projection = Projection::new(document, &self.options, SpanPrecision::Exact);
        let first_id = self.last_id + 1;
        let entities = self.entities(&projection);
        let relations = self.relations(&projection, first_id);
        self.documents += 1;
        let label = entities
            .iter()
            .map(|entity| (entity.start_offset, entity.end_offset, entity.label));
        let article = document.article();
        let line = row(
            &Row {
                id: self.documents,
                text: projection.text(),
                label: (!self.has_relations).then(|| label.collect()),
                title: &article.title,
                url: &article.source.url,
                document: article.id.to_string(),
                offset_unit: if self.options.utf16 { UTF16 } else { CHARS },
                made_by: Provenance::new(document, &self.options),
                entities: self.has_relations.then_some(entities),
                relations: self.has_relations.then_some(relations),
            },
            true,
        );
        let file = format!("{}.jsonl", self.options.name);
        out.append(&file, line.as_bytes());
        vec![WrittenDocument::with_all_spans(&file, &projection)]
    }

    fn finish(&mut self, _: &mut dyn FileSink) {}
}

impl Doccano {
    fn entities<'a>(&mut self, projection: &'a Projection) -> Vec<Entity<'a>> {
        let spans = projection.spans.iter();
        let entities = (self.last_id + 1..).zip(spans).map(|(id, projected)| {
            let [start_offset, end_offset] = match self.options.utf16 {
                true => projection.utf16(projected.span),
                false => projection.chars(projected.span),
            };
            Entity {
                id,
                start_offset,
                end_offset,
                label: projection.label(projected),
            }
        });
        let entities: Vec<Entity> = entities.collect();
        self.last_id += entities.len();
        entities
    }

    /// The relations between entities, whose ids follow each other from `first_id` on.
    fn relations<'a>(&mut self, projection: &'a Projection, first_id: usize) -> Vec<Relation<'a>> {
        let mut relations = Vec::new();
        for relation in projection.relations() {
            let from = projection.first_span_index(relation.from);
            let to = projection.first_span_index(relation.to);
            if let (Some(from), Some(to)) = (from, to) {
                self.last_id += 1;
                relations.push(Relation {
                    id: self.last_id,
                    from_id: first_id + from,
                    to_id: first_id + to,
                    kind: relation.kind,
                });
            }
        }
        relations
    }
}

/// Reads both variants.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    json_lines::each(bytes, |row| {
        let entities = row["entities"].as_array();
        let spans: Result<Vec<_>, ReadBackError> = match entities {
            Some(entities) => entities.iter().map(read_entity).collect(),
            None => list(row, "label")?.iter().map(read_label).collect(),
        };
        let entities = entities.map(Vec::as_slice).unwrap_or_default();
        let is_known = |id: &Json| entities.iter().any(|entity| entity["id"] == *id);
        for relation in row["relations"].as_array().into_iter().flatten() {
            if !is_known(&relation["from_id"]) || !is_known(&relation["to_id"]) {
                return Err(ReadBackError::RelationHasNoEnd(relation["id"].to_string()));
            }
        }
        Ok(ExternalDocument {
            text: Some(text(row, "text")?),
            spans: match row["offset_unit"] == UTF16 {
                true => ExternalSpans::Utf16(spans?),
                false => ExternalSpans::Chars(spans?),
            },
            ..ExternalDocument::default()
        })
    })
}

fn read_entity(entity: &Json) -> Result<ExternalSpan, ReadBackError> {
    Ok(ExternalSpan {
        start: number(entity, "start_offset")?,
        end: number(entity, "end_offset")?,
        label: text(entity, "label")?,
        quote: None,
    })
}

/// Reads a list of start, end and label.
fn read_label(list: &Json) -> Result<ExternalSpan, ReadBackError> {
    let wrong = || ReadBackError::ValueIsNot {
        value: list.to_string(),
        expected: "label",
    };
    let offset = |index: usize| u32::try_from(list[index].as_u64()?).ok();
    let (start, end) = offset(0).zip(offset(1)).ok_or_else(wrong)?;
    Ok(ExternalSpan {
        start,
        end,
        label: list[2].as_str().ok_or_else(wrong)?.to_owned(),
        quote: None,
    })
}
