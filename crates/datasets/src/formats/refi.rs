//! A project in REFI-QDA, the exchange format for programs of qualitative analysis: texts, codings
//! and codes. The codes are written in [`crate::formats::refi_codebook`].
//!
//! - **Readers**: NVivo, ATLAS.ti, MAXQDA, QualCoder. Tested with the schema of the standard and
//!   pyrefiqda (0.3).
//! - **Offsets**: code points.
//! - **What does not fit**: a selection is one span, so the parts of a mark are selections of their
//!   own, and the note of a mark belongs to the first. Characters that XML cannot hold are replaced in
//!   the texts too.
//! - **Source**: REFI-QDA Standard 1.5, `Project.xsd`.

use crate::catalogue::SpanPrecision;
use crate::encoding::guid::guid;
use crate::encoding::xml::{XmlWriter, held};
use crate::encoding::xml_reader::{number_attribute, parse_with_root};
use crate::encoding::zip::{ZipWriter, unzip};
use crate::error::{ReadBackError, ZipError};
use crate::external::{ExternalDocument, ExternalSpan, ExternalSpans};
use crate::formats::refi_codebook::Codes;
use crate::naming::stems::Ids;
use crate::options::Options;
use crate::output::{FileSink, Writer, WrittenDocument};
use crate::projection::spans::{ProjectedSpan, Projection};
use crate::provenance::{Provenance, line_of, program};
use pullquote_core::model::document::Document;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::text::shortened::{one_line, shortened};
use pullquote_formats::wire::time::time;

use roxmltree::Node;

struct Project {
    options: Options,
    codes: Codes,
    ids: Ids,
    users: Users,
    sources: XmlWriter,
    relations: XmlWriter,
    files: Vec<(String, String)>,
    made_by: Option<Provenance>,
}

pub(crate) fn begin(options: &Options) -> Box<dyn Writer> {
    Box::new(Project {
        options: options.clone(),
        codes: Codes::default(),
        ids: Ids::default(),
        users: Users::default(),
        sources: XmlWriter::default(),
        relations: XmlWriter::default(),
        files: Vec::new(),
        made_by: None,
    })
}

/// The coders, in the order of their appearance.
#[derive(Default)]
struct Users(Vec<String>);

impl Users {
    /// The id of a coder, who is added to the list if missing.
    fn id(&mut self, coder: &str) -> String {
        let name = if coder.is_empty() { "unknown" } else { coder };
        if self.0.iter().all(|known| known != name) {
            self.0.push(name.to_owned());
        }
        guid(&["user", name])
    }
}

/// A time in whole seconds, because some readers accept no fraction.
fn whole_seconds(moment: Timestamp) -> String {
    let time = time(moment);
    let whole = time.split('.').next().unwrap_or_default();
    format!("{whole}Z")
}

/// The id of a selection: that of its mark for the first part of a mark. Where the article was
/// written before, `source` is its new id, and its selections get new ids too.
fn selection_id(
    source: Option<&str>,
    projection: &Projection,
    projected: &ProjectedSpan,
) -> String {
    let id = projection.mark(projected).id.to_string();
    match (source, projected.part) {
        (Some(source), part) => guid(&["piece", source, &id, &part.to_string()]),
        (None, 0) => id,
        (None, part) => guid(&["piece", &id, &part.to_string()]),
    }
}

impl Writer for Project {
    fn add(&mut self, document: &Document, _: &mut dyn FileSink) -> Vec<WrittenDocument> {
        let projection = Projection::new(document, &self.options, SpanPrecision::Exact);
        Provenance::merge(&mut self.made_by, document, &self.options);
        self.codes.add(document.codebook());
        let article = document.article();
        let source = self.ids.next(article.id);
        // An article that was written before gets a new id, and so do its marks.
        let is_again = source != article.id.to_string();
        let source = match is_again {
            true => guid(&["source", &source]),
            false => source,
        };
        self.write_source(&projection, &source, is_again);
        let source_again = is_again.then_some(source.as_str());
        for relation in projection.relations() {
            if let (Some(from), Some(to)) = (
                projection.first_span_of(relation.from),
                projection.first_span_of(relation.to),
            ) {
                let id = relation.id.to_string();
                let id = source_again.map_or(id.clone(), |source| guid(&["link", source, &id]));
                self.relations
                    .element("Link")
                    .attribute("guid", id)
                    .attribute("name", relation.kind)
                    .attribute("direction", "OneWay")
                    .attribute("originGUID", selection_id(source_again, &projection, from))
                    .attribute("targetGUID", selection_id(source_again, &projection, to))
                    .empty();
                self.relations.line_end();
            }
        }
        self.files.push((
            format!("sources/{source}.txt"),
            projection.text().chars().map(held).collect(),
        ));
        let file = format!("{}.qdpx", self.options.name);
        vec![WrittenDocument::with_all_spans(&file, &projection)]
    }

    fn finish(&mut self, out: &mut dyn FileSink) {
        let project = self.project();
        let mut zip = ZipWriter::new(self.options.made);
        let put = |zip: &mut ZipWriter| -> Result<(), ZipError> {
            zip.put("project.qde", project.as_bytes())?;
            self.files
                .iter()
                .try_for_each(|(name, text)| zip.put(name, text.as_bytes()))
        };
        // A file that cannot be packed is missing, and verification reports it.
        if put(&mut zip).is_ok()
            && let Ok(bytes) = zip.finish()
        {
            out.append(&format!("{}.qdpx", self.options.name), &bytes);
        }
    }
}

