//! What is kept, and where.
//!
//! | where | what | when |
//! |---|---|---|
//! | IndexedDB `crate`, store `records` | everything, as [`records`] lists it | with every step, `durability: "strict"` |
//! | `localStorage` `pullquote.tail.…` | the entries that IndexedDB has not confirmed | at once; taken away on confirmation |
//! | `localStorage` `pullquote.place.…` | the place in each article | after scrolling |
//! | `localStorage` `pullquote.wounded` | that a disk was full while IndexedDB wrote, see `wound` | until it is mended |
//! | `localStorage` `pullquote.persisted` | what the browser last answered when it was asked to keep the storage | at the first work |
//! | IndexedDB `pullquote-folder`, `localStorage` `pullquote.folder.…` | the folder that is kept up to date; what is in it | when it is chosen; when a file is written |
//!
//! Why (measured on 2026-11-24 in Chromium 156, Firefox 153 and WebKitGTK 2.50,
//! killing the whole browser): a value set in `localStorage` was lost when the
//! browser was killed within 5 s (Chromium: up to a minute), while a completed
//! IndexedDB transaction was lost in no trial in any of the three. But
//! `localStorage` is written before the next line of the program runs, and
//! survives the death of a tab, where an IndexedDB write under way may not. So a
//! step is *saved* when its transaction is complete, and not before; until then
//! the tail has it.
//!
//! The cost of a step depends on the step: two records are looked up, one entry and one
//! line are written.

use crate::browser::channel;
use crate::browser::storage::database::Database;
use crate::browser::storage::disk_full::is_wounded;
use crate::browser::storage::{database, disk_full, pending_log};
use gloo::timers::callback::Timeout;
use js_sys::Promise;
use pullquote_app::store::article::{JournalTail, LoadedArticle};
use pullquote_app::store::change::StoreChange;
use pullquote_app::store::error::StoreError;
use pullquote_app::store::library::Listing;
use pullquote_app::store::records::Records;
use pullquote_app::store::{article, batch, key, library};
use pullquote_core::edit::journal_entry::JournalEntry;
use pullquote_core::model::article::Article;
use pullquote_core::model::id::Id;
use pullquote_core::model::library_entry::LibraryEntry;
use pullquote_formats::records::journal_entry::write_entry;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// How many older entries are read at once.
const PAGE: u64 = 400;

/// How long after the opening of an article its journal is folded, in milliseconds: the
/// user should not wait for it.
const FOLD_LATER: u32 = 1_500;

thread_local! {
    /// Settled when the last batch so far is written, or refused.
    static LAST: Cell<Option<Promise>> = const { Cell::new(None) };
}

/// Calls `closed` when the browser closes the storage by itself: it could not go on, or the
/// data of the site was deleted.
pub fn listen_to_closing(closed: impl Fn() + 'static) {
    database::listen_to_closing(closed);
}

/// The records, for what goes over all of them.
pub(crate) async fn database() -> Result<impl Records, StoreError> {
    Database::open().await
}

/// How often, and after how many milliseconds each time, what failed is tried again while the
/// browser is deleting the data of the site.
const TRIES: u32 = 12;
const NEXT_TRY: u32 = 300;

/// Does this; where it fails while the browser is deleting the data of the site, again.
async fn steadily<T>(work: impl AsyncFn() -> Result<T, StoreError>) -> Result<T, StoreError> {
    let mut tries = 0;
    loop {
        let done = work().await;
        let may_pass = matches!(done, Err(StoreError::Failed(_))) && tries < TRIES;
        if !may_pass {
            return done;
        }
        wait(NEXT_TRY).await;
        if !database::was_closed_lately() {
            return done;
        }
        tries += 1;
    }
}

/// The lines of the library.
pub async fn read_shelf() -> Result<Listing, StoreError> {
    steadily(async || library::listing(&Database::open().await?, None).await).await
}

/// The line of one article, if it has one.
pub async fn read_line(id: Id) -> Result<Option<Box<LibraryEntry>>, StoreError> {
    let listing = library::listing(&Database::open().await?, Some(id)).await?;
    Ok(listing.lines.into_iter().next().map(Box::new))
}

