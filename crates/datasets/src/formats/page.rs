//! For people: the marked article as one page for any browser, and as Markdown.

use crate::catalogue::SpanPrecision;
use crate::encoding::xml;
use crate::encoding::xml::{attribute, content};
use crate::error::ReadBackError;
use crate::external::{ExternalDocument, ExternalSpan, ExternalSpans};
use crate::formats::table::answers;
use crate::naming::stems::Stems;
use crate::options::Options;
use crate::output::{FileSink, Writer, WrittenDocument};
use crate::projection::spans::{ProjectedSpan, Projection};
use crate::provenance::Provenance;
use pullquote_core::analysis::ledger::name_of;
use pullquote_core::model::article::{BlockKind, TextDirection};
use pullquote_core::model::coverage::{Coverage, Segment};
use pullquote_core::model::document::Document;
use pullquote_core::text::offset::CharOffset;
use pullquote_core::text::offset_map::OffsetMap;
use pullquote_core::text::shortened::{one_line, shortened};

use std::fmt::Write as _;

struct Pages {
    options: Options,
    stems: Stems,
    is_html: bool,
}

pub(crate) fn begin_html(options: &Options) -> Box<dyn Writer> {
    begin(options, true)
}

pub(crate) fn begin_markdown(options: &Options) -> Box<dyn Writer> {
    begin(options, false)
}

fn begin(options: &Options, is_html: bool) -> Box<dyn Writer> {
    Box::new(Pages {
        options: options.clone(),
        stems: Stems::default(),
        is_html,
    })
}

