//! One line of the library as one record of the storage.

use crate::error::ReadError;
use crate::json_reader::JsonNode;
use crate::records::envelope::{unwrap, wrap};
use crate::wire::{direction, moment, parsed, read_direction, time, written};
use pullquote_core::model::library_entry::{LibraryEntry, TagCount};
use pullquote_core::model::timestamp::Timestamp;

use serde::Serialize;

#[derive(Serialize)]
struct WireHolding<'a> {
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
    changed: String,
}

#[derive(Serialize)]
struct WireCount<'a> {
    name: &'a str,
    letter: &'a str,
    colour: String,
    count: usize,
}

/// The record of a line: JSON, sealed. When a copy left and when it was deleted are
/// records of their own.
#[must_use]
pub fn write_library_entry(holding: &LibraryEntry) -> String {
    let counts = holding.counts.iter().map(|count| WireCount {
        name: &count.name,
        letter: &count.letter,
        colour: count.colour.to_string(),
        count: count.count,
    });
    let record = WireHolding {
        id: holding.id.to_string(),
        title: &holding.title,
        outlet: &holding.outlet,
        language: holding.language.as_ref().map(|language| language.as_str()),
        direction: direction(holding.direction),
        words: holding.words,
        codebook: &holding.codebook,
        coder: &holding.coder,
        counts: counts.collect(),
        changed: time(holding.changed),
    };
    wrap("line", &written(&record, ""))
}

/// The line in a record.
pub fn read_library_entry(record: &str) -> Result<LibraryEntry, ReadError> {
    line_of(unwrap(record)?.1)
}

/// The line in a record of version 1 of the storage, which had no seal and held the
/// times of the last copy and of the deletion.
pub fn read_library_entry_1(record: &str) -> Result<LibraryEntry, ReadError> {
    let json = parsed(record)?;
    let at = JsonNode::root(&json);
    let (copied, deleted) = (at.optional("copied"), at.optional("deleted"));
    Ok(LibraryEntry {
        copied: copied.map(|time| moment(&time)).transpose()?,
        deleted: deleted.map(|time| moment(&time)).transpose()?,
        ..line_of(record)?
    })
}

/// The record of a moment, sealed.
#[must_use]
pub fn write_timestamp(moment: Timestamp) -> String {
    wrap("time", &written(&time(moment), ""))
}

/// The moment in a record.
pub fn read_timestamp(record: &str) -> Result<Timestamp, ReadError> {
    moment(&JsonNode::root(&parsed(unwrap(record)?.1)?))
}

fn line_of(text: &str) -> Result<LibraryEntry, ReadError> {
    let json = parsed(text)?;
    let at = JsonNode::root(&json);
    let language = at.optional("language");
    Ok(LibraryEntry {
        id: at.field("id")?.parsed()?,
        title: at.field("title")?.text()?.to_owned(),
        outlet: at.text_of("outlet")?,
        language: language.map(|language| language.parsed()).transpose()?,
        direction: read_direction(&at.field("direction")?)?,
        words: at.field("words")?.whole()? as usize,
        codebook: at.text_of("codebook")?,
        coder: at.text_of("coder")?,
        counts: at.list("counts", |count| {
            Ok(TagCount {
                name: count.field("name")?.text()?.to_owned(),
                letter: count.field("letter")?.text()?.to_owned(),
                colour: count.field("colour")?.parsed()?,
                count: count.field("count")?.whole()? as usize,
            })
        })?,
        changed: moment(&at.field("changed")?)?,
        copied: None,
        deleted: None,
    })
}
