//! The keys of records.

use pullquote_core::model::id::Id;
use std::ops::Range;

/// The range of all keys with this prefix. Keys have no character after `~`.
#[must_use]
pub fn with_prefix(prefix: &str) -> Range<String> {
    prefix.to_owned()..format!("{prefix}~")
}

/// The key of an entry in the pending log.
#[must_use]
pub fn pending_key(article: Id, entry: Id) -> String {
    format!("{article}.{entry}")
}

/// The library entry of an article.
pub(crate) fn library_entry(article: Id) -> String {
    format!("line/{article}")
}

/// When an article was last copied.
pub(crate) fn copied(article: Id) -> String {
    format!("copied/{article}")
}

/// When an article was deleted.
pub(crate) fn deleted(article: Id) -> String {
    format!("deleted/{article}")
}

/// When the records of an article were changed, from backups.
pub(crate) fn change_times(article: Id) -> String {
    format!("traces/{article}")
}

/// The prefix of all states of an article.
pub(crate) fn states(article: Id) -> String {
    format!("state/{article}/")
}

/// The state of an article after an entry.
pub(crate) fn state(article: Id, number: u64) -> String {
    format!("state/{article}/{number:016}")
}

/// The prefix of all journal entries of an article.
pub(crate) fn steps(article: Id) -> String {
    format!("step/{article}/")
}

/// One journal entry.
pub(crate) fn step(article: Id, number: u64) -> String {
    format!("step/{article}/{number:016}")
}

/// The journal entries from one number up to but not including another.
pub(crate) fn steps_between(article: Id, from: u64, to: u64) -> Range<String> {
    step(article, from)..step(article, to.min(9_999_999_999_999_999))
}

/// The prefix of all records of an article that were set aside.
pub(crate) fn asides(article: Id) -> String {
    format!("aside/{article}/")
}

/// The key under which a record is set aside.
pub(crate) fn aside(article: Id, key: &str) -> String {
    format!("aside/{article}/{key}")
}

/// The article in a key, and the rest after it.
pub(crate) fn article_of(key: &str) -> Option<(Id, &str)> {
    let (_, rest) = key.split_once('/')?;
    let (id, rest) = rest.split_once('/').unwrap_or((rest, ""));
    Some((id.parse().ok()?, rest))
}

/// The number in the key of a state or of a journal entry.
pub(crate) fn number_of(key: &str) -> Option<u64> {
    article_of(key)?.1.parse().ok()
}
