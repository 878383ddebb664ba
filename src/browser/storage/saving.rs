//! Writing changes to the storage, one batch after the other.

use crate::browser::storage::closing::retry;
use crate::browser::storage::records::StoredRecords;
use crate::browser::storage::{local_storage, pending_log};
use crate::browser::{channel, clock};
use pullquote_app::store::change::StoreChange;
use pullquote_app::store::error::StoreError;
use pullquote_app::store::records::Records;
use pullquote_app::store::{article, batch, key};
use pullquote_core::edit::journal_entry::JournalEntry;
use pullquote_core::model::article::Article;
use pullquote_core::model::id::Id;
use pullquote_formats::records::journal_entry::write_entry;

use js_sys::Promise;

use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// How long after an article was opened its journal is compacted, in milliseconds: the user
/// should not wait for it.
const COMPACTION_DELAY: u32 = 1_500;

thread_local! {
    /// Resolved when the last batch so far is written, or has failed.
    static LAST_BATCH: Cell<Option<Promise>> = const { Cell::new(None) };
}

/// Writes an entry to the pending log, before the next line of the program runs.
pub fn hold(article: &Article, entry: &JournalEntry) {
    let key = key::pending_key(article.id, entry.id);
    pending_log::write(&key, &write_entry(entry, article));
}

/// Removes an entry from the pending log.
pub fn release(article: Id, entry: Id) {
    pending_log::remove(&key::pending_key(article, entry));
}

/// Saves these changes, all or none, after everything that was to be saved before. `Ok` means
/// that the storage has confirmed them.
pub async fn save(changes: Vec<Rc<StoreChange>>) -> Result<(), StoreError> {
    let is_compaction = |change: &Rc<StoreChange>| matches!(**change, StoreChange::Compact(_));
    if changes.iter().all(is_compaction) {
        clock::wait(COMPACTION_DELAY).await;
    }
    let mut done = None;
    let own = Promise::new(&mut |resolve, _| done = Some(resolve));
    if let Some(before) = LAST_BATCH.replace(Some(own)) {
        // It is never rejected.
        let _ = JsFuture::from(before).await;
    }
    let is_new_article = |change: &Rc<StoreChange>| matches!(**change, StoreChange::Add { .. });
    if changes.iter().any(is_new_article) {
        // Showing a long article and writing it are each work enough for one task.
        clock::wait(0).await;
    }
    let saved = retry(async || write(&changes).await).await;
    if let Some(done) = done {
        // The resolving function of a promise never throws.
        let _ = done.call0(&JsValue::NULL);
    }
    saved
}

async fn write(changes: &[Rc<StoreChange>]) -> Result<(), StoreError> {
    let records = StoredRecords::open().await?;
    let batches = changes.iter().map(|change| batch::parts_of(change));
    records.write(batches.collect()).await?;
    for change in changes {
        match &**change {
            StoreChange::Append { article, entry, .. } => release(article.id, entry.id),
            StoreChange::Purge(id) => forget(*id),
            // What is beyond the limit is removed by the next compaction, if this one fails.
            StoreChange::Compact(fold) => {
                let id = fold.document.article().id;
                let _ = article::prune(&records, id, fold.before).await;
                // No other tab shows anything of it.
                continue;
            }
            StoreChange::Add { .. }
            | StoreChange::PutEntry(_)
            | StoreChange::SetDeleted { .. }
            | StoreChange::SetCopied { .. }
            | StoreChange::SetChangeTimes { .. }
            | StoreChange::SetAside { .. }
            | StoreChange::DiscardSetAside(_) => {}
        }
        channel::announce(change.article());
    }
    Ok(())
}

/// Removes all that `localStorage` has of an article.
fn forget(article: Id) {
    for (key, _) in pending_log::entries(&format!("{article}.")) {
        pending_log::remove(&key);
    }
    local_storage::remove(&local_storage::reading_position_key(article));
}
