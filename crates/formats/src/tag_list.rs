//! A codebook in a file that is none of ours: a list of tags, one a line or one a row, or the
//! labels of another tool as JSON.

use crate::codebook_file::{is_codebook, read_codebook};
use crate::csv::read_records;
use crate::document_file::{is_pullquote, read_document};
use crate::error::ReadError;
use crate::plain_text::decode;
use crate::wire::json_text::parse_json;
use pullquote_core::model::codebook::{Codebook, Tag};
use pullquote_core::model::error::ModelError;

/// The most tags that are taken from a list.
const TAGS: usize = 500;

/// The most characters of a tag's name in a list: longer lines are sentences.
const NAME: usize = 60;

/// The codebook in a file of any of these kinds: a codebook of ours; a document of ours, which
/// has one; a JSON list of names, or of objects with a `text`, `name` or `label` (doccano,
/// Label Studio and others write such); a plain list, one name a line; a table, whose first
/// column has names and whose second says what they mean. `title` names the codebook of a list.
///
/// Errors: those of the file's kind; [`ReadError::NotTagList`] where it is none of these.
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

/// A name and what it means.
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
        let means = text_of("definition").or_else(|| text_of("description"));
        name.map(|name| (name, means.unwrap_or_default()))
    });
    rows.collect::<Option<_>>().ok_or(ReadError::OtherTool)
}

fn text_rows(text: &str) -> Vec<Row> {
    let table = ['\t', ';', ',']
        .into_iter()
        .find_map(|between| table_rows(text, between));
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

/// The rows of a table with this sign between its cells; `None` unless every record has one.
/// What stands behind a further sign belongs to what the tag means.
fn table_rows(text: &str, between: char) -> Option<Vec<Row>> {
    let is_blank = |record: &Vec<String>| record.iter().all(|cell| cell.trim().is_empty());
    let records = read_records(text, between).into_iter();
    let rows = records.filter(|it| !is_blank(it)).map(|record| {
        let (name, means) = record.split_first()?;
        let means = means.join(&between.to_string());
        let row = (name.trim().to_owned(), means.trim().to_owned());
        (record.len() > 1).then_some(row)
    });
    rows.collect()
}

/// A line of a list without "- ", "* ", "• " or "3. " before it.
fn without_bullet(line: &str) -> &str {
    let plain = line.trim_start_matches(['-', '*', '•', '–']);
    if plain.len() < line.len() {
        return plain.trim_start();
    }
    match line.split_once(['.', ')']) {
        Some((number, rest))
            if !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit()) =>
        {
            rest.trim_start()
        }
        _ => line,
    }
}

fn codebook_of(title: &str, rows: &[Row]) -> Result<Codebook, ReadError> {
    let is_name = |name: &str| {
        let letters = name.chars().count();
        (1..=NAME).contains(&letters) && !name.ends_with(['.', '!', '?', '。', '؟', '۔'])
    };
    if rows.is_empty() {
        return Err(ReadError::Empty);
    }
    let wrong = rows.iter().position(|(name, _)| !is_name(name));
    if rows.len() > TAGS || wrong.is_some() {
        let line = wrong.unwrap_or(TAGS);
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
    let mut book = Codebook::empty(title.to_owned());
    for (name, means) in rows {
        let is_there = |tag: &Tag| tag.name.to_lowercase() == name.to_lowercase();
        if book.tags().iter().any(|tag| is_there(tag)) {
            continue;
        }
        let tag = Tag {
            definition: means.clone(),
            ..book.new_tag(name).map_err(model)?
        };
        let place = book.tags().len();
        book = book.with_tag(tag, place).map_err(model)?;
    }
    Ok(book)
}
