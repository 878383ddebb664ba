//! The records of the library become its lines again.

use crate::store::error::StoreError;
use crate::store::key;
use crate::store::records::Records;
use pullquote_core::model::id::Id;
use pullquote_core::model::library_entry::LibraryEntry;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::sorted;
use pullquote_core::sorted::VecMap;
use pullquote_formats::records::library_entry::{read_library_entry, read_timestamp};

/// The library as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The lines, by id.
    pub lines: Vec<LibraryEntry>,
    /// Articles that are kept and have no line that can be read: it can be made anew.
    pub unlisted: Vec<Id>,
    /// Lines that are there and cannot be read: article, key, record.
    pub damaged: Vec<(Id, String, String)>,
    /// How many records of each article were set aside.
    pub aside: VecMap<Id, usize>,
}

/// The lines of all articles, or of one. A line without an article is none.
pub async fn listing(records: &impl Records, only: Option<Id>) -> Result<Listing, StoreError> {
    let range = |kind: &str| match only {
        Some(id) => key::of_prefix(&format!("{kind}/{id}")),
        None => key::of_prefix(&format!("{kind}/")),
    };
    let states = records.keys(range("state")).await?;
    let mut articles = VecMap::new();
    for name in &states {
        if let Some((id, _)) = key::article_of(name) {
            articles.insert(id, ());
        }
    }
    let copied = moments(records.all(range("copied")).await?);
    let deleted = moments(records.all(range("deleted")).await?);
    let mut listing = Listing::default();
    for name in records.keys(range("aside")).await? {
        if let Some((id, _)) = key::article_of(&name) {
            *listing.aside.or_default(id) += 1;
        }
    }
    for (name, record) in records.all(range("line")).await? {
        let Some((id, _)) = key::article_of(&name) else {
            continue;
        };
        let line = read_library_entry(&record)
            .ok()
            .filter(|line| line.id == id);
        let Some(line) = line else {
            listing.damaged.push((id, name, record));
            continue;
        };
        if articles.remove(&id).is_some() {
            listing.lines.push(LibraryEntry {
                copied: copied.get(&id).copied(),
                deleted: deleted.get(&id).copied(),
                ..line
            });
        }
    }
    listing.unlisted = articles.keys().copied().collect();
    Ok(listing)
}

fn moments(records: Vec<(String, String)>) -> VecMap<Id, Timestamp> {
    let read = |(name, record): &(String, String)| {
        Some((key::article_of(name)?.0, read_timestamp(record).ok()?))
    };
    sorted::vec_map(records.iter().filter_map(read))
}

/// Every record that was set aside, with the key under which it was found, by key; or all
/// records of one article, as they are.
pub async fn raw(
    records: &impl Records,
    only: Option<Id>,
) -> Result<Vec<(String, String)>, StoreError> {
    let Some(id) = only else {
        let asides = records.all(key::of_prefix("aside/")).await?;
        let found = |(name, record): (String, String)| {
            let (_, key) = key::article_of(&name)?;
            Some((key.to_owned(), record))
        };
        return Ok(asides.into_iter().filter_map(found).collect());
    };
    let mut all = Vec::new();
    for kind in [
        "aside", "copied", "deleted", "line", "state", "step", "traces",
    ] {
        let range = key::of_prefix(&format!("{kind}/{id}"));
        all.extend(records.all(range).await?);
    }
    Ok(all)
}
