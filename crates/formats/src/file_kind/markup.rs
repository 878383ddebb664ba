//! Markup: web pages and common kinds of XML.

use crate::file_kind::fragment;
use crate::file_kind::kind::FileKind;

/// The kind of a text that begins with `<`; `None` if it is not markup.
///
/// An article can begin with `<`, and a README often begins with `<p align="center">`. So unless
/// the extension is one of markup, the text must declare that it is markup, consist of one known
/// element, or clearly be a fragment of a web page.
pub(crate) fn kind(extension: &str, text: &str) -> Option<FileKind> {
    let is_page = matches!(extension, "html" | "htm" | "xhtml");
    let is_named = is_page
        || matches!(
            extension,
            "xml" | "tei" | "svg" | "gexf" | "graphml" | "qdc" | "qde" | "xmi" | "fb2" | "rdf"
        );
    let head = Head::new(text);
    let root = head.root.to_lowercase();
    let local = root.rsplit(':').next().unwrap_or_default();
    let known = known(local, &text[..text.floor_char_boundary(4_000)]);
    let closing = format!("</{root}>");
    let end = &text[text.ceil_char_boundary(text.len().saturating_sub(closing.len()))..];
    let is_whole = !root.is_empty() && end.to_lowercase() == closing;
    let is_declared = head.is_declared && text.ends_with('>') && !root.is_empty();
    match known {
        Some(kind) if is_named || is_declared || is_whole => Some(kind),
        _ if is_page => Some(FileKind::WebPage),
        _ if is_named || is_declared => Some(match extension {
            "webloc" => FileKind::Link,
            _ => FileKind::Xml,
        }),
        _ if fragment::is_page(extension, &root, head.rest) => Some(FileKind::WebPage),
        _ => None,
    }
}

/// The beginning of markup, before its content.
struct Head<'a> {
    /// Whether it declares that it is XML or HTML.
    is_declared: bool,
    /// The name of the first element; empty if there is none.
    root: &'a str,
    /// The text from the first element on.
    rest: &'a str,
}

impl<'a> Head<'a> {
    fn new(text: &'a str) -> Self {
        let mut is_declared = false;
        let mut rest = text;
        loop {
            rest = rest.trim_start();
            let end = match () {
                () if rest.starts_with("<!--") => "-->",
                () if rest.starts_with("<?") => "?>",
                () if rest.starts_with("<!") => ">",
                () => break,
            };
            let lower = rest[..rest.floor_char_boundary(14)].to_lowercase();
            is_declared |= lower.starts_with("<?xml ") || lower.starts_with("<!doctype html");
            let Some(at) = rest.find(end) else { break };
            rest = &rest[at + end.len()..];
        }
        let name = rest.strip_prefix('<').unwrap_or_default();
        let is_part = |char: char| char.is_alphanumeric() || matches!(char, ':' | '-' | '_' | '.');
        let length = name.find(|char| !is_part(char)).unwrap_or(0);
        let goes_on = name[length..]
            .starts_with(|char: char| char.is_whitespace() || matches!(char, '>' | '/'));
        Self {
            is_declared,
            root: if goes_on { &name[..length] } else { "" },
            rest,
        }
    }
}

/// The kind of a document with this root element and this beginning.
fn known(root: &str, beginning: &str) -> Option<FileKind> {
    let has = |part: &str| beginning.contains(part);
    Some(match root {
        "html" => FileKind::WebPage,
        "tei" | "teicorpus" | "tei.2" => FileKind::OtherTool("TEI"),
        "svg" => FileKind::Picture("SVG"),
        "gexf" => FileKind::OtherTool("GEXF"),
        "graphml" => FileKind::OtherTool("GraphML"),
        "project" | "codebook" if has("QDA-XML") => FileKind::OtherTool("REFI-QDA"),
        "xmi" if has("omg.org/XMI") => FileKind::OtherTool("UIMA CAS"),
        "collection" if has("<document>") && has("<passage>") => FileKind::OtherTool("BioC"),
        "fictionbook" => FileKind::Ebook("FictionBook"),
        "worddocument" | "package" if has("schemas.microsoft.com/office") => {
            FileKind::Document("Word")
        }
        "document" if has("opendocument:xmlns:office") => FileKind::Document("OpenDocument"),
        "workbook" if has("office:spreadsheet") => FileKind::Table("Excel"),
        _ => return None,
    })
}
