//! Entries that IndexedDB has not confirmed, in `localStorage`.

use crate::browser::js::local_storage;
use pullquote_core::sorted;

use std::cell::RefCell;

const PREFIX: &str = "pullquote.tail.";

thread_local! {
    static LENT: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };
}

/// Lends these entries to a worker, which has no `localStorage`: it only reads them.
pub(crate) fn lend(entries: Vec<(String, String)>) {
    LENT.set(entries);
}

/// Holds an entry until it is confirmed.
pub(crate) fn hold(key: &str, entry: &str) {
    if let Some(storage) = local_storage() {
        // A second net only: where it is full or forbidden, "Saved" still waits
        // for IndexedDB.
        let _ = storage.set_item(&format!("{PREFIX}{key}"), entry);
    }
}

/// Lets an entry go.
pub(crate) fn release(key: &str) {
    if let Some(storage) = local_storage() {
        let _ = storage.remove_item(&format!("{PREFIX}{key}"));
    }
}

/// Lets go all that is held of an article, its place among it.
pub(crate) fn forget(article: &str) {
    for (key, _) in held(&format!("{article}.")) {
        release(&key);
    }
    if let Some(storage) = local_storage() {
        let _ = storage.remove_item(&format!("pullquote.place.{article}"));
    }
}

/// The entries whose keys begin so, by key.
pub(crate) fn held(prefix: &str) -> Vec<(String, String)> {
    let Some(storage) = local_storage() else {
        let mut lent = LENT.with_borrow(Clone::clone);
        lent.retain(|(key, _)| key.starts_with(prefix));
        return lent;
    };
    let entries = (0..storage.length().unwrap_or(0))
        .filter_map(|place| storage.key(place).ok().flatten())
        .filter_map(|name| {
            let key = name.strip_prefix(PREFIX)?.to_owned();
            let entry = storage.get_item(&name).ok().flatten()?;
            key.starts_with(prefix).then_some((key, entry))
        });
    sorted::collect_sorted(entries, |a: &(String, String), b| a.0.cmp(&b.0))
}
