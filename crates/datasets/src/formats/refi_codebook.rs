//! The codebook of REFI-QDA: the tags as codes, with their rules as descriptions.
//!
//! - **Readers**: NVivo, ATLAS.ti, MAXQDA, QualCoder. Tested with pyrefiqda (0.3).
//! - **Offsets**: none; the file has no marks.
//! - **What does not fit**: the file has the codebook alone.
//! - **Source**: REFI-QDA Standard 1.5, `Codebook.xsd`.

use crate::catalogue::SpanPrecision;
use crate::encoding::guid::guid;
use crate::encoding::xml::{Element, XmlWriter};
use crate::encoding::xml_reader::parse_with_root;
use crate::error::ReadBackError;
use crate::external::ExternalDocument;
use crate::options::Options;
use crate::output::{FileSink, Writer, WrittenDocument};
use crate::projection::labels::tag_labels;
use crate::projection::spans::Projection;
use crate::provenance::{Provenance, line_of, program};
use pullquote_core::model::codebook::{Codebook, Tag};
use pullquote_core::model::document::Document;

/// The codes of all codebooks, each label once, in the order of their appearance.
#[derive(Default)]
pub(crate) struct Codes {
    labels: Vec<String>,
    xml: XmlWriter,
}

impl Codes {
    /// Adds the tags of a codebook.
    pub(crate) fn add(&mut self, codebook: &Codebook) {
        for (label, tag) in tag_labels(codebook).into_iter().zip(codebook.tags()) {
            if !self.labels.contains(&label) {
                write_code(&mut self.xml, &label, tag);
                self.labels.push(label);
            }
        }
    }

    /// Writes the list of codes.
    pub(crate) fn write(&self, codebook: &mut Element) {
        let mut list = codebook.element("Codes").open();
        list.line_end();
        list.append(&self.xml);
    }
}

/// Writes a code with the rules of its tag.
fn write_code(xml: &mut XmlWriter, label: &str, tag: &Tag) {
    let code = xml
        .element("Code")
        .attribute("guid", guid(&["code", label]))
        .attribute("name", label)
        .attribute("isCodable", "true")
        .attribute("color", tag.colour);
    let rules = [
        ("", &tag.definition),
        ("Include: ", &tag.include),
        ("Exclude: ", &tag.exclude),
        ("Example: ", &tag.example),
    ];
    let rules = rules.iter().filter(|(_, rule)| !rule.is_empty());
    let rules: Vec<String> = rules.map(|(name, rule)| format!("{name}{rule}")).collect();
    let mut code = code.open();
    if !rules.is_empty() {
        code.element("Description").text(rules.join("\n"));
    }
    code.end();
    xml.line_end();
}

struct QdaCodebook {
    options: Options,
    codes: Codes,
    made_by: Option<Provenance>,
}

pub(crate) fn begin(options: &Options) -> Box<dyn Writer> {
    Box::new(QdaCodebook {
        options: options.clone(),
        codes: Codes::default(),
        made_by: None,
    })
}

impl Writer for QdaCodebook {
    fn add(&mut self, document: &Document, _: &mut dyn FileSink) -> Vec<WrittenDocument> {
        self.codes.add(document.codebook());
        Provenance::merge(&mut self.made_by, document, &self.options);
        let projection = Projection::new(document, &self.options, SpanPrecision::Exact);
        let file = format!("{}.qdc", self.options.name);
        let mut written = WrittenDocument::without_spans(&file, &projection);
        written.key = Some(document.article().id.to_string());
        vec![written]
    }

    fn finish(&mut self, out: &mut dyn FileSink) {
        let mut xml = XmlWriter::document();
        xml.comment(&line_of(self.made_by.as_ref()));
        let mut codebook = xml
            .element("CodeBook")
            .attribute("xmlns", "urn:QDA-XML:codebook:1.0")
            .attribute("origin", program())
            .open();
        codebook.line_end();
        self.codes.write(&mut codebook);
        codebook.line_end();
        codebook.end();
        xml.line_end();
        out.append(
            &format!("{}.qdc", self.options.name),
            xml.finish().as_bytes(),
        );
    }
}

/// Checks that every code has a name. The file has no marks.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let document = parse_with_root(str::from_utf8(bytes)?, &["CodeBook"])?;
    let mut codes = document
        .descendants()
        .filter(|node| node.tag_name().name() == "Code");
    match codes.all(|code| code.attribute("name").is_some_and(|name| !name.is_empty())) {
        true => Ok(Vec::new()),
        false => Err(ReadBackError::Malformed("a code has no name")),
    }
}
