//! Tasks of Label Studio with their annotations, and the labelling configuration.

use crate::catalogue::SpanPrecision;
use crate::encoding::json_lines::{ends_stand, number, row, text};
use crate::encoding::xml::attribute;
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
    labels: Vec<(String, String)>,
    relations: Vec<String>,
    begun: bool,
}

pub(crate) fn begin(options: &Options) -> Box<dyn Writer> {
    Box::new(LabelStudio {
        options: options.clone(),
        labels: Vec::new(),
        relations: Vec::new(),
        begun: false,
    })
}

fn id_of(labelled: &Projection, piece: &ProjectedSpan) -> String {
    let id = labelled.mark(piece).id;
    match piece.part {
        0 => id.to_string(),
        number => format!("{id}-{}", number + 1),
    }
}

impl Writer for LabelStudio {
    fn add(&mut self, document: &Document, out: &mut dyn FileSink) -> Vec<WrittenDocument> {
        let labelled = Projection::new(document, &self.options, SpanPrecision::Exact);
        for (label, tag) in labelled.labels.iter().zip(document.codebook().tags()) {
            if self.labels.iter().all(|(known, _)| known != label) {
                self.labels.push((label.clone(), tag.colour.to_string()));
            }
        }
        let region = |piece: &ProjectedSpan, kind, value| Outcome::Region {
            id: id_of(&labelled, piece),
            from_name: if kind == "labels" { "label" } else { "note" },
            to_name: "text",
            kind,
            origin: "manual",
            value,
        };
        let mut result = Vec::new();
        for piece in &labelled.spans {
            let [start, end] = labelled.chars(piece.span);
            let value = Region::Label {
                start,
                end,
                text: labelled.slice(piece.span),
                labels: [labelled.label(piece)],
            };
            result.push(region(piece, "labels", value));
            let note = labelled.mark(piece).note.as_str();
            if !note.is_empty() && piece.part == 0 {
                let text = [note];
                result.push(region(piece, "textarea", Region::Note { start, end, text }));
            }
        }
        for link in labelled.relations() {
            if self.relations.iter().all(|known| known != link.kind) {
                self.relations.push(link.kind.to_owned());
            }
            if let (Some(from), Some(to)) = (
                labelled.first_span_of(link.from),
                labelled.first_span_of(link.to),
            ) {
                result.push(Outcome::Relation {
                    from_id: id_of(&labelled, from),
                    to_id: id_of(&labelled, to),
                    kind: "relation",
                    direction: "right",
                    labels: [link.kind],
                });
            }
        }
        let article = document.article();
        let task = Task {
            data: Data {
                text: labelled.text(),
                title: &article.title,
                url: &article.source.url,
                document: article.id.to_string(),
                made_by: Provenance::new(document, &self.options),
            },
            annotations: [Annotation {
                result,
                ground_truth: false,
            }],
        };
        let file = format!("{}.json", self.options.name);
        let before = if self.begun { ",\n" } else { "[\n" };
        self.begun = true;
        let task = row(&task, false);
        out.append(&file, (before.to_owned() + task.trim_end()).as_bytes());
        vec![WrittenDocument::new(
            &file,
            &labelled,
            labelled.spans.iter(),
            |piece| labelled.label(piece).to_owned(),
        )]
    }

    fn finish(&mut self, out: &mut dyn FileSink) {
        let end = if self.begun { "\n]\n" } else { "[]\n" };
        out.append(&format!("{}.json", self.options.name), end.as_bytes());
        let mut view = String::from("<View>\n  <Relations>\n");
        for name in &self.relations {
            view.push_str(&format!("    <Relation value=\"{}\"/>\n", attribute(name)));
        }
        view.push_str("  </Relations>\n  <Labels name=\"label\" toName=\"text\">\n");
        for (name, colour) in &self.labels {
            let name = attribute(name);
            view.push_str(&format!(
                "    <Label value=\"{name}\" background=\"{colour}\"/>\n"
            ));
        }
        view.push_str("  </Labels>\n  <Text name=\"text\" value=\"$text\"/>\n");
        view.push_str("  <TextArea name=\"note\" toName=\"text\" perRegion=\"true\"/>\n</View>\n");
        out.append(&format!("{}.xml", self.options.name), view.as_bytes());
    }
}

pub(crate) fn read(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let tasks: Json = serde_json::from_slice(bytes)?;
    let tasks = tasks
        .as_array()
        .ok_or(ReadBackError::Malformed("the file is no list of tasks"))?;
    let read = tasks.iter().map(|task| {
        let results = task["annotations"].as_array().into_iter().flatten();
        let results = results.flat_map(|it| it["result"].as_array().into_iter().flatten());
        let of = |kind: &'static str| results.clone().filter(move |it| it["type"] == kind);
        let names: Vec<&Json> = of("labels").map(|it| &it["id"]).collect();
        let relations: Vec<Json> = of("relation").cloned().collect();
        ends_stand(&relations, ["from_id", "to_id"], &names)?;
        let labels = of("labels");
        let spans = labels.map(|result| {
            let value = &result["value"];
            let label = value["labels"][0]
                .as_str()
                .ok_or(ReadBackError::Malformed("a region has no label"))?;
            let (start, end) = (number(value, "start")?, number(value, "end")?);
            Ok(ExternalSpan {
                start,
                end,
                label: label.to_owned(),
                quote: Some(text(value, "text")?),
            })
        });
        Ok(ExternalDocument {
            text: Some(text(&task["data"], "text")?),
            spans: ExternalSpans::Chars(spans.collect::<Result<_, ReadBackError>>()?),
            ..ExternalDocument::default()
        })
    });
    read.collect()
}
