//! What the readers of XML formats share. The parser is roxmltree's.

use crate::error::ReadBackError;

use roxmltree::{Document, Node};

/// Parses a document. Errors: it is not well-formed.
pub(crate) fn parse(text: &str) -> Result<Document<'_>, ReadBackError> {
    Ok(Document::parse(text)?)
}

/// Parses a document whose root element has one of these names. Namespaces do not matter.
///
/// Errors: the document is not well-formed, or its root has another name.
pub(crate) fn parse_with_root<'a>(
    text: &'a str,
    names: &[&str],
) -> Result<Document<'a>, ReadBackError> {
    let document = parse(text)?;
    let found = document.root_element().tag_name().name();
    match names.contains(&found) {
        true => Ok(document),
        false => Err(ReadBackError::RootElement {
            found: found.to_owned(),
            expected: names.join("> or <"),
        }),
    }
}

/// The whole number in an attribute.
///
/// Errors: the attribute is missing, or is not a whole number of 32 bits.
pub(crate) fn number_attribute(node: &Node, name: &str) -> Result<u32, ReadBackError> {
    let number = node.attribute(name).and_then(|text| text.parse().ok());
    number.ok_or_else(|| {
        let line = node.document().text_pos_at(node.range().start).row;
        ReadBackError::FieldIsNoNumber(name.to_owned()).in_line(line as usize)
    })
}
