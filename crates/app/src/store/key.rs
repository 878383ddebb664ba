//! The names of records.

use pullquote_core::model::id::Id;
use std::ops::Range;

/// Everything that begins so. Keys have no character after `~`.
#[must_use]
pub fn of_prefix(prefix: &str) -> Range<String> {
    prefix.to_owned()..format!("{prefix}~")
}

/// Where the tail holds an entry.
#[must_use]
pub fn held_key(article: Id, entry: Id) -> String {
    format!("{article}.{entry}")
}

pub(crate) fn line(article: Id) -> String {
    format!("line/{article}")
}

pub(crate) fn copied(article: Id) -> String {
    format!("copied/{article}")
}

pub(crate) fn deleted(article: Id) -> String {
    format!("deleted/{article}")
}

pub(crate) fn traces(article: Id) -> String {
    format!("traces/{article}")
}

/// All states of an article.
pub(crate) fn states(article: Id) -> String {
    format!("state/{article}/")
}

pub(crate) fn state(article: Id, number: u64) -> String {
    format!("state/{article}/{number:016}")
}

/// All entries of an article.
pub(crate) fn steps(article: Id) -> String {
    format!("step/{article}/")
}

pub(crate) fn step(article: Id, number: u64) -> String {
    format!("step/{article}/{number:016}")
}

/// The entries from one number up to, and without, another.
pub(crate) fn steps_between(article: Id, from: u64, to: u64) -> Range<String> {
    step(article, from)..step(article, to.min(9_999_999_999_999_999))
}

/// All that was set aside of an article.
pub(crate) fn asides(article: Id) -> String {
    format!("aside/{article}/")
}

/// Where a record goes that could not be read.
pub(crate) fn aside(article: Id, key: &str) -> String {
    format!("aside/{article}/{key}")
}

/// The article in a key, and what comes after it.
pub(crate) fn article_of(key: &str) -> Option<(Id, &str)> {
    let (_, rest) = key.split_once('/')?;
    let (id, rest) = rest.split_once('/').unwrap_or((rest, ""));
    Some((id.parse().ok()?, rest))
}

/// The number in the key of a state or an entry.
pub(crate) fn number_of(key: &str) -> Option<u64> {
    article_of(key)?.1.parse().ok()
}
