//! A storage in memory that fails on command.

use futures_util::FutureExt as _;
use pullquote_app::store::batch::{Check, StoreBatch, Write};
use pullquote_app::store::error::StoreError;
use pullquote_app::store::records::Records;
use pullquote_core::model::id::Id;
use pullquote_formats::records::envelope::label_of;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::ops::Range;

/// What lasts, and what goes wrong.
#[derive(Default)]
pub(crate) struct Memory {
    pub(crate) map: RefCell<BTreeMap<String, String>>,
    pub(crate) tail: RefCell<BTreeMap<String, String>>,
    /// There is no room: what only drops records passes.
    pub(crate) full: Cell<bool>,
    /// The storage does not answer.
    pub(crate) away: Cell<bool>,
    /// How many batches were written.
    pub(crate) batches: Cell<usize>,
}

/// What a storage in memory gives at once.
pub(crate) fn now<T>(future: impl Future<Output = T>) -> T {
    future.now_or_never().expect("memory never waits")
}

impl Memory {
    fn answers(&self) -> Result<(), StoreError> {
        let away = StoreError::Failed("the storage is away.".to_owned());
        (!self.away.get()).then_some(()).ok_or(away)
    }

    /// The keys that begin so.
    pub(crate) fn keys_of(&self, prefix: &str) -> Vec<String> {
        let map = self.map.borrow();
        let keys = map.keys().filter(|key| key.starts_with(prefix));
        keys.cloned().collect()
    }

    /// Changes a record by hand.
    pub(crate) fn garble(&self, key: &str, change: impl FnOnce(&mut String)) {
        change(
            self.map
                .borrow_mut()
                .get_mut(key)
                .expect("the record is there"),
        );
    }
}

/// Whether a check passes; `false`: its part was written before.
fn passes(map: &BTreeMap<String, String>, check: &Check) -> Result<bool, StoreError> {
    let is_empty = |range: &Range<String>| map.range(range.clone()).next().is_none();
    let label = |key: &String| map.get(key).map(|record| label_of(record).to_owned());
    let (holds, refusal) = match check {
        Check::Nothing(range, refusal) => (is_empty(range), refusal),
        Check::Something(range, refusal) => (!is_empty(range), refusal),
        Check::Free(key, own, _) if label(key).as_ref() == Some(own) => return Ok(false),
        Check::Free(key, _, refusal) => (label(key).is_none(), refusal),
        Check::Is(key, own, refusal) => (label(key).as_ref() == Some(own), refusal),
    };
    holds.then_some(true).ok_or_else(|| refusal.clone())
}

impl Records for Memory {
    async fn keys(&self, range: Range<String>) -> Result<Vec<String>, StoreError> {
        self.answers()?;
        let map = self.map.borrow();
        Ok(map.range(range).map(|(key, _)| key.clone()).collect())
    }

    async fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.answers()?;
        Ok(self.map.borrow().get(key).cloned())
    }

    async fn all(&self, range: Range<String>) -> Result<Vec<(String, String)>, StoreError> {
        self.answers()?;
        let map = self.map.borrow();
        let records = map.range(range);
        Ok(records
            .map(|(key, record)| (key.clone(), record.clone()))
            .collect())
    }

    async fn write(&self, parts: Vec<StoreBatch>) -> Result<(), StoreError> {
        self.answers()?;
        let mut map = self.map.borrow().clone();
        let mut puts = false;
        for part in &parts {
            let mut is_new = true;
            for check in &part.checks {
                is_new &= passes(&map, check)?;
            }
            for write in part.writes.iter().filter(|_| is_new) {
                match write {
                    Write::Put(key, record) => {
                        puts = true;
                        map.insert(key.clone(), record.clone());
                    }
                    Write::Drop(range) => map.retain(|key, _| !range.contains(key)),
                }
            }
        }
        if self.full.get() && puts {
            return Err(StoreError::Full);
        }
        *self.map.borrow_mut() = map;
        self.batches.set(self.batches.get() + 1);
        Ok(())
    }

    fn hold(&self, key: &str, record: &str) {
        self.tail
            .borrow_mut()
            .insert(key.to_owned(), record.to_owned());
    }

    fn release(&self, key: &str) {
        self.tail.borrow_mut().remove(key);
    }

    fn held(&self, article: Id) -> Vec<(String, String)> {
        let prefix = format!("{article}.");
        let tail = self.tail.borrow();
        let held = tail.iter().filter(|(key, _)| key.starts_with(&prefix));
        held.map(|(key, record)| (key.clone(), record.clone()))
            .collect()
    }
}
