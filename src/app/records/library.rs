//! The records of the library become its lines again.

use super::{Records, Refusal, key};
use pullquote_core::formats::{read_holding, read_moment};
use pullquote_core::model::{Holding, Id, Moment};
use pullquote_core::order::{self, Map};

/// The library as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The lines, by id.
    pub lines: Vec<Holding>,
    /// Articles that are kept and have no line that can be read: it can be made anew.
    pub unlisted: Vec<Id>,
    /// Lines that are there and cannot be read: article, key, record.
    pub damaged: Vec<(Id, String, String)>,
    /// How many records of each article were set aside.
    pub aside: Map<Id, usize>,
}

/// The lines of all articles, or of one. A line without an article is none.
pub async fn listing(records: &impl Records, only: Option<Id>) -> Result<Listing, Refusal> {
    let range = |kind: &str| match only {
        Some(id) => key::of_prefix(&format!("{kind}/{id}")),
        None => key::of_prefix(&format!("{kind}/")),
    };
    let states = records.keys(range("state")).await?;
    let mut articles = Map::new();
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
        let line = read_holding(&record).ok().filter(|line| line.id == id);
        let Some(line) = line else {
            listing.damaged.push((id, name, record));
            continue;
        };
        if articles.remove(&id).is_some() {
            listing.lines.push(Holding {
                copied: copied.get(&id).copied(),
                deleted: deleted.get(&id).copied(),
                ..line
            });
        }
    }
    listing.unlisted = articles.keys().copied().collect();
    Ok(listing)
}

fn moments(records: Vec<(String, String)>) -> Map<Id, Moment> {
    let read = |(name, record): &(String, String)| {
        Some((key::article_of(name)?.0, read_moment(record).ok()?))
    };
    order::map(records.iter().filter_map(read))
}

/// Every record that was set aside, with the key under which it was found, by key; or all
/// records of one article, as they are.
pub async fn raw(
    records: &impl Records,
    only: Option<Id>,
) -> Result<Vec<(String, String)>, Refusal> {
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
