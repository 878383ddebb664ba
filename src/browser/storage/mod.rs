//! What is kept, and where.
//!
//! | where | what | when |
//! |---|---|---|
//! | IndexedDB `shelf` | one line an article | with every change of the article |
//! | IndexedDB `snapshots` | the article with its marks as of one entry | when it is added; when its journal is folded |
//! | IndexedDB `journal` | one entry a step | with every step, `durability: "strict"` |
//! | IndexedDB `journal`, key `….aside` | entries that could not be replayed, as they are | when the article is opened |
//! | `localStorage` | the entries that IndexedDB has not confirmed | at once; taken away on confirmation |
//! | `localStorage` | the place in each article | after scrolling |
//!
//! Why (measured on 2026-11-24 in Chromium 156, Firefox 153 and WebKitGTK 2.50,
//! killing the whole browser): a value set in `localStorage` was lost when the
//! browser was killed within 5 s (Chromium: up to a minute), while a completed
//! IndexedDB transaction was lost in no trial in any of the three. But
//! `localStorage` is written before the next line of the program runs, and
//! survives the death of a tab, where an IndexedDB write under way may not. So a
//! step is *saved* when its transaction is complete, and not before; until then
//! the tail has it.
//!
//! The cost of a step depends on the step: one entry and one line.

mod database;
mod tail;

use crate::app::{Change, Kept, NOT_KEPT, Record, replay};
use database::{Database, Write};
use pullquote_core::formats::{read_holding, write_document, write_entry, write_holding};
use pullquote_core::model::{Holding, Id};
use std::rc::Rc;

/// The lines of the library that can be read, and how many cannot.
pub async fn read_shelf() -> Result<(Vec<Holding>, usize), String> {
    let records = Database::open().await?.all("shelf").await?;
    let total = records.len();
    let holdings: Vec<Holding> = records
        .iter()
        .filter_map(|record| read_holding(record).ok())
        .collect();
    let damaged = total - holdings.len();
    Ok((holdings, damaged))
}

/// One article as it was last. Entries that only the tail has are put into the
/// journal first.
pub async fn read_document(id: Id) -> Result<Box<Kept>, String> {
    let database = Database::open().await?;
    let key = id.to_string();
    let snapshot = database.one("snapshots", &key).await?.ok_or(NOT_KEPT)?;
    let damaged = |reason: &str| format!("its record is damaged: {reason}.");
    let (number, snapshot) = snapshot.split_once('\n').unwrap_or_default();
    let folded: u64 = number.parse().map_err(|_| damaged("it has no number"))?;
    let journal: Vec<(u64, String)> = database.numbered("journal", &key).await?;
    let tail = tail::of(&key);
    let is_kept = |number: u64| number <= folded || journal.iter().any(|(it, _)| *it == number);
    let missed: Vec<Write> = tail
        .iter()
        .filter(|(number, _)| !is_kept(*number))
        .map(|(number, entry)| Write::add_numbered("journal", &key, *number, entry.clone()))
        .collect();
    // Where there is no room for them they stay in the tail; the article opens.
    let are_kept = missed.is_empty() || database.write(missed).await.is_ok();
    for (number, _) in tail
        .iter()
        .filter(|(number, _)| are_kept || is_kept(*number))
    {
        tail::confirm(&key, *number);
    }
    let record = Record {
        folded,
        snapshot: snapshot.to_owned(),
        journal,
        tail,
    };
    let kept = replay(&record).map_err(|reason| damaged(&reason))?;
    if kept.broken.is_some() {
        set_aside(&database, &key, &record, folded + kept.replayed).await?;
    }
    Ok(Box::new(kept))
}

/// Copies the entries after `last`, which could not be replayed, to where no fold
/// comes: the app goes on without them, and nothing is thrown away.
async fn set_aside(
    database: &Database,
    key: &str,
    record: &Record,
    last: u64,
) -> Result<(), String> {
    let entries = record.journal.iter().chain(&record.tail);
    let aside = entries.filter(|(number, _)| *number > last);
    let writes = aside.map(|(number, entry)| {
        Write::put_numbered("journal", &aside_of(key), *number, entry.clone())
    });
    database.write(writes.collect()).await
}

fn aside_of(key: &str) -> String {
    format!("{key}.aside")
}

/// Keeps these changes, all or none. `Ok` means that the storage has confirmed.
///
/// The tail is written before this function first waits.
pub async fn keep(changes: Vec<Rc<Change>>) -> Result<(), String> {
    let mut writes = Vec::new();
    let mut tails = Vec::new();
    for change in &changes {
        writes_of(change, &mut writes, &mut tails);
    }
    for (key, number, entry) in &tails {
        tail::put(key, *number, entry);
    }
    Database::open().await?.write(writes).await?;
    for (key, number, _) in &tails {
        tail::confirm(key, *number);
    }
    for change in &changes {
        if let Change::Purge(id) = &**change {
            tail::forget(&id.to_string());
        }
    }
    Ok(())
}

fn writes_of(change: &Change, writes: &mut Vec<Write>, tails: &mut Vec<(String, u64, String)>) {
    match change {
        Change::Add(document) => {
            let key = document.article().id.to_string();
            let record = format!("0\n{}", write_document(document));
            writes.push(Write::add("snapshots", &key, record));
        }
        Change::Append(article, entry) => {
            let key = article.id.to_string();
            let record = write_entry(entry, article);
            tails.push((key.clone(), entry.number, record.clone()));
            writes.push(Write::add_numbered("journal", &key, entry.number, record));
        }
        Change::Fold(document, number) => {
            let key = document.article().id.to_string();
            let record = format!("{number}\n{}", write_document(document));
            writes.push(Write::put("snapshots", &key, record));
            writes.push(Write::drop_numbered("journal", &key, *number));
        }
        Change::Shelve(holding) => {
            let key = holding.id.to_string();
            writes.push(Write::put("shelf", &key, write_holding(holding)));
        }
        Change::Purge(id) => {
            let key = id.to_string();
            writes.push(Write::drop("shelf", &key));
            writes.push(Write::drop("snapshots", &key));
            writes.push(Write::drop_numbered("journal", &key, u64::MAX));
            writes.push(Write::drop_numbered("journal", &aside_of(&key), u64::MAX));
        }
    }
}
