//! What is kept, and where.
//!
//! | where | what | when |
//! |---|---|---|
//! | IndexedDB `pullquote`, store `records` | everything, as [`records`] lists it | with every step, `durability: "strict"` |
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

mod database;
mod tail;
mod wound;

use super::channel;
use crate::app::Change;
use crate::app::records::{self, Kept, Later, Listing, Records, Refusal};
use database::Database;
pub(super) use database::{done, open_store};
use gloo::timers::callback::Timeout;
use js_sys::Promise;
use pullquote_core::edit::Entry;
use pullquote_core::formats::write_entry;
use pullquote_core::model::{Article, Holding, Id};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
pub(super) use wound::{is_wounded, wound as note_wound};

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
pub(super) async fn database() -> Result<impl Records, Refusal> {
    Database::open().await
}

/// How often, and after how many milliseconds each time, what failed is tried again while the
/// browser is deleting the data of the site.
const TRIES: u32 = 12;
const NEXT_TRY: u32 = 300;

/// Does this; where it fails while the browser is deleting the data of the site, again.
async fn steadily<T>(work: impl AsyncFn() -> Result<T, Refusal>) -> Result<T, Refusal> {
    let mut tries = 0;
    loop {
        let done = work().await;
        let may_pass = matches!(done, Err(Refusal::Failed(_))) && tries < TRIES;
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
pub async fn read_shelf() -> Result<Listing, Refusal> {
    steadily(async || records::listing(&Database::open().await?, None).await).await
}

/// The line of one article, if it has one.
pub async fn read_line(id: Id) -> Result<Option<Box<Holding>>, Refusal> {
    let listing = records::listing(&Database::open().await?, Some(id)).await?;
    Ok(listing.lines.into_iter().next().map(Box::new))
}

/// One article as it was last.
pub async fn read_document(id: Id) -> Result<Box<Kept>, String> {
    let database = Database::open().await;
    let database = database.map_err(|refusal| refusal.to_string())?;
    records::open(&database, id).await
}

/// What the journal of an article has after this entry.
pub async fn read_later(article: &Article, number: u64) -> Result<Later, Refusal> {
    steadily(async || records::later(&Database::open().await?, article, number).await).await
}

/// What the journal of an article has right before this entry.
pub async fn read_older(article: &Article, number: u64) -> Result<Vec<Rc<Entry>>, Refusal> {
    records::older(&Database::open().await?, article, number, PAGE).await
}

/// The records that were set aside, each with the key under which it was found; or all of
/// one article.
pub async fn read_raw(only: Option<Id>) -> Result<Vec<(String, String)>, Refusal> {
    records::raw(&Database::open().await?, only).await
}

/// How many entries the journal of an article has, and how many bytes they take.
pub async fn measure(article: Id) -> Result<(usize, u64), Refusal> {
    records::measure(&Database::open().await?, article).await
}

/// Holds an entry in the tail, before the next line of the program runs.
pub fn hold(article: &Article, entry: &Entry) {
    let key = records::held_key(article.id, entry.id);
    tail::hold(&key, &write_entry(entry, article));
}

/// Lets an entry of the tail go.
pub fn release(article: Id, entry: Id) {
    tail::release(&records::held_key(article, entry));
}

/// All that is held in the tail, as a worker is lent it.
pub(super) fn held() -> Vec<(String, String)> {
    tail::held("")
}

/// Lends a worker what the tail of the window holds: keys and entries in turn.
pub(super) fn lend(texts: Vec<String>) {
    let (pairs, _) = texts.as_chunks::<2>();
    let pairs = pairs.iter().cloned().map(|[key, entry]| (key, entry));
    tail::lend(pairs.collect());
}

/// Makes the storage fit to be written to, where a disk was full.
pub(super) async fn mend() -> Result<(), Refusal> {
    if is_wounded() {
        wound::heal().await
    } else {
        Ok(())
    }
}

/// Keeps these changes, all or none, after all that was to be kept before. `Ok` means that
/// the storage has confirmed.
pub async fn keep(changes: Vec<Rc<Change>>) -> Result<(), Refusal> {
    if changes.iter().all(|it| matches!(**it, Change::Fold(_))) {
        wait(FOLD_LATER).await;
    }
    let mut done = None;
    let own = Promise::new(&mut |resolve, _| done = Some(resolve));
    if let Some(before) = LAST.replace(Some(own)) {
        // It is never rejected.
        let _ = JsFuture::from(before).await;
    }
    if changes.iter().any(|it| matches!(**it, Change::Add(..))) {
        // To show a book and to write it are each work enough for one turn.
        wait(0).await;
    }
    let kept = steadily(async || keep_now(&changes).await).await;
    if let Some(done) = done {
        let _ = done.call0(&JsValue::NULL);
    }
    kept
}

async fn keep_now(changes: &[Rc<Change>]) -> Result<(), Refusal> {
    let database = Database::open().await?;
    let parts = changes.iter().map(|change| records::parts_of(change));
    database.write(parts.collect()).await?;
    for change in changes {
        match &**change {
            Change::Append(article, entry, _) => {
                tail::release(&records::held_key(article.id, entry.id));
            }
            Change::Purge(id) => tail::forget(&id.to_string()),
            // What is over the bound goes with the next fold, if not with this one.
            Change::Fold(fold) => {
                let id = fold.document.article().id;
                let _ = records::prune(&database, id, fold.before).await;
                continue;
            }
            _ => {}
        }
        channel::tell(change.article());
    }
    Ok(())
}

pub(super) async fn wait(millis: u32) {
    let late = Promise::new(&mut |resolve, _| {
        Timeout::new(millis, move || {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        })
        .forget();
    });
    let _ = JsFuture::from(late).await;
}
