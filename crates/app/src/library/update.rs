//! Articles come, are renamed, go and come back.

use crate::action::Action;
use crate::backup::restore::with_tail;
use crate::effect::Effect;
use crate::export::action::ExportAction;
use crate::library::action::LibraryAction;
use crate::library::incoming::Incoming;
use crate::library::read_purpose::ReadPurpose;
use crate::library::sample::sample;
use crate::library::state::Library;
use crate::messages::errors;
use crate::notice::{FileWork, Notice, Offer};
use crate::route::Route;
use crate::saving::state::OpenJournal;
use crate::stamp::Stamp;
use crate::state::State;
use crate::store::article::{LoadedArticle, NOT_KEPT};
use crate::store::change::{Compaction, StoreChange};
use crate::store::error::StoreError;
use crate::store::library::Listing;
use pullquote_core::edit::commands::marks;
use pullquote_core::edit::history::History;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;
use pullquote_core::model::library_entry::LibraryEntry;
use pullquote_core::sorted;
use pullquote_core::sorted::VecMap;
use pullquote_formats::error::ReadError;
use std::rc::Rc;

/// Entries that are replayed when an article is opened, before they are folded
/// into its snapshot.
const FOLD_AFTER: u64 = 200;

impl State {
    /// Handles what happened to the library.
    pub(crate) fn library_action(&mut self, action: LibraryAction, stamp: Stamp) {
        match action {
            LibraryAction::LibraryRead(result) => self.library_read(result),
            LibraryAction::EntryRead { id, result } => self.entry_read(id, result),
            LibraryAction::DocumentRead {
                id,
                purpose,
                result,
            } => self.document_read(id, purpose, result, stamp),
            LibraryAction::FileReadStarted(name) => {
                self.under_way.push(FileWork::Reading(name, self.route));
            }
            LibraryAction::FileRead { name, read, alone } => self.file_read(&name, read, alone),
            LibraryAction::FileReadFailed { name, reason } => self.file_read_failed(&name, &reason),
            LibraryAction::TextPasted(text) => self.pasted(&text, stamp),
            LibraryAction::SampleRequested => {
                let incoming = Incoming::new(sample(&stamp), &stamp);
                self.add(&incoming, true);
            }
            LibraryAction::ArticleRenamed { id, title } => self.rename(id, title, stamp),
            LibraryAction::ArticleDeleted(id) => self.delete_article(id, stamp),
            LibraryAction::ArticleRestored(id) => self.restore_article(id),
            LibraryAction::ArticlePurged(id) => self.purge_article(id),
        }
    }

    /// A file was read: its article is added, and shown if it came alone. An article that the
    /// user opened meanwhile stays on the screen.
    fn file_read(&mut self, name: &str, read: Result<Rc<Incoming>, String>, alone: bool) {
        let begun = self.done(|work| matches!(work, FileWork::Reading(other, _) if *other == name));
        match read {
            Ok(incoming) if alone && self.has_gone_on(begun.as_ref()) => {
                self.arrived(name, &incoming, false);
                let sentence = format!("“{name}” was read: it is in the library.");
                let library = Offer::new("Library", Action::RouteRequested(Route::Library));
                self.notify(false, sentence, vec![library]);
            }
            Ok(incoming) => {
                if alone {
                    self.notices.retain(|notice| !notice.of_a_file);
                }
                self.arrived(name, &incoming, alone);
            }
            Err(sentence) => self.notify_of_file(sentence),
        }
    }

    fn file_read_failed(&mut self, name: &str, reason: &str) {
        self.done(|work| matches!(work, FileWork::Reading(other, _) if *other == name));
        let reason = reason.trim_end_matches('.');
        let sentence = format!("“{name}” could not be read: {reason}. Try opening it again.");
        self.notify(true, sentence, Vec::new());
    }

    /// Whether the user went on to an article after this was begun.
    fn has_gone_on(&self, begun: Option<&FileWork>) -> bool {
        let here =
            |work: &FileWork| matches!(work, FileWork::Reading(_, route) if *route == self.route);
        self.editor.is_some() && begun.is_some_and(|work| !here(work))
    }

