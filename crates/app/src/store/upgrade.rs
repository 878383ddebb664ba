//! Upgrades stored data of earlier versions: a function from each version to the next.

use crate::store::key;
use pullquote_core::edit::history::History;
use pullquote_core::edit::journal_entry::{EntryKind, EntryStamp, JournalEntry};
use pullquote_core::edit::rebase::rebase;
use pullquote_core::edit::transaction::Transaction;
use pullquote_core::model::id::Id;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_formats::document_file::read_own_document;
use pullquote_formats::records::journal_entry::{read_entry_1, write_entry};
use pullquote_formats::records::library_entry::{
    read_library_entry_1, write_library_entry, write_timestamp,
};
use pullquote_formats::records::snapshot::write_snapshot;

use std::rc::Rc;

/// The data that version 1 stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Version1 {
    /// The library entries: article, record.
    pub shelf: Vec<(String, String)>,
    /// The snapshots: article; and the number of the last entry in it, a line end, the document.
    pub snapshots: Vec<(String, String)>,
    /// The journal entries: article, number, record; including those that only `localStorage` had.
    /// Entries that could not be replayed have the name of the article with `.aside`.
    pub journal: Vec<(String, u64, String)>,
}

/// The records of version 3 with all data of version 1. Records that cannot be read are set aside
/// unchanged.
#[must_use]
pub fn upgraded(old: &Version1) -> Vec<(String, String)> {
    let mut records = Vec::new();
    for (name, record) in &old.shelf {
        let Some(id) = name.parse().ok() else {
            continue;
        };
        match read_library_entry_1(record) {
            Ok(line) => {
                records.push((key::library_entry(id), write_library_entry(&line)));
                let copied = line.copied.map(|at| (key::copied(id), write_timestamp(at)));
                let deleted = line
                    .deleted
                    .map(|at| (key::deleted(id), write_timestamp(at)));
                records.extend(copied.into_iter().chain(deleted));
            }
            Err(_) => records.push((key::aside(id, "line"), record.clone())),
        }
    }
    for (name, snapshot) in &old.snapshots {
        if let Ok(id) = name.parse() {
            article(id, snapshot, old, &mut records);
        }
    }
    for (name, number, record) in &old.journal {
        let article = name
            .strip_suffix(".aside")
            .and_then(|name| name.parse().ok());
        if let Some(id) = article {
            let name = format!("step-{number}-of-version-1");
            records.push((key::aside(id, &name), record.clone()));
        }
    }
    records
}

fn article(id: Id, snapshot: &str, old: &Version1, records: &mut Vec<(String, String)>) {
    let name = id.to_string();
    let mut entries: Vec<&(String, u64, String)> = Vec::new();
    for entry in old.journal.iter().filter(|(article, ..)| *article == name) {
        let place = entries.partition_point(|other| other.1 < entry.1);
        if entries.get(place).is_none_or(|other| other.1 != entry.1) {
            entries.insert(place, entry);
        }
    }
    let (folded, text) = snapshot.split_once('\n').unwrap_or_default();
    let read = folded.parse::<u64>().ok().zip(read_own_document(text).ok());
    let Some((folded, document)) = read else {
        records.push((key::aside(id, "state-of-version-1"), snapshot.to_owned()));
        // The article is listed as one that cannot be read.
        records.push((key::state(id, 0), snapshot.to_owned()));
        for (_, number, record) in entries {
            let name = format!("step-{number}-of-version-1");
            records.push((key::aside(id, &name), record.clone()));
        }
        return;
    };
    records.push((
        key::state(id, folded),
        write_snapshot(&document, folded, None),
    ));
    let mut history = History::new(Rc::new(document), folded, None);
    let mut gone = Vec::new();
    for (_, number, record) in entries.iter().filter(|(_, number, _)| *number > folded) {
        let article = history.document().article().clone();
        let next = read_entry_1(record, &article)
            .ok()
            .and_then(|(_, at, step)| {
                let entry = bare(id, *number, at, step);
                let step = rebase(&entry, history.document(), &mut gone).step;
                let seal = EntryStamp { id: entry.id, at };
                history.step(&step, seal).ok()
            });
        match next {
            Some((after, entry)) => {
                let own = key::step(id, entry.number);
                records.push((own, write_entry(&entry, &article)));
                history = after.settled();
            }
            None => {
                let name = format!("step-{number}-of-version-1");
                records.push((key::aside(id, &name), record.clone()));
            }
        }
    }
}

/// A journal entry from a step of version 1, without its inverse. Its id depends only on the article
/// and the number, so that two tabs that upgrade make the same entry.
fn bare(article: Id, number: u64, at: Timestamp, step: Transaction) -> JournalEntry {
    let mut random = [0; 10];
    let digits: Vec<u8> = article.to_string().bytes().rev().take(6).collect();
    random[..digits.len()].copy_from_slice(&digits);
    random[6..].copy_from_slice(&(number as u32).to_be_bytes());
    JournalEntry {
        id: Id::new(u64::try_from(at.0).unwrap_or(0), &random),
        number,
        after: None,
        at,
        by: String::new(),
        kind: EntryKind::Done,
        joins: false,
        undo: None,
        redo: None,
        back: Transaction::new(step.name.clone(), Vec::new()),
        step,
    }
}
