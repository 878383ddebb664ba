//! The storage: an ordered map from keys to records, which are texts. Batches of changes are written
//! completely or not at all.
//!
//! | key | record |
//! |---|---|
//! | `state/<article>/<number>` | the document after entry `number` of its journal: the newest state, and the one before it |
//! | `step/<article>/<number>` | an entry of its journal |
//! | `line/<article>` | its library entry |
//! | `copied/<article>` | when it was last copied out of the browser |
//! | `deleted/<article>` | when it was deleted, if it was |
//! | `traces/<article>` | when its marks and relations were added and deleted, as restored from backups |
//! | `aside/<article>/<key>` | a record that could not be read, unchanged |
//!
//! Every record except those set aside is in an envelope with a checksum, so that truncated and
//! garbled records are recognised. Damage costs only the record that it hits, see
//! [`crate::store::article::open`].
//!
//! # Two tabs
//!
//! A journal entry is written only if its number is free and the entry before it is the one on
//! which it was made. So all tabs write one journal, in one order, without a lock: the second tab
//! gets [`StoreError::Conflict`], reads the new entries, repeats its step on top of them and tries
//! again. Entries have ids, so that an entry that is written twice counts once.

use crate::store::batch::StoreBatch;
use crate::store::error::StoreError;
use pullquote_core::model::id::Id;
use std::ops::Range;

/// The version of the stored data: its keys and its records.
///
/// It rises with every change of either, except for additions that older versions can ignore.
/// `upgrade` then gets a function, unless the reader reads both versions, and `tests/fixtures` gets
/// a fixture that is never edited. Version 3 stores states in another form than version 2, and
/// version 4 stores the names of steps as values; both read the versions before.
pub const VERSION: u32 = 4;

/// The storage of records, and the pending log: a small storage that is written synchronously.
#[expect(async_fn_in_trait, reason = "there is one thread")]
pub trait Records {
    /// The keys of a range, in order.
    async fn keys(&self, range: Range<String>) -> Result<Vec<String>, StoreError>;
    /// One record.
    async fn get(&self, key: &str) -> Result<Option<String>, StoreError>;
    /// The records of a range, by key.
    async fn all(&self, range: Range<String>) -> Result<Vec<(String, String)>, StoreError>;
    /// Checks and writes all batches or none. Returns `Ok` once they survive the end of the process.
    async fn write(&self, parts: Vec<StoreBatch>) -> Result<(), StoreError>;
    /// Puts an entry that is not written yet into the pending log, synchronously.
    fn hold(&self, key: &str, record: &str);
    /// Removes an entry from the pending log.
    fn release(&self, key: &str);
    /// The entries of an article in the pending log, with their keys.
    fn held(&self, article: Id) -> Vec<(String, String)>;
}
