//! JSON: our own files, those of known tools, and others.

use crate::file_kind::kind::FileKind;
use crate::wire::json_text::parse_json;
use crate::{codebook_file, document_file};

use serde_json::Value as Json;

/// The number of rows of JSON Lines that are examined.
const ROWS: usize = 20;

/// The kind of a text that begins with a brace or a bracket; `None` if it is not JSON.
///
/// An article can begin with `[1]` or `{sic}`. So only valid JSON counts, and unless the extension
/// is `json`, it must have a field or contain an object or a list.
pub(crate) fn kind(extension: &str, text: &str) -> Option<FileKind> {
    if codebook_file::is_codebook(text) {
        return Some(FileKind::Codebook);
    }
    if document_file::begins(text) {
        return Some(FileKind::Article);
    }
    let is_lines = matches!(extension, "jsonl" | "ndjson");
    if is_lines || text.starts_with('{') {
        let rows = text.lines().map(str::trim).filter(|row| !row.is_empty());
        let rows: Option<Vec<Json>> = rows
            .take(ROWS)
            .map(|row| parse_json(row).ok().filter(Json::is_object))
            .collect();
        match rows.as_deref() {
            Some([first, ..]) if is_lines => return Some(of_row(first)),
            Some([first, _, ..]) => return Some(of_row(first)),
            _ if is_lines => return Some(FileKind::Json),
            _ => {}
        }
    }
    let Ok(json) = parse_json(text) else {
        return (extension == "json").then_some(FileKind::Article);
    };
    let first = json.get(0);
    let is_data = match &json {
        Json::Object(fields) => !fields.is_empty(),
        _ => first.is_some_and(|first| first.is_object() || first.is_array()),
    };
    (is_data || extension == "json").then(|| match first {
        Some(first) if first.is_object() => of_row(first),
        _ => of_object(&json),
    })
}

fn has(json: &Json, name: &str) -> bool {
    json.get(name).is_some()
}

/// The kind of a file that has this record.
fn of_row(row: &Json) -> FileKind {
    let has = |name| has(row, name);
    let is_text = row["text"].is_string();
    FileKind::OtherTool(match () {
        () if has("data") && (has("annotations") || has("predictions")) => "Label Studio",
        () if is_text && (has("_input_hash") || has("_task_hash")) => "Prodigy",
        () if is_text && has("spans") && has("tokens") => "Prodigy",
        () if is_text && (row["label"].is_array() || row["labels"].is_array()) => "doccano",
        () if is_text && row["entities"].is_array() && has("relations") => "doccano",
        () if row["tokens"].is_array() && (has("ner_tags") || has("tags")) => "Hugging Face",
        () => return of_object(row),
    })
}

/// The kind of a file that consists of this object, by the names of its fields.
fn of_object(json: &Json) -> FileKind {
    let has = |name| has(json, name);
    let is_web_annotation = json["@context"].to_string().contains("/ns/anno.jsonld");
    FileKind::OtherTool(match () {
        () if json["format"] == document_file::FORMAT => return FileKind::Article,
        () if has("%TYPES") || has("%FEATURE_STRUCTURES") => "UIMA CAS",
        () if has("_referenced_fss") || has("_views") => "UIMA CAS",
        () if has("data") && (has("annotations") || has("predictions")) => "Label Studio",
        () if is_web_annotation => "Web Annotation",
        () if has("annotatable") && has("entities") => "tagtog",
        () if json["documents"][0].get("passages").is_some() => "BioC",
        () if json["rows"][0].get("target").is_some() && has("total") => "Hypothesis",
        () => return FileKind::Json,
    })
}
