//! Tasks of Label Studio with their annotations, and the labelling configuration in XML.
//!
//! - **Readers**: Label Studio (tested with 1.23), its SDK (2.1).
//! - **Offsets**: code points.
//! - **What does not fit**: the parts of a mark are regions of their own; the note of a mark belongs to
//!   the first.
//! - **Source**: Label Studio's documentation, "Import data" (JSON format of tasks and annotations),
//!   and its tags `Labels`, `Relations` and `TextArea`.

use crate::catalogue::SpanPrecision;
use crate::encoding::json_lines::{check_relation_ends, number, row, text};
use crate::encoding::xml::XmlWriter;
use crate::error::ReadBackError;
use crate::external::{ExternalDocument, ExternalSpan, ExternalSpans};
use crate::options::Options;
use crate::output::{FileSink, Writer, WrittenDocument};
use crate::projection::spans::{ProjectedSpan, Projection};
use crate::provenance::Provenance;
use pullquote_core::model::document::Document;

use serde::Serialize;
use serde_json::Value as Json;

#[derive(Serialize)]
struct Task<'a> {
    data: Data<'a>,
    annotations: [Annotation<'a>; 1],
}

#[derive(Serialize)]
struct Data<'a> {
    text: &'a str,
    title: &'a str,
    url: &'a str,
    document: String,
    made_by: Provenance,
}

#[derive(Serialize)]
struct Annotation<'a> {
    result: Vec<Outcome<'a>>,
    ground_truth: bool,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Outcome<'a> {
    Region {
        id: String,
        from_name: &'static str,
        to_name: &'static str,
        #[serde(rename = "type")]
        kind: &'static str,
        origin: &'static str,
        value: Region<'a>,
    },
    Relation {
        from_id: String,
        to_id: String,
        #[serde(rename = "type")]
        kind: &'static str,
        direction: &'static str,
        labels: [&'a str; 1],
    },
}

#[derive(Serialize)]
#[serde(untagged)]
enum Region<'a> {
    Label {
        start: u32,
        end: u32,
        text: &'a str,
        labels: [&'a str; 1],
    },
    Note {
        start: u32,
        end: u32,
        text: [&'a str; 1],
    },
}

struct LabelStudio {
    options: Options,
    // For the configuration: the labels with their colours, and the kinds of relations.
    labels: Vec<(String, String)>,
    relations: Vec<String>,
    // Whether a task is written.
    has_tasks: bool,
}

pub(crate) fn begin(options: &Options) -> Box<dyn Writer> {
    Box::new(LabelStudio {
        options: options.clone(),
        labels: Vec::new(),
        relations: Vec::new(),
        has_tasks: false,
    })
}

impl Writer for LabelStudio {
    fn add(&mut self, document: &Document, out: &mut dyn FileSink) -> Vec<WrittenDocument> {
        let projection = Projection::new(document, &self.options, SpanPrecision::Exact);
        self.collect_configuration(&projection);
        let article = document.article();
        let task = Task {
            data: Data {
                text: projection.text(),
                title: &article.title,
                url: &article.source.url,
                document: article.id.to_string(),
                made_by: Provenance::new(document, &self.options),
            },
            annotations: [Annotation {
                result: outcomes(&projection),
                ground_truth: false,
            }],
        };
        let file = format!("{}.json", self.options.name);
        let before = if self.has_tasks { ",\n" } else { "[\n" };
        self.has_tasks = true;
        let task = row(&task, false);
        out.append(&file, (before.to_owned() + task.trim_end()).as_bytes());
        vec![WrittenDocument::with_all_spans(&file, &projection)]
    }

    fn finish(&mut self, out: &mut dyn FileSink) {
        let end = if self.has_tasks { "\n]\n" } else { "[]\n" };
        out.append(&format!("{}.json", self.options.name), end.as_bytes());
        let configuration = configuration(&self.relations, &self.labels);
        let file = format!("{}.xml", self.options.name);
        out.append(&file, configuration.as_bytes());
    }
}

impl LabelStudio {
    /// Adds the labels and the kinds of relations of a document to what the configuration lists.
    fn collect_configuration(&mut self, projection: &Projection) {
        let tags = projection.document.codebook().tags();
        for (label, tag) in projection.labels.iter().zip(tags) {
            if self.labels.iter().all(|(known, _)| known != label) {
                self.labels.push((label.clone(), tag.colour.to_string()));
            }
        }
        for relation in projection.relations() {
            if self.relations.iter().all(|known| known != relation.kind) {
                self.relations.push(relation.kind.to_owned());
            }
        }
    }
}

/// The regions of a document: for each span its label, and the note of its mark. Then the
/// relations between the first regions of marks.
fn outcomes<'a>(projection: &'a Projection) -> Vec<Outcome<'a>> {
    let mut outcomes = Vec::new();
    for projected in &projection.spans {
        let region = |from_name, kind, value| Outcome::Region {
            id: region_id(projection, projected),
            from_name,
            to_name: "text",
            kind,
            origin: "manual",
            value,
        };
        let [start, end] = projection.chars(projected.span);
        let label = Region::Label {
            start,
            end,
            text: projection.slice(projected.span),
            labels: [projection.label(projected)],
        };
        outcomes.push(region("label", "labels", label));
        let note = projection.mark(projected).note.as_str();
        if !note.is_empty() && projected.part == 0 {
            let text = [note];
            let note = Region::Note { start, end, text };
            outcomes.push(region("note", "textarea", note));
        }
    }
    for relation in projection.relations() {
        let from = projection.first_span_of(relation.from);
        let to = projection.first_span_of(relation.to);
        if let (Some(from), Some(to)) = (from, to) {
            outcomes.push(Outcome::Relation {
                from_id: region_id(projection, from),
                to_id: region_id(projection, to),
                kind: "relation",
                direction: "right",
                labels: [relation.kind],
            });
        }
    }
    outcomes
}

