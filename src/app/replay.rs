//! What the storage holds of one article becomes a document again.

use pullquote_core::formats::{read_entry, read_snapshot};
use pullquote_core::model::Document;
use pullquote_core::order;
use std::rc::Rc;

/// What the storage says of an article that it does not have.
pub const NOT_KEPT: &str = "it is not kept in this browser.";

/// What the storage holds of one article, as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Number of the last entry that is in the snapshot.
    pub folded: u64,
    /// The document as it was then, as a file.
    pub snapshot: String,
    /// Entries of the journal after that, each with its number.
    pub journal: Vec<(u64, String)>,
    /// Entries that the journal had not confirmed when the browser closed.
    pub tail: Vec<(u64, String)>,
}

/// A document that came out of the storage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// As it was last.
    pub document: Rc<Document>,
    /// The highest number that an entry of it has, replayed or not: the next is one
    /// more.
    pub entries: u64,
    /// How many entries were replayed: how much there is to fold.
    pub replayed: u64,
    /// Why later entries could not be replayed, if so. What came before is here.
    pub broken: Option<String>,
}

/// The snapshot, and every entry of the journal and then of the tail after it, in
/// order. An entry that is in both counts once. At the first that is missing,
/// damaged or does not fit, the replay stops and says so: what comes after was
/// built on it.
///
/// Errors: the snapshot itself cannot be read.
pub fn replay(record: &Record) -> Result<Kept, String> {
    let document = read_snapshot(&record.snapshot).map_err(|error| error.to_string())?;
    let mut document = Rc::new(document);
    let mut number = record.folded;
    let mut highest = number;
    let mut broken = None;
    let entries = record.journal.iter().chain(&record.tail);
    let entries = order::collect(entries, |a, b| a.0.cmp(&b.0));
    for (next, text) in entries {
        highest = highest.max(*next);
        if broken.is_some() {
            continue;
        }
        if *next <= number {
            continue;
        }
        if *next != number + 1 {
            broken = Some(format!("step {} is missing", number + 1));
            continue;
        }
        let step = read_entry(text, document.article())
            .map_err(|error| error.to_string())
            .and_then(|entry| {
                let applied = entry.transaction.apply(&document);
                applied.map_err(|error| error.to_string())
            });
        match step {
            Ok((after, _)) => document = after,
            Err(reason) => {
                broken = Some(format!("step {next}: {reason}"));
                continue;
            }
        }
        number += 1;
    }
    Ok(Kept {
        document,
        entries: highest,
        replayed: number - record.folded,
        broken,
    })
}