impl Writer for Pages {
    fn add(&mut self, document: &Document, out: &mut dyn FileSink) -> Vec<WrittenDocument> {
        let labelled = Projection::new(document, &self.options, SpanPrecision::Exact);
        let made_by = Provenance::new(document, &self.options).line();
        let stem = self.stems.next(&document.article().title);
        let (file, text) = match self.is_html {
            true => (format!("{stem}.html"), html(&labelled, &made_by)),
            false => (format!("{stem}.md"), markdown(&labelled, &made_by)),
        };
        out.append(&file, text.as_bytes());
        let label = |piece: &ProjectedSpan| labelled.label(piece).to_owned();
        vec![WrittenDocument::new(
            &file,
            &labelled,
            labelled.spans.iter(),
            label,
        )]
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

fn html(labelled: &Projection, made_by: &str) -> String {
    let document = labelled.document;
    let article = document.article();
    let source = &article.source;
    let language = article.language.as_ref().map_or("und", |it| it.as_str());
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n\
         <meta charset=\"utf-8\"/>\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta name=\"generator\" content=\"{}\"/>\n<title>{}</title>\n<style>{STYLE}",
        attribute(language),
        attribute(made_by),
        content(&article.title)
    );
    for (place, tag) in document.codebook().tags().iter().enumerate() {
        // Writing into a string does not fail.
        let _ = writeln!(page, ".t{place} {{ --tag: {}; }}", tag.colour);
    }
    let _ = writeln!(page, "</style>\n</head>\n<body>");
    if !begins_with_title(labelled) {
        let title = content(&article.title);
        let _ = writeln!(page, "<h1 class=\"name\" dir=\"auto\">{title}</h1>");
    }
    let known = [
        &source.byline,
        &source.outlet,
        &source.published,
        &source.url,
    ];
    let known: Vec<&str> = known
        .into_iter()
        .map(String::as_str)
        .filter(|it| !it.is_empty())
        .collect();
    if !known.is_empty() {
        let _ = writeln!(
            page,
            "<p class=\"source\">{}</p>",
            content(&known.join(" · "))
        );
    }
    text_html(labelled, &mut page);
    let _ = writeln!(
        page,
        "<h2 class=\"part\">{} marks</h2>\n<table class=\"marks\"><thead><tr><th>Tag</th><th>Words</th>\
         <th>Fields</th><th>Note</th><th>Characters</th></tr></thead>\n<tbody>",
        document.annotations().len()
    );
    let said = said(labelled);
    for piece in &labelled.spans {
        let mark = labelled.mark(piece);
        let [start, end] = labelled.chars(piece.span);
        let (said, note) = match piece.part {
            0 => (said[piece.mark].join("; "), mark.note.as_str()),
            _ => (String::new(), ""),
        };
        let _ = writeln!(
            page,
            "<tr data-label=\"{}\" data-start=\"{start}\" data-end=\"{end}\"><td class=\"t{}\">\
             <span class=\"tag\"><span class=\"swatch\"></span>{}</span></td><td dir=\"auto\">{}</td>\
             <td dir=\"auto\">{}</td><td dir=\"auto\">{}</td><td class=\"place\">{start}–{end}</td></tr>",
            attribute(labelled.label(piece)),
            piece.tag,
            content(labelled.label(piece)),
            content(&words_of_page(labelled.slice(piece.span))),
            content(&said),
            content(note)
        );
    }
    let _ = writeln!(
        page,
        "</tbody></table>\n<h2 class=\"part\">Codebook: {}</h2>\n<table><tbody>",
        content(&document.codebook().name)
    );
    for (place, (label, tag)) in labelled
        .labels
        .iter()
        .zip(document.codebook().tags())
        .enumerate()
    {
        let _ = writeln!(
            page,
            "<tr><td class=\"t{place}\"><span class=\"tag\"><span class=\"swatch\"></span>{}</span></td>\
             <td>{}</td></tr>",
            content(label),
            content(&tag.definition)
        );
    }
    let _ = writeln!(
        page,
        "</tbody></table>\n<footer><p>Made by {}. Characters are counted as Unicode code points.</p></footer>\n\
         </body>\n</html>",
        content(made_by)
    );
    page
}

/// What was marked, as the list shows it: on one line, and not too much of it.
fn words(marked: &str) -> String {
    shortened(&one_line(marked), 300)
}

/// The same in XML. A form feed is white space here and U+FFFD in the article: the list must
/// show what a reader slices out of the article.
fn words_of_page(marked: &str) -> String {
    words(&marked.chars().map(xml::held).collect::<String>())
}

/// Whether the text itself begins with the title, as a heading.
fn begins_with_title(labelled: &Projection) -> bool {
    let article = labelled.document.article();
    let first = article.blocks().first();
    let first = first.filter(|block| matches!(block.kind, BlockKind::Heading(_)));
    first.is_some_and(|block| one_line(labelled.slice(block.span)) == one_line(&article.title))
}

/// What is said of each mark: its answers, and whom or what it is linked to.
fn said(labelled: &Projection) -> Vec<Vec<String>> {
    let document = labelled.document;
    let marks = document.annotations().iter();
    let mut said: Vec<Vec<String>> = marks.map(|mark| answers(document, mark)).collect();
    for link in labelled.relations() {
        let name = name_of(document, &document.annotations()[link.to]);
        let line = format!("{}: {}", link.kind, shortened(&one_line(&name), 120));
        said[link.from].push(line);
    }
    said
}

/// The text, block by block. What stands between blocks is there and not seen, so that the
/// page holds the text exactly.
fn text_html(labelled: &Projection, page: &mut String) {
    let article = labelled.document.article();
    let coverage = Coverage::new(labelled.document);
    let right = article.direction == TextDirection::RightToLeft;
    let _ = writeln!(
        page,
        "<article dir=\"{}\">",
        if right { "rtl" } else { "ltr" }
    );
    page.pop();
    let gap = |page: &mut String, from: usize, to: usize| {
        if from < to {
            let _ = write!(
                page,
                "<span class=\"gap\">{}</span>",
                content(&article.text()[from..to])
            );
        }
    };
    let mut at = 0;
    for block in article.blocks() {
        gap(page, at, block.span.start().index());
        at = block.span.end().index();
        let heading;
        let element = match block.kind {
            BlockKind::Heading(level) => {
                heading = format!("h{level}");
                heading.as_str()
            }
            BlockKind::Quote => "blockquote",
            BlockKind::Preformatted => "pre",
            BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Caption => "p",
        };
        let _ = write!(page, "<{element} dir=\"auto\">");
        for segment in coverage.segments(block.span) {
            segment_html(labelled, &segment, page);
        }
        let _ = write!(page, "</{element}>");
    }
    gap(page, at, article.text().len());
    page.push_str("</article>\n");
}

fn segment_html(labelled: &Projection, segment: &Segment, page: &mut String) {
    let document = labelled.document;
    let words = content(labelled.slice(segment.span));
    let marks = segment
        .marks
        .iter()
        .map(|place| &document.annotations()[*place]);
    let places: Vec<usize> = marks
        .clone()
        .map(|mark| document.codebook().place_of(&mark.tag).unwrap_or_default())
        .collect();
    let Some(inner) = places.last() else {
        page.push_str(&words);
        return;
    };
    let titles: Vec<&str> = places
        .iter()
        .map(|place| labelled.labels[*place].as_str())
        .collect();
    // The labels of the marks that end here stand behind the words.
    let ends = marks
        .zip(&places)
        .filter(|(mark, _)| mark.spans.end() == segment.span.end());
    let ends: Vec<&str> = ends
        .map(|(_, place)| labelled.labels[*place].as_str())
        .collect();
    let ends = match ends.is_empty() {
        true => String::new(),
        false => format!(" data-ends=\"{}\"", attribute(&ends.join(" "))),
    };
    let _ = write!(
        page,
        "<mark class=\"t{inner}\" title=\"{}\"{ends}>{words}</mark>",
        attribute(&titles.join(" in "))
    );
}

pub(crate) fn read_html(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let text = xml::utf8(bytes)?;
    let page = xml::parsed(text.trim_start_matches("<!DOCTYPE html>"))?;
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
            xml::number(&row, "data-start")?,
            xml::number(&row, "data-end")?,
        );
        let byte = |at| Some(offsets.from_chars(CharOffset(at))?.index());
        let sliced = byte(start).zip(byte(end));
        let sliced = sliced.and_then(|(start, end)| text.get(start..end));
        let sliced = sliced.unwrap_or_default();
        // The second cell has the words, on one line and not too many.
        let cell = row.children().filter(|it| it.is_element()).nth(1);
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

/// A text as Markdown shows it.
fn plain(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, char| {
        if "\\`*_{}[]<>#+-!|~^$&".contains(char) {
            out.push('\\');
        }
        // CommonMark shows a zero as this.
        out.push(if char == '\0' { '\u{FFFD}' } else { char });
        out
    })
}

