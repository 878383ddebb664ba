//! Reads an article and its journal from the records of the storage.

use crate::store::batch::{StoreBatch, Write};
use crate::store::error::StoreError;
use crate::store::key;
use crate::store::records::Records;
use pullquote_core::edit::history::History;
use pullquote_core::edit::journal_entry::{JournalEntry, JournalHead};
use pullquote_core::edit::rebase::rebase;
use pullquote_core::model::article::Article;
use pullquote_core::model::id::Id;
use pullquote_formats::error::ReadError;
use pullquote_formats::records::envelope::label_of;
use pullquote_formats::records::journal_entry::read_entry;
use pullquote_formats::records::snapshot::read_snapshot;
use std::future::poll_fn;
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;
use thiserror::Error;

/// Why an article cannot be read from the storage.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum OpenError {
    /// The storage does not have the article.
    #[error("the article is not stored")]
    NotStored,
    /// No state of the article can be read; this is why the oldest cannot.
    #[error("no state of the article can be read: {0}")]
    Damaged(ReadError),
    /// The storage does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Something of an article that is lost, because records of it are damaged or missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// The entry with this number is damaged.
    StepDamaged(u64),
    /// The entry with this number is missing.
    StepMissing(u64),
    /// The entry with this number was repeated only in part, because earlier ones are lost.
    StepIncomplete(u64),
}

/// An article that was read from the storage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadedArticle {
    /// The article in its latest state, with its journal.
    pub history: History,
    /// Entries that were made and never written to the journal, oldest first.
    pub tail: Vec<Rc<JournalEntry>>,
    /// The number of the last entry in the stored state.
    pub state_number: u64,
    /// The number of entries that were replayed on that state.
    pub replayed: u64,
    /// Records that could not be read, each with its key.
    pub damaged: Vec<(String, String)>,
    /// What is lost by that; empty if nothing is.
    pub lost: Vec<Loss>,
}

/// New entries of a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalTail {
    /// The entries, by number; up to the first that cannot be read.
    pub entries: Vec<Rc<JournalEntry>>,
    /// Whether the storage still has the article.
    pub exists: bool,
}

/// Reads an article: its newest state that can be read, and every entry after that.
///
/// Missing and damaged entries are left out, and later entries are applied as far as they fit
/// without them. Nothing is lost if only the newest state is damaged, because the state before it
/// and the entries since are stored too.
///
/// Errors: the article is not stored; no state of it can be read; the storage does not answer.
pub async fn open(records: &impl Records, id: Id) -> Result<Box<LoadedArticle>, OpenError> {
    let states = records.keys(key::with_prefix(&key::states(id))).await?;
    let mut damaged = Vec::new();
    let mut failure = OpenError::NotStored;
    for name in states.iter().rev() {
        let number = key::number_of(name).unwrap_or_default();
        // The last entry in the state too: it says where undo goes on.
        let steps = records.all(key::steps_between(id, number.max(1), u64::MAX));
        let (record, steps) = both(records.get(name), steps).await;
        let record = record?.unwrap_or_default();
        match read_snapshot(&record) {
            Ok((document, number, latest)) => {
                let history = History::new(Rc::new(document), number, latest);
                return Ok(replayed(records, id, history, steps?, damaged).await);
            }
            Err(error) => {
                failure = OpenError::Damaged(error);
                damaged.push((name.clone(), record));
            }
        }
    }
    Err(failure)
}

async fn replayed(
    records: &impl Records,
    id: Id,
    mut history: History,
    steps: Vec<(String, String)>,
    mut damaged: Vec<(String, String)>,
) -> Box<LoadedArticle> {
    let state_number = history.number();
    let article = history.document().article().clone();
    let mut lost = Vec::new();
    let mut gone = Vec::new();
    let mut is_whole = true;
    for (name, record) in steps {
        let number = key::number_of(&name).unwrap_or_default();
        let entry = match read_entry(&record, &article) {
            Ok(entry) if entry.number == number => Rc::new(entry),
            _ if number <= state_number => continue,
            _ => {
                lost.push(Loss::StepDamaged(number));
                damaged.push((name, record));
                is_whole = false;
                continue;
            }
        };
        if number <= state_number {
            history = history.with_older(&[entry]);
            continue;
        }
        match history.follow(&entry) {
            Ok(after) => history = after,
            Err(_) => {
                if number > history.number() + 1 && is_whole {
                    lost.push(Loss::StepMissing(history.number() + 1));
                }
                is_whole = false;
                let left = rebase(&entry, history.document(), &mut gone);
                let done = left.step.apply(history.document());
                if left.lost > 0 {
                    lost.push(Loss::StepIncomplete(number));
                }
                let document = done.map_or(history.document().clone(), |(after, _)| after);
                history = History::new(document, number, Some(entry.head()));
            }
        }
    }
    let highest = damaged.iter().filter_map(|(name, _)| key::number_of(name));
    let highest = highest.max().unwrap_or(0);
    if highest > history.number() {
        history = History::new(history.document().clone(), highest, None);
    }
    let tail = tail(records, id, &history).await;
    let replayed = history.number() - state_number;
    Box::new(LoadedArticle {
        history,
        tail,
        state_number,
        replayed,
        damaged,
        lost,
    })
}

