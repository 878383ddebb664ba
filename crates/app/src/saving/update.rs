//! Updates of what is saved: changes are handed to the storage, and its answers handled.

use crate::action::Action;
use crate::effect::Effect;
use crate::export::action::ExportAction;
use crate::library::incoming::Incoming;
use crate::messages::{offers, saving};
use crate::notice::{NoticeKind, Offer};
use crate::route::Route;
use crate::saving::action::SavingAction;
use crate::saving::state::OpenJournal;
use crate::saving::ticket::Ticket;
use crate::stamp::Stamp;
use crate::state::State;
use crate::store::change::StoreChange;
use crate::store::error::StoreError;
use pullquote_core::edit::history::History;
use pullquote_core::edit::journal_entry::JournalEntry;
use pullquote_core::model::id::Id;
use std::rc::Rc;

impl State {
    /// Handles an answer of the storage, or news from another tab.
    pub(crate) fn saving_action(&mut self, action: SavingAction, stamp: Stamp) {
        match action {
            SavingAction::JournalRead { id, result } => self.journal_read(id, result, stamp),
            SavingAction::OlderEntriesRead { id, result } => self.older_entries_read(id, result),
            SavingAction::OtherTabChanged(id) => self.other_tab_changed(id),
            SavingAction::TabFocused => self.tab_focused(),
            SavingAction::StoreAnswered { ticket, result } => self.store_answered(ticket, result),
            SavingAction::StorageClosed => self.storage_closed(),
            SavingAction::RetryRequested => self.save_refused_again(),
            SavingAction::ArticleSavedAnew(id) => self.save_article_anew(id, stamp),
            SavingAction::JournalMeasured { id, size } => self.journal_measured(id, size),
        }
    }

    /// Hands changes to the storage. While some are refused, later ones wait behind them, except
    /// those that make room.
    pub(crate) fn save(&mut self, changes: Vec<StoreChange>) {
        let changes: Vec<Rc<StoreChange>> = changes.into_iter().map(Rc::new).collect();
        // Nothing is lost if a compaction is not saved.
        let need_not_wait = |change: &Rc<StoreChange>| {
            matches!(**change, StoreChange::Purge(_) | StoreChange::Compact(_))
        };
        if self.save_queue.refused.is_empty() || changes.iter().all(need_not_wait) {
            self.hand_over(changes);
        } else {
            self.save_queue.refused.extend(changes);
        }
    }

    /// Hands the refused changes to the storage again.
    pub(crate) fn save_refused_again(&mut self) {
        let refused = std::mem::take(&mut self.save_queue.refused);
        self.save_queue.reason = None;
        self.withdraw_retrying();
        if !refused.is_empty() {
            self.hand_over(refused);
        }
        // Entries of other tabs that could not be read are requested again.
        let behind = self.journals.iter();
        let behind = behind.filter(|(_, journal)| journal.is_behind);
        let behind = behind
            .map(|(id, _)| *id)
            .chain(self.in_doubt.keys().copied());
        let behind: Vec<Id> = behind.collect();
        for id in behind {
            self.ask_for_new_entries(id);
        }
    }

    /// Removes the notices that offer to save again.
    pub(crate) fn withdraw_retrying(&mut self) {
        self.withdraw_offers(|offered| {
            matches!(offered, Action::Saving(SavingAction::RetryRequested))
        });
    }

    fn hand_over(&mut self, changes: Vec<Rc<StoreChange>>) {
        if changes.is_empty() {
            return;
        }
        let ticket: Ticket = self.next_number();
        self.save_queue.waiting.push((ticket, changes.clone()));
        self.request(Effect::Save { ticket, changes });
    }

    /// Appends an entry to a journal in memory, and saves it. `after`: the history with it.
    pub(crate) fn append_to_journal(&mut self, id: Id, entry: Rc<JournalEntry>, after: History) {
        let library_entry = self.library.entry(id).cloned();
        self.ask_to_persist();
        let article = after.document().article().clone();
        let Some(journal) = self.journals.get_mut(&id) else {
            return;
        };
        let is_behind = journal.is_behind;
        journal.pending.push((entry.clone(), after));
        self.request(Effect::LogPending {
            article: article.clone(),
            entry: entry.clone(),
        });
        // Otherwise it is handed over once the entries of the other tab are read.
        if !is_behind {
            self.save(vec![StoreChange::Append {
                article,
                entry,
                library_entry,
            }]);
        }
    }

    pub(crate) fn store_answered(&mut self, ticket: Ticket, result: Result<(), StoreError>) {
        let waiting = &mut self.save_queue.waiting;
        let Some(index) = waiting.iter().position(|(other, _)| *other == ticket) else {
            return self.answered_after_refusal(ticket, result.is_ok());
        };
        let (_, changes) = waiting.remove(index);
        if changes.is_empty() {
            // All of them were withdrawn.
            return;
        }
        match result {
            Ok(()) => {
                for change in &changes {
                    self.confirmed(change);
                }
                let is_work = |change: &Rc<StoreChange>| {
                    !matches!(
                        **change,
                        StoreChange::Compact(_) | StoreChange::SetCopied { .. }
                    )
                };
                if changes.iter().any(is_work) {
                    self.update_folder();
                }
            }
            Err(_) if changes.iter().all(is_compaction) => {}
            Err(StoreError::Conflict(id)) => self.other_tab_was_first(id, ticket, &changes),
            Err(StoreError::Deleted(id)) => self.deleted_elsewhere(id, &changes),
            Err(error) => self.refused(changes, error),
        }
    }

