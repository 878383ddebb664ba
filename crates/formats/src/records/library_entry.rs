//! The record of an entry of the library.

use crate::error::ReadError;
use crate::json_reader::JsonNode;
use crate::records::envelope::{unwrap, wrap};
use crate::wire::article::{direction_name, read_direction};
use crate::wire::json_text::{json_text, parse_json};
use crate::wire::time::{read_time, time};
use pullquote_core::model::library_entry::{LibraryEntry, TagCount};
use pullquote_core::model::timestamp::Timestamp;

use serde::Serialize;

#[derive(Serialize)]
struct WireLibraryEntry<'a> {
    id: String,
    title: &'a str,
    outlet: &'a str,
    language: Option<&'a str>,
    direction: &'static str,
    words: usize,
    codebook: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    coder: &'a str,
    counts: Vec<WireCount<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    done: Option<bool>,
    changed: String,
}

#[derive(Serialize)]
struct WireCount<'a> {
    name: &'a str,
    letter: &'a str,
    colour: String,
    count: usize,
}

/// The record of an entry: JSON in an envelope. The times at which a copy left the browser and at
/// which the article was deleted are records of their own.
#[must_use]
pub fn write_library_entry(entry: &LibraryEntry) -> String {
    let counts = entry.counts.iter().map(|count| WireCount {
        name: &count.name,
        letter: &count.letter,
        colour: count.colour.to_string(),
        count: count.count,
    });
    let record = WireLibraryEntry {
        id: entry.id.to_string(),
        title: &entry.title,
        outlet: &entry.outlet,
        language: entry.language.as_ref().map(|language| language.as_str()),
        direction: direction_name(entry.direction),
        words: entry.words,
        codebook: &entry.codebook,
        coder: &entry.coder,
        counts: counts.collect(),
        done: entry.done.then_some(true),
        changed: time(entry.changed),
    };
    wrap("line", &json_text(&record, ""))
}

/// Reads the entry in a record.
///
/// Errors: the record is damaged.
pub fn read_library_entry(record: &str) -> Result<LibraryEntry, ReadError> {
    entry_of(unwrap(record)?.1)
}

/// Reads the entry in a record of version 1 of the storage, which had no envelope and contained the
/// times of the last copy and of the deletion.
pub fn read_library_entry_1(record: &str) -> Result<LibraryEntry, ReadError> {
    let json = parse_json(record)?;
    let node = JsonNode::root(&json);
    let (copied, deleted) = (node.optional("copied"), node.optional("deleted"));
    Ok(LibraryEntry {
        copied: copied.map(|time| read_time(&time)).transpose()?,
        deleted: deleted.map(|time| read_time(&time)).transpose()?,
        ..entry_of(record)?
    })
}

/// The record of a time: RFC 3339 in an envelope.
#[must_use]
pub fn write_timestamp(timestamp: Timestamp) -> String {
    wrap("time", &json_text(&time(timestamp), ""))
}

/// Reads the time in a record.
///
/// Errors: the record is damaged.
pub fn read_timestamp(record: &str) -> Result<Timestamp, ReadError> {
    read_time(&JsonNode::root(&parse_json(unwrap(record)?.1)?))
}

fn entry_of(text: &str) -> Result<LibraryEntry, ReadError> {
    let json = parse_json(text)?;
    let node = JsonNode::root(&json);
    let language = node.optional("language");
    Ok(LibraryEntry {
        id: node.field("id")?.parsed()?,
        title: node.field("title")?.text()?.to_owned(),
        outlet: node.text_or_empty("outlet")?,
        language: language.map(|language| language.parsed()).transpose()?,
        direction: read_direction(&node.field("direction")?)?,
        words: node.field("words")?.u32()? as usize,
        codebook: node.text_or_empty("codebook")?,
        coder: node.text_or_empty("coder")?,
        counts: node.list("counts", |count| {
            Ok(TagCount {
                name: count.field("name")?.text()?.to_owned(),
                letter: count.field("letter")?.text()?.to_owned(),
                colour: count.field("colour")?.parsed()?,
                count: count.field("count")?.u32()? as usize,
            })
        })?,
        done: node.bool_or_false("done")?,
        changed: read_time(&node.field("changed")?)?,
        copied: None,
        deleted: None,
    })
}
