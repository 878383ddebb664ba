//! What is kept, as records: one ordered map from keys to texts, changed by batches
//! that are written whole or not at all.
//!
//! | key | record |
//! |---|---|
//! | `state/<article>/<number>` | the article with its marks as of entry `number` of its journal: the newest, and the one before it |
//! | `step/<article>/<number>` | an entry of its journal |
//! | `line/<article>` | its line in the library |
//! | `copied/<article>` | when a copy of it last left the browser |
//! | `deleted/<article>` | when it was deleted, if it was |
//! | `traces/<article>` | what backups said of when its pieces were put in and taken out |
//! | `aside/<article>/<key>` | a record that could not be read, as it was found |
//!
//! Every record but those set aside is sealed: what was truncated or garbled is known
//! before it is read. Damage costs the record that it hits, see [`open`].
//!
//! # Two tabs
//!
//! An entry is written only where its number is free and the entry before it is the one
//! that it was made on. So all tabs write one journal, in one order, without a lock: a
//! tab that comes second is told [`StoreError::Behind`], reads what came before, does its
//! step on that and tries again. An entry has an id: written twice, it counts once.

use crate::store::batch::StoreBatch;
use crate::store::error::StoreError;
use pullquote_core::model::id::Id;
use std::ops::Range;

/// The version of what is stored: its keys and its records. With every change of either
/// it rises, `upgrade` gets a function, unless the reader reads both, and `tests/fixtures`
/// a fixture that is never edited. (Not with a kind of record beside the others, or a
/// field, that an older app may pass over and leave as it is.) Version 3 has the states in another form than version 2,
/// and reads both.
pub const VERSION: u32 = 3;

/// An ordered map of records that lasts, and a smaller one that is written at once.
#[expect(async_fn_in_trait, reason = "there is one thread")]
pub trait Records {
    /// The keys of a range, in order.
    async fn keys(&self, range: Range<String>) -> Result<Vec<String>, StoreError>;
    /// One record.
    async fn get(&self, key: &str) -> Result<Option<String>, StoreError>;
    /// The records of a range, by key.
    async fn all(&self, range: Range<String>) -> Result<Vec<(String, String)>, StoreError>;
    /// Checks and writes all of it or nothing; `Ok` once it will outlast a kill.
    async fn write(&self, parts: Vec<StoreBatch>) -> Result<(), StoreError>;
    /// Holds an entry that is not written yet, before the next line of the program runs.
    fn hold(&self, key: &str, record: &str);
    /// Lets it go.
    fn release(&self, key: &str);
    /// Everything that is held of an article.
    fn held(&self, article: Id) -> Vec<(String, String)>;
}