impl Project {
    /// Writes the article with its marks.
    fn write_source(&mut self, projection: &Projection, source: &str, is_again: bool) {
        let document = projection.document;
        let article = document.article();
        let mut text_source = self
            .sources
            .element("TextSource")
            .attribute("guid", source)
            .attribute("name", &article.title)
            .attribute("plainTextPath", format_args!("internal://{source}.txt"))
            .attribute("creatingUser", self.users.id(&document.coder))
            .attribute("creationDateTime", whole_seconds(self.options.made))
            .open();
        let made_by = Provenance::new(document, &self.options).line();
        text_source
            .element("Description")
            .text(format_args!("{} {made_by}", article.source.url));
        text_source.line_end();
        for projected in &projection.spans {
            let mark = projection.mark(projected);
            let user = self.users.id(&mark.coder);
            let created = whole_seconds(mark.created);
            let [start, end] = projection.chars(projected.span);
            let id = selection_id(is_again.then_some(source), projection, projected);
            let name = shortened(&one_line(projection.slice(projected.span)), 60);
            let mut selection = text_source
                .element("PlainTextSelection")
                .attribute("guid", &id)
                .attribute("name", name)
                .attribute("startPosition", start)
                .attribute("endPosition", end)
                .attribute("creatingUser", &user)
                .attribute("creationDateTime", &created)
                .open();
            if projected.part == 0 && !mark.note.is_empty() {
                selection.element("Description").text(&mark.note);
            }
            let mut coding = selection
                .element("Coding")
                .attribute("guid", guid(&["coding", &id]))
                .attribute("creatingUser", &user)
                .attribute("creationDateTime", &created)
                .open();
            coding
                .element("CodeRef")
                .attribute("targetGUID", guid(&["code", projection.label(projected)]))
                .empty();
            coding.end();
            selection.end();
            text_source.line_end();
        }
        text_source.end();
        self.sources.line_end();
    }

    /// The file `project.qde`.
    fn project(&mut self) -> String {
        let first = self.users.id("");
        let mut xml = XmlWriter::document();
        xml.comment(&line_of(self.made_by.as_ref()));
        let mut root = xml
            .element("Project")
            .attribute("xmlns", "urn:QDA-XML:project:1.0")
            .attribute("name", &self.options.name)
            .attribute("origin", program())
            .attribute("creatingUserGUID", first)
            .attribute("creationDateTime", whole_seconds(self.options.made))
            .open();
        root.line_end();
        let mut users = root.element("Users").open();
        users.line_end();
        for name in &self.users.0 {
            users
                .element("User")
                .attribute("guid", guid(&["user", name]))
                .attribute("name", name)
                .empty();
            users.line_end();
        }
        users.end();
        root.line_end();
        let mut codebook = root.element("CodeBook").open();
        self.codes.write(&mut codebook);
        codebook.end();
        root.line_end();
        for (name, elements) in [("Sources", &self.sources), ("Links", &self.relations)] {
            if name == "Links" && elements.is_empty() {
                continue;
            }
            let mut list = root.element(name).open();
            list.line_end();
            list.append(elements);
            list.end();
            root.line_end();
        }
        root.end();
        xml.line_end();
        xml.finish()
    }
}

/// Reads the texts of the archive and the codings of `project.qde`.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let files = unzip(bytes)?;
    let project = file(&files, "project.qde")?;
    let project = parse_with_root(str::from_utf8(project)?, &["Project"])?;
    let codes = named(project.descendants(), "Code")
        .filter_map(|code| Some((code.attribute("guid")?, code.attribute("name")?)));
    let codes: Vec<(&str, &str)> = codes.collect();
    let documents = named(project.descendants(), "TextSource").map(|source| {
        let path = source.attribute("plainTextPath").unwrap_or_default();
        let path = path
            .strip_prefix("internal://")
            .ok_or(ReadBackError::Malformed("a text is not in the file"))?;
        let text = str::from_utf8(file(&files, &format!("sources/{path}"))?)?;
        let mut spans = Vec::new();
        for selection in named(source.children(), "PlainTextSelection") {
            let start = number_attribute(&selection, "startPosition")?;
            let end = number_attribute(&selection, "endPosition")?;
            for reference in named(selection.descendants(), "CodeRef") {
                let guid = reference.attribute("targetGUID").unwrap_or_default();
                let code = codes.iter().find(|(known, _)| *known == guid);
                let (_, label) = code.ok_or_else(|| ReadBackError::MissingNamed {
                    kind: "code",
                    name: guid.to_owned(),
                })?;
                spans.push(ExternalSpan {
                    start,
                    end,
                    label: (*label).to_owned(),
                    quote: None,
                });
            }
        }
        Ok(ExternalDocument {
            text: Some(text.to_owned()),
            spans: ExternalSpans::Chars(spans),
            ..ExternalDocument::default()
        })
    });
    documents.collect()
}

/// The elements with this name, whatever their namespace.
fn named<'a>(
    nodes: impl Iterator<Item = Node<'a, 'a>>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'a>> {
    nodes.filter(move |node| node.tag_name().name() == name)
}

/// The file of an archive with this name.
fn file<'a>(files: &'a [(String, Vec<u8>)], name: &str) -> Result<&'a [u8], ReadBackError> {
    match files.iter().find(|(known, _)| known == name) {
        Some((_, bytes)) => Ok(bytes),
        None => Err(ReadBackError::FileMissing(name.to_owned())),
    }
}
