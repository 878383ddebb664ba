//! The records of one article become a history again.

use crate::messages::errors;
use crate::store::batch::{StoreBatch, Write};
use crate::store::error::StoreError;
use crate::store::key;
use crate::store::records::Records;
use pullquote_core::edit::history::History;
use pullquote_core::edit::journal_entry::{JournalEntry, JournalHead};
use pullquote_core::edit::rebase::rebase;
use pullquote_core::model::article::Article;
use pullquote_core::model::id::Id;
use pullquote_formats::records::envelope::label_of;
use pullquote_formats::records::journal_entry::read_entry;
use pullquote_formats::records::snapshot::read_snapshot;
use std::future::poll_fn;
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;

/// What the storage says of an article that it does not have.
pub const NOT_KEPT: &str = "it is not kept in this browser.";

/// An article that came out of the storage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadedArticle {
    /// As it was last.
    pub history: History,
    /// Entries that were made and never written, oldest first.
    pub tail: Vec<Rc<JournalEntry>>,
    /// The number of the entry that the state has which was read.
    pub folded: u64,
    /// How many entries were replayed: how much there is to fold.
    pub replayed: u64,
    /// Records that could not be read, each with its key.
    pub damaged: Vec<(String, String)>,
    /// What that costs, in words; empty where it costs nothing.
    pub lost: Vec<String>,
}

/// What the journal has gained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalTail {
    /// The entries, by number; up to the first that cannot be read.
    pub entries: Vec<Rc<JournalEntry>>,
    /// Whether the article is still kept.
    pub exists: bool,
}

/// An article as it was last: its newest state that can be read, and every entry after
/// that.
///
/// An entry that is missing or damaged is left out, and so is of the later ones what
/// does not fit without it; the rest of them is done. A damaged newest state costs
/// nothing, for the one before it and the entries since are kept.
///
/// Errors: it is not kept; no state of it can be read; the storage does not answer.
pub async fn open(records: &impl Records, id: Id) -> Result<Box<LoadedArticle>, String> {
    let refused = |refusal: StoreError| errors::of_refusal(&refusal);
    let states = records.keys(key::of_prefix(&key::states(id))).await;
    let states = states.map_err(refused)?;
    let mut damaged = Vec::new();
    let mut reason = None;
    for name in states.iter().rev() {
        let number = key::number_of(name).unwrap_or_default();
        // The last entry in the state too: it says where undo goes on.
        let steps = records.all(key::steps_between(id, number.max(1), u64::MAX));
        let (record, steps) = both(records.get(name), steps).await;
        let record = record.map_err(refused)?.unwrap_or_default();
        match read_snapshot(&record) {
            Ok((document, number, latest)) => {
                let history = History::new(Rc::new(document), number, latest);
                let steps = steps.map_err(refused)?;
                return Ok(replayed(records, id, history, steps, damaged).await);
            }
            Err(error) => {
                reason = Some(error.to_string());
                damaged.push((name.clone(), record));
            }
        }
    }
    Err(match reason {
        Some(reason) => format!("its record is damaged: {reason}."),
        None => NOT_KEPT.to_owned(),
    })
}

