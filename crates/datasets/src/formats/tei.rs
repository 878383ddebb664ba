//! TEI P5: the text with anchors, and the marks in `standOff`, so that they may overlap.
//!
//! - **Readers**: programs for digital editions. Tested with lxml (6.1).
//! - **Offsets**: none; a span refers to the anchors at its ends. A line of the text is an `ab`.
//! - **What does not fit**: characters that XML cannot hold are replaced, and the name of a relation
//!   that is no XML name is changed and kept in a `desc`. Spans of one mark refer to each other by
//!   `prev` and `next`.
//! - **Source**: TEI P5 Guidelines, chapters "Linking, Segmentation, and Alignment" (`anchor`,
//!   `standOff`), "Simple Analytic Mechanisms" (`span`) and "Names, Dates, People, and Places"
//!   (`relation`).

use crate::catalogue::SpanPrecision;
use crate::encoding::xml::{Element, XmlWriter};
use crate::encoding::xml_reader::parse_with_root;
use crate::error::ReadBackError;
use crate::external::{ExternalDocument, ExternalSpan, ExternalSpans};
use crate::naming::grammar::NameGrammar;
use crate::naming::names::{Names, Naming};
use crate::naming::stems::Stems;
use crate::options::Options;
use crate::output::{FileSink, Writer, WrittenDocument};
use crate::projection::spans::{ProjectedSpan, Projection};
use crate::provenance::Provenance;
use pullquote_core::model::document::Document;
use pullquote_core::sorted::collect_sorted;
use pullquote_core::text::shortened::one_line;
use pullquote_formats::wire::article::block_kind_name;

use roxmltree::Node;

const NAMESPACE: &str = "http://www.tei-c.org/ns/1.0";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

struct Tei {
    options: Options,
    stems: Stems,
    naming: Naming,
}

pub(crate) fn begin(options: &Options) -> Box<dyn Writer> {
    Box::new(Tei {
        options: options.clone(),
        stems: Stems::default(),
        naming: Naming::new(NameGrammar::RelationWord, options),
    })
}

impl Writer for Tei {
    fn add(&mut self, document: &Document, out: &mut dyn FileSink) -> Vec<WrittenDocument> {
        let projection = Projection::new(document, &self.options, SpanPrecision::Exact);
        let stem = self.stems.next(&document.article().title);
        let file = format!("{stem}.xml");
        let names = self.naming.names(&projection);
        let xml = tei(
            &projection,
            &names,
            &Provenance::new(document, &self.options),
        );
        out.append(&file, xml.as_bytes());
        vec![WrittenDocument::with_all_spans(&file, &projection)]
    }

    fn finish(&mut self, _: &mut dyn FileSink) {}
}

/// The id of a span in the file: `m`, the id of its mark, a dot and its part.
fn name(projection: &Projection, projected: &ProjectedSpan) -> String {
    format!("m{}.{}", projection.mark(projected).id, projected.part + 1)
}

fn tei(projection: &Projection, names: &Names, made_by: &Provenance) -> String {
    let mut xml = XmlWriter::document();
    xml.comment(&made_by.line());
    let mut root = xml.element("TEI").attribute("xmlns", NAMESPACE).open();
    root.line_end();
    header(projection, made_by, &mut root);
    root.line_end();
    let mut marks = root.element("standOff").open();
    marks.line_end();
    stand_off(projection, names, &mut marks);
    marks.end();
    root.line_end();
    let mut text = root.element("text");
    if let Some(language) = &projection.document.article().language {
        text = text.attribute("xml:lang", language.as_str());
    }
    let mut text = text.open();
    body(projection, &mut text);
    text.end();
    root.line_end();
    root.end();
    xml.line_end();
    xml.finish()
}

/// Where the text comes from, who marked it, and the codebook.
fn header(projection: &Projection, made_by: &Provenance, root: &mut Element) {
    let article = projection.document.article();
    let source = &article.source;
    let coder = match projection.document.coder.as_str() {
        "" => "unknown",
        coder => coder,
    };
    let mut header = root.element("teiHeader").open();
    let mut file = header.element("fileDesc").open();
    let mut statement = file.element("titleStmt").open();
    statement.element("title").text(&article.title);
    let mut responsible = statement
        .element("respStmt")
        .attribute("xml:id", "coder")
        .open();
    responsible.element("resp").text("annotation");
    responsible.element("name").text(coder);
    responsible.end();
    statement.end();
    file.line_end();
    let mut publication = file.element("publicationStmt").open();
    publication.element("p").text(made_by.line());
    publication.end();
    file.line_end();
    let mut description = file.element("sourceDesc").open();
    let mut entry = description.element("bibl").open();
    entry.element("title").text(&article.title);
    for (element, text) in [
        ("author", &source.byline),
        ("publisher", &source.outlet),
        ("date", &source.published),
        ("idno", &source.url),
    ] {
        if !text.is_empty() {
            entry.element(element).text(text);
        }
    }
    entry.end();
    description.end();
    file.end();
    header.line_end();
    let mut encoding = header.element("encodingDesc").open();
    categories(projection, &mut encoding);
    encoding.line_end();
    rules(projection, &mut encoding);
}

