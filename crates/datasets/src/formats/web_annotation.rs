//! Web Annotations in JSON-LD: one annotation a mark, with the position and the quote of each of its
//! spans, and a second file with the relations.
//!
//! - **Readers**: programs for Web Annotations, such as Recogito and Apache Annotator. Tested with JSON
//!   Schema, rdflib (7.6) and pySHACL (0.40).
//! - **Offsets**: code points.
//! - **What does not fit**: the text is not in the file. An article without an address of its own, or
//!   with the address of another, is named by a URN.
//! - **Source**: Web Annotation Data Model, W3C Recommendation of 23 February 2017, sections 4.2.4
//!   (Text Quote Selector), 4.2.5 (Text Position Selector) and 5 (collections and pages).

use crate::catalogue::SpanPrecision;
use crate::encoding::guid::guid;
use crate::encoding::json_lines::{number, row, text};
use crate::error::ReadBackError;
use crate::external::{ExternalDocument, ExternalSpan, GroupedSpans};
use crate::naming::stems::Ids;
use crate::options::Options;
use crate::output::{FileSink, Writer, WrittenDocument};
use crate::projection::spans::{ProjectedSpan, Projection};
use crate::provenance::{Provenance, program};
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;
use pullquote_core::text::span::Span;
use pullquote_formats::wire::time::time;

use serde::Serialize;
use serde_json::Value as Json;

#[derive(Serialize)]
struct Annotation<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    motivation: &'static str,
    created: String,
    modified: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    creator: Option<Creator<'a>>,
    body: Vec<Body<'a>>,
    target: Targets<'a>,
}

#[derive(Serialize)]
struct Creator<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    name: &'a str,
}

#[derive(Serialize)]
struct Body<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    value: &'a str,
    purpose: &'static str,
    format: &'static str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Targets<'a> {
    One(Target<'a>),
    Several(Vec<Target<'a>>),
}

#[derive(Serialize)]
struct Target<'a> {
    source: &'a str,
    selector: (Quote<'a>, Position),
}

#[derive(Serialize)]
struct Quote<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    exact: &'a str,
    prefix: &'a str,
    suffix: &'a str,
}

#[derive(Serialize)]
struct Position {
    #[serde(rename = "type")]
    kind: &'static str,
    start: u32,
    end: u32,
}

/// A relation from one annotation to another, with its name in the body.
#[derive(Serialize)]
struct Linking<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    motivation: &'static str,
    body: (String, Body<'a>),
    target: String,
}

struct WebAnnotation {
    options: Options,
    // Whether the page of marks and that of relations have an item.
    has_items: [bool; 2],
    // The sources of the articles so far.
    sources: Vec<String>,
    ids: Ids,
}

pub(crate) fn begin(options: &Options) -> Box<dyn Writer> {
    Box::new(WebAnnotation {
        options: options.clone(),
        has_items: [false; 2],
        sources: Vec::new(),
        ids: Ids::default(),
    })
}

const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";

/// The extensions of the page of marks and the page of relations.
const FILES: [&str; 2] = ["jsonld", "relations.jsonld"];

impl WebAnnotation {
    /// Appends an item to one of the two pages.
    fn item(
        &mut self,
        page: usize,
        made_by: &Provenance,
        item: &impl Serialize,
        out: &mut dyn FileSink,
    ) {
        let file = format!("{}.{}", self.options.name, FILES[page]);
        if std::mem::replace(&mut self.has_items[page], true) {
            out.append(&file, b",\n");
        } else {
            let head = Page {
                context: CONTEXT,
                id: format!("urn:x-pullquote:{page}:{}", made_by.made),
                kind: "AnnotationPage",
                generator: Generator {
                    kind: "Software",
                    name: program(),
                },
                label: made_by.line(),
            };
            let head = row(&head, false);
            let head = head.trim_end();
            let head = head.strip_suffix('}').unwrap_or(head);
            out.append(&file, format!("{head},\"items\":[\n").as_bytes());
        }
        out.append(&file, row(item, false).trim_end().as_bytes());
    }
}

#[derive(Serialize)]
struct Page {
    #[serde(rename = "@context")]
    context: &'static str,
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    label: String,
    generator: Generator,
}

#[derive(Serialize)]
struct Generator {
    #[serde(rename = "type")]
    kind: &'static str,
    name: String,
}

impl Writer for WebAnnotation {
    fn add(&mut self, document: &Document, out: &mut dyn FileSink) -> Vec<WrittenDocument> {
        let projection = Projection::new(document, &self.options, SpanPrecision::Exact);
        let made_by = Provenance::new(document, &self.options);
        let names = Urns::new(document, &mut self.ids);
        let mut source = source(document, &names.article);
        // Two articles with one address would be taken for one.
        if self.sources.contains(&source) {
            source = format!("urn:uuid:{}", names.article);
        }
        self.sources.push(source.clone());
        for spans in projection.spans.chunk_by(|a, b| a.mark == b.mark) {
            let annotation = annotation(&projection, spans, &names, &source);
            self.item(0, &made_by, &annotation, out);
        }
        let marks = document.annotations();
        for relation in projection.relations() {
            let name = text_body(relation.kind, "tagging");
            let linking = Linking {
                id: names.urn(relation.id),
                kind: "Annotation",
                motivation: "linking",
                body: (names.urn(marks[relation.from].id), name),
                target: names.urn(marks[relation.to].id),
            };
            self.item(1, &made_by, &linking, out);
        }
        let file = format!("{}.{}", self.options.name, FILES[0]);
        let mut written = WrittenDocument::with_all_spans(&file, &projection);
        written.key = Some(source);
        vec![written]
    }

    fn finish(&mut self, out: &mut dyn FileSink) {
        for (page, file) in FILES.iter().enumerate() {
            let file = format!("{}.{file}", self.options.name);
            if self.has_items[page] {
                out.append(&file, b"\n]}\n");
            } else if page == 0 {
                let empty = format!(
                    "{{\"@context\":\"{CONTEXT}\",\"id\":\"urn:x-pullquote:0\",\"type\":\"AnnotationPage\",\"items\":[]}}\n"
                );
                out.append(&file, empty.as_bytes());
            }
        }
    }
}

/// The names of an article and its marks. An article that was written before gets a name of its
/// own, and so do its marks.
struct Urns {
    article: String,
    is_again: bool,
}

impl Urns {
    fn new(document: &Document, ids: &mut Ids) -> Self {
        let id = document.article().id;
        let name = ids.next(id);
        let is_again = name != id.to_string();
        Self {
            article: match is_again {
                true => guid(&["source", &name]),
                false => name,
            },
            is_again,
        }
    }

    /// The name of the mark or relation with this id.
    fn urn(&self, id: Id) -> String {
        match self.is_again {
            true => format!(
                "urn:uuid:{}",
                guid(&["mark", &self.article, &id.to_string()])
            ),
            false => format!("urn:uuid:{id}"),
        }
    }
}

fn text_body<'a>(value: &'a str, purpose: &'static str) -> Body<'a> {
    Body {
        kind: "TextualBody",
        value,
        purpose,
        format: "text/plain",
    }
}

/// The annotation of a mark, with a target for each of its spans. There is at least one.
fn annotation<'a>(
    projection: &'a Projection,
    spans: &[ProjectedSpan],
    names: &Urns,
    source: &'a str,
) -> Annotation<'a> {
    let mark = projection.mark(&spans[0]);
    let mut body = vec![text_body(projection.label(&spans[0]), "tagging")];
    if !mark.note.is_empty() {
        body.push(text_body(&mark.note, "commenting"));
    }
    let target_of = |projected: &ProjectedSpan| target(projection, projected.span, source);
    Annotation {
        id: names.urn(mark.id),
        kind: "Annotation",
        motivation: "tagging",
        created: time(mark.created),
        modified: time(mark.modified),
        creator: (!mark.coder.is_empty()).then_some(Creator {
            kind: "Person",
            name: &mark.coder,
        }),
        body,
        target: match spans {
            [only] => Targets::One(target_of(only)),
            several => Targets::Several(several.iter().map(target_of).collect()),
        },
    }
}

