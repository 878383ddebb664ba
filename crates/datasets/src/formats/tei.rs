//! TEI P5: the text with anchors, and apart from it the marks, so that they may overlap.

use crate::catalogue::SpanPrecision;
use crate::encoding::xml;
use crate::encoding::xml::{attribute, content};
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
use pullquote_core::text::shortened::one_line;
use pullquote_formats::wire::article::block_kind_name;

use std::fmt::Write as _;

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
        let labelled = Projection::new(document, &self.options, SpanPrecision::Exact);
        let stem = self.stems.next(&document.article().title);
        let file = format!("{stem}.xml");
        let names = self.naming.names(&labelled);
        let xml = tei(&labelled, &names, &Provenance::new(document, &self.options));
        out.append(&file, xml.as_bytes());
        vec![WrittenDocument::new(
            &file,
            &labelled,
            labelled.spans.iter(),
            |piece| labelled.label(piece).to_owned(),
        )]
    }

    fn finish(&mut self, _: &mut dyn FileSink) {}
}

/// The name of a piece in the file: `m` and the id of its mark, with its number behind.
fn name(labelled: &Projection, piece: &ProjectedSpan) -> String {
    format!("m{}.{}", labelled.mark(piece).id, piece.part + 1)
}

fn tei(labelled: &Projection, names: &Names, made_by: &Provenance) -> String {
    let article = labelled.document.article();
    let source = &article.source;
    let title = content(&article.title);
    let coder = match labelled.document.coder.as_str() {
        "" => "unknown",
        coder => coder,
    };
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    // Writing into a string does not fail.
    let _ = writeln!(xml, "<!-- {} -->", xml::comment(&made_by.line()));
    let _ = writeln!(
        xml,
        "<TEI xmlns=\"{NAMESPACE}\">\n<teiHeader><fileDesc><titleStmt><title>{title}</title>\
         <respStmt xml:id=\"coder\"><resp>annotation</resp><name>{}</name></respStmt></titleStmt>\n\
         <publicationStmt><p>{}</p></publicationStmt>",
        content(coder),
        content(&made_by.line())
    );
    let _ = write!(xml, "<sourceDesc><bibl><title>{title}</title>");
    for (element, text) in [
        ("author", &source.byline),
        ("publisher", &source.outlet),
        ("date", &source.published),
        ("idno", &source.url),
    ] {
        if !text.is_empty() {
            let _ = write!(xml, "<{element}>{}</{element}>", content(text));
        }
    }
    xml.push_str(
        "</bibl></sourceDesc></fileDesc>\n<encodingDesc><classDecl><taxonomy xml:id=\"tags\">\n",
    );
    for (place, label) in labelled.labels.iter().enumerate() {
        let _ = write!(
            xml,
            "<category xml:id=\"tag{place}\"><catDesc>{}</catDesc>",
            content(label)
        );
        xml.push_str("</category>\n");
    }
    xml.push_str("</taxonomy></classDecl>\n<editorialDecl><interpretation>\n");
    for (label, tag) in labelled
        .labels
        .iter()
        .zip(labelled.document.codebook().tags())
    {
        let rules = [&tag.definition, &tag.include, &tag.exclude, &tag.example];
        let rules: Vec<&str> = rules.into_iter().map(String::as_str).collect();
        let _ = writeln!(
            xml,
            "<p>{}: {}</p>",
            content(label),
            content(&one_line(&rules.join(" ")))
        );
    }
    xml.push_str("</interpretation></editorialDecl></encodingDesc></teiHeader>\n<standOff>\n");
    stand_off(labelled, names, &mut xml);
    let language = article.language.as_ref();
    let language = language.map(|it| format!(" xml:lang=\"{}\"", attribute(it.as_str())));
    let _ = writeln!(
        xml,
        "</standOff>\n<text{}><body>",
        language.unwrap_or_default()
    );
    body(labelled, &mut xml);
    xml + "</body></text>\n</TEI>\n"
}

fn stand_off(labelled: &Projection, names: &Names, xml: &mut String) {
    let link = |name: &str, piece: Option<&ProjectedSpan>| {
        let piece = piece.map(|piece| format!(" {name}=\"#{}\"", self::name(labelled, piece)));
        piece.unwrap_or_default()
    };
    if !labelled.spans.is_empty() {
        xml.push_str("<spanGrp type=\"annotation\" resp=\"#coder\">\n");
        for (place, piece) in labelled.spans.iter().enumerate() {
            let beside = |place: Option<usize>| {
                let other = labelled.spans.get(place?);
                other.filter(|other| other.mark == piece.mark)
            };
            let (before, behind) = (beside(place.checked_sub(1)), beside(Some(place + 1)));
            let name = name(labelled, piece);
            let _ = writeln!(
                xml,
                "<span xml:id=\"{name}\" from=\"#{name}-b\" to=\"#{name}-e\" ana=\"#tag{}\"{}{}/>",
                piece.tag,
                link("prev", before),
                link("next", behind)
            );
        }
        xml.push_str("</spanGrp>\n");
    }
    let links: Vec<String> = labelled
        .relations()
        .filter_map(|link| {
            let (from, to) = (
                labelled.first_span_of(link.from)?,
                labelled.first_span_of(link.to)?,
            );
            let kind = names.relations.get(&link.kind.to_owned());
            let kind = kind.map_or(link.kind, String::as_str);
            let (from, to) = (name(labelled, from), name(labelled, to));
            let ends = format!("active=\"#{from}\" passive=\"#{to}\"");
            let kind = attribute(kind);
            Some(match kind == attribute(link.kind) {
                true => format!("<relation name=\"{kind}\" {ends}/>\n"),
                // As it is called, where its name is no word.
                false => format!(
                    "<relation name=\"{kind}\" {ends}><desc>{}</desc></relation>\n",
                    content(link.kind)
                ),
            })
        })
        .collect();
    if !links.is_empty() {
        let _ = writeln!(xml, "<listRelation>\n{}</listRelation>", links.concat());
    }
    for piece in labelled.spans.iter().filter(|piece| piece.part == 0) {
        let note = &labelled.mark(piece).note;
        if !note.is_empty() {
            let _ = writeln!(
                xml,
                "<note target=\"#{}\" type=\"annotator\">{}</note>",
                name(labelled, piece),
                content(note)
            );
        }
    }
}

