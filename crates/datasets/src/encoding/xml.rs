//! XML: which characters it can hold, one writer for all formats, and what their readers share.
//!
//! Source: Extensible Markup Language (XML) 1.0, fifth edition, sections 2.2 (characters), 2.4
//! (escapes in content) and 3.3.3 (line ends and tabs in attributes).
//!
//! The writer is our own and not that of quick-xml or xml-rs: those escape apostrophes in
//! attributes too, and none replaces the characters that XML 1.0 cannot hold, so the escapes
//! would have to stand here all the same.

use std::fmt;
use std::fmt::{Display, Write as _};

/// Whether XML 1.0 can hold this character, escaped or not.
pub(crate) fn can_hold(char: char) -> bool {
    matches!(char, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// The character itself, or U+FFFD where XML cannot hold it. One character stands for one, so
/// offsets in code points and UTF-16 units stay right.
pub(crate) fn held(char: char) -> char {
    if can_hold(char) { char } else { '\u{FFFD}' }
}

/// A document, or a part of one that is appended to a document later.
///
/// Texts and attributes are escaped, and characters that XML cannot hold become U+FFFD. An
/// [`Element`] that is opened closes itself when it goes out of scope. No white space is added:
/// what stands between two elements is written with `text` or `line_end`.
#[derive(Default)]
pub(crate) struct XmlWriter {
    xml: String,
}

impl XmlWriter {
    /// A document with the usual declaration.
    pub(crate) fn document() -> Self {
        Self::with_head("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    }

    /// A document that begins with these lines, which are written as they are.
    pub(crate) fn with_head(head: &str) -> Self {
        Self {
            xml: head.to_owned(),
        }
    }

    /// A comment on a line of its own. Hyphens become U+2010, because two of them would end it.
    pub(crate) fn comment(&mut self, text: &str) {
        self.xml.push_str("<!-- ");
        escape(&mut self.xml, &text.replace('-', "\u{2010}"), in_content);
        self.xml.push_str(" -->\n");
    }

    /// The start tag of the next element.
    pub(crate) fn element<'a>(&'a mut self, name: &'a str) -> StartTag<'a> {
        StartTag::new(&mut self.xml, name)
    }

    /// A line end between two elements.
    pub(crate) fn line_end(&mut self) {
        self.xml.push('\n');
    }

    /// Whether nothing is written yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.xml.is_empty()
    }

    /// What was written.
    pub(crate) fn finish(self) -> String {
        self.xml
    }
}

/// A start tag that may take more attributes. One of [`empty`](Self::empty),
/// [`text`](Self::text) and [`open`](Self::open) completes it.
#[must_use = "the tag is not complete"]
pub(crate) struct StartTag<'a> {
    xml: &'a mut String,
    name: &'a str,
}

impl<'a> StartTag<'a> {
    fn new(xml: &'a mut String, name: &'a str) -> Self {
        xml.push('<');
        xml.push_str(name);
        Self { xml, name }
    }

    /// Adds an attribute. Line ends and tabs in its value are escaped: a parser would make
    /// spaces of them.
    pub(crate) fn attribute(self, name: &str, value: impl Display) -> Self {
        self.xml.push(' ');
        self.xml.push_str(name);
        self.xml.push_str("=\"");
        escape(self.xml, &value, in_attribute);
        self.xml.push('"');
        self
    }

    /// Completes an element without content: `<name/>`.
    pub(crate) fn empty(self) {
        self.xml.push_str("/>");
    }

    /// Completes an element that holds only this text, which may be empty:
    /// `<name>text</name>`.
    pub(crate) fn text(self, text: impl Display) {
        self.open().text(text);
    }

    /// Opens an element that holds elements, or texts and elements.
    pub(crate) fn open(self) -> Element<'a> {
        self.xml.push('>');
        Element {
            xml: self.xml,
            name: self.name,
        }
    }
}

/// An element that is open. Its end tag is written when it goes out of scope.
pub(crate) struct Element<'a> {
    xml: &'a mut String,
    name: &'a str,
}

impl Element<'_> {
    /// The start tag of the next element in this one.
    pub(crate) fn element<'a>(&'a mut self, name: &'a str) -> StartTag<'a> {
        StartTag::new(self.xml, name)
    }

    /// A text in this element.
    pub(crate) fn text(&mut self, text: impl Display) {
        escape(self.xml, &text, in_content);
    }

    /// A line end in this element.
    pub(crate) fn line_end(&mut self) {
        self.xml.push('\n');
    }

    /// Elements that were written before.
    pub(crate) fn append(&mut self, part: &XmlWriter) {
        self.xml.push_str(&part.xml);
    }

    /// Writes the end tag now.
    pub(crate) fn end(self) {}
}

impl Drop for Element<'_> {
    fn drop(&mut self) {
        self.xml.push_str("</");
        self.xml.push_str(self.name);
        self.xml.push('>');
    }
}

fn in_content(char: char) -> Option<&'static str> {
    match char {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '\r' => Some("&#13;"),
        _ => None,
    }
}

fn in_attribute(char: char) -> Option<&'static str> {
    match char {
        '"' => Some("&quot;"),
        '\n' => Some("&#10;"),
        '\t' => Some("&#9;"),
        _ => in_content(char),
    }
}

/// Appends a value; `reference` gives what is written for a character instead of itself.
fn escape(xml: &mut String, value: &dyn Display, reference: fn(char) -> Option<&'static str>) {
    // Writing into a string does not fail.
    let _ = write!(Escaper { xml, reference }, "{value}");
}

struct Escaper<'a> {
    xml: &'a mut String,
    reference: fn(char) -> Option<&'static str>,
}

impl fmt::Write for Escaper<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.xml.reserve(text.len());
        for char in text.chars() {
            match (self.reference)(char) {
                Some(reference) => self.xml.push_str(reference),
                None => self.xml.push(held(char)),
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::XmlWriter;

    #[test]
    fn elements_close_themselves_and_values_are_escaped() {
        let mut xml = XmlWriter::document();
        xml.comment("a -- b");
        let mut root = xml.element("root").attribute("name", "\"a\"\n'b'").open();
        root.element("number").attribute("is", 7).empty();
        root.element("text").text("a < b & c\r\u{1}");
        root.element("none").text("");
        root.end();
        assert_eq!(
            xml.finish(),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- a \u{2010}\u{2010} b -->\n\
             <root name=\"&quot;a&quot;&#10;'b'\"><number is=\"7\"/>\
             <text>a &lt; b &amp; c&#13;\u{FFFD}</text><none></none></root>"
        );
    }
}