/// The address of the article, or a URN where it has no valid address.
fn source(document: &Document, name: &str) -> String {
    let article = document.article();
    let url = article.source.url.trim();
    let scheme = url.split_once(':').map(|(scheme, _)| scheme);
    let is_scheme = |scheme: &str| {
        scheme.starts_with(|char: char| char.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|char| char.is_ascii_alphanumeric() || "+.-".contains(char))
    };
    let fits = |char: char| !char.is_whitespace() && !"<>\"{}|\\^`".contains(char) && char > ' ';
    match scheme.is_some_and(is_scheme) && url.chars().all(fits) {
        true => url.to_owned(),
        false => format!("urn:uuid:{name}"),
    }
}

/// How many UTF-16 code units of context stand before and after a quote. More would be too long a
/// pattern for a widely used matcher.
const CONTEXT_UNITS: usize = 32;

fn target<'a>(projection: &Projection<'a>, span: Span, source: &'a str) -> Target<'a> {
    let text = projection.text();
    let fits = |room: &mut usize, char: char| {
        *room = room.checked_sub(char.len_utf16())?;
        Some(char.len_utf8())
    };
    let before = &text[..span.start().index()];
    let behind = &text[span.end().index()..];
    let head: usize = before
        .chars()
        .rev()
        .scan(CONTEXT_UNITS, |room, char| fits(room, char))
        .sum();
    let tail: usize = behind
        .chars()
        .scan(CONTEXT_UNITS, |room, char| fits(room, char))
        .sum();
    let [start, end] = projection.chars(span);
    Target {
        source,
        selector: (
            Quote {
                kind: "TextQuoteSelector",
                exact: projection.slice(span),
                prefix: &before[before.len() - head..],
                suffix: &behind[..tail],
            },
            Position {
                kind: "TextPositionSelector",
                start,
                end,
            },
        ),
    }
}

/// Reads the page of marks. Articles are told apart by their addresses only; the annotations of an
/// article follow each other.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let page: Json = serde_json::from_slice(bytes)?;
    let items = page["items"]
        .as_array()
        .ok_or(ReadBackError::Malformed("there are no items"))?;
    let mut documents = GroupedSpans::default();
    for item in items.iter().filter(|item| item["motivation"] == "tagging") {
        let label = text(&item["body"][0], "value")?;
        let one = std::slice::from_ref(&item["target"]);
        for target in item["target"].as_array().map_or(one, Vec::as_slice) {
            let source = text(target, "source")?;
            let [quote, position] = [&target["selector"][0], &target["selector"][1]];
            let (start, end) = (number(position, "start")?, number(position, "end")?);
            let span = ExternalSpan {
                start,
                end,
                label: label.clone(),
                quote: Some(text(quote, "exact")?),
            };
            documents.push(source, span);
        }
    }
    Ok(documents.into_documents())
}