/// The id of the region of a span: that of its mark, with a number from the second part on.
fn region_id(projection: &Projection, projected: &ProjectedSpan) -> String {
    let id = projection.mark(projected).id;
    match projected.part {
        0 => id.to_string(),
        part => format!("{id}-{}", part + 1),
    }
}

/// The labelling configuration: relations, labels with their colours, the text, and a note for
/// each region.
fn configuration(relations: &[String], labels: &[(String, String)]) -> String {
    let mut xml = XmlWriter::default();
    let mut view = xml.element("View").open();
    view.text("\n  ");
    let mut list = view.element("Relations").open();
    for name in relations {
        list.text("\n    ");
        list.element("Relation").attribute("value", name).empty();
    }
    list.text("\n  ");
    list.end();
    view.text("\n  ");
    let mut list = view
        .element("Labels")
        .attribute("name", "label")
        .attribute("toName", "text")
        .open();
    for (name, colour) in labels {
        list.text("\n    ");
        list.element("Label")
            .attribute("value", name)
            .attribute("background", colour)
            .empty();
    }
    list.text("\n  ");
    list.end();
    view.text("\n  ");
    view.element("Text")
        .attribute("name", "text")
        .attribute("value", "$text")
        .empty();
    view.text("\n  ");
    view.element("TextArea")
        .attribute("name", "note")
        .attribute("toName", "text")
        .attribute("perRegion", "true")
        .empty();
    view.line_end();
    view.end();
    xml.line_end();
    xml.finish()
}

/// Reads the tasks.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let tasks: Json = serde_json::from_slice(bytes)?;
    let tasks = tasks.as_array().ok_or(NO_TASKS)?;
    tasks.iter().map(read_task).collect()
}

const NO_TASKS: ReadBackError = ReadBackError::Malformed("the file is no list of tasks");
const NO_LABEL: ReadBackError = ReadBackError::Malformed("a region has no label");

fn read_task(task: &Json) -> Result<ExternalDocument, ReadBackError> {
    let annotations = task["annotations"].as_array().into_iter().flatten();
    let results = annotations.flat_map(|annotation| annotation["result"].as_array());
    let results: Vec<&Json> = results.flatten().collect();
    let of_kind = |kind: &str| -> Vec<&Json> {
        let results = results.iter().copied();
        results.filter(|result| result["type"] == kind).collect()
    };
    let labels = of_kind("labels");
    let ids: Vec<&Json> = labels.iter().map(|result| &result["id"]).collect();
    check_relation_ends(of_kind("relation"), ["from_id", "to_id"], &ids)?;
    let spans = labels.iter().map(|result| read_region(&result["value"]));
    Ok(ExternalDocument {
        text: Some(text(&task["data"], "text")?),
        spans: ExternalSpans::Chars(spans.collect::<Result<_, _>>()?),
        ..ExternalDocument::default()
    })
}

fn read_region(value: &Json) -> Result<ExternalSpan, ReadBackError> {
    let label = value["labels"][0].as_str().ok_or(NO_LABEL)?;
    Ok(ExternalSpan {
        start: number(value, "start")?,
        end: number(value, "end")?,
        label: label.to_owned(),
        quote: Some(text(value, "text")?),
    })
}
