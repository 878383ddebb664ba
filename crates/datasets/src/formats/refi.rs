//! REFI-QDA: a project for programs of qualitative analysis, and the codebook alone.

use crate::catalogue::SpanPrecision;
use crate::encoding::xml;
use crate::encoding::xml::{attribute, content, held};
use crate::encoding::zip::{ZipWriter, unzip};
use crate::error::{ReadBackError, ZipError};
use crate::external::{ExternalDocument, ExternalSpan, ExternalSpans};
use crate::naming::stems::Ids;
use crate::options::Options;
use crate::output::{FileSink, Writer, WrittenDocument};
use crate::projection::labels::tag_labels;
use crate::projection::spans::{ProjectedSpan, Projection};
use crate::provenance::{Provenance, program};
use pullquote_core::model::codebook::{Codebook, Tag};
use pullquote_core::model::document::Document;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::text::shortened::{one_line, shortened};
use pullquote_formats::wire::time::time;

use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use uuid::Builder;

/// An id that the same words always have.
pub(crate) fn guid(parts: &[&str]) -> String {
    let digest = Sha256::digest(parts.join("\u{1F}").as_bytes());
    let bytes: [u8; 16] = std::array::from_fn(|place| digest[place]);
    Builder::from_custom_bytes(bytes).into_uuid().to_string()
}

/// Codes by label, as they come.
#[derive(Default)]
struct Codes(Vec<(String, String)>);

impl Codes {
    fn add(&mut self, codebook: &Codebook) {
        for (label, tag) in tag_labels(codebook).into_iter().zip(codebook.tags()) {
            if self.0.iter().all(|(known, _)| *known != label) {
                let code = code(&label, tag);
                self.0.push((label, code));
            }
        }
    }

    fn xml(&self) -> String {
        self.0.iter().map(|(_, code)| code.as_str()).collect()
    }
}

fn code(label: &str, tag: &Tag) -> String {
    let rules = [
        ("", &tag.definition),
        ("Include: ", &tag.include),
        ("Exclude: ", &tag.exclude),
        ("Example: ", &tag.example),
    ];
    let rules = rules.iter().filter(|(_, rule)| !rule.is_empty());
    let rules: Vec<String> = rules.map(|(name, rule)| format!("{name}{rule}")).collect();
    let description = match rules.is_empty() {
        true => String::new(),
        false => format!("<Description>{}</Description>", content(&rules.join("\n"))),
    };
    format!(
        "<Code guid=\"{}\" name=\"{}\" isCodable=\"true\" color=\"{}\">{description}</Code>\n",
        guid(&["code", label]),
        attribute(label),
        tag.colour
    )
}

struct Project {
    options: Options,
    codes: Codes,
    ids: Ids,
    users: Vec<String>,
    sources: String,
    links: String,
    files: Vec<(String, String)>,
    made_by: Option<Provenance>,
}

pub(crate) fn begin(options: &Options) -> Box<dyn Writer> {
    Box::new(Project {
        options: options.clone(),
        codes: Codes::default(),
        ids: Ids::default(),
        users: Vec::new(),
        sources: String::new(),
        links: String::new(),
        files: Vec::new(),
        made_by: None,
    })
}

impl Project {
    /// The id of a coder, who is put on the list.
    fn user(&mut self, coder: &str) -> String {
        let name = if coder.is_empty() { "unknown" } else { coder };
        if self.users.iter().all(|known| known != name) {
            self.users.push(name.to_owned());
        }
        guid(&["user", name])
    }
}

/// A time without its fraction: not every reader takes one.
fn when(moment: Timestamp) -> String {
    let time = time(moment);
    let whole = time.split('.').next().unwrap_or_default();
    format!("{whole}Z")
}

/// The id of a piece: of the first that of its mark, unless the article is there again.
fn selection(source: Option<&str>, labelled: &Projection, piece: &ProjectedSpan) -> String {
    let id = labelled.mark(piece).id.to_string();
    match (source, piece.part) {
        (Some(source), number) => guid(&["piece", source, &id, &number.to_string()]),
        (None, 0) => id,
        (None, number) => guid(&["piece", &id, &number.to_string()]),
    }
}

