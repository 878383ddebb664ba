//! Entries that IndexedDB has not confirmed, in `localStorage`.

use pullquote_core::order;
use web_sys::Storage;

const PREFIX: &str = "pullquote.tail.";

fn storage() -> Option<Storage> {
    gloo::utils::window().local_storage().ok().flatten()
}

fn name(article: &str, number: u64) -> String {
    format!("{PREFIX}{article}.{number}")
}

/// Holds an entry until it is confirmed.
pub(super) fn put(article: &str, number: u64, entry: &str) {
    if let Some(storage) = storage() {
        // A second net only: where it is full or forbidden, "Saved" still waits
        // for IndexedDB.
        let _ = storage.set_item(&name(article, number), entry);
    }
}

/// Lets an entry go.
pub(super) fn confirm(article: &str, number: u64) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&name(article, number));
    }
}

/// Lets go all that is held of an article, its place among it.
pub(super) fn forget(article: &str) {
    for (number, _) in of(article) {
        confirm(article, number);
    }
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&format!("pullquote.place.{article}"));
    }
}

/// The entries of an article that were never confirmed, by number.
pub(super) fn of(article: &str) -> Vec<(u64, String)> {
    let Some(storage) = storage() else {
        return Vec::new();
    };
    let prefix = format!("{PREFIX}{article}.");
    let entries = (0..storage.length().unwrap_or(0))
        .filter_map(|place| storage.key(place).ok().flatten())
        .filter_map(|name| {
            let number = name.strip_prefix(&prefix)?.parse().ok()?;
            let entry = storage.get_item(&name).ok().flatten()?;
            Some((number, entry))
        });
    order::collect(entries, |a: &(u64, String), b| a.0.cmp(&b.0))
}
