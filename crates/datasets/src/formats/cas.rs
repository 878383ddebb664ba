//! The CAS of UIMA, as XMI with its type system, and as JSON. Marks are named entities of DKPro Core, a
//! layer that every project of INCEpTION has.
//!
//! - **Readers**: INCEpTION, UIMA, dkpro-cassis (tested with 0.12).
//! - **Offsets**: UTF-16 code units.
//! - **What does not fit**: spans are moved to the edges of tokens, the parts of a mark are entities of
//!   their own, and XMI replaces characters that XML cannot hold.
//! - **Source**: UIMA References, "XMI CAS Serialization Reference"; UIMA CAS JSON 0.4.

use crate::catalogue::SpanPrecision;
use crate::encoding::json_lines::{list, number, text};
use crate::encoding::xml::XmlWriter;
use crate::encoding::xml_reader::{number_attribute, parse_with_root};
use crate::error::ReadBackError;
use crate::external::{ExternalDocument, ExternalSpan, ExternalSpans};
use crate::naming::stems::Stems;
use crate::options::Options;
use crate::output::{FileSink, Writer, WrittenDocument};
use crate::projection::spans::{ProjectedSpan, Projection};
use crate::provenance::Provenance;
use pullquote_core::model::document::Document;
use pullquote_core::text::span::Span;

use serde_json::{Map, Value as Json, json};

const ENTITY: &str = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity";
const SENTENCE: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence";
const TOKEN: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token";
const RELATION: &str = "pullquote.Relation";
const NOTE: &str = "pullquote.Note";
const MADE_BY: &str = "pullquote.MadeBy";

/// The types, each with its features and their ranges.
const TYPES: [(&str, &[(&str, &str)]); 6] = [
    (SENTENCE, &[]),
    (TOKEN, &[]),
    (ENTITY, &[("value", STRING), ("identifier", STRING)]),
    (
        RELATION,
        &[
            ("Governor", ENTITY),
            ("Dependent", ENTITY),
            ("label", STRING),
        ],
    ),
    (NOTE, &[("value", STRING)]),
    (MADE_BY, &[("value", STRING)]),
];

const STRING: &str = "uima.cas.String";
const ANNOTATION: &str = "uima.tcas.Annotation";

/// A feature structure over a span of the text.
struct Structure<'a> {
    // Its number in the file. The text has 1, so the first structure has 2.
    id: usize,
    kind: &'static str,
    span: Span,
    features: Vec<(&'static str, Feature<'a>)>,
}

enum Feature<'a> {
    Text(&'a str),
    // The number of another structure.
    Ref(usize),
}

struct Cas {
    options: Options,
    stems: Stems,
    is_xmi: bool,
    // Whether the type system is written.
    has_types: bool,
}

pub(crate) fn begin_json(options: &Options) -> Box<dyn Writer> {
    begin(options, false)
}

pub(crate) fn begin_xmi(options: &Options) -> Box<dyn Writer> {
    begin(options, true)
}

fn begin(options: &Options, is_xmi: bool) -> Box<dyn Writer> {
    Box::new(Cas {
        options: options.clone(),
        stems: Stems::default(),
        is_xmi,
        has_types: false,
    })
}

/// All structures of a document, in the order of their numbers.
fn structures<'a>(projection: &'a Projection, made_by: &'a str) -> Vec<Structure<'a>> {
    let mut all = Vec::new();
    let tokens = &projection.tokens;
    for sentence in &projection.sentences {
        let (start, end) = (
            tokens[sentence.start].start(),
            tokens[sentence.end - 1].end(),
        );
        if let Some(span) = Span::between(start.index(), end.index()) {
            push(&mut all, SENTENCE, span, Vec::new());
        }
    }
    for token in tokens {
        push(&mut all, TOKEN, *token, Vec::new());
    }
    let mut entities = Vec::new();
    for projected in &projection.spans {
        let features = entity_features(projection, projected);
        entities.push(push(&mut all, ENTITY, projected.span, features));
    }
    for relation in projection.relations() {
        let from = projection.first_span_index(relation.from);
        let to = projection.first_span_index(relation.to);
        if let (Some(from), Some(to)) = (from, to) {
            let features = vec![
                ("Governor", Feature::Ref(entities[from])),
                ("Dependent", Feature::Ref(entities[to])),
                ("label", Feature::Text(relation.kind)),
            ];
            push(&mut all, RELATION, projection.spans[to].span, features);
        }
    }
    for projected in projection.spans.iter().filter(|span| span.part == 0) {
        let note = projection.mark(projected).note.as_str();
        if !note.is_empty() {
            let features = vec![("value", Feature::Text(note))];
            push(&mut all, NOTE, projected.span, features);
        }
    }
    if let Some(first) = tokens.first() {
        let features = vec![("value", Feature::Text(made_by))];
        push(&mut all, MADE_BY, *first, features);
    }
    all
}