/// The tags as a taxonomy, to which the marks refer.
fn categories(projection: &Projection, encoding: &mut Element) {
    let mut classes = encoding.element("classDecl").open();
    let mut taxonomy = classes
        .element("taxonomy")
        .attribute("xml:id", "tags")
        .open();
    taxonomy.line_end();
    for (index, label) in projection.labels.iter().enumerate() {
        let mut category = taxonomy
            .element("category")
            .attribute("xml:id", format_args!("tag{index}"))
            .open();
        category.element("catDesc").text(label);
        category.end();
        taxonomy.line_end();
    }
}

/// What the codebook says about each tag.
fn rules(projection: &Projection, encoding: &mut Element) {
    let mut declaration = encoding.element("editorialDecl").open();
    let mut list = declaration.element("interpretation").open();
    list.line_end();
    let tags = projection.document.codebook().tags();
    for (label, tag) in projection.labels.iter().zip(tags) {
        let rules = [&tag.definition, &tag.include, &tag.exclude, &tag.example];
        let rules = one_line(&rules.map(String::as_str).join(" "));
        list.element("p").text(format_args!("{label}: {rules}"));
        list.line_end();
    }
}

fn stand_off(projection: &Projection, names: &Names, marks: &mut Element) {
    if !projection.spans.is_empty() {
        spans(projection, marks);
        marks.line_end();
    }
    relations(projection, names, marks);
    for projected in projection
        .spans
        .iter()
        .filter(|projected| projected.part == 0)
    {
        let note = &projection.mark(projected).note;
        if !note.is_empty() {
            marks
                .element("note")
                .attribute("target", format_args!("#{}", name(projection, projected)))
                .attribute("type", "annotator")
                .text(note);
            marks.line_end();
        }
    }
}

fn spans(projection: &Projection, marks: &mut Element) {
    let mut group = marks
        .element("spanGrp")
        .attribute("type", "annotation")
        .attribute("resp", "#coder")
        .open();
    group.line_end();
    for (index, projected) in projection.spans.iter().enumerate() {
        let name = name(projection, projected);
        let mut span = group
            .element("span")
            .attribute("xml:id", &name)
            .attribute("from", format_args!("#{name}-b"))
            .attribute("to", format_args!("#{name}-e"))
            .attribute("ana", format_args!("#tag{}", projected.tag));
        // The other spans of the same mark.
        for (attribute, index) in [("prev", index.checked_sub(1)), ("next", Some(index + 1))] {
            let other = index.and_then(|index| projection.spans.get(index));
            if let Some(other) = other.filter(|other| other.mark == projected.mark) {
                let name = self::name(projection, other);
                span = span.attribute(attribute, format_args!("#{name}"));
            }
        }
        span.empty();
        group.line_end();
    }
}

fn relations(projection: &Projection, names: &Names, marks: &mut Element) {
    let mut written = XmlWriter::default();
    for relation in projection.relations() {
        let ends = projection
            .first_span_of(relation.from)
            .zip(projection.first_span_of(relation.to));
        let Some((from, to)) = ends else {
            continue;
        };
        let kind = names.relations.get(&relation.kind.to_owned());
        let kind = kind.map_or(relation.kind, String::as_str);
        let element = written
            .element("relation")
            .attribute("name", kind)
            .attribute("active", format_args!("#{}", name(projection, from)))
            .attribute("passive", format_args!("#{}", name(projection, to)));
        if kind == relation.kind {
            element.empty();
        } else {
            // The user's name for it, which is not an XML name.
            element.open().element("desc").text(relation.kind);
        }
        written.line_end();
    }
    if !written.is_empty() {
        let mut list = marks.element("listRelation").open();
        list.line_end();
        list.append(&written);
        list.end();
        marks.line_end();
    }
}