/// Waits for two futures that run at the same time.
async fn both<A, B>(a: impl Future<Output = A>, b: impl Future<Output = B>) -> (A, B) {
    let (mut a, mut b) = (pin!(a), pin!(b));
    let (mut of_a, mut of_b) = (None, None);
    poll_fn(move |context| {
        if of_a.is_none()
            && let Poll::Ready(value) = a.as_mut().poll(context)
        {
            of_a = Some(value);
        }
        if of_b.is_none()
            && let Poll::Ready(value) = b.as_mut().poll(context)
        {
            of_b = Some(value);
        }
        match (of_a.take(), of_b.take()) {
            (Some(a), Some(b)) => Poll::Ready((a, b)),
            (a, b) => {
                (of_a, of_b) = (a, b);
                Poll::Pending
            }
        }
    })
    .await
}

/// The entries of the pending log that are not in the journal. Entries that are in it are
/// removed from the log.
async fn tail(records: &impl Records, id: Id, history: &History) -> Vec<Rc<JournalEntry>> {
    let article = history.document().article();
    let is_known = |id: Id| history.entries().iter().any(|entry| entry.id == id);
    let mut tail: Vec<Rc<JournalEntry>> = Vec::new();
    for (key, record) in records.held(id) {
        let mut is_written = label_of(&record)
            .parse()
            .is_ok_and(|link: JournalHead| is_known(link.id));
        let entry = read_entry(&record, article).ok().map(Rc::new);
        if let Some(entry) = entry
            .as_ref()
            .filter(|entry| entry.number <= history.number())
        {
            // The state that was read may contain it: then the journal has it under its number.
            let own = records
                .get(&key::step(id, entry.number))
                .await
                .ok()
                .flatten();
            is_written |= own.is_some_and(|own| label_of(&own) == label_of(&record));
        }
        match entry.filter(|_| !is_written) {
            Some(entry) => {
                let order = |entry: &JournalEntry| (entry.number, entry.id);
                let index = tail.partition_point(|other| order(other) < order(&entry));
                tail.insert(index, entry);
            }
            None => records.release(&key),
        }
    }
    tail
}

/// The entries of a journal after the entry `number`.
pub async fn later(
    records: &impl Records,
    article: &Article,
    number: u64,
) -> Result<JournalTail, StoreError> {
    let range = key::steps_between(article.id, number + 1, u64::MAX);
    let steps = records.all(range).await?;
    let mut entries = Vec::new();
    for (_, record) in steps {
        match read_entry(&record, article) {
            Ok(entry) => entries.push(Rc::new(entry)),
            Err(_) => break,
        }
    }
    let states = key::with_prefix(&key::states(article.id));
    let exists = !entries.is_empty() || !records.keys(states).await?.is_empty();
    Ok(JournalTail { entries, exists })
}

/// Up to `count` entries of a journal before the entry `number`, without a gap, oldest first.
pub async fn older(
    records: &impl Records,
    article: &Article,
    number: u64,
    count: u64,
) -> Result<Vec<Rc<JournalEntry>>, StoreError> {
    let first = number.saturating_sub(count).max(1);
    let steps = records
        .all(key::steps_between(article.id, first, number))
        .await?;
    let mut entries: Vec<Rc<JournalEntry>> = Vec::new();
    for (_, record) in steps.iter().rev() {
        match read_entry(record, article) {
            Ok(entry) if entry.number + 1 + entries.len() as u64 == number => {
                entries.push(Rc::new(entry));
            }
            _ => break,
        }
    }
    entries.reverse();
    Ok(entries)
}

/// The largest number of journal entries per article. The oldest are dropped first.
pub const KEPT_ENTRIES: usize = 10_000;

/// Drops the oldest entries if there are more than [`KEPT_ENTRIES`], but none after the entry
/// `floor`.
pub async fn prune(records: &impl Records, id: Id, floor: u64) -> Result<(), StoreError> {
    let steps = records.keys(key::with_prefix(&key::steps(id))).await?;
    let Some(over) = steps
        .len()
        .checked_sub(KEPT_ENTRIES)
        .filter(|over| *over > 0)
    else {
        return Ok(());
    };
    let first = key::number_of(&steps[over]).unwrap_or_default();
    let dropped = key::steps_between(id, 0, first.min(floor + 1));
    let writes = vec![Write::Drop(dropped)];
    let checks = Vec::new();
    records.write(vec![StoreBatch { checks, writes }]).await
}

/// The size of a journal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JournalSize {
    /// The number of its entries.
    pub entries: usize,
    /// The bytes of its entries in UTF-8.
    pub bytes: u64,
}

/// The size of the journal of an article.
pub async fn measure(records: &impl Records, id: Id) -> Result<JournalSize, StoreError> {
    let steps = records.all(key::with_prefix(&key::steps(id))).await?;
    let bytes = steps.iter().map(|(_, record)| record.len() as u64);
    Ok(JournalSize {
        entries: steps.len(),
        bytes: bytes.sum(),
    })
}
