//! `localStorage`: small values that are written before the next line of the program runs.
//!
//! All keys of the app are listed here.

use pullquote_core::model::id::Id;

use web_sys::Storage;

/// The codebook that new articles begin with.
pub(crate) const CODEBOOK: &str = "pullquote.codebook";

/// How the page is displayed; `boot.js` reads it too.
pub(crate) const DISPLAY: &str = "pullquote.display";

/// The ids of the formats that were exported last, with spaces between.
pub(crate) const FORMATS: &str = "pullquote.formats";

/// Set from a write that failed on a full disk until the storage is repaired.
pub(crate) const DISK_FULL: &str = "pullquote.wounded";

/// Set while the library has articles.
pub(crate) const HAS_ARTICLES: &str = "pullquote.has-articles";

/// The order in which the library is sorted.
pub(crate) const ORDER: &str = "pullquote.order";

/// What the browser last answered when it was asked to keep the storage.
pub(crate) const PERSISTED: &str = "pullquote.persisted";

/// Prefix: the journal entries that IndexedDB has not confirmed, by `article.entry`.
pub(crate) const PENDING: &str = "pullquote.tail.";

/// Prefix: what was written into the folder, by article; and `last`, when.
pub(crate) const FOLDER: &str = "pullquote.folder.";

/// Where the reader left an article.
pub(crate) fn reading_position_key(article: Id) -> String {
    format!("pullquote.place.{article}")
}

/// The storage; `None` where the browser refuses it, and in a worker, which has none.
pub(crate) fn local_storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

/// The value of a key, if there is one.
pub(crate) fn value(key: &str) -> Option<String> {
    local_storage()?.get_item(key).ok().flatten()
}

/// Sets a key to a value that may be lost: where there is no room, it is not kept.
pub(crate) fn set(key: &str, value: &str) {
    if let Some(storage) = local_storage() {
        let _ = storage.set_item(key, value);
    }
}

/// Removes a key.
pub(crate) fn remove(key: &str) {
    if let Some(storage) = local_storage() {
        // Removing a key is never refused.
        let _ = storage.remove_item(key);
    }
}

/// The names of all keys, in the browser's order.
pub(crate) fn keys(storage: &Storage) -> impl Iterator<Item = String> {
    let count = storage.length().unwrap_or(0);
    (0..count).filter_map(|index| storage.key(index).ok().flatten())
}