/// The lines of the text, with an anchor at both ends of each span.
fn body(projection: &Projection, text: &mut Element) {
    let ends = projection.spans.iter().flat_map(|projected| {
        let name = name(projection, projected);
        let (start, end) = (projected.span.start().0, projected.span.end().0);
        // Where one ends and the next begins, the end comes first.
        [
            (start, 1, format!("{name}-b")),
            (end, 0, format!("{name}-e")),
        ]
    });
    let ends = collect_sorted(ends, |a: &(u32, u8, String), b| a.cmp(b));
    let mut ends = ends.into_iter().peekable();
    let mut body = text.element("body").open();
    body.line_end();
    let mut at = 0;
    for (number, line) in (1..).zip(projection.text().split('\n')) {
        let block = projection.document.article().blocks().iter();
        let block = block.rev().find(|block| block.span.start().index() <= at);
        let kind = block.map_or("paragraph", |block| block_kind_name(block.kind));
        let mut element = body
            .element("ab")
            .attribute("xml:id", format_args!("l{number}"))
            .attribute("type", kind)
            .attribute("xml:space", "preserve")
            .open();
        let line_end = at + line.len();
        let mut done = at;
        while let Some((end, _, name)) = ends.next_if(|(end, ..)| *end as usize <= line_end) {
            let end = end as usize;
            element.text(&projection.text()[done..end]);
            element.element("anchor").attribute("xml:id", name).empty();
            done = end;
        }
        element.text(&projection.text()[done..line_end]);
        element.end();
        body.line_end();
        at = line_end + 1;
    }
}

/// Reads the text from the lines of the body, and the spans from `standOff`.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let xml = parse_with_root(str::from_utf8(bytes)?, &["TEI"])?;
    let (text, anchors) = read_body(&xml);
    let categories: Vec<(String, &str)> = elements(&xml, "category")
        .map(|category| {
            let mut children = category.children();
            let label = children.find(|child| child.has_tag_name((NAMESPACE, "catDesc")));
            let label = label.and_then(|label| label.text()).unwrap_or_default();
            let id = category.attribute((XML, "id")).unwrap_or_default();
            (format!("#{id}"), label)
        })
        .collect();
    let spans = elements(&xml, "span").map(|span| {
        let tag = span.attribute("ana").unwrap_or_default();
        let category = categories.iter().find(|(id, _)| id == tag);
        let (_, label) = category.ok_or_else(|| ReadBackError::MissingNamed {
            kind: "category",
            name: tag.to_owned(),
        })?;
        Ok(ExternalSpan {
            start: anchor(&anchors, &span, "from")?,
            end: anchor(&anchors, &span, "to")?,
            label: (*label).to_owned(),
            quote: None,
        })
    });
    Ok(vec![ExternalDocument {
        spans: ExternalSpans::Chars(spans.collect::<Result<_, ReadBackError>>()?),
        text: Some(text),
        ..ExternalDocument::default()
    }])
}

/// All elements of TEI with this name, in document order.
fn elements<'a>(
    xml: &'a roxmltree::Document<'a>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'a>> {
    xml.descendants()
        .filter(move |node| node.has_tag_name((NAMESPACE, name)))
}

/// The text, and the offset of each anchor in code points, sorted by the anchors' ids.
fn read_body<'a>(xml: &'a roxmltree::Document<'a>) -> (String, Vec<(&'a str, u32)>) {
    let mut text = String::new();
    let mut at = 0_u32;
    let mut anchors: Vec<(&str, u32)> = Vec::new();
    for (number, line) in elements(xml, "ab").enumerate() {
        if number > 0 {
            text.push('\n');
            at += 1;
        }
        for node in line.children() {
            if node.has_tag_name((NAMESPACE, "anchor")) {
                let id = node.attribute((XML, "id")).unwrap_or_default();
                anchors.push((id, at));
            } else if let Some(words) = node.text() {
                text.push_str(words);
                at += words.chars().count() as u32;
            }
        }
    }
    (text, collect_sorted(anchors, |a, b| a.0.cmp(b.0)))
}

/// The offset of the anchor that an attribute of a span refers to.
fn anchor(anchors: &[(&str, u32)], span: &Node, attribute: &str) -> Result<u32, ReadBackError> {
    let reference = span.attribute(attribute).unwrap_or_default();
    let id = reference.trim_start_matches('#');
    match anchors.binary_search_by(|(known, _)| (*known).cmp(id)) {
        Ok(index) => Ok(anchors[index].1),
        Err(_) => Err(ReadBackError::MissingNamed {
            kind: "anchor",
            name: id.to_owned(),
        }),
    }
}
