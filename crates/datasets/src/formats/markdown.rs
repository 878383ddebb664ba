//! The marked article as Markdown, for people to read: marked words are bold, the number of a mark
//! stands behind its last words, and a list of the marks follows.
//!
//! - **Readers**: everything that renders CommonMark. Tested with markdown-it-py (4.3).
//! - **Offsets**: code points, in the list of marks.
//! - **What does not fit**: words under several marks are bold once. U+0000 becomes U+FFFD, as
//!   CommonMark asks.
//! - **Source**: CommonMark 0.31.2, sections 2.3 (insecure characters) and 2.4 (backslash escapes).

use crate::catalogue::SpanPrecision;
use crate::error::ReadBackError;
use crate::external::{ExternalDocument, ExternalSpan, ExternalSpans};
use crate::formats::page::{begins_with_title, details, source_line, words};
use crate::naming::stems::Stems;
use crate::options::Options;
use crate::output::{FileSink, Writer, WrittenDocument};
use crate::projection::spans::Projection;
use crate::provenance::Provenance;
use pullquote_core::model::article::BlockKind;
use pullquote_core::model::coverage::Coverage;
use pullquote_core::model::document::Document;
use pullquote_core::text::shortened::one_line;

use std::fmt::Write as _;

struct Markdown {
    options: Options,
    stems: Stems,
}

pub(crate) fn begin(options: &Options) -> Box<dyn Writer> {
    Box::new(Markdown {
        options: options.clone(),
        stems: Stems::default(),
    })
}

impl Writer for Markdown {
    fn add(&mut self, document: &Document, out: &mut dyn FileSink) -> Vec<WrittenDocument> {
        let projection = Projection::new(document, &self.options, SpanPrecision::Exact);
        let made_by = Provenance::new(document, &self.options).line();
        let stem = self.stems.next(&document.article().title);
        let file = format!("{stem}.md");
        out.append(&file, page(&projection, &made_by).as_bytes());
        vec![WrittenDocument::with_all_spans(&file, &projection)]
    }

    fn finish(&mut self, _: &mut dyn FileSink) {}
}

fn page(projection: &Projection, made_by: &str) -> String {
    let document = projection.document;
    let mut page = match begins_with_title(projection) {
        true => String::new(),
        false => format!("# {}\n\n", escaped(&one_line(&document.article().title))),
    };
    let source = source_line(document);
    // Writing into a string does not fail.
    if !source.is_empty() {
        let _ = writeln!(page, "*{}*\n", escaped(&one_line(&source)));
    }
    article(projection, &mut page);
    let _ = writeln!(page, "## Marks\n");
    marks(projection, &mut page);
    let _ = writeln!(
        page,
        "\nMade by {}. Characters are counted as Unicode code points.",
        escaped(made_by)
    );
    page
}

/// The text, block by block. Behind the last words of a mark stands its number in the list.
fn article(projection: &Projection, page: &mut String) {
    let document = projection.document;
    let coverage = Coverage::new(document);
    for block in document.article().blocks() {
        let mut text = String::new();
        for segment in coverage.segments(block.span) {
            let words = projection.slice(segment.span);
            if segment.marks.is_empty() {
                text.push_str(&escaped(words));
            } else {
                text.push_str(&enclosed(words, "<b>", "</b>"));
            }
            for index in segment.marks.iter() {
                if document.annotations()[*index].spans.end() == segment.span.end() {
                    let _ = write!(text, "<sup>{}</sup>", index + 1);
                }
            }
        }
        let (first, next) = match block.kind {
            BlockKind::Heading(level) => {
                let below = usize::from(!begins_with_title(projection));
                ("#".repeat(usize::from(level).clamp(1, 5) + below) + " ", "")
            }
            BlockKind::Quote => ("> ".to_owned(), "> "),
            BlockKind::ListItem => ("- ".to_owned(), "  "),
            BlockKind::Paragraph | BlockKind::Preformatted | BlockKind::Caption => {
                (String::new(), "")
            }
        };
        let lines: Vec<&str> = text.split('\n').collect();
        // Two spaces before a line end within a block keep it on the page.
        let _ = writeln!(page, "{first}{}\n", lines.join(&format!("  \n{next}")));
    }
}

/// The list of marks: offsets, number, label, words, and after a dash answers, relations and note.
fn marks(projection: &Projection, page: &mut String) {
    let details = details(projection);
    for projected in &projection.spans {
        let mark = projection.mark(projected);
        let [start, end] = projection.chars(projected.span);
        let mut more: Vec<&str> = Vec::new();
        if projected.part == 0 {
            more.extend(details[projected.mark].iter().map(String::as_str));
            more.extend(Some(mark.note.as_str()).filter(|note| !note.is_empty()));
        }
        let more = match more.is_empty() {
            true => String::new(),
            false => format!(" – {}", escaped(&one_line(&more.join("; ")))),
        };
        let _ = writeln!(
            page,
            "- `{start}`–`{end}` {}. **{}**: {}{more}",
            projected.mark + 1,
            escaped(projection.label(projected)),
            escaped(&words(projection.slice(projected.span)))
        );
    }
}

/// A text with its signs of Markdown escaped.
fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, char| {
        if "\\`*_{}[]<>#+-!|~^$&".contains(char) {
            out.push('\\');
        }
        // CommonMark requires this replacement.
        out.push(if char == '\0' { '\u{FFFD}' } else { char });
        out
    })
}

/// The words between two HTML tags, which leave line ends and white space at the ends outside.
/// Asterisks would not do: CommonMark does not take them as signs everywhere within a word.
fn enclosed(words: &str, before: &str, behind: &str) -> String {
    let lines = words.split('\n').map(|line| {
        let bare = line.trim();
        let at = line.find(bare).unwrap_or_default();
        match bare.is_empty() {
            true => line.to_owned(),
            false => format!(
                "{}{before}{}{behind}{}",
                &line[..at],
                escaped(bare),
                &line[at + bare.len()..]
            ),
        }
    });
    lines.collect::<Vec<String>>().join("\n")
}

/// Reads the list of marks.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let text = str::from_utf8(bytes)?;
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
            label: unescaped(label),
            quote: None,
        })
    });
    Ok(vec![ExternalDocument {
        spans: ExternalSpans::Chars(spans.collect::<Result<_, ReadBackError>>()?),
        ..ExternalDocument::default()
    }])
}

/// The text that was escaped.
fn unescaped(text: &str) -> String {
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
    use super::{enclosed, escaped, unescaped};

    #[test]
    fn signs_of_markdown_in_a_text_stay_signs() {
        assert_eq!(unescaped(&escaped("a*b* [c] \\ _d_")), "a*b* [c] \\ _d_");
        assert_eq!(
            enclosed("one\n two ", "<b>", "</b>"),
            "<b>one</b>\n <b>two</b> "
        );
    }
}
