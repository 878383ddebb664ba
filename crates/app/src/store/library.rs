//! Reads the library from the records of the storage.

use crate::store::error::StoreError;
use crate::store::key;
use crate::store::records::Records;
use pullquote_core::model::id::Id;
use pullquote_core::model::library_entry::LibraryEntry;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::sorted;
use pullquote_core::sorted::VecMap;
use pullquote_formats::records::library_entry::{read_library_entry, read_timestamp};

/// The library, as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The library entries, in the order of their ids.
    pub lines: Vec<LibraryEntry>,
    /// Articles without a readable entry. It can be made again from the article.
    pub unlisted: Vec<Id>,
    /// Entries that cannot be read: article, key, record.
    pub damaged: Vec<(Id, String, String)>,
    /// The number of records of each article that were set aside.
    pub aside: VecMap<Id, usize>,
}

/// Reads the entries of all articles, or of one. Entries whose article no longer exists are ignored.
pub async fn listing(records: &impl Records, only: Option<Id>) -> Result<Listing, StoreError> {
    let range = |kind: &str| match only {
        Some(id) => key::with_prefix(&format!("{kind}/{id}")),
        None => key::with_prefix(&format!("{kind}/")),
    };
    let states = records.keys(range("state")).await?;
    let mut articles = VecMap::new();
    for name in &states {
        if let Some((id, _)) = key::article_of(name) {
            articles.insert(id, ());
        }
    }
    let copied = timestamps(records.all(range("copied")).await?);
    let deleted = timestamps(records.all(range("deleted")).await?);
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
        let entry = read_library_entry(&record).ok();
        let Some(entry) = entry.filter(|entry| entry.id == id) else {
            listing.damaged.push((id, name, record));
            continue;
        };
        if articles.remove(&id).is_some() {
            listing.lines.push(LibraryEntry {
                copied: copied.get(&id).copied(),
                deleted: deleted.get(&id).copied(),
                ..entry
            });
        }
    }
    listing.unlisted = articles.keys().copied().collect();
    Ok(listing)
}

fn timestamps(records: Vec<(String, String)>) -> VecMap<Id, Timestamp> {
    let read = |(name, record): &(String, String)| {
        Some((key::article_of(name)?.0, read_timestamp(record).ok()?))
    };
    sorted::vec_map(records.iter().filter_map(read))
}

/// Every record that was set aside, with its original key, in the order of the keys; or all records
/// of one article, with their keys.
pub async fn raw(
    records: &impl Records,
    only: Option<Id>,
) -> Result<Vec<(String, String)>, StoreError> {
    let Some(id) = only else {
        let asides = records.all(key::with_prefix("aside/")).await?;
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
        let range = key::with_prefix(&format!("{kind}/{id}"));
        all.extend(records.all(range).await?);
    }
    Ok(all)
}