/// The words between two tags, with the line ends outside of them. (Asterisks would not do:
/// between two words without a space they are no signs.)
fn around(words: &str, before: &str, behind: &str) -> String {
    let lines = words.split('\n').map(|line| {
        let bare = line.trim();
        let at = line.find(bare).unwrap_or_default();
        match bare.is_empty() {
            true => line.to_owned(),
            false => format!(
                "{}{before}{}{behind}{}",
                &line[..at],
                plain(bare),
                &line[at + bare.len()..]
            ),
        }
    });
    lines.collect::<Vec<String>>().join("\n")
}

fn markdown(labelled: &Projection, made_by: &str) -> String {
    let document = labelled.document;
    let article = document.article();
    let mut page = match begins_with_title(labelled) {
        true => String::new(),
        false => format!("# {}\n\n", plain(&one_line(&article.title))),
    };
    let source = &article.source;
    let known = [
        &source.byline,
        &source.outlet,
        &source.published,
        &source.url,
    ];
    let known: Vec<&str> = known
        .into_iter()
        .map(String::as_str)
        .filter(|it| !it.is_empty())
        .collect();
    if !known.is_empty() {
        let _ = writeln!(page, "*{}*\n", plain(&one_line(&known.join(" · "))));
    }
    let coverage = Coverage::new(document);
    for block in article.blocks() {
        let mut text = String::new();
        for segment in coverage.segments(block.span) {
            let words = labelled.slice(segment.span);
            if segment.marks.is_empty() {
                text.push_str(&plain(words));
            } else {
                text.push_str(&around(words, "<b>", "</b>"));
            }
            let ends = segment
                .marks
                .iter()
                .filter(|place| document.annotations()[**place].spans.end() == segment.span.end());
            // The number of a mark in the list below.
            ends.for_each(|place| {
                let _ = write!(text, "<sup>{}</sup>", place + 1);
            });
        }
        let (first, next) = match block.kind {
            BlockKind::Heading(level) => {
                let below = usize::from(!begins_with_title(labelled));
                ("#".repeat(usize::from(level).clamp(1, 5) + below) + " ", "")
            }
            BlockKind::Quote => ("> ".to_owned(), "> "),
            BlockKind::ListItem => ("- ".to_owned(), "  "),
            _ => (String::new(), ""),
        };
        let lines: Vec<&str> = text.split('\n').collect();
        // A line end within a block is one to the eye.
        let _ = writeln!(page, "{first}{}\n", lines.join(&format!("  \n{next}")));
    }
    let _ = writeln!(page, "## Marks\n");
    let said = said(labelled);
    for piece in &labelled.spans {
        let mark = labelled.mark(piece);
        let [start, end] = labelled.chars(piece.span);
        let mut more: Vec<&str> = Vec::new();
        if piece.part == 0 {
            more.extend(said[piece.mark].iter().map(String::as_str));
            more.extend(Some(mark.note.as_str()).filter(|note| !note.is_empty()));
        }
        let more = match more.is_empty() {
            true => String::new(),
            false => format!(" – {}", plain(&one_line(&more.join("; ")))),
        };
        let _ = writeln!(
            page,
            "- `{start}`–`{end}` {}. **{}**: {}{more}",
            piece.mark + 1,
            plain(labelled.label(piece)),
            plain(&words(labelled.slice(piece.span)))
        );
    }
    let _ = writeln!(
        page,
        "\nMade by {}. Characters are counted as Unicode code points.",
        plain(made_by)
    );
    page
}

