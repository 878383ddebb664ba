//! Web Annotations (W3C, JSON-LD), with position and quote of every span.

use crate::catalogue::SpanPrecision;
use crate::encoding::json_lines::{number, row, text};
use crate::error::ReadBackError;
use crate::external::{ExternalDocument, ExternalSpan, GroupedSpans};
use crate::formats::refi::guid;
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

/// A relation: its name, from one annotation to the other.
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
    begun: [bool; 2],
    sources: Vec<String>,
    ids: Ids,
}

pub(crate) fn begin(options: &Options) -> Box<dyn Writer> {
    Box::new(WebAnnotation {
        options: options.clone(),
        begun: [false; 2],
        sources: Vec::new(),
        ids: Ids::default(),
    })
}

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
        if std::mem::replace(&mut self.begun[page], true) {
            out.append(&file, b",\n");
        } else {
            let head = Page {
                context: "http://www.w3.org/ns/anno.jsonld",
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
        let labelled = Projection::new(document, &self.options, SpanPrecision::Exact);
        let made_by = Provenance::new(document, &self.options);
        let article = document.article();
        let own = article.id.to_string();
        let name = self.ids.next(article.id);
        // Of an article that comes again, an id of its own, and so for its marks.
        let is_again = name != own;
        let name = if is_again {
            guid(&["source", &name])
        } else {
            own
        };
        let urn = |id: Id| match is_again {
            true => format!("urn:uuid:{}", guid(&["mark", &name, &id.to_string()])),
            false => format!("urn:uuid:{id}"),
        };
        let mut source = source(document, &name);
        // Two articles of one address could not be told apart.
        if self.sources.contains(&source) {
            source = format!("urn:uuid:{name}");
        }
        self.sources.push(source.clone());
        let mut pieces = labelled.spans.as_slice();
        while let Some(first) = pieces.first() {
            let count = pieces
                .iter()
                .take_while(|piece| piece.mark == first.mark)
                .count();
            let mut targets: Vec<Target> = pieces[..count]
                .iter()
                .map(|piece| target(&labelled, piece.span, &source))
                .collect();
            pieces = &pieces[count..];
            let mark = labelled.mark(first);
            let body = |value, purpose| Body {
                kind: "TextualBody",
                value,
                purpose,
                format: "text/plain",
            };
            let mut bodies = vec![body(labelled.label(first), "tagging")];
            if !mark.note.is_empty() {
                bodies.push(body(&mark.note, "commenting"));
            }
            let annotation = Annotation {
                id: urn(mark.id),
                kind: "Annotation",
                motivation: "tagging",
                created: time(mark.created),
                modified: time(mark.modified),
                creator: (!mark.coder.is_empty()).then_some(Creator {
                    kind: "Person",
                    name: &mark.coder,
                }),
                body: bodies,
                target: match (targets.len(), targets.pop()) {
                    (1, Some(target)) => Targets::One(target),
                    (_, last) => Targets::Several(targets.into_iter().chain(last).collect()),
                },
            };
            self.item(0, &made_by, &annotation, out);
        }
        for link in labelled.relations() {
            let marks = document.annotations();
            let end = |mark: usize| urn(marks[mark].id);
            let linking = Linking {
                id: urn(link.id),
                kind: "Annotation",
                motivation: "linking",
                body: (
                    end(link.from),
                    Body {
                        kind: "TextualBody",
                        value: link.kind,
                        purpose: "tagging",
                        format: "text/plain",
                    },
                ),
                target: end(link.to),
            };
            self.item(1, &made_by, &linking, out);
        }
        let file = format!("{}.{}", self.options.name, FILES[0]);
        let label = |piece: &ProjectedSpan| labelled.label(piece).to_owned();
        let mut written = WrittenDocument::new(&file, &labelled, labelled.spans.iter(), label);
        written.key = Some(source);
        vec![written]
    }

    fn finish(&mut self, out: &mut dyn FileSink) {
        for (page, file) in FILES.iter().enumerate() {
            let file = format!("{}.{file}", self.options.name);
            if self.begun[page] {
                out.append(&file, b"\n]}\n");
            } else if page == 0 {
                let context = "http://www.w3.org/ns/anno.jsonld";
                let empty = format!(
                    "{{\"@context\":\"{context}\",\"id\":\"urn:x-pullquote:0\",\"type\":\"AnnotationPage\",\"items\":[]}}\n"
                );
                out.append(&file, empty.as_bytes());
            }
        }
    }
}

/// The address of the article, or a name for it where it has none.
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

/// The words before and after reach over no more UTF-16 units: more is too long a pattern
/// for a reader in wide use.
const CONTEXT: usize = 32;

fn target<'a>(labelled: &Projection<'a>, span: Span, source: &'a str) -> Target<'a> {
    let text = labelled.text();
    let fits = |room: &mut usize, char: char| {
        *room = room.checked_sub(char.len_utf16())?;
        Some(char.len_utf8())
    };
    let before = &text[..span.start().index()];
    let behind = &text[span.end().index()..];
    let head: usize = before
        .chars()
        .rev()
        .scan(CONTEXT, |room, it| fits(room, it))
        .sum();
    let tail: usize = behind
        .chars()
        .scan(CONTEXT, |room, it| fits(room, it))
        .sum();
    let [start, end] = labelled.chars(span);
    Target {
        source,
        selector: (
            Quote {
                kind: "TextQuoteSelector",
                exact: labelled.slice(span),
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

/// Reads the page of marks. It does not say where one article ends and the next begins but
/// by their addresses; annotations of one follow each other.
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
