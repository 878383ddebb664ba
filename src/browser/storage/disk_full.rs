//! Whether a write failed because the disk was full. In Chromium, nothing may be written after
//! that until the storage is repaired, see [`disk_repair`].
//!
//! Measured in Chromium 156, on a file system with no byte left (journey `full_disk`): the write
//! that failed leaves half a record at the end of LevelDB's log, and the browser closes the
//! database. When it is opened again, records are written *behind* the half record. All is
//! well while the browser runs. But when the browser starts again it reads the log, finds the
//! half record in the middle, takes the whole database for damaged and **begins an empty
//! one**. Everything that was ever kept is gone, although no byte of it was harmed.
//!
//! A half record at the very end does no harm: the browser cuts it off when it starts.
//!
//! One case is not handled: our last write just fits, a write of Chromium's own fails, and it
//! closes the database without an error of ours. Opening it again on the full disk fails several
//! times, and can then begin an empty database (measured on 2026-11-28, journey `full_disk`).
//!
//! [`disk_repair`]: crate::browser::storage::disk_repair

use crate::browser::storage::local_storage;
use crate::browser::storage::local_storage::{DISK_FULL, local_storage};
use crate::browser::worker::message;

use std::cell::Cell;

thread_local! {
    static IS_NOTED: Cell<bool> = const { Cell::new(false) };
}

/// Notes that a write failed because the disk was full: here, for other tabs and for the next
/// page; from a worker, in its window.
pub(crate) fn note() {
    IS_NOTED.set(true);
    if message::is_worker() {
        message::post(&[(message::DISK_FULL, true.into())]);
    }
    if let Some(storage) = local_storage() {
        // Without the note, this page still knows.
        let _ = storage.set_item(DISK_FULL, "1");
    }
}

/// Whether such a failure is noted, here or in another tab. A worker does not see those of
/// other tabs.
pub(crate) fn is_noted() -> bool {
    IS_NOTED.get() || local_storage::value(DISK_FULL).is_some()
}

/// Clears the note: the storage is repaired.
pub(crate) fn clear() {
    IS_NOTED.set(false);
    local_storage::remove(DISK_FULL);
}
