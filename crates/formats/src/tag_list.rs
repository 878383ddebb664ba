//! Codebooks in files of other programs: lists and tables of tags, and labels in JSON.

use crate::codebook_file::{is_codebook, read_codebook};
use crate::csv::read_records;
use crate::document_file::{is_pullquote, read_document};
use crate::error::ReadError;
use crate::plain_text::decode;
use crate::wire::json_text::parse_json;
use pullquote_core::model::codebook::{Codebook, Tag};
use pullquote_core::model::error::ModelError;

/// The largest number of tags in a list.
const MOST_TAGS: usize = 500;

/// The largest number of characters in the name of a tag: longer lines are sentences.
const LONGEST_NAME: usize = 60;

/// Reads the codebook in a file of any of these kinds:
///
/// - our own file of a codebook, or of a document, which contains its codebook;
/// - a JSON list of names, or of objects with a `text`, `name`, `label` or `tag`, as doccano, Label
///   Studio and others write them;
/// - a list with a name on each line;
/// - a table with names in the first column and definitions in the second.
///
/// `title` becomes the name of a codebook that is made from a list.
///
/// Errors: those of our own files; [`ReadError::NotTagList`] if the file is of none of these kinds.
pub fn read_any_codebook(title: &str, bytes: &[u8]) -> Result<Codebook, ReadError> {
    let text = decode(bytes)?;
    if is_codebook(text) {
        return read_codebook(bytes);
    }
    if is_pullquote(text) {
        return Ok(Codebook::clone(read_document(bytes)?.document.codebook()));
    }
    let text = text.trim_start_matches('\u{feff}');
    let rows = if text.trim_start().starts_with(['[', '{']) {
        json_rows(text)?
    } else {
        text_rows(text)
    };
    codebook_of(title, &rows)
}

/// The name of a tag and its definition.
type Row = (String, String);

fn json_rows(text: &str) -> Result<Vec<Row>, ReadError> {
    let json = parse_json(text)?;
    let list = json.as_array().ok_or(ReadError::OtherTool)?;
    let rows = list.iter().map(|item| {
        let text_of = |key: &str| item[key].as_str().map(str::to_owned);
        let name = item.as_str().map(str::to_owned);
        let name = name.or_else(|| {
            ["text", "name", "label", "tag"]
                .into_iter()
                .find_map(text_of)
        });
        let definition = text_of("definition").or_else(|| text_of("description"));
        name.map(|name| (name, definition.unwrap_or_default()))
    });
    rows.collect::<Option<_>>().ok_or(ReadError::OtherTool)
}

fn text_rows(text: &str) -> Vec<Row> {
    let table = ['\t', ';', ',']
        .into_iter()
        .find_map(|separator| table_rows(text, separator));
    let mut rows = table.unwrap_or_else(|| {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let name = |line: &str| without_bullet(line).trim_matches('"').trim().to_owned();
        lines.map(|line| (name(line), String::new())).collect()
    });
    let is_head = |name: &str| {
        let name = name.to_lowercase();
        ["tag", "tags", "name", "label", "labels", "code", "codes"].contains(&name.as_str())
    };
    if rows.len() > 1 && rows.first().is_some_and(|(name, _)| is_head(name)) {
        rows.remove(0);
    }
    rows
}

/// The rows of a table; `None` unless every record contains the separator. The cells behind the
/// second belong to the definition.
fn table_rows(text: &str, separator: char) -> Option<Vec<Row>> {
    let is_blank = |record: &Vec<String>| record.iter().all(|cell| cell.trim().is_empty());
    let records = read_records(text, separator).into_iter();
    let rows = records.filter(|record| !is_blank(record)).map(|record| {
        let (name, definition) = record.split_first()?;
        let definition = definition.join(&separator.to_string());
        let row = (name.trim().to_owned(), definition.trim().to_owned());
        (record.len() > 1).then_some(row)
    });
    rows.collect()
}

/// A line of a list without the "- ", "* ", "• " or "3. " in front.
fn without_bullet(line: &str) -> &str {
    let plain = line.trim_start_matches(['-', '*', '•', '–']);
    if plain.len() < line.len() {
        return plain.trim_start();
    }
    match line.split_once(['.', ')']) {
        Some((number, rest))
            if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            rest.trim_start()
        }
        _ => line,
    }
}

fn codebook_of(title: &str, rows: &[Row]) -> Result<Codebook, ReadError> {
    let is_name = |name: &str| {
        let letters = name.chars().count();
        (1..=LONGEST_NAME).contains(&letters) && !name.ends_with(['.', '!', '?', '。', '؟', '۔'])
    };
    if rows.is_empty() {
        return Err(ReadError::Empty);
    }
    let first_wrong = rows.iter().position(|(name, _)| !is_name(name));
    if rows.len() > MOST_TAGS || first_wrong.is_some() {
        let line = first_wrong.unwrap_or(MOST_TAGS);
        let found = rows.get(line).map(|(name, _)| name.clone());
        return Err(ReadError::NotTagList {
            line: line + 1,
            found: found.unwrap_or_default(),
        });
    }
    let model = |error: ModelError| ReadError::Model {
        place: "the list".to_owned(),
        error,
    };
    let mut codebook = Codebook::empty(title.to_owned());
    for (name, definition) in rows {
        let is_there = |tag: &Tag| tag.name.to_lowercase() == name.to_lowercase();
        if codebook.tags().iter().any(|tag| is_there(tag)) {
            continue;
        }
        let tag = Tag {
            definition: definition.clone(),
            ..codebook.new_tag(name).map_err(model)?
        };
        let index = codebook.tags().len();
        codebook = codebook.with_tag(tag, index).map_err(model)?;
    }
    Ok(codebook)
}