/// Adds a structure and returns its number.
fn push<'a>(
    all: &mut Vec<Structure<'a>>,
    kind: &'static str,
    span: Span,
    features: Vec<(&'static str, Feature<'a>)>,
) -> usize {
    let id = all.len() + 2;
    all.push(Structure {
        id,
        kind,
        span,
        features,
    });
    id
}

/// The label of a span, and the external id or the name of its member of the cast.
fn entity_features<'a>(
    projection: &'a Projection,
    projected: &ProjectedSpan,
) -> Vec<(&'static str, Feature<'a>)> {
    let mut features = vec![("value", Feature::Text(projection.label(projected)))];
    let mark = projection.mark(projected);
    if let Some(member) = projection.document.member_of(mark) {
        let identifier = match member.reference.as_str() {
            "" => &member.name,
            reference => reference,
        };
        features.push(("identifier", Feature::Text(identifier)));
    }
    features
}

impl Writer for Cas {
    fn add(&mut self, document: &Document, out: &mut dyn FileSink) -> Vec<WrittenDocument> {
        let projection = Projection::new(document, &self.options, SpanPrecision::Tokens);
        let made_by = Provenance::new(document, &self.options).line();
        let stem = self.stems.next(&document.article().title);
        let all = structures(&projection, &made_by);
        let (file, content) = match self.is_xmi {
            true => (format!("{stem}.xmi"), xmi(&projection, &all)),
            false => (format!("{stem}.json"), json_cas(&projection, &all)),
        };
        if self.is_xmi && !std::mem::replace(&mut self.has_types, true) {
            out.append("TypeSystem.xml", type_system().as_bytes());
        }
        out.append(&file, content.as_bytes());
        vec![WrittenDocument::with_all_spans(&file, &projection)]
    }

    fn finish(&mut self, _: &mut dyn FileSink) {}
}

/// The namespace of a type in XMI, and its name there.
fn namespace(kind: &str) -> (String, &str) {
    let (package, name) = kind.rsplit_once('.').unwrap_or(("", kind));
    (format!("http:///{}.ecore", package.replace('.', "/")), name)
}

/// The prefix of the namespace of a type.
fn prefix(kind: &str) -> &'static str {
    match kind {
        ENTITY => "ner",
        SENTENCE | TOKEN => "segmentation",
        _ => "pullquote",
    }
}

fn xmi(projection: &Projection, all: &[Structure]) -> String {
    let mut xml = XmlWriter::document();
    let mut root = xml
        .element("xmi:XMI")
        .attribute("xmlns:xmi", "http://www.omg.org/XMI")
        .attribute("xmlns:cas", "http:///uima/cas.ecore");
    for kind in [ENTITY, SENTENCE, NOTE] {
        root = root.attribute(&format!("xmlns:{}", prefix(kind)), namespace(kind).0);
    }
    let mut root = root.attribute("xmi:version", "2.0").open();
    root.line_end();
    root.element("cas:NULL").attribute("xmi:id", 0).empty();
    root.line_end();
    for structure in all {
        let [begin, end] = projection.utf16(structure.span);
        let (prefix, name) = (prefix(structure.kind), namespace(structure.kind).1);
        let name = format!("{prefix}:{name}");
        let mut element = root
            .element(&name)
            .attribute("xmi:id", structure.id)
            .attribute("sofa", 1)
            .attribute("begin", begin)
            .attribute("end", end);
        for (name, feature) in &structure.features {
            element = match feature {
                Feature::Text(text) => element.attribute(name, text),
                Feature::Ref(id) => element.attribute(name, id),
            };
        }
        element.empty();
        root.line_end();
    }
    root.element("cas:Sofa")
        .attribute("xmi:id", 1)
        .attribute("sofaNum", 1)
        .attribute("sofaID", "_InitialView")
        .attribute("mimeType", "text/plain")
        .attribute("sofaString", projection.text())
        .empty();
    root.line_end();
    let members: Vec<String> = all
        .iter()
        .map(|structure| structure.id.to_string())
        .collect();
    root.element("cas:View")
        .attribute("sofa", 1)
        .attribute("members", members.join(" "))
        .empty();
    root.line_end();
    root.end();
    xml.line_end();
    xml.finish()
}

