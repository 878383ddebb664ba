//! The data of the site was deleted while the app is open.

use crate::action::Action;
use crate::effect::Effect;
use crate::export::action::ExportAction;
use crate::library::state::Library;
use crate::notice::Offer;
use crate::saving::action::SavingAction;
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

/// For how long after the browser has closed the storage an article that is not there counts as
/// deleted with the data of the site, in milliseconds.
const LATELY: u64 = 15_000;

impl State {
    /// Whether the browser has closed the storage by itself a moment ago.
    pub(crate) fn was_closed_lately(&self) -> bool {
        self.closed.is_some_and(|at| self.now.since(at) < LATELY)
    }

    /// The browser has closed the storage by itself. Where it was cleared, nothing that is at
    /// hand is in it any more.
    pub(crate) fn storage_closed(&mut self) {
        self.closed = Some(self.now);
        if let Library::Read(lines) = &self.library {
            self.listed_before = Some(lines.len());
        }
        // What is known of the library may be gone with the rest.
        self.touched = VecMap::new();
        let ids: Vec<Id> = self.journals.keys().copied().collect();
        for id in ids {
            self.in_doubt.insert(id, ());
            self.ask_for_later(id);
        }
        self.request(Effect::ReadShelf);
    }

    /// The library was read with so many lines, after the browser had closed the storage: if
    /// there were more, they were deleted with the data of the site.
    pub(crate) fn notify_if_cleared(&mut self, now: usize) {
        let before = self.listed_before.take().unwrap_or(0);
        if before == 0 || now > 0 {
            return;
        }
        let articles = match before {
            1 => "the article that was kept here is".to_owned(),
            count => format!("the {count} articles that were kept here are"),
        };
        let sentence = format!(
            "The data of this site was deleted in your browser: {articles} gone from it. Restore a \
             backup if you have one."
        );
        self.notify(true, sentence, Vec::new());
    }

    /// Saves an article that is at hand again, with its way back, in a storage that was
    /// cleared.
    pub(crate) fn save_again(&mut self, id: Id, stamp: Stamp) {
        let is_added = |change: &Rc<StoreChange>| matches!(&**change, StoreChange::Add(it, _) if it.article().id == id);
        let mut waiting = self
            .save_queue
            .waiting
            .iter()
            .flat_map(|(_, changes)| changes);
        if waiting.any(is_added) {
            // It is on its way already.
            return;
        }
        let Some(journal) = self.journals.remove(&id) else {
            return;
        };
        let history = journal.history().clone();
        let document = history.document().clone();
        let line = Rc::new(LibraryEntry::new(&document, stamp.now));
        // What waits for the storage of before is in the journal, or of no use any more.
        let is_other = |change: &Rc<StoreChange>| change.article() != id;
        for (_, changes) in &mut self.save_queue.waiting {
            changes.retain(is_other);
        }
        self.save_queue.refused.retain(is_other);
        if self.save_queue.refused.is_empty() {
            // What the storage of before refused is no news of this one.
            self.save_queue.reason = None;
            self.withdraw(&Action::Saving(SavingAction::RetryRequested));
        }

        let (start, entries) = retold(&history, &document);
        let article = document.article().clone();
        let mut changes = vec![StoreChange::Add(start.clone(), line.clone())];
        let mut again = OpenJournal::new(History::new(start, 0, None));
        for entry in entries {
            if let Ok(after) = again.history().follow(&entry) {
                let line = Some(line.clone());
                changes.push(StoreChange::Append(article.clone(), entry.clone(), line));
                again.pending.push((entry, after));
            }
        }
        self.journals.insert(id, again);
        self.put_line(line);
        self.save(changes);
        self.show(id, stamp);
        let title = &article.title;
        let sentence = format!(
            "The data of this site was deleted in your browser. “{title}” is still on this screen \
             and is saved again from it. Export a copy now."
        );
        self.notify(
            true,
            sentence,
            vec![Offer::new(
                "Export",
                Action::Export(ExportAction::ArticleFileRequested),
            )],
        );
    }
}

/// The article as it was added, and all entries since; where those are not all at hand, the
/// article as it is.
fn retold(history: &History, document: &Rc<Document>) -> (Rc<Document>, Vec<Rc<JournalEntry>>) {
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
