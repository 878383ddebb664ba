//! Performs the effects that need nothing but the records of the storage. The tests use it with
//! records in memory; the browser can use it with its database.

use crate::action::Action;
use crate::effect::Effect;
use crate::library::action::LibraryAction;
use crate::saving::action::SavingAction;
use crate::store::batch::parts_of;
use crate::store::change::StoreChange;
use crate::store::error::StoreError;
use crate::store::records::Records;
use crate::store::{article, key, library};
use pullquote_formats::records::journal_entry::write_entry;
use std::rc::Rc;

/// The largest number of older entries that are read at once.
const OLDER_ENTRIES: u64 = 40;

/// Performs an effect that reads from the storage, and returns the action with what was read.
/// Returns `None` for all other effects: nothing is done.
pub async fn read(records: &impl Records, effect: &Effect) -> Option<Action> {
    Some(match effect {
        Effect::ReadLibrary => {
            let result = library::listing(records, None).await;
            Action::Library(LibraryAction::LibraryRead(result))
        }
        Effect::ReadEntry(id) => {
            let listing = library::listing(records, Some(*id)).await;
            let result = listing.map(|listing| listing.entries.into_iter().next().map(Box::new));
            Action::Library(LibraryAction::EntryRead { id: *id, result })
        }
        Effect::ReadDocument { id, purpose } => Action::Library(LibraryAction::DocumentRead {
            id: *id,
            purpose: purpose.clone(),
            result: article::open(records, *id).await,
        }),
        Effect::ReadNewEntries {
            article,
            after: number,
        } => Action::Saving(SavingAction::JournalRead {
            id: article.id,
            result: article::later(records, article, *number).await,
        }),
        Effect::ReadOlderEntries {
            article,
            before: number,
        } => Action::Saving(SavingAction::OlderEntriesRead {
            id: article.id,
            result: article::older(records, article, *number, OLDER_ENTRIES).await,
        }),
        Effect::MeasureJournal(id) => Action::Saving(SavingAction::JournalMeasured {
            id: *id,
            size: article::measure(records, *id).await,
        }),
        _ => return None,
    })
}

/// Performs an effect on the pending log, at once. Returns whether it was one.
pub fn log(records: &impl Records, effect: &Effect) -> bool {
    match effect {
        Effect::LogPending { article, entry } => {
            let key = key::pending_key(article.id, entry.id);
            records.hold(&key, &write_entry(entry, article));
        }
        Effect::ForgetPending { article, entry } => {
            records.release(&key::pending_key(*article, *entry))
        }
        _ => return false,
    }
    true
}

/// Saves changes, all or none. Entries that are saved are removed from the pending log.
pub async fn save(records: &impl Records, changes: &[Rc<StoreChange>]) -> Result<(), StoreError> {
    let batches = changes.iter().map(|change| parts_of(change)).collect();
    records.write(batches).await?;
    for change in changes {
        if let StoreChange::Append { article, entry, .. } = &**change {
            records.release(&key::pending_key(article.id, entry.id));
        }
    }
    Ok(())
}
