//! What other tabs do to the same articles.

use crate::action::Action;
use crate::backup::state::BackupProgress;
use crate::editor::action::MarkAction;
use crate::editor::state::Editor;
use crate::effect::Effect;
use crate::library::action::LibraryAction;
use crate::library::state::Library;
use crate::messages::step_names::step_name;
use crate::messages::{offers, saving};
use crate::notice::{NoticeKind, Offer};
use crate::saving::state::{OpenJournal, SaveQueue};
use crate::stamp::Stamp;
use crate::state::State;
use crate::store::article::JournalTail;
use crate::store::change::StoreChange;
use crate::store::error::StoreError;
use pullquote_core::edit::journal_entry::{EntryStamp, JournalEntry};
use pullquote_core::edit::rebase::rebase;
use pullquote_core::model::id::Id;
use pullquote_core::model::library_entry::LibraryEntry;
use pullquote_core::sorted::VecMap;
use std::rc::Rc;

impl State {
    /// Another tab changed an article.
    pub(crate) fn other_tab_changed(&mut self, id: Id) {
        self.ask_for_new_entries(id);
        // The worker reports each article that it restores; the library is read after the last.
        let is_restored = matches!(self.backup_progress, BackupProgress::Restoring { .. });
        if matches!(self.library, Library::Read(_)) && !is_restored {
            self.request(Effect::ReadEntry(id));
        }
    }

    /// Requests the new entries of a journal in memory.
    pub(crate) fn ask_for_new_entries(&mut self, id: Id) {
        if let Some(journal) = self.journals.get(&id) {
            let article = journal.saved.document().article().clone();
            let number = journal.saved.number();
            self.request(Effect::ReadNewEntries {
                article,
                after: number,
            });
        }
    }

    /// The user looks at this tab again. It may have missed messages of other tabs meanwhile.
    pub(crate) fn tab_focused(&mut self) {
        let ids: Vec<Id> = self.journals.keys().copied().collect();
        for id in ids {
            self.other_tab_changed(id);
        }
        if matches!(self.library, Library::Read(_)) {
            self.changed_entries = VecMap::new();
            self.request(Effect::ReadLibrary);
        }
    }

    pub(crate) fn entry_read(
        &mut self,
        id: Id,
        result: Result<Option<Box<LibraryEntry>>, StoreError>,
    ) {
        let Ok(entry) = result else { return };
        let Library::Read(entries) = &mut self.library else {
            return;
        };
        let is_unsaved = |queue: &SaveQueue| {
            let mut changes = queue.changes();
            changes.any(|change| change.article() == id)
        };
        if is_unsaved(&self.save_queue) {
            // What is being saved here is newer.
            return;
        }
        self.changed_entries.insert(id, ());
        match entry {
            Some(entry) => {
                let known = entries.get(&id);
                let was_here = known.is_some_and(|known| known.deleted.is_none());
                let is_deleted = was_here && entry.deleted.is_some();
                if known.is_none_or(|known| **known != *entry) {
                    Rc::make_mut(entries).insert(id, Rc::new(*entry));
                }
                if is_deleted && self.is_open(id) {
                    let restore = move || Action::Library(LibraryAction::ArticleRestored(id));
                    self.notify(
                        NoticeKind::Alarm,
                        saving::DELETED_ELSEWHERE,
                        vec![Offer::new(offers::RESTORE, restore)],
                    );
                }
            }
            // Whether an article in memory is deleted is known from its journal.
            None if self.journals.contains_key(&id) => {}
            None => {
                Rc::make_mut(entries).remove(&id);
            }
        }
    }

    /// New entries of a journal were read. They are applied, and the pending entries of this tab
    /// are repeated on top of them.
    pub(crate) fn journal_read(
        &mut self,
        id: Id,
        result: Result<JournalTail, StoreError>,
        stamp: Stamp,
    ) {
        let Some(mut journal) = self.journals.get(&id).cloned() else {
            return;
        };
        let tail = match result {
            Ok(tail) => tail,
            Err(error) => {
                if journal.is_behind || self.in_doubt.contains_key(&id) {
                    self.refused(Vec::new(), error);
                }
                return;
            }
        };
        let was_in_doubt = self.in_doubt.remove(&id).is_some() || self.was_closed_recently();
        if !tail.exists {
            if was_in_doubt {
                self.save_again(id, stamp);
            } else if !journal.is_deleted {
                self.deleted_elsewhere(id, &[]);
            }
            return;
        }
        let mut theirs: Option<Rc<JournalEntry>> = None;
        for entry in tail.entries {
            if entry.number <= journal.saved.number() {
                continue;
            }
            let Ok(after) = journal.saved.follow(&entry) else {
                break;
            };
            journal.saved = after;
            let before = journal.pending.len();
            journal.pending.retain(|(other, _)| other.id != entry.id);
            if journal.pending.len() == before {
                theirs = Some(entry);
            }
        }
        let was_behind = std::mem::replace(&mut journal.is_behind, false);
        if theirs.is_none() && !was_behind {
            self.journals.insert(id, journal);
            self.compare_notes(id);
            return self.drop_saved_journal(id);
        }
        let pending = std::mem::take(&mut journal.pending);
        self.journals.insert(id, journal);
        self.repeat(id, pending.into_iter().map(|(entry, _)| entry).collect());
        if let Some(entry) = theirs {
            self.announce(saving::step_elsewhere(&step_name(&entry.step.name)));
        }
        self.show(id, stamp);
        self.compare_notes(id);
        if was_behind {
            self.hand_over_pending(id);
        }
        self.drop_saved_journal(id);
    }

