//! Performs the effects that need nothing but the records of the storage, on records in memory.
//! `browser::effects::storage` does the same with the database of the browser.

use pullquote_app::action::Action;
use pullquote_app::effect::Effect;
use pullquote_app::library::action::LibraryAction;
use pullquote_app::saving::action::SavingAction;
use pullquote_app::store::batch::parts_of;
use pullquote_app::store::change::StoreChange;
use pullquote_app::store::error::StoreError;
use pullquote_app::store::records::Records;
use pullquote_app::store::{article, key, library};
use pullquote_formats::records::journal_entry::write_entry;
use std::rc::Rc;

/// The largest number of older entries that are read at once: small, so that tests read several
/// times. The browser reads 400.
const OLDER_ENTRIES: u64 = 40;

/// Performs an effect that reads from the storage, and returns the action with what was read.
/// Returns `None` for all other effects: nothing is done.
pub(crate) async fn read(records: &impl Records, effect: &Effect) -> Option<Action> {
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
pub(crate) fn log(records: &impl Records, effect: &Effect) -> bool {
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
pub(crate) async fn save(
    records: &impl Records,
    changes: &[Rc<StoreChange>],
) -> Result<(), StoreError> {
    let batches = changes.iter().map(|change| parts_of(change)).collect();
    records.write(batches).await?;
    for change in changes {
        if let StoreChange::Append { article, entry, .. } = &**change {
            records.release(&key::pending_key(article.id, entry.id));
        }
    }
    Ok(())
}
