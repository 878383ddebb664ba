//! What other tabs do to the same articles.

use crate::action::Action;
use crate::backup::state::BackupProgress;
use crate::editor::action::MarkAction;
use crate::editor::state::Editor;
use crate::effect::Effect;
use crate::library::action::LibraryAction;
use crate::library::state::Library;
use crate::notice::{Notice, Offer};
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
use pullquote_core::text::shortened::shortened;
use std::rc::Rc;

impl State {
    /// Another tab changed something of an article.
    pub(crate) fn other_tab_changed(&mut self, id: Id) {
        self.ask_for_later(id);
        // What is restored is told article by article, and read again as a whole after it.
        let is_restored = matches!(self.backup_progress, BackupProgress::Restoring(..));
        if matches!(self.library, Library::Read(_)) && !is_restored {
            self.request(Effect::ReadLine(id));
        }
    }

    /// Asks what the journal of an article at hand has gained.
    pub(crate) fn ask_for_later(&mut self, id: Id) {
        if let Some(journal) = self.journals.get(&id) {
            let article = journal.kept.document().article().clone();
            let number = journal.kept.number();
            self.request(Effect::ReadLater(article, number));
        }
    }

    /// The tab is looked at again: it may have missed what was said meanwhile.
    pub(crate) fn tab_focused(&mut self) {
        let ids: Vec<Id> = self.journals.keys().copied().collect();
        for id in ids {
            self.other_tab_changed(id);
        }
        if matches!(self.library, Library::Read(_)) {
            self.touched = VecMap::new();
            self.request(Effect::ReadShelf);
        }
    }

    pub(crate) fn entry_read(
        &mut self,
        id: Id,
        result: Result<Option<Box<LibraryEntry>>, StoreError>,
    ) {
        let Ok(line) = result else { return };
        let Library::Read(lines) = &mut self.library else {
            return;
        };
        let waits = |change: &Rc<StoreChange>| change.article() == id;
        let waiting = self
            .save_queue
            .waiting
            .iter()
            .flat_map(|(_, changes)| changes);
        if waiting.chain(&self.save_queue.refused).any(waits) {
            // What is on its way from here is newer.
            return;
        }
        self.touched.insert(id, ());
        match line {
            Some(line) => {
                let known = lines.get(&id);
                let was_here = known.is_some_and(|known| known.deleted.is_none());
                let goes = was_here && line.deleted.is_some();
                if known.is_none_or(|known| **known != *line) {
                    Rc::make_mut(lines).insert(id, Rc::new(*line));
                }
                if goes {
                    self.notify_of_deletion(id);
                }
            }
            // The news of an article that is open comes by its journal.
            None if self.journals.contains_key(&id) => {}
            None => {
                Rc::make_mut(lines).remove(&id);
            }
        }
    }

    /// The article that is open was deleted, elsewhere or by a backup; it can be brought
    /// back.
    pub(crate) fn notify_of_deletion(&mut self, id: Id) {
        if self.is_open(id) {
            let sentence = "This article was deleted in another tab. What you mark is kept, \
                            among the deleted.";
            let offer = Offer::new(
                "Bring it back",
                Action::Library(LibraryAction::ArticleRestored(id)),
            );
            self.notify(true, sentence.to_owned(), vec![offer]);
        }
    }

    /// What the journal of an article has gained: it is followed, and what was done here
    /// and is not kept yet is done again on top.
    pub(crate) fn journal_read(
        &mut self,
        id: Id,
        result: Result<JournalTail, StoreError>,
        stamp: Stamp,
    ) {
        let Some(mut journal) = self.journals.get(&id).cloned() else {
            return;
        };
        let later = match result {
            Ok(later) => later,
            Err(refusal) => {
                if journal.behind || self.in_doubt.contains_key(&id) {
                    self.refused(Vec::new(), &refusal);
                }
                return;
            }
        };
        let was_in_doubt = self.in_doubt.remove(&id).is_some() || self.was_closed_lately();
        if !later.exists {
            if was_in_doubt {
                self.save_again(id, stamp);
            } else if !journal.gone {
                self.gone(id, &[]);
            }
            return;
        }
        let mut theirs: Option<Rc<JournalEntry>> = None;
        for entry in later.entries {
            if entry.number <= journal.kept.number() {
                continue;
            }
            let Ok(after) = journal.kept.follow(&entry) else {
                break;
            };
            journal.kept = after;
            let before = journal.pending.len();
            journal.pending.retain(|(other, _)| other.id != entry.id);
            if journal.pending.len() == before {
                theirs = Some(entry);
            }
        }
        let was_behind = std::mem::replace(&mut journal.behind, false);
        if theirs.is_none() && !was_behind {
            self.journals.insert(id, journal);
            self.tell_of_two_notes(id);
            return self.let_go(id);
        }
        let pending = std::mem::take(&mut journal.pending);
        self.journals.insert(id, journal);
        self.do_again(id, pending.into_iter().map(|(entry, _)| entry).collect());
        if let Some(entry) = theirs {
            self.announce(format!("In another tab: {}", entry.step.name));
        }
        self.show(id, stamp);
        self.tell_of_two_notes(id);
        if was_behind {
            self.hand_over_pending(id);
        }
        self.let_go(id);
    }

