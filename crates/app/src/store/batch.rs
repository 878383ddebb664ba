//! Batches: what is written together, and under which conditions.

use crate::store::change::StoreChange;
use crate::store::error::StoreError;
use crate::store::key;
use pullquote_core::model::id::Id;
use pullquote_formats::records::change_times::write_change_times;
use pullquote_formats::records::journal_entry::write_entry;
use pullquote_formats::records::library_entry::{write_library_entry, write_timestamp};
use pullquote_formats::records::snapshot::write_snapshot;
use std::ops::Range;

/// Writes that are done only if all checks hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoreBatch {
    /// The checks, in order. The error of the first that fails is the answer.
    pub checks: Vec<Check>,
    /// The writes, in order.
    pub writes: Vec<Write>,
}

/// A condition, and the error if it does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Check {
    /// There is no record in this range.
    Nothing(Range<String>, StoreError),
    /// There is a record in this range.
    Something(Range<String>, StoreError),
    /// There is no record under this key. If there is one with this label, the batch was written
    /// before: its writes are skipped.
    Free(String, String, StoreError),
    /// The record under this key has this label.
    Is(String, String, StoreError),
}

/// One write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Write {
    /// Puts a record under a key, and replaces the one that is there.
    Put(String, String),
    /// Drops all records of a range.
    Drop(Range<String>),
}

/// The batch that saves a change.
#[must_use]
pub fn parts_of(change: &StoreChange) -> StoreBatch {
    let mut part = StoreBatch::default();
    match change {
        StoreChange::Add {
            document,
            library_entry: line,
        } => {
            let id = document.article().id;
            let states = key::with_prefix(&key::states(id));
            part.checks
                .push(Check::Nothing(states, StoreError::AlreadyExists(id)));
            let record = write_snapshot(document, 0, None);
            part.put(key::state(id, 0), record);
            part.put(key::library_entry(id), write_library_entry(line));
        }
        StoreChange::Append {
            article,
            entry,
            library_entry: line,
        } => {
            let id = article.id;
            let label = entry.head().to_string();
            let own = key::step(id, entry.number);
            let free = Check::Free(own.clone(), label, StoreError::Conflict(id));
            part.checks.push(free);
            part.checks.push(match entry.after {
                Some(after) => {
                    let before = key::step(id, entry.number - 1);
                    Check::Is(before, after.to_string(), StoreError::Conflict(id))
                }
                None => exists(id),
            });
            part.put(own, write_entry(entry, article));
            if let Some(line) = line {
                part.put(key::library_entry(id), write_library_entry(line));
            }
        }
        StoreChange::Compact(fold) => {
            let id = fold.document.article().id;
            let before = match fold.latest {
                Some(latest) => {
                    let last = key::step(id, fold.number);
                    Check::Is(last, latest.to_string(), StoreError::Conflict(id))
                }
                None => exists(id),
            };
            part.checks.push(before);
            for (name, record) in &fold.damaged {
                part.put(key::aside(id, name), record.clone());
                part.drop_one(name);
            }
            let older = key::state(id, 0)..key::state(id, fold.before);
            part.writes.push(Write::Drop(older));
            let record = write_snapshot(&fold.document, fold.number, fold.latest);
            part.put(key::state(id, fold.number), record);
        }
        StoreChange::PutEntry(line) => {
            part.checks.push(exists(line.id));
            part.put(key::library_entry(line.id), write_library_entry(line));
        }
        StoreChange::SetDeleted {
            article: id,
            at: when,
        } => {
            let own = key::deleted(*id);
            match when {
                Some(when) => {
                    part.checks.push(exists(*id));
                    part.put(own, write_timestamp(*when));
                }
                None => part.drop_one(&own),
            }
        }
        StoreChange::SetCopied {
            article: id,
            at: when,
        } => {
            part.checks.push(exists(*id));
            part.put(key::copied(*id), write_timestamp(*when));
        }
        StoreChange::SetChangeTimes {
            article: id,
            times: traces,
        } => {
            part.checks.push(exists(*id));
            part.put(key::change_times(*id), write_change_times(traces));
        }
        StoreChange::SetAside {
            article: id,
            key: name,
            record,
        } => {
            part.put(key::aside(*id, name), record.clone());
        }
        StoreChange::DiscardSetAside(id) => {
            let asides = key::with_prefix(&key::asides(*id));
            part.writes.push(Write::Drop(asides));
        }
        StoreChange::Purge(id) => {
            let (line, copied) = (key::library_entry(*id), key::copied(*id));
            for one in [line, copied, key::deleted(*id), key::change_times(*id)] {
                part.drop_one(&one);
            }
            for prefix in [key::states(*id), key::steps(*id), key::asides(*id)] {
                part.writes.push(Write::Drop(key::with_prefix(&prefix)));
            }
        }
    }
    part
}

fn exists(id: Id) -> Check {
    Check::Something(key::with_prefix(&key::states(id)), StoreError::Deleted(id))
}

impl StoreBatch {
    fn put(&mut self, key: String, record: String) {
        self.writes.push(Write::Put(key, record));
    }

    fn drop_one(&mut self, key: &str) {
        let own = key.to_owned()..format!("{key}\u{0}");
        self.writes.push(Write::Drop(own));
    }
}
