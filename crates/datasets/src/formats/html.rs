//! The marked article as one page for any browser, for people to read. It loads nothing and runs
//! nothing.
//!
//! - **Readers**: browsers. The page is also well-formed XML, so that it can be read back.
//! - **Offsets**: code points, in the attributes `data-start` and `data-end` of the list of marks.
//! - **What does not fit**: where marks overlap, the words have the colour of the innermost, and the
//!   list has all marks. Characters that XML cannot hold are replaced.
//! - **Source**: HTML Standard, section 14 (the XML syntax).

use crate::catalogue::SpanPrecision;
use crate::encoding::xml;
use crate::encoding::xml::{Element, XmlWriter};
use crate::encoding::xml_reader::{number_attribute, parse};
use crate::error::ReadBackError;
use crate::external::{ExternalDocument, ExternalSpan, ExternalSpans};
use crate::formats::page::{begins_with_title, details, source_line, words};
use crate::naming::stems::Stems;
use crate::options::Options;
use crate::output::{FileSink, Writer, WrittenDocument};
use crate::projection::spans::Projection;
use crate::provenance::Provenance;
use pullquote_core::model::article::{BlockKind, TextDirection};
use pullquote_core::model::coverage::{Coverage, Segment};
use pullquote_core::model::document::Document;
use pullquote_core::text::offset::CharOffset;
use pullquote_core::text::offset_map::OffsetMap;

struct Html {
    options: Options,
    stems: Stems,
}

pub(crate) fn begin(options: &Options) -> Box<dyn Writer> {
    Box::new(Html {
        options: options.clone(),
        stems: Stems::default(),
    })
}

impl Writer for Html {
    fn add(&mut self, document: &Document, out: &mut dyn FileSink) -> Vec<WrittenDocument> {
        let projection = Projection::new(document, &self.options, SpanPrecision::Exact);
        let made_by = Provenance::new(document, &self.options).line();
        let stem = self.stems.next(&document.article().title);
        let file = format!("{stem}.html");
        out.append(&file, page(&projection, &made_by).as_bytes());
        vec![WrittenDocument::with_all_spans(&file, &projection)]
    }

    fn finish(&mut self, _: &mut dyn FileSink) {}
}