    /// If a note that is being typed here was changed in another tab, offers both. The later one is
    /// kept unless the user chooses.
    fn compare_notes(&mut self, id: Id) {
        let Some(editor) = self.editor.clone().filter(|_| self.is_open(id)) else {
            return;
        };
        let Some(note) = editor.note_draft.as_ref().filter(|note| note.is_typed) else {
            return;
        };
        let (mark, here) = (&note.mark, &note.text);
        let Some(there) = editor.document().annotation(*mark).map(|mark| &mark.note) else {
            return;
        };
        // While both tabs go on typing, only the newest two notes are shown.
        self.withdraw_offers(|offered| {
            matches!(offered, Action::Mark(MarkAction::NoteWritten { id, .. }) if id == mark)
        });
        if **here == **there {
            return;
        }
        let write = |note: &str| {
            let (id, note) = (*mark, note.to_owned());
            move || {
                let note = note.clone();
                Action::Mark(MarkAction::NoteWritten { id, note })
            }
        };
        self.notify(
            NoticeKind::Alarm,
            saving::note_changed_elsewhere(there, here),
            vec![
                Offer::new(offers::USE_OTHER_NOTE, write(there)),
                Offer::new(offers::USE_THIS_NOTE, write(here)),
            ],
        );
    }

    /// Repeats entries that are not saved on top of those that are, in order. Entries that still
    /// fit are not changed.
    pub(crate) fn repeat(&mut self, id: Id, entries: Vec<Rc<JournalEntry>>) {
        let Some(journal) = self.journals.get_mut(&id) else {
            return;
        };
        let mut gone = Vec::new();
        let (mut lost, mut dropped) = (Vec::new(), Vec::new());
        for entry in entries {
            let own = entry.id;
            let history = journal.history().clone();
            if let Ok(after) = history.follow(&entry)
                && entry.after == history.latest()
            {
                journal.pending.push((entry, after));
                continue;
            }
            let left = rebase(&entry, history.document(), &mut gone);
            if left.lost > 0 {
                lost.push(step_name(&entry.step.name));
            }
            let seal = EntryStamp {
                id: entry.id,
                at: entry.at,
            };
            if let (false, Ok((after, entry))) =
                (left.step.edits.is_empty(), history.step(&left.step, seal))
            {
                journal.pending.push((entry, after.settled()));
            } else {
                dropped.push(own);
            }
        }
        for entry in dropped {
            self.request(Effect::ForgetPending { article: id, entry });
        }
        for name in lost {
            self.alarm(saving::step_done_in_part(&name));
        }
    }

    /// Hands all pending entries of a journal to the storage.
    pub(crate) fn hand_over_pending(&mut self, id: Id) {
        let Some(journal) = self.journals.get(&id) else {
            return;
        };
        let library_entry = self.library.entry(id).cloned();
        let appends = journal.pending.iter().map(|(entry, after)| {
            let article = after.document().article().clone();
            StoreChange::Append {
                article,
                entry: entry.clone(),
                library_entry: library_entry.clone(),
            }
        });
        let appends: Vec<StoreChange> = appends.collect();
        if appends.is_empty() {
            return;
        }
        for append in &appends {
            if let StoreChange::Append { article, entry, .. } = append {
                self.request(Effect::LogPending {
                    article: article.clone(),
                    entry: entry.clone(),
                });
            }
        }
        let superseded = self.next_number();
        if let Some(journal) = self.journals.get_mut(&id) {
            journal.superseded = superseded;
        }
        // As one batch, so that there is one refusal if another tab is first again.
        self.save(appends);
    }

    /// Shows an article as its journal has it.
    pub(crate) fn show(&mut self, id: Id, stamp: Stamp) {
        let Some(history) = self.journals.get(&id).map(OpenJournal::history).cloned() else {
            return;
        };
        let document = history.document().clone();
        self.update_entry(&document, stamp);
        if self.is_open(id)
            && let Some(editor) = self.editor.clone()
        {
            let editor = Editor {
                history,
                ..(*editor).clone()
            };
            self.editor = Some(Rc::new(editor.without_deleted()));
        }
    }

    /// Older entries of a journal were read. Undo and the list of steps go on with them.
    pub(crate) fn older_entries_read(
        &mut self,
        id: Id,
        result: Result<Vec<Rc<JournalEntry>>, StoreError>,
    ) {
        let (Ok(older), Some(journal)) = (result, self.journals.get_mut(&id)) else {
            return;
        };
        journal.saved = journal.saved.with_older(&older);
        for (_, after) in &mut journal.pending {
            *after = after.with_older(&older);
        }
        let history = journal.history().clone();
        let has_more = !older.is_empty();
        if self.is_open(id)
            && let Some(editor) = self.editor.clone()
        {
            self.editor = Some(Rc::new(Editor {
                history: history.clone(),
                ..(*editor).clone()
            }));
        }
        if has_more {
            self.ask_for_older(&history);
        }
    }
}
