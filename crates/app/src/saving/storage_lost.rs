//! The browser deletes the data of the site while the app is open.

use crate::action::Action;
use crate::effect::Effect;
use crate::export::action::ExportAction;
use crate::library::state::Library;
use crate::messages::{offers, saving};
use crate::notice::{NoticeKind, Offer};
use crate::saving::state::OpenJournal;
use crate::stamp::Stamp;
use crate::state::State;
use crate::store::change::StoreChange;
use pullquote_core::edit::history::History;
use pullquote_core::edit::journal_entry::JournalEntry;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;
use pullquote_core::model::library_entry::LibraryEntry;
use pullquote_core::sorted::VecMap;
use std::rc::Rc;

/// How long after the browser has closed the storage a missing article counts as deleted with the
/// data of the site, in milliseconds.
const CLOSED_RECENTLY: u64 = 15_000;

impl State {
    /// Whether the browser closed the storage a moment ago.
    pub(crate) fn was_closed_recently(&self) -> bool {
        let since = |at| self.now.since(at);
        self.closed.is_some_and(|at| since(at) < CLOSED_RECENTLY)
    }

    /// The browser closed the storage. If the storage was cleared too, it has none of the articles
    /// in memory any more: they are looked up.
    pub(crate) fn storage_closed(&mut self) {
        self.closed = Some(self.now);
        if let Library::Read(entries) = &self.library {
            self.listed_before = Some(entries.len());
        }
        // The known entries may have been deleted with the rest.
        self.changed_entries = VecMap::new();
        let ids: Vec<Id> = self.journals.keys().copied().collect();
        for id in ids {
            self.in_doubt.insert(id, ());
            self.ask_for_new_entries(id);
        }
        self.request(Effect::ReadLibrary);
    }

    /// Tells the user if the library is empty and was not before the browser closed the storage.
    /// `now`: the number of entries that were read.
    pub(crate) fn alarm_if_site_data_was_deleted(&mut self, now: usize) {
        let before = self.listed_before.take().unwrap_or(0);
        if before > 0 && now == 0 {
            self.alarm(saving::site_data_deleted(before));
        }
    }

    /// Saves an article in memory again, with its journal, into a storage that was cleared.
    pub(crate) fn save_again(&mut self, id: Id, stamp: Stamp) {
        let adds = |change: &StoreChange| matches!(change, StoreChange::Add { document, .. } if document.article().id == id);
        let waiting = &self.save_queue.waiting;
        let mut waiting = waiting.iter().flat_map(|(_, changes)| changes);
        if waiting.any(|change| adds(change)) {
            // It is being saved already.
            return;
        }
        let Some(journal) = self.journals.remove(&id) else {
            return;
        };
        let history = journal.history().clone();
        let document = history.document().clone();
        let listed = self.library.entry(id);
        let library_entry = Rc::new(LibraryEntry {
            done: listed.is_some_and(|entry| entry.done),
            ..LibraryEntry::new(&document, stamp.now)
        });
        // Changes for the old storage are in the journal, or useless by now.
        let is_other = |change: &Rc<StoreChange>| change.article() != id;
        for (_, changes) in &mut self.save_queue.waiting {
            changes.retain(is_other);
        }
        self.save_queue.refused.retain(is_other);
        if self.save_queue.refused.is_empty() {
            // The old storage refused them, not this one.
            self.save_queue.reason = None;
            self.withdraw_retrying();
        }

        let (start, entries) = journal_from_start(&history, &document);
        let article = document.article().clone();
        let mut changes = vec![StoreChange::Add {
            document: start.clone(),
            library_entry: library_entry.clone(),
        }];
        let mut again = OpenJournal::new(History::new(start, 0, None));
        for entry in entries {
            if let Ok(after) = again.history().follow(&entry) {
                let library_entry = Some(library_entry.clone());
                let append = StoreChange::Append {
                    article: article.clone(),
                    entry: entry.clone(),
                    library_entry,
                };
                changes.push(append);
                again.pending.push((entry, after));
            }
        }
        self.journals.insert(id, again);
        self.put_entry(library_entry);
        self.save(changes);
        self.show(id, stamp);
        let export = || Action::Export(ExportAction::ArticleFileRequested);
        self.notify(
            NoticeKind::Alarm,
            saving::saved_again(&article.title),
            vec![Offer::new(offers::EXPORT, export)],
        );
    }
}

/// The article as it was added, and all entries since. If they are not all in memory: the article
/// as it is now, and no entries.
fn journal_from_start(
    history: &History,
    document: &Rc<Document>,
) -> (Rc<Document>, Vec<Rc<JournalEntry>>) {
    if history.first() == 1
        && let Ok(Some(start)) = history.state_at(0)
        && let Some(last) = history
            .entries()
            .iter()
            .try_fold(History::new(start.clone(), 0, None), |history, entry| {
                history.follow(entry).ok()
            })
        && last.document() == document
    {
        return (start, history.entries().to_vec());
    }
    (document.clone(), Vec::new())
}