    pub(crate) fn library_read(&mut self, result: Result<Listing, StoreError>) {
        match result {
            Ok(listing) => {
                let mut lines = VecMap::new();
                for line in listing.lines {
                    lines.insert(line.id, Rc::new(line));
                }
                // What was changed here since it was asked for, and what is on its way to the
                // storage, is newer than what came from there.
                let known = std::mem::take(&mut self.library);
                if let Library::Read(known) = known {
                    let waiting = self
                        .save_queue
                        .waiting
                        .iter()
                        .flat_map(|(_, changes)| changes);
                    let waiting = waiting.chain(&self.save_queue.refused);
                    let waiting = waiting.map(|change| change.article());
                    for id in waiting.chain(self.touched.keys().copied()) {
                        match known.get(&id) {
                            Some(line) => lines.insert(id, line.clone()),
                            None => lines.remove(&id),
                        };
                    }
                }
                self.notify_if_cleared(lines.len());
                // What the browser says of the storage it knows once it was read.
                self.request(Effect::ReadShelter);
                self.library = Library::Read(Rc::new(lines));
                self.set_aside = listing.aside;
                for (id, name, record) in listing.damaged {
                    *self.set_aside.or_default(id) += 1;
                    self.save(vec![StoreChange::SetAside(id, name, record)]);
                }
                for id in listing.unlisted {
                    if self.library.holding(id).is_none() {
                        self.request(Effect::ReadDocument(id, ReadPurpose::List));
                    }
                }
            }
            Err(refusal) => self.library = Library::Failed(errors::of_refusal(&refusal)),
        }
    }

    pub(crate) fn document_read(
        &mut self,
        id: Id,
        purpose: ReadPurpose,
        result: Result<Box<LoadedArticle>, String>,
        stamp: Stamp,
    ) {
        match (purpose, result) {
            // Asked for twice, it comes twice: the first is worked on already. What is
            // at hand is never older than what was read.
            (ReadPurpose::Open, _) if self.is_open(id) => {}
            (ReadPurpose::Open, _) if self.route.article() == Some(id) && self.open_at_hand(id) => {
            }
            (ReadPurpose::Rename(title), _) if self.journals.contains_key(&id) => {
                self.rename(id, title, stamp);
            }
            (ReadPurpose::Open, result) if self.route.article() == Some(id) => match result {
                Ok(kept) => {
                    self.open(*kept, stamp);
                    self.came_to_the_export();
                }
                // One that came in may be on its way to the storage, or be refused by it.
                Err(reason) => match self.added(id) {
                    Some(added) => {
                        self.take_up_new(added);
                        self.came_to_the_export();
                    }
                    None => self.missing = Some(reason),
                },
            },
            (ReadPurpose::Open, _) => {}
            (ReadPurpose::List, Ok(kept)) => {
                let line = LibraryEntry::new(kept.history.document(), stamp.now);
                if self.library.holding(id).is_none() {
                    self.put_holding(line);
                }
            }
            (ReadPurpose::List, Err(reason)) => self.notify(
                true,
                format!(
                    "One article of the library cannot be read: {reason} Its bytes were left as \
                     they are."
                ),
                Vec::new(),
            ),
            (ReadPurpose::Rename(title), Ok(kept)) if kept.lost.is_empty() => {
                self.take_in(*kept);
                self.rename(id, title, stamp);
            }
            (ReadPurpose::Rename(title), result) => {
                let reason = match result {
                    Ok(kept) => format!(
                        "part of what is kept of it is damaged: {}.",
                        kept.lost.join("; ")
                    ),
                    Err(reason) => match self.added(id) {
                        // It is on its way to the storage, or refused by it.
                        Some(added) => {
                            self.take_to_hand(added);
                            return self.rename(id, title, stamp);
                        }
                        None => reason,
                    },
                };
                self.notify(
                    true,
                    format!("The article was not renamed: {reason}"),
                    Vec::new(),
                );
            }
            (ReadPurpose::Compare { incoming, shown }, result) => {
                // What was done here and is not confirmed yet counts.
                let journal = self.journals.get(&id).filter(|journal| !journal.gone);
                let at_hand = journal.map(|journal| journal.history().document().clone());
                let here = at_hand.map_or_else(|| result.map(|kept| with_tail(&kept)), Ok);
                // One that came in a moment ago may be on its way to the storage.
                let here = here.or_else(|reason| self.added(id).ok_or(reason));
                self.compared(&incoming, here, shown, stamp);
            }
        }
    }

