//! What XML asks of a text.

use crate::error::ReadBackError;

/// Whether XML 1.0 has a way to write this character.
pub(crate) fn can_hold(char: char) -> bool {
    matches!(char, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// A text between tags. What cannot be written is U+FFFD: one character for one, in every
/// unit but bytes.
pub(crate) fn content(text: &str) -> String {
    escaped(text, |char| match char {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '\r' => Some("&#13;"),
        _ => None,
    })
}

/// A text between quotation marks.
pub(crate) fn attribute(text: &str) -> String {
    escaped(text, |char| match char {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\n' => Some("&#10;"),
        '\t' => Some("&#9;"),
        '\r' => Some("&#13;"),
        _ => None,
    })
}

/// A text in a comment.
pub(crate) fn comment(text: &str) -> String {
    // Two hyphens end it, and so does one before its end.
    content(text).replace('-', "\u{2010}")
}

fn escaped(text: &str, written: impl Fn(char) -> Option<&'static str>) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for char in text.chars() {
        match written(char) {
            Some(written) => out.push_str(written),
            None => out.push(held(char)),
        }
    }
    out
}

/// The character that stands for one.
pub(crate) fn held(char: char) -> char {
    if can_hold(char) { char } else { '\u{FFFD}' }
}

/// A document that was read.
pub(crate) fn parsed(text: &str) -> Result<roxmltree::Document<'_>, ReadBackError> {
    Ok(roxmltree::Document::parse(text)?)
}

/// The same, whose root is called so.
pub(crate) fn rooted<'a>(
    text: &'a str,
    root: &[&str],
) -> Result<roxmltree::Document<'a>, ReadBackError> {
    let read = parsed(text)?;
    let name = read.root_element().tag_name().name();
    match root.contains(&name) {
        true => Ok(read),
        false => Err(ReadBackError::RootElement {
            found: name.to_owned(),
            expected: root.join("> or <"),
        }),
    }
}

/// The text of a file, in UTF-8.
pub(crate) fn utf8(bytes: &[u8]) -> Result<&str, ReadBackError> {
    Ok(str::from_utf8(bytes)?)
}

/// A whole number in an attribute.
pub(crate) fn number(node: &roxmltree::Node, name: &str) -> Result<u32, ReadBackError> {
    let number = node.attribute(name).and_then(|text| text.parse().ok());
    number.ok_or_else(|| {
        let line = node.document().text_pos_at(node.range().start).row;
        ReadBackError::FieldIsNoNumber(name.to_owned()).in_line(line as usize)
    })
}