/// One article as it was last.
pub async fn read_document(id: Id) -> Result<Box<LoadedArticle>, String> {
    let database = Database::open().await;
    let database = database.map_err(|refusal| refusal.to_string())?;
    article::open(&database, id).await
}

/// What the journal of an article has after this entry.
pub async fn read_later(article: &Article, number: u64) -> Result<JournalTail, StoreError> {
    steadily(async || article::later(&Database::open().await?, article, number).await).await
}

/// What the journal of an article has right before this entry.
pub async fn read_older(
    article: &Article,
    number: u64,
) -> Result<Vec<Rc<JournalEntry>>, StoreError> {
    article::older(&Database::open().await?, article, number, PAGE).await
}

/// The records that were set aside, each with the key under which it was found; or all of
/// one article.
pub async fn read_raw(only: Option<Id>) -> Result<Vec<(String, String)>, StoreError> {
    library::raw(&Database::open().await?, only).await
}

/// How many entries the journal of an article has, and how many bytes they take.
pub async fn measure(article: Id) -> Result<(usize, u64), StoreError> {
    article::measure(&Database::open().await?, article).await
}

/// Holds an entry in the tail, before the next line of the program runs.
pub fn hold(article: &Article, entry: &JournalEntry) {
    let key = key::held_key(article.id, entry.id);
    pending_log::hold(&key, &write_entry(entry, article));
}

/// Lets an entry of the tail go.
pub fn release(article: Id, entry: Id) {
    pending_log::release(&key::held_key(article, entry));
}

/// All that is held in the tail, as a worker is lent it.
pub(crate) fn held() -> Vec<(String, String)> {
    pending_log::held("")
}

/// Lends a worker what the tail of the window holds: keys and entries in turn.
pub(crate) fn lend(texts: Vec<String>) {
    let (pairs, _) = texts.as_chunks::<2>();
    let pairs = pairs.iter().cloned().map(|[key, entry]| (key, entry));
    pending_log::lend(pairs.collect());
}

/// Makes the storage fit to be written to, where a disk was full.
pub(crate) async fn mend() -> Result<(), StoreError> {
    if is_wounded() {
        disk_full::heal().await
    } else {
        Ok(())
    }
}

/// Keeps these changes, all or none, after all that was to be kept before. `Ok` means that
/// the storage has confirmed.
pub async fn keep(changes: Vec<Rc<StoreChange>>) -> Result<(), StoreError> {
    if changes
        .iter()
        .all(|it| matches!(**it, StoreChange::Fold(_)))
    {
        wait(FOLD_LATER).await;
    }
    let mut done = None;
    let own = Promise::new(&mut |resolve, _| done = Some(resolve));
    if let Some(before) = LAST.replace(Some(own)) {
        // It is never rejected.
        let _ = JsFuture::from(before).await;
    }
    if changes
        .iter()
        .any(|it| matches!(**it, StoreChange::Add(..)))
    {
        // To show a book and to write it are each work enough for one turn.
        wait(0).await;
    }
    let kept = steadily(async || keep_now(&changes).await).await;
    if let Some(done) = done {
        let _ = done.call0(&JsValue::NULL);
    }
    kept
}

async fn keep_now(changes: &[Rc<StoreChange>]) -> Result<(), StoreError> {
    let database = Database::open().await?;
    let parts = changes.iter().map(|change| batch::parts_of(change));
    database.write(parts.collect()).await?;
    for change in changes {
        match &**change {
            StoreChange::Append(article, entry, _) => {
                pending_log::release(&key::held_key(article.id, entry.id));
            }
            StoreChange::Purge(id) => pending_log::forget(&id.to_string()),
            // What is over the bound goes with the next fold, if not with this one.
            StoreChange::Fold(fold) => {
                let id = fold.document.article().id;
                let _ = article::prune(&database, id, fold.before).await;
                continue;
            }
            _ => {}
        }
        channel::tell(change.article());
    }
    Ok(())
}

pub(crate) async fn wait(millis: u32) {
    let late = Promise::new(&mut |resolve, _| {
        Timeout::new(millis, move || {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        })
        .forget();
    });
    let _ = JsFuture::from(late).await;
}
