//! JSON as text.

use crate::error::ReadError;

use serde::Serialize;
use serde_json::Value as Json;
use serde_json::ser::{PrettyFormatter, Serializer};

/// The JSON of a record, with each value on a line of its own, indented by `indent` a level.
pub fn json_text(record: &impl Serialize, indent: &str) -> String {
    let mut bytes = Vec::new();
    let layout = PrettyFormatter::with_indent(indent.as_bytes());
    let mut serializer = Serializer::with_formatter(&mut bytes, layout);
    // Strings, numbers and string-keyed maps always have a JSON form, and JSON is UTF-8. `expect`
    // would bring the `Debug` of the errors into the app.
    match (record.serialize(&mut serializer), String::from_utf8(bytes)) {
        (Ok(()), Ok(json)) => json,
        _ => unreachable!("a record has a JSON form"),
    }
}

/// The JSON of a record on one line, without a line end.
pub(crate) fn json_line(record: &impl Serialize) -> String {
    // Line ends inside strings are escaped: the others belong to the layout.
    json_text(record, "").replace('\n', "")
}

/// The JSON value of a text.
///
/// Errors: [`ReadError::NotJson`], with the line and column at which the text stops being JSON.
pub fn parse_json(text: &str) -> Result<Json, ReadError> {
    serde_json::from_str(text).map_err(|error| {
        let message = error.to_string();
        let reason = message.split(" at line ").next().unwrap_or_default();
        ReadError::NotJson {
            line: error.line(),
            column: error.column(),
            reason: reason.to_owned(),
        }
    })
}
