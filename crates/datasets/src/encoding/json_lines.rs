//! Rows of JSON Lines, each on one line for every reader, and the fields of rows that are read.

use crate::error::ReadBackError;
use serde::Serialize;
use serde_json::Value as Json;
use std::fmt::Write as _;

/// A record as a line with its line end. Characters at which some readers break lines are written
/// as `\uXXXX`; if `ascii` is set, so is everything beyond ASCII.
pub(crate) fn row(record: &impl Serialize, ascii: bool) -> String {
    #[expect(
        clippy::expect_used,
        reason = "strings, numbers and string-keyed maps always have a JSON form"
    )]
    let json = serde_json::to_string(record).expect("the row has a JSON form");
    let mut row = escaped(&json, ascii);
    row.push('\n');
    row
}

/// JSON with these characters escaped. They occur in its strings only.
pub(crate) fn escaped(json: &str, ascii: bool) -> String {
    let mut out = String::with_capacity(json.len());
    let mut units = [0; 2];
    for char in json.chars() {
        let breaks = matches!(char, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{7F}');
        if breaks || ascii && !char.is_ascii() {
            for unit in char.encode_utf16(&mut units) {
                // Writing into a string does not fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(char);
        }
    }
    out
}

/// Reads each row of a file with `read`. One row is in memory at a time.
///
/// Errors: the file is not UTF-8, a line is not JSON, or `read` fails; all but the first name the
/// line.
pub(crate) fn each<T>(
    bytes: &[u8],
    mut read: impl FnMut(&Json) -> Result<T, ReadBackError>,
) -> Result<Vec<T>, ReadBackError> {
    let text = str::from_utf8(bytes)?;
    let lines = text.strip_suffix('\n').unwrap_or(text);
    let lines = (1..).zip(lines.split('\n').filter(|_| !text.is_empty()));
    lines
        .map(|(number, line)| {
            let row = serde_json::from_str(line).map_err(ReadBackError::from);
            let row = row.and_then(|row| read(&row));
            row.map_err(|error| error.in_line(number))
        })
        .collect()
}

/// The whole number in a field. Errors: it is missing, or not a whole number of 32 bits.
pub(crate) fn number(json: &Json, field: &str) -> Result<u32, ReadBackError> {
    let number = json[field].as_u64();
    let number = number.and_then(|number| u32::try_from(number).ok());
    number.ok_or_else(|| ReadBackError::FieldIsNoNumber(field.to_owned()))
}

/// The text in a field. Errors: it is missing, or not a text.
pub(crate) fn text(json: &Json, field: &str) -> Result<String, ReadBackError> {
    let text = json[field].as_str().map(str::to_owned);
    text.ok_or_else(|| ReadBackError::FieldIsNoText(field.to_owned()))
}

/// The list in a field. Errors: it is missing, or not a list.
pub(crate) fn list<'a>(json: &'a Json, field: &str) -> Result<&'a [Json], ReadBackError> {
    let list = json[field].as_array().map(Vec::as_slice);
    list.ok_or_else(|| ReadBackError::FieldIsNoList(field.to_owned()))
}

/// Checks that the two fields `ends` of each relation have one of these ids.
pub(crate) fn check_relation_ends<'a>(
    relations: impl IntoIterator<Item = &'a Json>,
    ends: [&str; 2],
    ids: &[&Json],
) -> Result<(), ReadBackError> {
    let relations = relations.into_iter();
    let mut found = relations.flat_map(|relation| ends.map(|end| &relation[end]));
    match found.find(|id| !ids.contains(id)) {
        Some(id) => Err(ReadBackError::RelationEnd(id.to_string())),
        None => Ok(()),
    }
}
