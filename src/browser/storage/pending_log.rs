//! Journal entries that IndexedDB has not confirmed, in `localStorage`.

use crate::browser::storage::local_storage;
use crate::browser::storage::local_storage::{PENDING, local_storage};
use pullquote_core::sorted;

use std::cell::RefCell;

thread_local! {
    /// In a worker, which has no `localStorage`: the entries of the window.
    static WINDOW_ENTRIES: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };
}

/// In a worker: receives the entries of the window, as [`for_worker`] wrote them. A worker
/// only reads them.
pub(crate) fn receive(strings: Vec<String>) {
    let (pairs, _) = strings.as_chunks::<2>();
    let pairs = pairs.iter().cloned().map(|[key, entry]| (key, entry));
    WINDOW_ENTRIES.set(pairs.collect());
}

/// All entries, for a worker: keys and entries in turn.
pub(crate) fn for_worker() -> impl Iterator<Item = String> {
    entries("").into_iter().flat_map(<[String; 2]>::from)
}

/// Writes an entry, to be kept until IndexedDB has confirmed it.
pub(crate) fn write(key: &str, entry: &str) {
    if let Some(storage) = local_storage() {
        // A second safeguard only: where `localStorage` is full or forbidden, "Saved" still
        // waits for IndexedDB.
        let _ = storage.set_item(&format!("{PENDING}{key}"), entry);
    }
}

/// Removes an entry: IndexedDB has confirmed it, or it is not needed.
pub(crate) fn remove(key: &str) {
    local_storage::remove(&format!("{PENDING}{key}"));
}

/// The entries whose keys start with `prefix`, by key.
pub(crate) fn entries(prefix: &str) -> Vec<(String, String)> {
    let Some(storage) = local_storage() else {
        let mut entries = WINDOW_ENTRIES.with_borrow(Clone::clone);
        entries.retain(|(key, _)| key.starts_with(prefix));
        return entries;
    };
    let entries = local_storage::keys(&storage).filter_map(|name| {
        let key = name.strip_prefix(PENDING)?.to_owned();
        let entry = storage.get_item(&name).ok().flatten()?;
        key.starts_with(prefix).then_some((key, entry))
    });
    sorted::collect_sorted(entries, |a: &(String, String), b| a.0.cmp(&b.0))
}