async fn replayed(
    records: &impl Records,
    id: Id,
    mut history: History,
    steps: Vec<(String, String)>,
    mut damaged: Vec<(String, String)>,
) -> Box<LoadedArticle> {
    let folded = history.number();
    let article = history.document().article().clone();
    let mut lost = Vec::new();
    let mut gone = Vec::new();
    let mut is_whole = true;
    for (name, record) in steps {
        let number = key::number_of(&name).unwrap_or_default();
        let entry = match read_entry(&record, &article) {
            Ok(entry) if entry.number == number => Rc::new(entry),
            _ if number <= folded => continue,
            _ => {
                lost.push(format!("step {number} is damaged"));
                damaged.push((name, record));
                is_whole = false;
                continue;
            }
        };
        if number <= folded {
            history = history.with_older(&[entry]);
            continue;
        }
        match history.follow(&entry) {
            Ok(after) => history = after,
            Err(_) => {
                if number > history.number() + 1 && is_whole {
                    lost.push(format!("step {} is missing", history.number() + 1));
                }
                is_whole = false;
                let left = rebase(&entry, history.document(), &mut gone);
                let done = left.step.apply(history.document());
                if left.lost > 0 {
                    lost.push(format!("step {number} could be done only in part"));
                }
                let document = done.map_or(history.document().clone(), |(after, _)| after);
                history = History::new(document, number, Some(entry.link()));
            }
        }
    }
    let highest = damaged.iter().filter_map(|(name, _)| key::number_of(name));
    let highest = highest.max().unwrap_or(0);
    if highest > history.number() {
        history = History::new(history.document().clone(), highest, None);
    }
    let tail = tail(records, id, &history).await;
    let replayed = history.number() - folded;
    Box::new(LoadedArticle {
        history,
        tail,
        folded,
        replayed,
        damaged,
        lost,
    })
}

/// What two futures come to, which are both under way at once.
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

/// What is held and not written. What is written is let go.
async fn tail(records: &impl Records, id: Id, history: &History) -> Vec<Rc<JournalEntry>> {
    let article = history.document().article();
    let is_known = |entry: Id| history.entries().iter().any(|it| it.id == entry);
    let mut tail: Vec<Rc<JournalEntry>> = Vec::new();
    for (key, record) in records.held(id) {
        let mut is_written = label_of(&record)
            .parse()
            .is_ok_and(|link: JournalHead| is_known(link.id));
        let entry = read_entry(&record, article).ok().map(Rc::new);
        if let Some(entry) = entry.as_ref().filter(|it| it.number <= history.number()) {
            // It may be in the state that was read: its place in the journal says so.
            let own = records
                .get(&key::step(id, entry.number))
                .await
                .ok()
                .flatten();
            is_written |= own.is_some_and(|own| label_of(&own) == label_of(&record));
        }
        match entry.filter(|_| !is_written) {
            Some(entry) => {
                let order = |it: &Rc<JournalEntry>| (it.number, it.id);
                let place = tail.partition_point(|other| order(other) < order(&entry));
                tail.insert(place, entry);
            }
            None => records.release(&key),
        }
    }
    tail
}

/// What the journal of an article has after the entry `number`.
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
    let states = key::of_prefix(&key::states(article.id));
    let exists = !entries.is_empty() || !records.keys(states).await?.is_empty();
    Ok(JournalTail { entries, exists })
}

/// Up to `count` entries that the journal has before the entry `number`, without a gap.
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

/// How many entries of one article are kept. The oldest go first.
pub const KEPT_ENTRIES: usize = 10_000;

/// Drops the oldest entries over [`KEPT_ENTRIES`], but none after the state `floor`.
pub async fn prune(records: &impl Records, id: Id, floor: u64) -> Result<(), StoreError> {
    let steps = records.keys(key::of_prefix(&key::steps(id))).await?;
    let Some(over) = steps.len().checked_sub(KEPT_ENTRIES).filter(|it| *it > 0) else {
        return Ok(());
    };
    let first = key::number_of(&steps[over]).unwrap_or_default();
    let dropped = key::steps_between(id, 0, first.min(floor + 1));
    let writes = vec![Write::Drop(dropped)];
    let checks = Vec::new();
    records.write(vec![StoreBatch { checks, writes }]).await
}

/// How many entries the journal of an article has, and how many bytes they take (in
/// UTF-8).
pub async fn measure(records: &impl Records, id: Id) -> Result<(usize, u64), StoreError> {
    let steps = records.all(key::of_prefix(&key::steps(id))).await?;
    let bytes = steps.iter().map(|(_, record)| record.len());
    Ok((steps.len(), bytes.sum::<usize>() as u64))
}
