//! UIMA's CAS, as XMI with its type system, and as JSON: the marks as DKPro's named
//! entities, which INCEpTION has in every project.

use crate::catalogue::SpanPrecision;
use crate::encoding::json_lines::{number, text};
use crate::encoding::xml;
use crate::encoding::xml::attribute;
use crate::error::ReadBackError;
use crate::external::{ExternalDocument, ExternalSpan, ExternalSpans};
use crate::naming::stems::Stems;
use crate::options::Options;
use crate::output::{FileSink, Writer, WrittenDocument};
use crate::projection::spans::Projection;
use crate::provenance::Provenance;
use pullquote_core::model::document::Document;
use pullquote_core::text::span::Span;

use serde_json::{Map, Value as Json, json};
use std::fmt::Write as _;

const ENTITY: &str = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity";
const SENTENCE: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence";
const TOKEN: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token";
const RELATION: &str = "pullquote.Relation";
const NOTE: &str = "pullquote.Note";
const MADE_BY: &str = "pullquote.MadeBy";

/// The types, each with its features and what they hold.
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

/// A structure: its number, type, place, and features.
struct Structure<'a> {
    id: usize,
    kind: &'static str,
    span: Span,
    features: Vec<(&'static str, Feature<'a>)>,
}

enum Feature<'a> {
    Text(&'a str),
    Ref(usize),
}

struct Cas {
    options: Options,
    stems: Stems,
    is_xmi: bool,
    begun: bool,
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
        begun: false,
    })
}

/// All structures of a document. The first has number 2: 1 is the text.
fn structures<'a>(labelled: &'a Projection, made_by: &'a str) -> Vec<Structure<'a>> {
    let mut all: Vec<Structure> = Vec::new();
    let mut put = |kind, span, features| {
        let id = all.len() + 2;
        all.push(Structure {
            id,
            kind,
            span,
            features,
        });
        id
    };
    let tokens = &labelled.tokens;
    for sentence in &labelled.sentences {
        let ends = tokens[sentence.start].start().index()..tokens[sentence.end - 1].end().index();
        if let Some(span) = Span::between(ends.start, ends.end) {
            put(SENTENCE, span, Vec::new());
        }
    }
    for token in tokens {
        put(TOKEN, *token, Vec::new());
    }
    let mut ids = Vec::new();
    for piece in &labelled.spans {
        let member = labelled.document.member_of(labelled.mark(piece));
        let mut features = vec![("value", Feature::Text(labelled.label(piece)))];
        if let Some(member) = member {
            let reference = match member.reference.as_str() {
                "" => &member.name,
                reference => reference,
            };
            features.push(("identifier", Feature::Text(reference)));
        }
        ids.push(put(ENTITY, piece.span, features));
    }
    for link in labelled.relations() {
        let end = |mark: usize| labelled.first_span_index(mark);
        if let (Some(from), Some(to)) = (end(link.from), end(link.to)) {
            let features = vec![
                ("Governor", Feature::Ref(ids[from])),
                ("Dependent", Feature::Ref(ids[to])),
                ("label", Feature::Text(link.kind)),
            ];
            put(RELATION, labelled.spans[to].span, features);
        }
    }
    for piece in labelled.spans.iter().filter(|piece| piece.part == 0) {
        let note = labelled.mark(piece).note.as_str();
        if !note.is_empty() {
            put(NOTE, piece.span, vec![("value", Feature::Text(note))]);
        }
    }
    if let Some(span) = tokens.first() {
        put(MADE_BY, *span, vec![("value", Feature::Text(made_by))]);
    }
    all
}

impl Writer for Cas {
    fn add(&mut self, document: &Document, out: &mut dyn FileSink) -> Vec<WrittenDocument> {
        let labelled = Projection::new(document, &self.options, SpanPrecision::Tokens);
        let made_by = Provenance::new(document, &self.options).line();
        let stem = self.stems.next(&document.article().title);
        let all = structures(&labelled, &made_by);
        let (file, content) = match self.is_xmi {
            true => (format!("{stem}.xmi"), xmi(&labelled, &all)),
            false => (format!("{stem}.json"), json_cas(&labelled, &all)),
        };
        if self.is_xmi && !std::mem::replace(&mut self.begun, true) {
            out.append("TypeSystem.xml", type_system().as_bytes());
        }
        out.append(&file, content.as_bytes());
        vec![WrittenDocument::new(
            &file,
            &labelled,
            labelled.spans.iter(),
            |piece| labelled.label(piece).to_owned(),
        )]
    }

    fn finish(&mut self, _: &mut dyn FileSink) {}
}

/// Namespace and name of a type in XMI.
fn namespace(kind: &str) -> (String, &str) {
    let (package, name) = kind.rsplit_once('.').unwrap_or(("", kind));
    (format!("http:///{}.ecore", package.replace('.', "/")), name)
}