impl Writer for Project {
    fn add(&mut self, document: &Document, _: &mut dyn FileSink) -> Vec<WrittenDocument> {
        let labelled = Projection::new(document, &self.options, SpanPrecision::Exact);
        Provenance::merge(&mut self.made_by, document, &self.options);
        self.codes.add(document.codebook());
        let article = document.article();
        let source = self.ids.next(article.id);
        // Of one that comes again, an id of its own, and so for its marks.
        let again = source.len() > 36;
        let source = if again {
            guid(&["source", &source])
        } else {
            source
        };
        let of = again.then_some(source.as_str());
        let user = self.user(&document.coder);
        let made = when(self.options.made);
        // Writing into a string does not fail.
        let _ = writeln!(
            self.sources,
            "<TextSource guid=\"{source}\" name=\"{}\" plainTextPath=\"internal://{source}.txt\" \
             creatingUser=\"{user}\" creationDateTime=\"{made}\"><Description>{}</Description>",
            attribute(&article.title),
            content(&format!(
                "{} {}",
                article.source.url,
                Provenance::new(document, &self.options).line()
            ))
        );
        for piece in &labelled.spans {
            let mark = labelled.mark(piece);
            let user = self.user(&mark.coder);
            let [start, end] = labelled.chars(piece.span);
            let id = selection(of, &labelled, piece);
            let note = match piece.part == 0 && !mark.note.is_empty() {
                true => format!("<Description>{}</Description>", content(&mark.note)),
                false => String::new(),
            };
            let (made, label) = (when(mark.created), labelled.label(piece));
            let _ = writeln!(
                self.sources,
                "<PlainTextSelection guid=\"{id}\" name=\"{}\" startPosition=\"{start}\" \
                 endPosition=\"{end}\" creatingUser=\"{user}\" creationDateTime=\"{made}\">{note}\
                 <Coding guid=\"{}\" creatingUser=\"{user}\" creationDateTime=\"{made}\">\
                 <CodeRef targetGUID=\"{}\"/></Coding></PlainTextSelection>",
                attribute(&shortened(&one_line(labelled.slice(piece.span)), 60)),
                guid(&["coding", &id]),
                guid(&["code", label])
            );
        }
        self.sources.push_str("</TextSource>\n");
        for link in labelled.relations() {
            if let (Some(from), Some(to)) = (
                labelled.first_span_of(link.from),
                labelled.first_span_of(link.to),
            ) {
                let _ = writeln!(
                    self.links,
                    "<Link guid=\"{}\" name=\"{}\" direction=\"OneWay\" originGUID=\"{}\" targetGUID=\"{}\"/>",
                    of.map_or(link.id.to_string(), |of| guid(&[
                        "link",
                        of,
                        &link.id.to_string()
                    ])),
                    attribute(link.kind),
                    selection(of, &labelled, from),
                    selection(of, &labelled, to)
                );
            }
        }
        self.files.push((
            format!("sources/{source}.txt"),
            labelled.text().chars().map(held).collect(),
        ));
        let file = format!("{}.qdpx", self.options.name);
        vec![WrittenDocument::new(
            &file,
            &labelled,
            labelled.spans.iter(),
            |piece| labelled.label(piece).to_owned(),
        )]
    }

    fn finish(&mut self, out: &mut dyn FileSink) {
        let made = when(self.options.made);
        let program = program();
        let first = self.user("");
        let users: String = self
            .users
            .iter()
            .map(|name| {
                format!(
                    "<User guid=\"{}\" name=\"{}\"/>\n",
                    guid(&["user", name]),
                    attribute(name)
                )
            })
            .collect();
        let links = match self.links.is_empty() {
            true => String::new(),
            false => format!("<Links>\n{}</Links>\n", self.links),
        };
        let about = self
            .made_by
            .as_ref()
            .map(Provenance::line)
            .unwrap_or_default();
        let project = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- {} -->\n\
             <Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"{}\" origin=\"{program}\" \
             creatingUserGUID=\"{first}\" creationDateTime=\"{made}\">\n<Users>\n{users}</Users>\n\
             <CodeBook><Codes>\n{}</Codes></CodeBook>\n<Sources>\n{}</Sources>\n{links}</Project>\n",
            xml::comment(&about),
            attribute(&self.options.name),
            self.codes.xml(),
            self.sources
        );
        let mut zip = ZipWriter::new(self.options.made);
        let put = |zip: &mut ZipWriter| -> Result<(), ZipError> {
            zip.put("project.qde", project.as_bytes())?;
            self.files
                .iter()
                .try_for_each(|(name, text)| zip.put(name, text.as_bytes()))
        };
        // What cannot be packed is not there, and the proof says so.
        if put(&mut zip).is_ok()
            && let Ok(bytes) = zip.finish()
        {
            out.append(&format!("{}.qdpx", self.options.name), &bytes);
        }
    }
}