    /// The document of this id that was added here and that the storage has not confirmed.
    fn added(&self, id: Id) -> Option<Rc<Document>> {
        let waiting = self
            .save_queue
            .waiting
            .iter()
            .flat_map(|(_, changes)| changes);
        let mut added = None;
        for change in waiting.chain(&self.save_queue.refused) {
            match &**change {
                StoreChange::Add(document, _) if document.article().id == id => {
                    added = Some(document)
                }
                StoreChange::Purge(purged) if *purged == id => added = None,
                _ => {}
            }
        }
        let added = added?;
        let journal = self.journals.get(&id);
        Some(
            journal
                .map_or(added, |journal| journal.history().document())
                .clone(),
        )
    }

    /// A document came in; `here` is the one of its id that is here, or why there is none.
    fn compared(
        &mut self,
        incoming: &Incoming,
        here: Result<Rc<Document>, String>,
        shown: bool,
        stamp: Stamp,
    ) {
        let id = incoming.document.article().id;
        let title = &incoming.document.article().title;
        match here {
            Ok(here) if here == incoming.document => {
                let holding = self.library.holding(id);
                if holding.is_some_and(|holding| holding.deleted.is_some()) {
                    self.restore_article(id);
                }
                let sentence = format!("“{title}” is here already, with the same marks.");
                self.notify(false, sentence, Vec::new());
                if shown {
                    self.request(Effect::Go(Route::Article(id)));
                }
            }
            Ok(_) => {
                let sentence = format!(
                    "“{title}” is here already, with other marks. The file was opened as a copy \
                     beside it."
                );
                self.notify(false, sentence, Vec::new());
                self.add(&incoming.copied(&stamp), shown);
            }
            Err(reason) if reason == NOT_KEPT || matches!(self.library, Library::Failed(_)) => {
                self.add(incoming, shown);
            }
            Err(reason) => {
                let sentence = format!(
                    "“{title}” is here already and could not be read: {reason} The file was opened \
                     as a copy beside it."
                );
                self.notify(true, sentence, Vec::new());
                self.add(&incoming.copied(&stamp), shown);
            }
        }
    }

    /// Opens an article that the storage may not have yet.
    fn take_up_new(&mut self, document: Rc<Document>) {
        let id = self.take_to_hand(document);
        self.open_at_hand(id);
    }

    /// Has the journal of an article at hand that the storage may not have yet.
    fn take_to_hand(&mut self, document: Rc<Document>) -> Id {
        let id = document.article().id;
        let journal = OpenJournal::new(History::new(document, 0, None));
        self.journals.insert(id, journal);
        id
    }

    pub(crate) fn is_open(&self, id: Id) -> bool {
        let open = self.editor.as_ref();
        open.is_some_and(|editor| editor.document().article().id == id)
    }

    fn open(&mut self, kept: LoadedArticle, stamp: Stamp) {
        self.missing = None;
        if !kept.lost.is_empty() {
            self.notify(
                true,
                format!(
                    "Part of what is kept of this article is damaged: {}. Everything else is \
                     here; the damaged records were set aside. Export it now.",
                    kept.lost.join("; ")
                ),
                vec![Offer::new(
                    "Export",
                    Action::Export(ExportAction::ArticleFileRequested),
                )],
            );
        }
        let has_tail = !kept.tail.is_empty();
        let id = self.take_in(kept);
        self.open_at_hand(id);
        let Some(history) = self.editor.as_ref().map(|editor| editor.history.clone()) else {
            return;
        };
        let document = history.document();
        if matches!(self.library, Library::Read(_)) {
            // The line may lag behind entries that only the tail had.
            let kept = self.library.holding(id);
            let true_line = match kept {
                Some(line) => {
                    let recovered = history.entries().last().map(|entry| entry.at);
                    let changed = recovered.filter(|_| has_tail).max(Some(line.changed));
                    line.after(document, changed.unwrap_or(line.changed))
                }
                None => LibraryEntry::new(document, stamp.now),
            };
            if kept.is_none_or(|line| **line != true_line) {
                self.put_holding(true_line);
            }
        }
        self.ask_for_older(&history);
    }

