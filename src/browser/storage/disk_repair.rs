//! Repairs the storage after a full disk; [`disk_full`] says what is broken then.
//!
//! 1. There must be room again. This is tried on a file beside the database, not on the
//!    database itself.
//! 2. The log with the half record must be gone. LevelDB begins a new log after about four
//!    megabytes, and deletes the old one once its records are in a table. Writing a little
//!    more than twice that makes sure of it, since a second new log is not begun before the
//!    first is deleted.
//!
//! One danger is left: the browser is killed, after a disk was full, while the first four
//! megabytes of step 2 are written.
//!
//! [`disk_full`]: crate::browser::storage::disk_full

use crate::browser::storage::database::Database;
use crate::browser::storage::{disk_full, persistence};
use crate::browser::worker::message;
use crate::browser::{clock, file_system, js};
use pullquote_app::store::batch::{StoreBatch, Write};
use pullquote_app::store::error::StoreError;
use pullquote_app::store::key::with_prefix;

use js_sys::Uint8Array;
use std::cell::Cell;
use wasm_bindgen::JsValue;

/// How much room there must be, in megabytes: for what is written here, and as much again for
/// the tables.
const ROOM: usize = 32;

/// The file that the room is tried on, in the private file system of the origin.
const ROOM_FILE: &str = "pullquote-room";

/// The size of a record that is written to fill the log, in bytes. Chromium writes values of
/// over 64 kB to files of their own instead.
const RECORD: usize = 60_000;

/// How many such records are written, and how many in one transaction.
const RECORDS: usize = 180;
const RECORDS_AT_ONCE: usize = 20;

/// The prefix of their keys.
const PREFIX: &str = "ballast/";

thread_local! {
    static IS_REPAIRING: Cell<bool> = const { Cell::new(false) };
}

/// Repairs the storage, if a full disk is noted.
///
/// Errors: there is no room yet; the storage failed again; this is a worker, which cannot see
/// the note being cleared and leaves the repair to its window.
pub(crate) async fn repair_if_needed() -> Result<(), StoreError> {
    match disk_full::is_noted() {
        true => repair().await,
        false => Ok(()),
    }
}

async fn repair() -> Result<(), StoreError> {
    if message::is_worker() {
        return Err(StoreError::DiskFull);
    }
    while IS_REPAIRING.get() {
        clock::wait(50).await;
    }
    if !disk_full::is_noted() {
        return Ok(());
    }
    IS_REPAIRING.set(true);
    let repaired = replace_log().await;
    IS_REPAIRING.set(false);
    repaired
}

async fn replace_log() -> Result<(), StoreError> {
    if !has_room().await {
        return Err(StoreError::DiskFull);
    }
    let database = Database::open_anew().await?;
    let mut number = 0;
    while number < RECORDS {
        let writes = (number..number + RECORDS_AT_ONCE)
            .map(|number| Write::Put(format!("{PREFIX}{number}"), "-".repeat(RECORD)));
        database.put(unchecked(writes.collect())).await?;
        number += RECORDS_AT_ONCE;
    }
    let writes = vec![Write::Drop(with_prefix(PREFIX))];
    database.put(unchecked(writes)).await?;
    disk_full::clear();
    Ok(())
}

fn unchecked(writes: Vec<Write>) -> Vec<StoreBatch> {
    let checks = Vec::new();
    vec![StoreBatch { checks, writes }]
}

/// Whether a file of [`ROOM`] megabytes can be written. A browser that cannot write such files
/// does not use LevelDB either.
async fn has_room() -> bool {
    let Some(folder) = persistence::ask_manager("getDirectory").await else {
        return true;
    };
    let written = match file_system::file_in(&folder, ROOM_FILE).await {
        Ok(file) if js::field(&file, "createWritable").is_function() => fill(&file).await,
        Ok(_) => Ok(()),
        Err(error) => Err(error),
    };
    // Where the file could not be made, there is nothing to remove.
    let _ = js::call_method(&folder, "removeEntry", &[ROOM_FILE.into()]).await;
    written.is_ok()
}

async fn fill(file: &JsValue) -> Result<(), JsValue> {
    let stream = js::call_method(file, "createWritable", &[]).await?;
    let megabyte: JsValue = Uint8Array::new_with_length(1 << 20).into();
    for _ in 0..ROOM {
        let written = js::call_method(&stream, "write", std::slice::from_ref(&megabyte)).await;
        if let Err(error) = written {
            // What was written so far must not stay on the disk.
            let _ = js::call_method(&stream, "abort", &[]).await;
            return Err(error);
        }
    }
    js::call_method(&stream, "close", &[]).await.map(drop)
}