fn type_system() -> String {
    let mut xml = XmlWriter::document();
    let mut root = xml
        .element("typeSystemDescription")
        .attribute("xmlns", "http://uima.apache.org/resourceSpecifier")
        .open();
    root.line_end();
    let mut types = root.element("types").open();
    types.line_end();
    for (kind, features) in TYPES {
        let mut description = types.element("typeDescription").open();
        description.element("name").text(kind);
        description.element("description").empty();
        description.element("supertypeName").text(ANNOTATION);
        let mut list = description.element("features").open();
        list.line_end();
        for (name, range) in features {
            let mut feature = list.element("featureDescription").open();
            feature.element("name").text(name);
            feature.element("description").empty();
            feature.element("rangeTypeName").text(range);
            feature.end();
            list.line_end();
        }
        list.end();
        description.end();
        types.line_end();
    }
    types.end();
    root.line_end();
    root.end();
    xml.line_end();
    xml.finish()
}

fn json_cas(projection: &Projection, all: &[Structure]) -> String {
    let types = TYPES.iter().map(|(kind, features)| {
        let mut about = Map::new();
        about.insert("%NAME".to_owned(), json!(kind));
        about.insert("%SUPER_TYPE".to_owned(), json!(ANNOTATION));
        for (name, range) in *features {
            let feature = json!({ "%NAME": name, "%RANGE": range });
            about.insert((*name).to_owned(), feature);
        }
        ((*kind).to_owned(), Json::Object(about))
    });
    let sofa = json!({
        "%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView",
        "mimeType": "text/plain", "sofaString": projection.text(),
    });
    let structures = all.iter().map(|structure| {
        let [begin, end] = projection.utf16(structure.span);
        let mut about = json!({
            "%ID": structure.id, "%TYPE": structure.kind, "@sofa": 1, "begin": begin, "end": end,
        });
        for (name, feature) in &structure.features {
            match feature {
                Feature::Text(text) => about[*name] = json!(text),
                Feature::Ref(id) => about[format!("@{name}")] = json!(id),
            }
        }
        about
    });
    let members: Vec<usize> = all.iter().map(|structure| structure.id).collect();
    let file = json!({
        "%TYPES": Json::Object(types.collect()),
        "%FEATURE_STRUCTURES": std::iter::once(sofa).chain(structures).collect::<Vec<Json>>(),
        "%VIEWS": { "_InitialView": { "%SOFA": 1, "%MEMBERS": members } },
    });
    pullquote_formats::wire::json_text::json_text(&file, " ") + "\n"
}

/// Reads the text and the named entities of an XMI file.
pub(crate) fn read_xmi(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let document = parse_with_root(str::from_utf8(bytes)?, &["XMI"])?;
    let (address, name) = namespace(ENTITY);
    let sofa = document
        .descendants()
        .find(|node| node.tag_name().name() == "Sofa");
    let sofa = sofa.and_then(|sofa| sofa.attribute("sofaString"));
    let entities = document
        .descendants()
        .filter(|node| node.has_tag_name((address.as_str(), name)));
    let spans = entities.map(|node| {
        let label = node.attribute("value").unwrap_or_default().to_owned();
        Ok(ExternalSpan {
            start: number_attribute(&node, "begin")?,
            end: number_attribute(&node, "end")?,
            label,
            quote: None,
        })
    });
    Ok(vec![ExternalDocument {
        text: Some(sofa.ok_or(ReadBackError::Missing("text"))?.to_owned()),
        spans: ExternalSpans::Utf16(spans.collect::<Result<_, ReadBackError>>()?),
        ..ExternalDocument::default()
    }])
}

/// Reads the text and the named entities of a JSON file.
pub(crate) fn read_json(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let file: Json = serde_json::from_slice(bytes)?;
    let all = list(&file, "%FEATURE_STRUCTURES")?;
    let sofa = all
        .iter()
        .find(|structure| structure["%TYPE"] == "uima.cas.Sofa");
    let entities = all.iter().filter(|structure| structure["%TYPE"] == ENTITY);
    let spans = entities.map(|structure| {
        Ok(ExternalSpan {
            start: number(structure, "begin")?,
            end: number(structure, "end")?,
            label: text(structure, "value")?,
            quote: None,
        })
    });
    Ok(vec![ExternalDocument {
        text: Some(text(
            sofa.ok_or(ReadBackError::Missing("text"))?,
            "sofaString",
        )?),
        spans: ExternalSpans::Utf16(spans.collect::<Result<_, ReadBackError>>()?),
        ..ExternalDocument::default()
    }])
}