    /// Takes in an article that was read: what the tail held is done and kept, what could
    /// not be read is set aside, a long journal is folded.
    fn take_in(&mut self, kept: LoadedArticle) -> Id {
        let history = kept.history;
        let document = history.document().clone();
        let id = document.article().id;
        let is_damaged = !kept.damaged.is_empty() || !kept.lost.is_empty();
        if is_damaged || kept.replayed > FOLD_AFTER {
            let fold = Compaction {
                number: history.number(),
                latest: history.latest(),
                before: kept.folded,
                damaged: kept.damaged,
                document,
            };
            self.save(vec![StoreChange::Fold(Rc::new(fold))]);
        }
        self.journals.insert(id, OpenJournal::new(history));
        self.do_again(id, kept.tail);
        self.hand_over_pending(id);
        id
    }

    /// A document came in: its fields that this version does not know are named.
    pub(crate) fn arrived(&mut self, name: &str, incoming: &Rc<Incoming>, shown: bool) {
        if !incoming.unknown.is_empty() {
            self.notify(
                false,
                format!(
                    "“{name}” has {} field(s) that this version does not know and cannot keep: {}.",
                    incoming.unknown.len(),
                    listed(&incoming.unknown)
                ),
                Vec::new(),
            );
        }
        if !incoming.is_known {
            return match &self.default_codebook {
                Some(book) => self.add(&incoming.read_with(book), shown),
                None => self.add(incoming, shown),
            };
        }
        // One of the same id that is kept is never touched: the storage is asked.
        let id = incoming.document.article().id;
        let purpose = ReadPurpose::Compare {
            incoming: incoming.clone(),
            shown,
        };
        self.request(Effect::ReadDocument(id, purpose));
    }

    pub(crate) fn pasted(&mut self, text: &str, stamp: Stamp) {
        const NAME: &str = "The pasted text";
        match Incoming::of_text(text, &stamp) {
            Ok(incoming) => self.arrived(NAME, &Rc::new(incoming), true),
            Err(ReadError::Empty) => {
                self.notify(true, "There is no text to paste.".to_owned(), Vec::new());
            }
            Err(error) => self.notify(true, errors::of_read_error(NAME, &error), Vec::new()),
        }
    }

    /// Adds a document to the library, and goes there if it is to be `shown`.
    pub(crate) fn add(&mut self, incoming: &Incoming, shown: bool) {
        let (document, line) = (incoming.document.clone(), incoming.line.clone());
        let id = document.article().id;
        self.put_line(line.clone());
        self.save(vec![StoreChange::Add(document.clone(), line)]);
        self.announce(format!("Opened {}", document.article().title));
        if !shown {
            return;
        }
        self.close_editor();
        self.take_up_new(document);
        self.route = Route::Article(id);
        self.missing = None;
        self.request(Effect::Go(Route::Article(id)));
    }

    pub(crate) fn rename(&mut self, id: Id, title: String, stamp: Stamp) {
        let title = title.trim().to_owned();
        let holding = self.library.holding(id);
        if title.is_empty() || holding.is_some_and(|holding| holding.title == title) {
            return;
        }
        if let Some(editor) = self.editor.clone().filter(|_| self.is_open(id)) {
            let step = marks::rename(editor.document(), &title);
            return self.step(&editor, step, stamp);
        }
        let Some(journal) = self.journals.get(&id) else {
            return self.request(Effect::ReadDocument(id, ReadPurpose::Rename(title)));
        };
        let history = journal.history();
        let step = marks::rename(history.document(), &title);
        if let Ok(step) = step
            && let Ok((after, entry)) = history.step(&step, stamp.entry_stamp())
        {
            self.shelve_after(&after.document().clone(), stamp);
            self.enter(id, entry, after);
        }
        self.let_go(id);
    }

