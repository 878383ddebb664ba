//! A disk that was full leaves Chromium's storage wounded.
//!
//! Seen in Chromium 156 on a file system with no byte left (journey `disk`): the write that
//! failed left half a record at the end of LevelDB's log, and the browser closed the
//! database. Opened again, it goes on writing *behind* the half record. All is well while
//! the browser runs; but at its next start the log is read again, the half record is found
//! in its middle, and the browser takes the whole database for damaged and **begins an
//! empty one**. Everything that was ever kept is gone, though not a byte of it was harmed.
//!
//! So, from such a failure on, nothing is written until
//!
//! 1. there is room, which is tried on a file beside the database, not on the database;
//! 2. the log with the half record is done with: LevelDB begins a new log when some four
//!    megabytes were written, and forgets the old one once these are in a table. Twice as
//!    much and a little more makes sure of it, since a second log is not begun before.
//!
//! A half record at the very end does no harm: it is cut off at the next start. What is
//! left is a browser that is killed while the first four megabytes of the second step are
//! written, after a disk was full.

use crate::browser::js::{answer_of, file_in, local_storage};
use crate::browser::storage::database::Database;
use crate::browser::storage::documents::wait;
use crate::browser::storage::persistence;
use crate::browser::worker::client;
use js_sys::{Reflect, Uint8Array};
use pullquote_app::store::batch::{StoreBatch, Write};
use pullquote_app::store::error::StoreError;
use pullquote_app::store::key::of_prefix;
use std::cell::Cell;
use wasm_bindgen::JsValue;

/// Where the wound is noted for other tabs and for the next page.
const FLAG: &str = "pullquote.wounded";

/// How much room there must be, in megabytes: for what is written here, and as much again
/// for the tables.
const ROOM: usize = 32;

/// The file that is tried, in the browser's private file system.
const ROOM_FILE: &str = "pullquote-room";

/// What is written, in records of this many bytes: of over 64 kB Chromium makes files.
const RECORD: usize = 60_000;
const RECORDS: usize = 180;
const AT_ONCE: usize = 20;

thread_local! {
    static WOUNDED: Cell<bool> = const { Cell::new(false) };
    static HEALING: Cell<bool> = const { Cell::new(false) };
}

/// Notes that a write was broken off for want of room on the disk.
pub(crate) fn wound() {
    WOUNDED.set(true);
    client::tell_wound();
    if let Some(storage) = local_storage() {
        let _ = storage.set_item(FLAG, "1");
    }
}

/// Whether nothing may be written before [`heal`].
pub(crate) fn is_wounded() -> bool {
    if WOUNDED.get() {
        return true;
    }
    local_storage().is_some_and(|storage| storage.get_item(FLAG).ok().flatten().is_some())
}

/// Makes the storage fit to be written to.
///
/// Errors: there is no room yet; the storage fails again.
pub(crate) async fn heal() -> Result<(), StoreError> {
    // A worker, which cannot see the flag, leaves it to the window.
    if web_sys::window().is_none() {
        return Err(StoreError::Disk);
    }
    while HEALING.get() {
        wait(50).await;
    }
    if !is_wounded() {
        return Ok(());
    }
    HEALING.set(true);
    let healed = heal_alone().await;
    HEALING.set(false);
    healed
}

async fn heal_alone() -> Result<(), StoreError> {
    if !has_room().await {
        return Err(StoreError::Disk);
    }
    let database = Database::open_anew().await?;
    let ballast = of_prefix("ballast/");
    let mut number = 0;
    while number < RECORDS {
        let puts = (number..number + AT_ONCE)
            .map(|number| Write::Put(format!("ballast/{number}"), "-".repeat(RECORD)));
        let writes = puts.collect();
        database.put(vec![part(writes)]).await?;
        number += AT_ONCE;
    }
    let writes = vec![Write::Drop(ballast)];
    database.put(vec![part(writes)]).await?;
    WOUNDED.set(false);
    if let Some(storage) = local_storage() {
        let _ = storage.remove_item(FLAG);
    }
    Ok(())
}

fn part(writes: Vec<Write>) -> StoreBatch {
    let checks = Vec::new();
    StoreBatch { checks, writes }
}

/// Whether a file of [`ROOM`] megabytes can be written. A browser that cannot write such
/// files does not have LevelDB either.
async fn has_room() -> bool {
    let Some(folder) = persistence::answer("getDirectory").await else {
        return true;
    };
    let written = match file_in(&folder, ROOM_FILE).await {
        Ok(file) => match Reflect::get(&file, &"createWritable".into()) {
            Ok(method) if method.is_function() => fill(&file).await,
            _ => Ok(()),
        },
        Err(error) => Err(error),
    };
    // Where it could not be made, there is nothing to take away.
    let _ = answer_of(&folder, "removeEntry", &[ROOM_FILE.into()]).await;
    written.is_ok()
}

async fn fill(file: &JsValue) -> Result<(), JsValue> {
    let stream = answer_of(file, "createWritable", &[]).await?;
    let block: JsValue = Uint8Array::new_with_length(1 << 20).into();
    for _ in 0..ROOM {
        if let Err(error) = answer_of(&stream, "write", std::slice::from_ref(&block)).await {
            // What was written so far must not stay.
            let _ = answer_of(&stream, "abort", &[]).await;
            return Err(error);
        }
    }
    answer_of(&stream, "close", &[]).await.map(drop)
}