    /// A note that is being typed here was changed in another tab. The later of the two stands,
    /// as a whole; the other is offered.
    fn tell_of_two_notes(&mut self, id: Id) {
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
        let is_of_the_note = |notice: &Rc<Notice>| {
            let mut offers = notice.offers.iter();
            offers.any(|it| matches!(&*it.action, Action::Mark(MarkAction::NoteWritten { id, .. }) if id == mark))
        };
        // While both go on typing, the newest two are told, once.
        self.notices.retain(|notice| !is_of_the_note(notice));
        if **here == **there {
            return;
        }
        let sentence = format!(
            "This note was changed in another tab too. There: “{}”. Here: “{}”. What is typed last is kept.",
            shortened(there, 120),
            shortened(here, 120)
        );
        let offers = vec![
            Offer::new(
                "Use the other",
                Action::Mark(MarkAction::NoteWritten {
                    id: *mark,
                    note: there.clone(),
                }),
            ),
            Offer::new(
                "Use this one",
                Action::Mark(MarkAction::NoteWritten {
                    id: *mark,
                    note: here.to_string(),
                }),
            ),
        ];
        self.notify(true, sentence, offers);
    }

    /// Does entries that are not kept on top of what is, in order. One that fits as it is
    /// stays as it is.
    pub(crate) fn do_again(&mut self, id: Id, entries: Vec<Rc<JournalEntry>>) {
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
                lost.push(entry.step.name.clone());
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
            self.request(Effect::Release(id, entry));
        }
        for name in lost {
            self.notify(
                true,
                format!(
                    "“{name}” could not be done as a whole: what it changes was deleted or changed \
                     in another tab."
                ),
                Vec::new(),
            );
        }
    }

    /// Hands all that is pending of an article to the storage.
    pub(crate) fn hand_over_pending(&mut self, id: Id) {
        let Some(journal) = self.journals.get(&id) else {
            return;
        };
        let line = self.library.holding(id).cloned();
        let appends = journal.pending.iter().map(|(entry, after)| {
            let article = after.document().article().clone();
            StoreChange::Append(article, entry.clone(), line.clone())
        });
        let appends: Vec<StoreChange> = appends.collect();
        if appends.is_empty() {
            return;
        }
        for append in &appends {
            if let StoreChange::Append(article, entry, _) = append {
                self.request(Effect::Hold(article.clone(), entry.clone()));
            }
        }
        let superseded = self.next_number();
        if let Some(journal) = self.journals.get_mut(&id) {
            journal.superseded = superseded;
        }
        // All or none: where another tab is first again, that is one refusal.
        self.save(appends);
    }

    /// Shows the article as its journal has it.
    pub(crate) fn show(&mut self, id: Id, stamp: Stamp) {
        let Some(history) = self.journals.get(&id).map(|it| it.history().clone()) else {
            return;
        };
        let document = history.document().clone();
        self.shelve_after(&document, stamp);
        if self.is_open(id)
            && let Some(editor) = self.editor.clone()
        {
            let editor = Editor {
                history,
                ..(*editor).clone()
            };
            self.editor = Some(Rc::new(editor.mended()));
        }
    }

    /// Older entries came: undo goes on there.
    pub(crate) fn older_entries_read(
        &mut self,
        id: Id,
        result: Result<Vec<Rc<JournalEntry>>, StoreError>,
    ) {
        let (Ok(older), Some(journal)) = (result, self.journals.get_mut(&id)) else {
            return;
        };
        journal.kept = journal.kept.with_older(&older);
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