    pub(crate) fn delete_article(&mut self, id: Id, stamp: Stamp) {
        let Some(holding) = self.library.holding(id).cloned() else {
            return;
        };
        self.put_line(Rc::new(LibraryEntry {
            deleted: Some(stamp.now),
            ..(*holding).clone()
        }));
        self.save(vec![StoreChange::Delete(id, Some(stamp.now))]);
        self.notify(
            false,
            format!("“{}” was deleted.", holding.title),
            vec![Offer::new(
                "Undo",
                Action::Library(LibraryAction::ArticleRestored(id)),
            )],
        );
    }

    pub(crate) fn restore_article(&mut self, id: Id) {
        let Some(holding) = self.library.holding(id).cloned() else {
            return;
        };
        // Brought back is changed: it is newer than what backups say of its deletion.
        let line = Rc::new(LibraryEntry {
            deleted: None,
            changed: self.now,
            ..(*holding).clone()
        });
        self.put_line(line.clone());
        self.save(vec![
            StoreChange::Delete(id, None),
            StoreChange::Shelve(line),
        ]);
        self.withdraw(&Action::Library(LibraryAction::ArticleRestored(id)));
        self.announce(format!("{} is back", holding.title));
    }

    /// Brings back the article that was deleted last: what undo means in the library.
    pub(crate) fn restore_latest(&mut self) {
        let deleted = self.library.listed(true).into_iter();
        if let Some(latest) = deleted.max_by_key(|holding| holding.deleted) {
            self.restore_article(latest.id);
        }
    }

    pub(crate) fn purge_article(&mut self, id: Id) {
        let holding = self.library.holding(id);
        let Some(title) = holding
            .filter(|holding| holding.deleted.is_some())
            .map(|holding| holding.title.clone())
        else {
            return;
        };
        self.announce(format!("{title} is gone for good"));
        if let Library::Read(holdings) = &mut self.library {
            Rc::make_mut(holdings).remove(&id);
        }
        self.touched.insert(id, ());
        self.journals.remove(&id);
        let waits = |change: &Rc<StoreChange>| change.article() != id;
        self.save_queue.refused.retain(waits);
        self.withdraw(&Action::Library(LibraryAction::ArticleRestored(id)));
        self.save(vec![StoreChange::Purge(id)]);
    }

    /// Takes back the notices that offer this.
    pub(crate) fn withdraw(&mut self, action: &Action) {
        let offers = |notice: &Rc<Notice>| {
            let mut offers = notice.offers.iter();
            offers.any(|offer| *offer.action == *action)
        };
        self.notices.retain(|notice| !offers(notice));
    }

    /// The line of a document that was just changed.
    pub(crate) fn shelve_after(&mut self, document: &Document, stamp: Stamp) {
        let holding = match self.library.holding(document.article().id) {
            Some(holding) => holding.after(document, stamp.now),
            None => LibraryEntry::new(document, stamp.now),
        };
        self.put_line(Rc::new(holding));
    }

    /// Puts a line on the shelf, also where the shelf is not known yet.
    pub(crate) fn put_line(&mut self, holding: Rc<LibraryEntry>) {
        self.touched.insert(holding.id, ());
        match &mut self.library {
            Library::Read(lines) => {
                Rc::make_mut(lines).insert(holding.id, holding);
            }
            _ => self.library = Library::Read(Rc::new(sorted::vec_map([(holding.id, holding)]))),
        }
    }

    pub(crate) fn put_holding(&mut self, holding: LibraryEntry) {
        let holding = Rc::new(holding);
        self.put_line(holding.clone());
        self.save(vec![StoreChange::Shelve(holding)]);
    }
}

/// The first three, and how many more.
fn listed(places: &[String]) -> String {
    let shown = places
        .iter()
        .take(3)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    match places.len().saturating_sub(3) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
