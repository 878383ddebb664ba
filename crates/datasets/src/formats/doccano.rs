//! JSON Lines as doccano imports them, in ASCII: its guess of an encoding cannot be wrong.

use crate::catalogue::SpanPrecision;
use crate::encoding::json_lines;
use crate::encoding::json_lines::{list, number, row, text};
use crate::error::ReadBackError;
use crate::external::{ExternalDocument, ExternalSpan, ExternalSpans};
use crate::options::Options;
use crate::output::{FileSink, Writer, WrittenDocument};
use crate::projection::spans::{ProjectedSpan, Projection};
use crate::provenance::Provenance;
use pullquote_core::model::document::Document;

use serde::Serialize;

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
    relations: bool,
    documents: usize,
    // Ids are never used twice in a file.
    last: usize,
}

pub(crate) fn begin(options: &Options) -> Box<dyn Writer> {
    Box::new(Doccano {
        options: options.clone(),
        relations: false,
        documents: 0,
        last: 0,
    })
}

pub(crate) fn begin_relations(options: &Options) -> Box<dyn Writer> {
    Box::new(Doccano {
        options: options.clone(),
        relations: true,
        documents: 0,
        last: 0,
    })
}

const UTF16: &str = "utf16";
const CHARS: &str = "codepoint";

impl Writer for Doccano {
    fn add(&mut self, document: &Document, out: &mut dyn FileSink) -> Vec<WrittenDocument> {
        let labelled = Projection::new(document, &self.options, SpanPrecision::Exact);
        let at = |piece: &ProjectedSpan| match self.options.utf16 {
            true => labelled.utf16(piece.span),
            false => labelled.chars(piece.span),
        };
        let before = self.last;
        let entities = (before + 1..).zip(&labelled.spans).map(|(id, piece)| {
            let [start_offset, end_offset] = at(piece);
            Entity {
                id,
                start_offset,
                end_offset,
                label: labelled.label(piece),
            }
        });
        let entities: Vec<Entity> = entities.collect();
        self.last += entities.len();
        let mut relations = Vec::new();
        for link in labelled.relations() {
            let place = |mark| {
                labelled
                    .first_span_index(mark)
                    .map(|place| before + 1 + place)
            };
            if let (Some(from_id), Some(to_id)) = (place(link.from), place(link.to)) {
                self.last += 1;
                relations.push(Relation {
                    id: self.last,
                    from_id,
                    to_id,
                    kind: link.kind,
                });
            }
        }
        self.documents += 1;
        let label = entities
            .iter()
            .map(|it| (it.start_offset, it.end_offset, it.label));
        let article = document.article();
        let line = row(
            &Row {
                id: self.documents,
                text: labelled.text(),
                label: (!self.relations).then(|| label.collect()),
                title: &article.title,
                url: &article.source.url,
                document: article.id.to_string(),
                offset_unit: if self.options.utf16 { UTF16 } else { CHARS },
                made_by: Provenance::new(document, &self.options),
                entities: self.relations.then_some(entities),
                relations: self.relations.then_some(relations),
            },
            true,
        );
        let file = format!("{}.jsonl", self.options.name);
        out.append(&file, line.as_bytes());
        vec![WrittenDocument::new(
            &file,
            &labelled,
            labelled.spans.iter(),
            |piece| labelled.label(piece).to_owned(),
        )]
    }

    fn finish(&mut self, _: &mut dyn FileSink) {}
}

pub(crate) fn read(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    json_lines::each(bytes, |row| {
        let spans: Result<Vec<_>, ReadBackError> = match row["entities"].as_array() {
            Some(entities) => entities
                .iter()
                .map(|it| {
                    let (start, end) = (number(it, "start_offset")?, number(it, "end_offset")?);
                    Ok(ExternalSpan {
                        start,
                        end,
                        label: text(it, "label")?,
                        quote: None,
                    })
                })
                .collect(),
            None => list(row, "label")?
                .iter()
                .map(|it| {
                    let wrong = || ReadBackError::ValueIsNot {
                        value: it.to_string(),
                        expected: "label",
                    };
                    let at =
                        |place: usize| it[place].as_u64().and_then(|it| u32::try_from(it).ok());
                    let (start, end) = at(0).zip(at(1)).ok_or_else(wrong)?;
                    let label = it[2].as_str().ok_or_else(wrong)?;
                    Ok(ExternalSpan {
                        start,
                        end,
                        label: label.to_owned(),
                        quote: None,
                    })
                })
                .collect(),
        };
        let entities = row["entities"]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        let known = |id: &serde_json::Value| entities.iter().any(|it| it["id"] == *id);
        for relation in row["relations"].as_array().into_iter().flatten() {
            if !known(&relation["from_id"]) || !known(&relation["to_id"]) {
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