pub(crate) fn read_markdown(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let text = xml::utf8(bytes)?;
    let list = text.rsplit_once("\n## Marks\n").map(|(_, list)| list);
    let lines = list.ok_or(ReadBackError::Missing("list of marks"))?.lines();
    let rows = lines.filter_map(|line| line.strip_prefix("- `"));
    let spans = rows.map(|row| {
        let wrong = || ReadBackError::ValueIsNot {
            value: format!("`{row}`"),
            expected: "mark",
        };
        let (start, rest) = row.split_once("`–`").ok_or_else(wrong)?;
        let (end, rest) = rest.split_once('`').ok_or_else(wrong)?;
        let (_, rest) = rest.split_once(". **").ok_or_else(wrong)?;
        let (label, _) = rest.split_once("**: ").ok_or_else(wrong)?;
        let number = |text: &str| text.parse::<u32>().map_err(|_| wrong());
        Ok(ExternalSpan {
            start: number(start)?,
            end: number(end)?,
            label: unplain(label),
            quote: None,
        })
    });
    Ok(vec![ExternalDocument {
        spans: ExternalSpans::Chars(spans.collect::<Result<_, ReadBackError>>()?),
        ..ExternalDocument::default()
    }])
}

fn unplain(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        match char {
            '\\' => out.extend(chars.next()),
            char => out.push(char),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{around, plain, unplain};

    #[test]
    fn signs_of_markdown_in_a_text_stay_signs() {
        assert_eq!(unplain(&plain("a*b* [c] \\ _d_")), "a*b* [c] \\ _d_");
        assert_eq!(
            around("one\n two ", "<b>", "</b>"),
            "<b>one</b>\n <b>two</b> "
        );
    }
}
