//! One line of the library as one record of the storage.

use super::ReadError;
use super::wire::{WireDirection, moment, parse, time};
use crate::model::{Holding, TagCount};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct WireHolding {
    id: String,
    title: String,
    outlet: String,
    language: Option<String>,
    direction: WireDirection,
    words: usize,
    codebook: String,
    counts: Vec<WireCount>,
    changed: String,
    copied: Option<String>,
    deleted: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct WireCount {
    name: String,
    letter: String,
    colour: String,
    count: usize,
}

/// The record of a line: JSON on one line.
#[must_use]
pub fn write_holding(holding: &Holding) -> String {
    let wire = WireHolding {
        id: holding.id.to_string(),
        title: holding.title.clone(),
        outlet: holding.outlet.clone(),
        language: holding
            .language
            .as_ref()
            .map(|language| language.as_str().to_owned()),
        direction: holding.direction.into(),
        words: holding.words,
        codebook: holding.codebook.clone(),
        counts: holding
            .counts
            .iter()
            .map(|count| WireCount {
                name: count.name.clone(),
                letter: count.letter.clone(),
                colour: count.colour.to_string(),
                count: count.count,
            })
            .collect(),
        changed: time(holding.changed),
        copied: holding.copied.map(time),
        deleted: holding.deleted.map(time),
    };
    #[expect(
        clippy::expect_used,
        reason = "strings, numbers and lists always have a JSON form"
    )]
    serde_json::to_string(&wire).expect("a line has a JSON form")
}

/// The line in a record.
pub fn read_holding(text: &str) -> Result<Holding, ReadError> {
    let wire: WireHolding = serde_json::from_str(text).map_err(|error| ReadError::NotJson {
        line: error.line(),
        column: error.column(),
        reason: error.to_string(),
    })?;
    let mut counts = Vec::with_capacity(wire.counts.len());
    for count in wire.counts {
        counts.push(TagCount {
            name: count.name,
            letter: count.letter,
            colour: parse(&count.colour, "counts.colour")?,
            count: count.count,
        });
    }
    let optional = |time: Option<String>, place| time.map(|time| moment(&time, place)).transpose();
    Ok(Holding {
        id: parse(&wire.id, "id")?,
        title: wire.title,
        outlet: wire.outlet,
        language: wire
            .language
            .map(|language| parse(&language, "language"))
            .transpose()?,
        direction: wire.direction.into(),
        words: wire.words,
        codebook: wire.codebook,
        counts,
        changed: moment(&wire.changed, "changed")?,
        copied: optional(wire.copied, "copied")?,
        deleted: optional(wire.deleted, "deleted")?,
    })
}