    /// Changes that were handed over before an earlier refusal was known are saved, or refused as
    /// well.
    fn answered_after_refusal(&mut self, ticket: Ticket, is_saved: bool) {
        let moved = &mut self.save_queue.moved;
        let Some(index) = moved.iter().position(|(other, _)| *other == ticket) else {
            return;
        };
        let (_, changes) = moved.remove(index);
        if is_saved {
            let is_one =
                |change: &Rc<StoreChange>| changes.iter().any(|saved| Rc::ptr_eq(saved, change));
            self.save_queue.refused.retain(|change| !is_one(change));
            for change in &changes {
                self.confirmed(change);
            }
        }
    }

    fn confirmed(&mut self, change: &StoreChange) {
        match change {
            StoreChange::Append { article, entry, .. } => {
                let id = article.id;
                if let Some(journal) = self.journals.get_mut(&id) {
                    confirm(journal, entry.id);
                }
                self.drop_saved_journal(id);
            }
            // There is room again.
            StoreChange::Purge(_) if self.save_queue.reason.is_some() => self.save_refused_again(),
            _ => {}
        }
    }

    /// Removes a journal from memory if its article is not open and all of it is saved.
    pub(crate) fn drop_saved_journal(&mut self, id: Id) {
        let is_saved = |journal: &OpenJournal| journal.pending.is_empty();
        if !self.is_open(id) && self.journals.get(&id).is_some_and(is_saved) {
            self.journals.remove(&id);
        }
    }

    /// Another tab wrote first. The refused entries are pending in the journal: they are repeated
    /// on top of the entries of the other tab once those are read. Other changes of the batch are
    /// handed over again.
    fn other_tab_was_first(&mut self, id: Id, ticket: Ticket, changes: &[Rc<StoreChange>]) {
        let others = changes.iter().filter(|change| {
            !matches!(
                ***change,
                StoreChange::Append { .. } | StoreChange::Compact(_)
            ) || change.article() != id
        });
        let others: Vec<Rc<StoreChange>> = others.cloned().collect();
        self.hand_over(others);
        if let Some(journal) = self.journals.get_mut(&id)
            && ticket > journal.superseded
        {
            journal.is_behind = true;
            self.ask_for_new_entries(id);
        }
    }

    /// An article was deleted for good in another tab. Its refused changes are dropped; if it is
    /// in memory, the user can save it as a new article.
    pub(crate) fn deleted_elsewhere(&mut self, id: Id, changes: &[Rc<StoreChange>]) {
        let others = changes.iter().filter(|change| change.article() != id);
        let others: Vec<Rc<StoreChange>> = others.cloned().collect();
        self.hand_over(others);
        if self.in_doubt.contains_key(&id) || self.was_closed_recently() {
            // The data of the site may have been deleted.
            self.in_doubt.insert(id, ());
            return self.ask_for_new_entries(id);
        }
        if let Some(journal) = self.journals.get_mut(&id) {
            let title = journal.history().document().article().title.clone();
            journal.is_behind = true;
            journal.is_deleted = true;
            self.withdraw_restoring(id);
            let save = move || Action::Saving(SavingAction::ArticleSavedAnew(id));
            let export = || Action::Export(ExportAction::ArticleFileRequested);
            self.notify(
                NoticeKind::Alarm,
                saving::deleted_for_good_elsewhere(&title),
                vec![
                    Offer::new(offers::SAVE_AS_NEW, save),
                    Offer::new(offers::EXPORT, export),
                ],
            );
        }
    }

    /// Adds an article in memory that was deleted in another tab, as a new article.
    fn save_article_anew(&mut self, id: Id, stamp: Stamp) {
        let Some(journal) = self.journals.remove(&id) else {
            return;
        };
        let document = journal.history().document().clone();
        let title = document.article().title.clone();
        let copy = document.copied_as(stamp.id(0), title);
        self.add(&Incoming::new(copy, &stamp), true);
    }

    /// The storage refused changes. They wait, with all later ones, until the user tries again.
    pub(crate) fn refused(&mut self, changes: Vec<Rc<StoreChange>>, error: StoreError) {
        // Later changes may be saved nevertheless: then their answers take them out again.
        let later = std::mem::take(&mut self.save_queue.waiting);
        self.save_queue.moved.extend(later.iter().cloned());
        self.save_queue.refused.extend(changes);
        let later = later.into_iter().flat_map(|(_, changes)| changes);
        self.save_queue.refused.extend(later);
        let retry = || Action::Saving(SavingAction::RetryRequested);
        let mut buttons = vec![Offer::new(offers::TRY_AGAIN, retry)];
        if self.editor.is_some() {
            let export = || Action::Export(ExportAction::ArticleFileRequested);
            buttons.push(Offer::new(offers::EXPORT, export));
            if error == StoreError::Full {
                let library = || Action::RouteRequested(Route::Library);
                buttons.push(Offer::new(offers::MAKE_ROOM, library));
            }
        }
        self.notify(NoticeKind::Alarm, saving::not_saved(&error), buttons);
        self.save_queue.reason = Some(error);
    }
}

fn is_compaction(change: &Rc<StoreChange>) -> bool {
    matches!(**change, StoreChange::Compact(_))
}

/// The storage has this entry, and so all entries before it.
fn confirm(journal: &mut OpenJournal, entry: Id) {
    let pending = &mut journal.pending;
    if let Some(index) = pending.iter().position(|(other, _)| other.id == entry)
        && let Some((_, after)) = pending.drain(..=index).next_back()
    {
        journal.saved = after;
    }
}
