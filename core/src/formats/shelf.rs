//! One line of the library as one record of the storage.

use super::ReadError;
use super::read::At;
use super::wire::{direction, moment, parsed, read_direction, time, written};
use crate::model::{Holding, TagCount};
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
    counts: Vec<WireCount<'a>>,
    changed: String,
    copied: Option<String>,
    deleted: Option<String>,
}

#[derive(Serialize)]
struct WireCount<'a> {
    name: &'a str,
    letter: &'a str,
    colour: String,
    count: usize,
}

/// The record of a line, as JSON.
#[must_use]
pub fn write_holding(holding: &Holding) -> String {
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
        counts: counts.collect(),
        changed: time(holding.changed),
        copied: holding.copied.map(time),
        deleted: holding.deleted.map(time),
    };
    written(&record, "")
}

/// The line in a record.
pub fn read_holding(text: &str) -> Result<Holding, ReadError> {
    let json = parsed(text)?;
    let at = At::root(&json);
    let language = at.optional("language");
    let (copied, deleted) = (at.optional("copied"), at.optional("deleted"));
    Ok(Holding {
        id: at.field("id")?.parsed()?,
        title: at.field("title")?.text()?.to_owned(),
        outlet: at.text_of("outlet")?,
        language: language.map(|language| language.parsed()).transpose()?,
        direction: read_direction(&at.field("direction")?)?,
        words: at.field("words")?.whole()? as usize,
        codebook: at.text_of("codebook")?,
        counts: at.list("counts", |count| {
            Ok(TagCount {
                name: count.field("name")?.text()?.to_owned(),
                letter: count.field("letter")?.text()?.to_owned(),
                colour: count.field("colour")?.parsed()?,
                count: count.field("count")?.whole()? as usize,
            })
        })?,
        changed: moment(&at.field("changed")?)?,
        copied: copied.map(|time| moment(&time)).transpose()?,
        deleted: deleted.map(|time| moment(&time)).transpose()?,
    })
}