/// The prefix of a type's namespace.
fn prefix(kind: &str) -> &'static str {
    match kind {
        ENTITY => "ner",
        SENTENCE | TOKEN => "segmentation",
        _ => "pullquote",
    }
}

fn xmi(labelled: &Projection, all: &[Structure]) -> String {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xmi:XMI");
    let mut bind = |prefix: &str, address: &str| {
        xml.push_str(&format!(" xmlns:{prefix}=\"{address}\""));
    };
    bind("xmi", "http://www.omg.org/XMI");
    bind("cas", "http:///uima/cas.ecore");
    for kind in [ENTITY, SENTENCE, NOTE] {
        bind(prefix(kind), &namespace(kind).0);
    }
    xml.push_str(" xmi:version=\"2.0\">\n<cas:NULL xmi:id=\"0\"/>\n");
    for it in all {
        let [begin, end] = labelled.utf16(it.span);
        let (prefix, name) = (prefix(it.kind), namespace(it.kind).1);
        // Writing into a string does not fail.
        let _ = write!(
            xml,
            "<{prefix}:{name} xmi:id=\"{}\" sofa=\"1\" begin=\"{begin}\" end=\"{end}\"",
            it.id
        );
        for (name, feature) in &it.features {
            let _ = match feature {
                Feature::Text(text) => write!(xml, " {name}=\"{}\"", attribute(text)),
                Feature::Ref(id) => write!(xml, " {name}=\"{id}\""),
            };
        }
        xml.push_str("/>\n");
    }
    let members: Vec<String> = all.iter().map(|it| it.id.to_string()).collect();
    let _ = writeln!(
        xml,
        "<cas:Sofa xmi:id=\"1\" sofaNum=\"1\" sofaID=\"_InitialView\" mimeType=\"text/plain\" \
         sofaString=\"{}\"/>\n<cas:View sofa=\"1\" members=\"{}\"/>\n</xmi:XMI>",
        attribute(labelled.text()),
        members.join(" ")
    );
    xml
}

fn type_system() -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<typeSystemDescription \
         xmlns=\"http://uima.apache.org/resourceSpecifier\">\n<types>\n",
    );
    for (kind, features) in TYPES {
        let _ = writeln!(
            xml,
            "<typeDescription><name>{kind}</name><description/>\
             <supertypeName>{ANNOTATION}</supertypeName><features>"
        );
        for (name, range) in features {
            let _ = writeln!(
                xml,
                "<featureDescription><name>{name}</name><description/>\
                 <rangeTypeName>{range}</rangeTypeName></featureDescription>"
            );
        }
        xml.push_str("</features></typeDescription>\n");
    }
    xml + "</types>\n</typeSystemDescription>\n"
}

fn json_cas(labelled: &Projection, all: &[Structure]) -> String {
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
        "mimeType": "text/plain", "sofaString": labelled.text(),
    });
    let structures = all.iter().map(|it| {
        let [begin, end] = labelled.utf16(it.span);
        let mut about = json!({
            "%ID": it.id, "%TYPE": it.kind, "@sofa": 1, "begin": begin, "end": end,
        });
        for (name, feature) in &it.features {
            match feature {
                Feature::Text(text) => about[*name] = json!(text),
                Feature::Ref(id) => about[format!("@{name}")] = json!(id),
            }
        }
        about
    });
    let members: Vec<usize> = all.iter().map(|it| it.id).collect();
    let file = json!({
        "%TYPES": Json::Object(types.collect()),
        "%FEATURE_STRUCTURES": std::iter::once(sofa).chain(structures).collect::<Vec<Json>>(),
        "%VIEWS": { "_InitialView": { "%SOFA": 1, "%MEMBERS": members } },
    });
    pullquote_formats::wire::json_text::json_text(&file, " ") + "\n"
}

pub(crate) fn read_xmi(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let xml = xml::rooted(xml::utf8(bytes)?, &["XMI"])?;
    let (address, name) = namespace(ENTITY);
    let sofa = xml
        .descendants()
        .find(|node| node.tag_name().name() == "Sofa");
    let sofa = sofa.and_then(|sofa| sofa.attribute("sofaString"));
    let entities = xml
        .descendants()
        .filter(|node| node.has_tag_name((address.as_str(), name)));
    let spans = entities.map(|node| {
        let label = node.attribute("value").unwrap_or_default().to_owned();
        Ok(ExternalSpan {
            start: xml::number(&node, "begin")?,
            end: xml::number(&node, "end")?,
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

pub(crate) fn read_json(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let file: Json = serde_json::from_slice(bytes)?;
    let all = crate::encoding::json_lines::list(&file, "%FEATURE_STRUCTURES")?;
    let sofa = all.iter().find(|it| it["%TYPE"] == "uima.cas.Sofa");
    let entities = all.iter().filter(|it| it["%TYPE"] == ENTITY);
    let spans = entities.map(|it| {
        Ok(ExternalSpan {
            start: number(it, "begin")?,
            end: number(it, "end")?,
            label: text(it, "value")?,
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