pub(crate) fn read(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let files = unzip(bytes)?;
    let file = |name: &str| {
        let file = files.iter().find(|(known, _)| known == name);
        file.map(|(_, bytes)| bytes)
            .ok_or_else(|| ReadBackError::FileMissing(name.to_owned()))
    };
    let project = xml::rooted(xml::utf8(file("project.qde")?)?, &["Project"])?;
    let named = |node: &roxmltree::Node, name: &str| node.tag_name().name() == name;
    let all = |name: &'static str| project.descendants().filter(move |node| named(node, name));
    let codes: Vec<(&str, &str)> = all("Code")
        .filter_map(|code| Some((code.attribute("guid")?, code.attribute("name")?)))
        .collect();
    let read = all("TextSource").map(|source| {
        let path = source.attribute("plainTextPath").unwrap_or_default();
        let path = path
            .strip_prefix("internal://")
            .ok_or(ReadBackError::Malformed("a text is not in the file"))?;
        let text = xml::utf8(file(&format!("sources/{path}"))?)?.to_owned();
        let mut spans = Vec::new();
        for selection in source
            .children()
            .filter(|node| named(node, "PlainTextSelection"))
        {
            let start = xml::number(&selection, "startPosition")?;
            let end = xml::number(&selection, "endPosition")?;
            for code in selection
                .descendants()
                .filter(|node| named(node, "CodeRef"))
            {
                let guid = code.attribute("targetGUID").unwrap_or_default();
                let label = codes.iter().find(|(known, _)| *known == guid);
                let label = label.ok_or_else(|| ReadBackError::MissingNamed {
                    kind: "code",
                    name: guid.to_owned(),
                })?;
                spans.push(ExternalSpan {
                    start,
                    end,
                    label: label.1.to_owned(),
                    quote: None,
                });
            }
        }
        Ok(ExternalDocument {
            text: Some(text),
            spans: ExternalSpans::Chars(spans),
            ..ExternalDocument::default()
        })
    });
    read.collect()
}

struct Book {
    options: Options,
    codes: Codes,
    made_by: Option<Provenance>,
}

pub(crate) fn begin_codebook(options: &Options) -> Box<dyn Writer> {
    Box::new(Book {
        options: options.clone(),
        codes: Codes::default(),
        made_by: None,
    })
}

impl Writer for Book {
    fn add(&mut self, document: &Document, _: &mut dyn FileSink) -> Vec<WrittenDocument> {
        self.codes.add(document.codebook());
        Provenance::merge(&mut self.made_by, document, &self.options);
        let labelled = Projection::new(document, &self.options, SpanPrecision::Exact);
        let file = format!("{}.qdc", self.options.name);
        let mut written =
            WrittenDocument::new(&file, &labelled, std::iter::empty(), |_| String::new());
        written.key = Some(document.article().id.to_string());
        vec![written]
    }

    fn finish(&mut self, out: &mut dyn FileSink) {
        let about = self
            .made_by
            .as_ref()
            .map(Provenance::line)
            .unwrap_or_default();
        let book = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- {} -->\n\
             <CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\" origin=\"{}\">\n<Codes>\n{}</Codes>\n\
             </CodeBook>\n",
            xml::comment(&about),
            program(),
            self.codes.xml()
        );
        out.append(&format!("{}.qdc", self.options.name), book.as_bytes());
    }
}

/// A codebook has no marks; that it can be read is all there is to prove.
pub(crate) fn read_codebook(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let book = xml::rooted(xml::utf8(bytes)?, &["CodeBook"])?;
    let mut codes = book
        .descendants()
        .filter(|node| node.tag_name().name() == "Code");
    match codes.all(|code| code.attribute("name").is_some_and(|name| !name.is_empty())) {
        true => Ok(Vec::new()),
        false => Err(ReadBackError::Malformed("a code has no name")),
    }
}
