//! Rows of JSON Lines, each on a line to every reader.

use crate::error::ReadBackError;
use serde::Serialize;
use serde_json::Value as Json;
use std::fmt::Write as _;

/// A row: one line, with a line end. Characters at which some readers break lines are
/// written as `\uXXXX`; with `ascii`, everything beyond ASCII is.
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

/// The JSON with those characters written out. Outside of strings it has none.
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

/// Hands each row of a file to `read`; an error names the line. One row is in memory at a
/// time.
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

/// A whole number of a row.
pub(crate) fn number(json: &Json, field: &str) -> Result<u32, ReadBackError> {
    let number = json[field].as_u64().and_then(|it| u32::try_from(it).ok());
    number.ok_or_else(|| ReadBackError::FieldIsNoNumber(field.to_owned()))
}

/// A text of a row.
pub(crate) fn text(json: &Json, field: &str) -> Result<String, ReadBackError> {
    let text = json[field].as_str().map(str::to_owned);
    text.ok_or_else(|| ReadBackError::FieldIsNoText(field.to_owned()))
}

/// A list of a row.
pub(crate) fn list<'a>(json: &'a Json, field: &str) -> Result<&'a [Json], ReadBackError> {
    let list = json[field].as_array().map(Vec::as_slice);
    list.ok_or_else(|| ReadBackError::FieldIsNoList(field.to_owned()))
}

/// Whether both ends of each relation are among these names, which `id` gives of each.
///
/// Errors: an end that is not there.
pub(crate) fn ends_stand(
    relations: &[Json],
    ends: [&str; 2],
    names: &[&Json],
) -> Result<(), ReadBackError> {
    let said = relations.iter().flat_map(|it| ends.map(|end| &it[end]));
    match said.into_iter().find(|end| !names.contains(end)) {
        Some(end) => Err(ReadBackError::RelationEnd(end.to_string())),
        None => Ok(()),
    }
}
