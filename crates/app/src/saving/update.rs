//! What is handed to the storage, and what becomes of its answers.

use crate::action::Action;
use crate::effect::Effect;
use crate::export::action::ExportAction;
use crate::library::action::LibraryAction;
use crate::library::incoming::Incoming;
use crate::messages::errors;
use crate::notice::Offer;
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

    /// Hands changes to the storage. While some are refused, later ones wait behind
    /// them; but what makes room does not.
    pub(crate) fn save(&mut self, changes: Vec<StoreChange>) {
        let changes: Vec<Rc<StoreChange>> = changes.into_iter().map(Rc::new).collect();
        let makes_room = |change: &Rc<StoreChange>| matches!(**change, StoreChange::Purge(_));
        // A fold is no work of the user's: it need not be kept at all.
        let is_spare = |change: &Rc<StoreChange>| makes_room(change) || is_fold(change);
        if self.save_queue.refused.is_empty() || changes.iter().all(is_spare) {
            self.hand_over(changes);
        } else {
            self.save_queue.refused.extend(changes);
        }
    }

    pub(crate) fn save_refused_again(&mut self) {
        let refused = std::mem::take(&mut self.save_queue.refused);
        self.save_queue.reason = None;
        self.withdraw(&Action::Saving(SavingAction::RetryRequested));
        if !refused.is_empty() {
            self.hand_over(refused);
        }
        // What waits for the news of another tab that could not be read.
        let behind = self.journals.iter().filter(|(_, journal)| journal.behind);
        let behind = behind
            .map(|(id, _)| *id)
            .chain(self.in_doubt.keys().copied());
        let behind: Vec<Id> = behind.collect();
        for id in behind {
            self.ask_for_later(id);
        }
    }

    fn hand_over(&mut self, changes: Vec<Rc<StoreChange>>) {
        if changes.is_empty() {
            return;
        }
        let ticket: Ticket = self.next_number();
        self.save_queue.waiting.push((ticket, changes.clone()));
        self.request(Effect::Keep(ticket, changes));
    }

    /// Enters a step in the journal of an article that is at hand, and keeps it.
    pub(crate) fn enter(&mut self, id: Id, entry: Rc<JournalEntry>, after: History) {
        let line = self.library.holding(id).cloned();
        self.ask_to_persist();
        let article = after.document().article().clone();
        let Some(journal) = self.journals.get_mut(&id) else {
            return;
        };
        let is_behind = journal.behind;
        journal.pending.push((entry.clone(), after));
        self.request(Effect::Hold(article.clone(), entry.clone()));
        // Behind another tab, it is handed over with what waits.
        if !is_behind {
            self.save(vec![StoreChange::Append(article, entry, line)]);
        }
    }

    pub(crate) fn store_answered(&mut self, ticket: Ticket, result: Result<(), StoreError>) {
        let waiting = &mut self.save_queue.waiting;
        let Some(place) = waiting.iter().position(|(other, _)| *other == ticket) else {
            return self.answered_late(ticket, result.is_ok());
        };
        let (_, changes) = waiting.remove(place);
        if changes.is_empty() {
            // All of it was withdrawn.
            return;
        }
        match result {
            Ok(()) => {
                for change in &changes {
                    self.confirmed(change);
                }
                let is_work =
                    |it: &Rc<StoreChange>| !is_fold(it) && !matches!(**it, StoreChange::Copied(..));
                if changes.iter().any(is_work) {
                    self.copy_out();
                }
            }
            Err(_) if changes.iter().all(is_fold) => {}
            Err(StoreError::Behind(id)) => self.behind(id, ticket, &changes),
            Err(StoreError::Gone(id)) => self.gone(id, &changes),
            Err(refusal) => self.refused(changes, &refusal),
        }
    }

    /// What was handed over after something that was refused was kept, or refused as well.
    fn answered_late(&mut self, ticket: Ticket, is_kept: bool) {
        let moved = &mut self.save_queue.moved;
        let Some(place) = moved.iter().position(|(other, _)| *other == ticket) else {
            return;
        };
        let (_, changes) = moved.remove(place);
        if is_kept {
            let is_one = |change: &Rc<StoreChange>| changes.iter().any(|it| Rc::ptr_eq(it, change));
            self.save_queue.refused.retain(|change| !is_one(change));
            for change in &changes {
                self.confirmed(change);
            }
        }
    }

    fn confirmed(&mut self, change: &StoreChange) {
        match change {
            StoreChange::Append(article, entry, _) => {
                let id = article.id;
                if let Some(journal) = self.journals.get_mut(&id) {
                    confirm(journal, entry.id);
                }
                self.let_go(id);
            }
            // There is room again.
            StoreChange::Purge(_) if self.save_queue.reason.is_some() => self.save_refused_again(),
            _ => {}
        }
    }

    /// Lets the journal of an article go that is not open and that the storage has.
    pub(crate) fn let_go(&mut self, id: Id) {
        let is_kept = |journal: &OpenJournal| journal.pending.is_empty();
        if !self.is_open(id) && self.journals.get(&id).is_some_and(is_kept) {
            self.journals.remove(&id);
        }
    }

    /// Another tab was first. What was refused stands in the journal: it is done again on
    /// what the other tab has written, when that was read.
    fn behind(&mut self, id: Id, ticket: Ticket, changes: &[Rc<StoreChange>]) {
        let others = changes.iter().filter(|change| {
            !matches!(***change, StoreChange::Append(..) | StoreChange::Fold(_))
                || change.article() != id
        });
        let others: Vec<Rc<StoreChange>> = others.cloned().collect();
        self.hand_over(others);
        if let Some(journal) = self.journals.get_mut(&id)
            && ticket > journal.superseded
        {
            journal.behind = true;
            self.ask_for_later(id);
        }
    }

    /// An article was deleted for good elsewhere. What waits for it is dropped; if it is
    /// open, it can be kept anew.
    pub(crate) fn gone(&mut self, id: Id, changes: &[Rc<StoreChange>]) {
        let others = changes.iter().filter(|change| change.article() != id);
        let others: Vec<Rc<StoreChange>> = others.cloned().collect();
        self.hand_over(others);
        if self.in_doubt.contains_key(&id) || self.was_closed_lately() {
            // It may have been deleted with the data of the site.
            self.in_doubt.insert(id, ());
            return self.ask_for_later(id);
        }
        if let Some(journal) = self.journals.get_mut(&id) {
            let title = journal.history().document().article().title.clone();
            journal.behind = true;
            journal.gone = true;
            self.withdraw(&Action::Library(LibraryAction::ArticleRestored(id)));
            self.notify(
                true,
                format!(
                    "“{title}” was deleted for good in another tab. Export what is here, or keep \
                     it anew; otherwise it is gone when you leave this page."
                ),
                vec![
                    Offer::new(
                        "Keep it anew",
                        Action::Saving(SavingAction::ArticleSavedAnew(id)),
                    ),
                    Offer::new("Export", Action::Export(ExportAction::ArticleFileRequested)),
                ],
            );
        }
    }

    /// What was deleted elsewhere and is at hand here is added again, as a new article.
    pub(crate) fn save_article_anew(&mut self, id: Id, stamp: crate::stamp::Stamp) {
        let Some(journal) = self.journals.remove(&id) else {
            return;
        };
        let document = journal.history().document().clone();
        let title = document.article().title.clone();
        let copy = document.copied_as(stamp.id(0), title);
        self.add(&Incoming::new(copy, &stamp), true);
    }

    pub(crate) fn refused(&mut self, changes: Vec<Rc<StoreChange>>, refusal: &StoreError) {
        // What was handed over after it may be refused or kept: what is kept is taken out
        // when that is known.
        let later = std::mem::take(&mut self.save_queue.waiting);
        self.save_queue.moved.extend(later.iter().cloned());
        self.save_queue.refused.extend(changes);
        let later = later.into_iter().flat_map(|(_, changes)| changes);
        self.save_queue.refused.extend(later);
        let reason = errors::of_refusal(refusal);
        self.save_queue.reason = Some(reason.clone());
        let is_article = self.editor.is_some();
        let mut offers = vec![Offer::new(
            "Try again",
            Action::Saving(SavingAction::RetryRequested),
        )];
        if is_article {
            offers.push(Offer::new(
                "Export",
                Action::Export(ExportAction::ArticleFileRequested),
            ));
        }
        let way_out = match refusal {
            StoreError::Full => {
                if is_article {
                    let library = crate::route::Route::Library;
                    offers.push(Offer::new("Make room", Action::RouteRequested(library)));
                }
                "Your work is still on this screen. Export it, or delete articles for good in \
                 the library, or give the browser more room on the disk; then try again."
            }
            StoreError::Disk => {
                "Your work is still on this screen. Export it to another disk, or free at least \
                 32 MB on this one; then try again."
            }
            _ => "Your work is still on this screen: export it before you close this tab.",
        };
        self.notify(true, format!("Not saved: {reason} {way_out}"), offers);
    }
}

fn is_fold(change: &Rc<StoreChange>) -> bool {
    matches!(**change, StoreChange::Fold(_))
}

/// The storage has this entry, and so all before it.
pub(crate) fn confirm(journal: &mut OpenJournal, entry: Id) {
    let pending = &mut journal.pending;
    if let Some(place) = pending.iter().position(|(other, _)| other.id == entry)
        && let Some((_, after)) = pending.drain(..=place).next_back()
    {
        journal.kept = after;
    }
}
