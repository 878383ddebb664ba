//! A codebook as a file of its own.

use crate::error::ReadError;
use crate::json_reader::JsonNode;
use crate::plain_text::decode;
use crate::wire;
use pullquote_core::model::codebook::Codebook;

use serde::Serialize;

/// The ending of its file's name, without the first dot.
pub const CODEBOOK: &str = "pullquote-codebook.json";

const FORMAT: &str = "pullquote-codebook";

#[derive(Serialize)]
struct WireFile<'a> {
    format: &'static str,
    version: u32,
    codebook: wire::WireCodebook<'a>,
}

/// The codebook as a file.
#[must_use]
pub fn write_codebook(codebook: &Codebook) -> String {
    let file = WireFile {
        format: FORMAT,
        version: 1,
        codebook: wire::codebook(codebook),
    };
    wire::written(&file, "  ") + "\n"
}

/// Whether a text begins as such a file does.
#[must_use]
pub fn is_codebook(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    let beginning = &text[..text.floor_char_boundary(200)];
    let plain: String = beginning.split_whitespace().collect();
    plain.starts_with(&format!("{{\"format\":\"{FORMAT}\""))
}

/// The codebook in such a file.
///
/// Errors: not JSON, not such a file, of a newer version; a codebook that is not whole.
pub fn read_codebook(bytes: &[u8]) -> Result<Codebook, ReadError> {
    let json = wire::parsed(decode(bytes)?)?;
    if json["format"] != FORMAT {
        return Err(ReadError::OtherTool);
    }
    let file = JsonNode::root(&json);
    match json["version"].as_u64() {
        Some(1) => wire::read_codebook(&file.field("codebook")?),
        Some(version) if version > 1 => Err(ReadError::Newer {
            version: version.to_string(),
        }),
        _ => Err(file.field("version")?.wrong("a version of this format")),
    }
}