const STYLE: &str = "
:root { color-scheme: light dark; }
body { margin: 0 auto; max-width: 44rem; padding: 2rem 1.25rem 4rem; font: 1.0625rem/1.65 Georgia, \
\"Noto Serif\", \"Noto Naskh Arabic\", serif; }
h1.name { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .4rem; }
p.source, footer { color: GrayText; font: .875rem/1.5 system-ui, sans-serif; }
article { white-space: pre-wrap; }
article h1, article h2, article h3, article h4, article h5, article h6 { font-size: 1.25em; \
line-height: 1.3; margin: 1.2em 0 .4em; }
article p, article blockquote, article pre, article .item { margin: 0 0 1em; display: block; }
article blockquote { border-inline-start: 3px solid GrayText; padding-inline-start: 1rem; }
article pre { overflow-x: auto; font-size: .9em; }
.gap { display: none; }
mark { background: color-mix(in srgb, var(--tag) 16%, transparent); color: inherit; \
border-bottom: 2px solid var(--tag); border-radius: 2px; }
mark[data-ends]::after { content: attr(data-ends); font: 600 .62em system-ui, sans-serif; \
vertical-align: super; margin-inline-start: .15em; color: var(--tag); }
table { border-collapse: collapse; width: 100%; font: .875rem/1.45 system-ui, sans-serif; \
margin-top: .5rem; }
th, td { text-align: start; vertical-align: top; padding: .35rem .6rem .35rem 0; \
border-bottom: 1px solid color-mix(in srgb, currentcolor 15%, transparent); }
.tag { white-space: nowrap; }
td.place { font-variant-numeric: tabular-nums; white-space: nowrap; }
h2.part { font: 600 1.05rem system-ui, sans-serif; margin: 2.5rem 0 0; }
.swatch { display: inline-block; width: .7em; height: .7em; border-radius: 2px; \
background: var(--tag); margin-inline-end: .4em; }
@media print { body { max-width: none; padding: 0; } mark { -webkit-print-color-adjust: exact; \
print-color-adjust: exact; } tr, mark { break-inside: avoid; } }
";

/// The policy of the page: no scripts, and nothing from elsewhere.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

fn page(projection: &Projection, made_by: &str) -> String {
    let language = projection.document.article().language.as_ref();
    let mut xml = XmlWriter::with_head("<!DOCTYPE html>\n");
    let mut root = xml
        .element("html")
        .attribute("lang", language.map_or("und", |language| language.as_str()))
        .attribute("xmlns", "http://www.w3.org/1999/xhtml")
        .open();
    root.line_end();
    head(projection, made_by, &mut root);
    root.line_end();
    body(projection, made_by, &mut root);
    root.line_end();
    root.end();
    xml.line_end();
    xml.finish()
}

fn head(projection: &Projection, made_by: &str, root: &mut Element) {
    let mut head = root.element("head").open();
    head.line_end();
    head.element("meta").attribute("charset", "utf-8").empty();
    head.line_end();
    head.element("meta")
        .attribute("http-equiv", "Content-Security-Policy")
        .attribute("content", POLICY)
        .empty();
    head.line_end();
    let metas = [
        ("viewport", "width=device-width, initial-scale=1"),
        ("generator", made_by),
    ];
    for (name, value) in metas {
        head.element("meta")
            .attribute("name", name)
            .attribute("content", value)
            .empty();
        head.line_end();
    }
    head.element("title")
        .text(&projection.document.article().title);
    head.line_end();
    let mut style = head.element("style").open();
    style.text(STYLE);
    for (index, tag) in projection.document.codebook().tags().iter().enumerate() {
        style.text(format_args!(".t{index} {{ --tag: {}; }}\n", tag.colour));
    }
    style.end();
    head.line_end();
}

fn body(projection: &Projection, made_by: &str, root: &mut Element) {
    let document = projection.document;
    let mut body = root.element("body").open();
    body.line_end();
    if !begins_with_title(projection) {
        body.element("h1")
            .attribute("class", "name")
            .attribute("dir", "auto")
            .text(&document.article().title);
        body.line_end();
    }
    let source = source_line(document);
    if !source.is_empty() {
        body.element("p").attribute("class", "source").text(source);
        body.line_end();
    }
    article(projection, &mut body);
    body.line_end();
    body.element("h2")
        .attribute("class", "part")
        .text(format_args!("{} marks", document.annotations().len()));
    body.line_end();
    marks(projection, &mut body);
    body.line_end();
    body.element("h2")
        .attribute("class", "part")
        .text(format_args!("Codebook: {}", document.codebook().name));
    body.line_end();
    codebook(projection, &mut body);
    body.line_end();
    let mut footer = body.element("footer").open();
    footer.element("p").text(format_args!(
        "Made by {made_by}. Characters are counted as Unicode code points."
    ));
    footer.end();
    body.line_end();
}

/// The list of marks. Its rows carry label and offsets as `data-` attributes, from which they
/// are read back.
fn marks(projection: &Projection, body: &mut Element) {
    let mut table = body.element("table").attribute("class", "marks").open();
    let mut head = table.element("thead").open();
    let mut row = head.element("tr").open();
    for heading in ["Tag", "Words", "Fields", "Note", "Characters"] {
        row.element("th").text(heading);
    }
    row.end();
    head.end();
    table.line_end();
    let mut rows = table.element("tbody").open();
    rows.line_end();
    let details = details(projection);
    for projected in &projection.spans {
        let mark = projection.mark(projected);
        let [start, end] = projection.chars(projected.span);
        let (details, note) = match projected.part {
            0 => (details[projected.mark].join("; "), mark.note.as_str()),
            _ => (String::new(), ""),
        };
        let mut row = rows
            .element("tr")
            .attribute("data-label", projection.label(projected))
            .attribute("data-start", start)
            .attribute("data-end", end)
            .open();
        tag_cell(projected.tag, projection.label(projected), &mut row);
        let words = words_of_page(projection.slice(projected.span));
        for text in [words.as_str(), &details, note] {
            row.element("td").attribute("dir", "auto").text(text);
        }
        row.element("td")
            .attribute("class", "place")
            .text(format_args!("{start}–{end}"));
        row.end();
        rows.line_end();
    }
}

/// A cell with the label of a tag behind a swatch of its colour.
fn tag_cell(tag: usize, label: &str, row: &mut Element) {
    let mut cell = row
        .element("td")
        .attribute("class", format_args!("t{tag}"))
        .open();
    let mut name = cell.element("span").attribute("class", "tag").open();
    name.element("span").attribute("class", "swatch").text("");
    name.text(label);
}

fn codebook(projection: &Projection, body: &mut Element) {
    let mut table = body.element("table").open();
    let mut rows = table.element("tbody").open();
    rows.line_end();
    let tags = projection.document.codebook().tags();
    for (index, (label, tag)) in projection.labels.iter().zip(tags).enumerate() {
        let mut row = rows.element("tr").open();
        tag_cell(index, label, &mut row);
        row.element("td").text(&tag.definition);
        row.end();
        rows.line_end();
    }
}

/// The same where characters that XML cannot hold are replaced first. A form feed is white space,
/// but U+FFFD in the page: the list must show the words as a reader slices them out of the page.
fn words_of_page(marked: &str) -> String {
    words(&marked.chars().map(xml::held).collect::<String>())
}

/// The text, block by block. What stands between two blocks is in the page, but hidden: the page
/// holds the text exactly.
fn article(projection: &Projection, body: &mut Element) {
    let article = projection.document.article();
    let coverage = Coverage::new(projection.document);
    let direction = match article.direction {
        TextDirection::RightToLeft => "rtl",
        TextDirection::LeftToRight => "ltr",
    };
    let mut page = body.element("article").attribute("dir", direction).open();
    let mut at = 0;
    for block in article.blocks() {
        gap(&article.text()[at..block.span.start().index()], &mut page);
        at = block.span.end().index();
        let heading;
        let name = match block.kind {
            BlockKind::Heading(level) => {
                heading = format!("h{level}");
                heading.as_str()
            }
            BlockKind::Quote => "blockquote",
            BlockKind::Preformatted => "pre",
            BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Caption => "p",
        };
        let mut element = page.element(name).attribute("dir", "auto").open();
        for segment in coverage.segments(block.span) {
            marked_words(projection, &segment, &mut element);
        }
    }
    gap(&article.text()[at..], &mut page);
}

/// Hidden text between two blocks.
fn gap(text: &str, page: &mut Element) {
    if !text.is_empty() {
        page.element("span").attribute("class", "gap").text(text);
    }
}

/// Words that the same marks cover, in the colour of the innermost.
fn marked_words(projection: &Projection, segment: &Segment, block: &mut Element) {
    let document = projection.document;
    let words = projection.slice(segment.span);
    let marks = segment
        .marks
        .iter()
        .map(|index| &document.annotations()[*index]);
    let tags: Vec<usize> = marks
        .clone()
        .map(|mark| document.codebook().index_of(&mark.tag).unwrap_or_default())
        .collect();
    let Some(innermost) = tags.last() else {
        block.text(words);
        return;
    };
    let label = |tag: &usize| projection.labels[*tag].as_str();
    let titles: Vec<&str> = tags.iter().map(label).collect();
    // The labels of the marks that end here stand behind the words.
    let ends = marks
        .zip(&tags)
        .filter(|(mark, _)| mark.spans.end() == segment.span.end());
    let ends: Vec<&str> = ends.map(|(_, tag)| label(tag)).collect();
    let mut mark = block
        .element("mark")
        .attribute("class", format_args!("t{innermost}"))
        .attribute("title", titles.join(" in "));
    if !ends.is_empty() {
        mark = mark.attribute("data-ends", ends.join(" "));
    }
    mark.text(words);
}

/// Reads the article and the rows of the list of marks.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let text = str::from_utf8(bytes)?;
    let page = parse(text.trim_start_matches("<!DOCTYPE html>"))?;
    let article = page
        .descendants()
        .find(|node| node.tag_name().name() == "article");
    let article = article.ok_or(ReadBackError::Missing("article"))?;
    let texts = article.descendants().filter(|node| node.is_text());
    let text: String = texts.filter_map(|node| node.text()).collect();
    let rows = page
        .descendants()
        .filter(|node| node.attribute("data-label").is_some());
    let offsets = OffsetMap::new(&text);
    let spans = rows.map(|row| {
        let label = row.attribute("data-label").unwrap_or_default().to_owned();
        let (start, end) = (
            number_attribute(&row, "data-start")?,
            number_attribute(&row, "data-end")?,
        );
        let byte = |at| Some(offsets.from_chars(CharOffset(at))?.index());
        let sliced = byte(start).zip(byte(end));
        let sliced = sliced.and_then(|(start, end)| text.get(start..end));
        let sliced = sliced.unwrap_or_default();
        // The second cell shows the words, shortened.
        let cell = row.children().filter(|child| child.is_element()).nth(1);
        let seen = cell.and_then(|cell| cell.text()).unwrap_or_default();
        if words(sliced) != seen {
            return Err(ReadBackError::WordsOfSpan {
                label,
                start,
                end,
                words: seen.to_owned(),
            });
        }
        Ok(ExternalSpan {
            start,
            end,
            label,
            quote: Some(sliced.to_owned()),
        })
    });
    let spans = spans.collect::<Result<_, ReadBackError>>()?;
    Ok(vec![ExternalDocument {
        spans: ExternalSpans::Chars(spans),
        text: Some(text),
        ..ExternalDocument::default()
    }])
}
