//! The file of a codebook, `*.pullquote-codebook.json`, version 1.

use crate::error::ReadError;
use crate::json_reader::JsonNode;
use crate::plain_text::decode;
use crate::wire::codebook;
use crate::wire::codebook::{WireCodebook, wire_codebook};
use crate::wire::json_text::{json_text, parse_json};
use pullquote_core::model::codebook::Codebook;

use serde::Serialize;

/// The extension of the file's name, without the first dot.
pub const CODEBOOK: &str = "pullquote-codebook.json";

const FORMAT: &str = "pullquote-codebook";

#[derive(Serialize)]
struct WireFile<'a> {
    format: &'static str,
    version: u32,
    codebook: WireCodebook<'a>,
}

/// The file of a codebook.
#[must_use]
pub fn write_codebook(codebook: &Codebook) -> String {
    let file = WireFile {
        format: FORMAT,
        version: 1,
        codebook: wire_codebook(codebook),
    };
    json_text(&file, "  ") + "\n"
}

/// Whether the first 200 bytes of a text name this format.
#[must_use]
pub fn is_codebook(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    let beginning = &text[..text.floor_char_boundary(200)];
    let plain: String = beginning.split_whitespace().collect();
    plain.starts_with(&format!("{{\"format\":\"{FORMAT}\""))
}

/// Reads the codebook in such a file.
///
/// Errors: not JSON, not such a file, one of a newer version; a codebook that is not valid.
pub fn read_codebook(bytes: &[u8]) -> Result<Codebook, ReadError> {
    let json = parse_json(decode(bytes)?)?;
    if json["format"] != FORMAT {
        return Err(ReadError::OtherTool);
    }
    let file = JsonNode::root(&json);
    match json["version"].as_u64() {
        Some(1) => codebook::read_codebook(&file.field("codebook")?),
        Some(version) if version > 1 => Err(ReadError::Newer {
            version: version.to_string(),
        }),
        _ => Err(file.field("version")?.expected("a version of this format")),
    }
}