/// The lines of the text, with an anchor at both ends of each piece.
fn body(labelled: &Projection, xml: &mut String) {
    let ends = labelled.spans.iter().flat_map(|piece| {
        let name = name(labelled, piece);
        let (start, end) = (piece.span.start().0, piece.span.end().0);
        // Where one ends and the next begins, the end comes first.
        [
            (start, 1, format!("{name}-b")),
            (end, 0, format!("{name}-e")),
        ]
    });
    let ends = pullquote_core::sorted::collect_sorted(ends, |a: &(u32, u8, String), b| a.cmp(b));
    let mut ends = ends.into_iter().peekable();
    let mut at = 0;
    for (number, line) in (1..).zip(labelled.text().split('\n')) {
        let block = labelled.document.article().blocks().iter();
        let block = block.rev().find(|block| block.span.start().index() <= at);
        let kind = block.map_or("paragraph", |block| block_kind_name(block.kind));
        let _ = write!(
            xml,
            "<ab xml:id=\"l{number}\" type=\"{kind}\" xml:space=\"preserve\">"
        );
        let line_end = at + line.len();
        let mut done = at;
        while let Some((end, _, name)) = ends.next_if(|(end, ..)| *end as usize <= line_end) {
            let end = end as usize;
            let _ = write!(
                xml,
                "{}<anchor xml:id=\"{name}\"/>",
                content(&labelled.text()[done..end])
            );
            done = end;
        }
        let _ = writeln!(xml, "{}</ab>", content(&labelled.text()[done..line_end]));
        at = line_end + 1;
    }
}

pub(crate) fn read(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let xml = xml::rooted(xml::utf8(bytes)?, &["TEI"])?;
    let all = |name: &'static str| {
        xml.descendants()
            .filter(move |it| it.has_tag_name((NAMESPACE, name)))
    };
    let mut text = String::new();
    let mut at = 0_u32;
    let mut anchors: Vec<(String, u32)> = Vec::new();
    for (number, line) in all("ab").enumerate() {
        if number > 0 {
            text.push('\n');
            at += 1;
        }
        for node in line.children() {
            let name = node.attribute((XML, "id")).unwrap_or_default();
            if node.has_tag_name((NAMESPACE, "anchor")) {
                anchors.push((name.to_owned(), at));
            } else if let Some(words) = node.text() {
                text.push_str(words);
                at += words.chars().count() as u32;
            }
        }
    }
    anchors = pullquote_core::sorted::collect_sorted(anchors, |a, b| a.0.cmp(&b.0));
    let tags: Vec<(String, String)> = all("category")
        .map(|category| {
            let words = category
                .children()
                .find(|it| it.has_tag_name((NAMESPACE, "catDesc")));
            let words = words.and_then(|it| it.text()).unwrap_or_default();
            let name = category.attribute((XML, "id")).unwrap_or_default();
            (format!("#{name}"), words.to_owned())
        })
        .collect();
    let spans = all("span").map(|span| {
        let anchor = |side: &str| {
            let name = span
                .attribute(side)
                .unwrap_or_default()
                .trim_start_matches('#');
            let place = anchors.binary_search_by(|anchor| anchor.0.as_str().cmp(name));
            place
                .map(|place| anchors[place].1)
                .map_err(|_| ReadBackError::MissingNamed {
                    kind: "anchor",
                    name: name.to_owned(),
                })
        };
        let tag = span.attribute("ana").unwrap_or_default();
        let label = tags.iter().find(|(name, _)| name == tag);
        let label = label.ok_or_else(|| ReadBackError::MissingNamed {
            kind: "category",
            name: tag.to_owned(),
        })?;
        Ok(ExternalSpan {
            start: anchor("from")?,
            end: anchor("to")?,
            label: label.1.clone(),
            quote: None,
        })
    });
    Ok(vec![ExternalDocument {
        spans: ExternalSpans::Chars(spans.collect::<Result<_, ReadBackError>>()?),
        text: Some(text),
        ..ExternalDocument::default()
    }])
}
