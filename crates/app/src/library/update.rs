//! Updates of the library: its entries are read, renamed, deleted and restored.

use crate::action::Action;
use crate::effect::Effect;
use crate::library::action::LibraryAction;
use crate::library::incoming::Incoming;
use crate::library::read_purpose::ReadPurpose;
use crate::library::sample::sample;
use crate::library::state::Library;
use crate::messages::{library, offers};
use crate::notice::{FileWork, NoticeKind, Offer};
use crate::route::Route;
use crate::stamp::Stamp;
use crate::state::State;
use crate::store::change::StoreChange;
use crate::store::error::StoreError;
use crate::store::library::Listing;
use pullquote_core::edit::commands::marks;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;
use pullquote_core::model::library_entry::LibraryEntry;
use pullquote_core::sorted;
use pullquote_core::sorted::VecMap;
use std::rc::Rc;

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
                let route = self.route;
                self.under_way.push(FileWork::Reading { name, route });
            }
            LibraryAction::FileRead { name, read, alone } => self.file_read(&name, read, alone),
            LibraryAction::FileReadFailed { name, reason } => self.file_read_failed(&name, &reason),
            LibraryAction::TextPasted(text) => self.text_pasted(&text, stamp),
            LibraryAction::SampleRequested => {
                let incoming = Incoming::new(sample(&stamp), &stamp);
                self.add(&incoming, true);
            }
            LibraryAction::ArticleRenamed { id, title } => self.rename(id, title, stamp),
            LibraryAction::ArticleDuplicated(id) => self.duplicate(id, stamp),
            LibraryAction::DoneSet { id, done } => self.set_done(id, done),
            LibraryAction::ArticleDeleted(id) => self.delete_article(id, stamp),
            LibraryAction::ArticleRestored(id) => self.restore_article(id),
            LibraryAction::ArticlePurged(id) => self.purge_article(id),
            LibraryAction::Searched(query) => self.library_view.query = query,
            LibraryAction::SortChosen(column) => {
                let order = self.library_view.order.pressed(column);
                self.library_view.order = order;
                self.request(Effect::SaveLibraryOrder(order));
            }
            LibraryAction::OrderRead(order) => self.library_view.order = order,
            LibraryAction::DoneHidden { hidden } => self.library_view.hides_done = hidden,
        }
    }

    fn library_read(&mut self, result: Result<Listing, StoreError>) {
        let listing = match result {
            Ok(listing) => listing,
            Err(error) => {
                self.library = Library::Failed(error);
                return;
            }
        };
        let mut entries = VecMap::new();
        for entry in listing.entries {
            entries.insert(entry.id, Rc::new(entry));
        }
        // Entries that changed here since the request, and those that are still being saved, are
        // newer than what was read.
        if let Library::Read(known) = std::mem::take(&mut self.library) {
            let changes = self.save_queue.changes();
            let unsaved = changes.map(|change| change.article());
            for id in unsaved.chain(self.changed_entries.keys().copied()) {
                match known.get(&id) {
                    Some(entry) => entries.insert(id, entry.clone()),
                    None => entries.remove(&id),
                };
            }
        }
        self.alarm_if_site_data_was_deleted(entries.len());
        // The browser knows the size of the storage once it was read.
        self.request(Effect::ReadStorageStatus);
        self.library = Library::Read(Rc::new(entries));
        self.set_aside = listing.aside;
        for (id, name, record) in listing.damaged {
            *self.set_aside.or_default(id) += 1;
            self.save(vec![StoreChange::SetAside {
                article: id,
                key: name,
                record,
            }]);
        }
        for id in listing.unlisted {
            if self.library.entry(id).is_none() {
                self.request(Effect::ReadDocument {
                    id,
                    purpose: ReadPurpose::List,
                });
            }
        }
    }

    /// Renames an article. If its journal is not in memory, the article is read first.
    pub(crate) fn rename(&mut self, id: Id, title: String, stamp: Stamp) {
        let title = title.trim().to_owned();
        let entry = self.library.entry(id);
        if title.is_empty() || entry.is_some_and(|entry| entry.title == title) {
            return;
        }
        if let Some(editor) = self.editor.clone().filter(|_| self.is_open(id)) {
            let step = marks::rename(editor.document(), &title);
            return self.step(&editor, step, stamp);
        }
        let Some(journal) = self.journals.get(&id) else {
            return self.request(Effect::ReadDocument {
                id,
                purpose: ReadPurpose::Rename(title),
            });
        };
        let history = journal.history();
        let step = marks::rename(history.document(), &title);
        if let Ok(step) = step
            && let Ok((after, entry)) = history.step(&step, stamp.entry_stamp())
        {
            self.update_entry(&after.document().clone(), stamp);
            self.append_to_journal(id, entry, after);
        }
        self.drop_saved_journal(id);
    }

    /// Makes a second article with the same text, codebook and marks. If the journal of the first
    /// is not in memory, the article is read first.
    fn duplicate(&mut self, id: Id, stamp: Stamp) {
        let journal = self.journals.get(&id);
        match journal.map(|journal| journal.history().document().clone()) {
            Some(document) => self.duplicate_document(&document, stamp),
            None => {
                let purpose = ReadPurpose::Duplicate;
                self.request(Effect::ReadDocument { id, purpose });
            }
        }
    }

    /// Adds a copy of a document to the library.
    pub(crate) fn duplicate_document(&mut self, document: &Document, stamp: Stamp) {
        let copy = Incoming::new(document.clone(), &stamp).copied(&stamp);
        let id = copy.document.article().id;
        let title = document.article().title.clone();
        self.add(&copy, false);
        let open = move || Action::RouteRequested(Route::Article(id));
        let undo = move || Action::Library(LibraryAction::ArticleDeleted(id));
        self.notify(
            NoticeKind::Information,
            library::duplicated(&title),
            vec![
                Offer::new(offers::OPEN, open),
                Offer::new(offers::UNDO, undo),
            ],
        );
    }

    fn set_done(&mut self, id: Id, done: bool) {
        if let Some(entry) = self.library.entry(id).cloned() {
            self.announce(library::done(&entry.title, done));
            self.save_entry(LibraryEntry {
                done,
                ..(*entry).clone()
            });
        }
    }

    fn delete_article(&mut self, id: Id, stamp: Stamp) {
        let Some(entry) = self.library.entry(id).cloned() else {
            return;
        };
        self.put_entry(Rc::new(LibraryEntry {
            deleted: Some(stamp.now),
            ..(*entry).clone()
        }));
        self.save(vec![StoreChange::SetDeleted {
            article: id,
            at: Some(stamp.now),
        }]);
        // The notice of a copy offers to delete it.
        self.withdraw_offers(|offered| {
            matches!(offered, Action::Library(LibraryAction::ArticleDeleted(other)) if *other == id)
        });
        let undo = move || Action::Library(LibraryAction::ArticleRestored(id));
        self.notify(
            NoticeKind::Information,
            library::deleted(&entry.title),
            vec![Offer::new(offers::UNDO, undo)],
        );
    }

    /// Restores a deleted article.
    pub(crate) fn restore_article(&mut self, id: Id) {
        let Some(entry) = self.library.entry(id).cloned() else {
            return;
        };
        // It counts as changed now, so that it is newer than its deletion in a backup.
        let entry = Rc::new(LibraryEntry {
            deleted: None,
            changed: self.now,
            ..(*entry).clone()
        });
        self.put_entry(entry.clone());
        self.save(vec![
            StoreChange::SetDeleted {
                article: id,
                at: None,
            },
            StoreChange::PutEntry(entry.clone()),
        ]);
        self.withdraw_restoring(id);
        self.announce(library::restored(&entry.title));
    }

    /// Restores the article that was deleted last. This is what undo means in the library.
    pub(crate) fn restore_latest(&mut self) {
        let deleted = self.library.deleted().into_iter();
        if let Some(latest) = deleted.max_by_key(|entry| entry.deleted) {
            self.restore_article(latest.id);
        }
    }

    /// Deletes a deleted article for good.
    fn purge_article(&mut self, id: Id) {
        let entry = self.library.entry(id);
        let Some(entry) = entry.filter(|entry| entry.deleted.is_some()) else {
            return;
        };
        self.announce(library::purged(&entry.title));
        if let Library::Read(entries) = &mut self.library {
            Rc::make_mut(entries).remove(&id);
        }
        self.changed_entries.insert(id, ());
        self.journals.remove(&id);
        let is_other = |change: &Rc<StoreChange>| change.article() != id;
        self.save_queue.refused.retain(is_other);
        self.withdraw_restoring(id);
        self.save(vec![StoreChange::Purge(id)]);
    }

    /// Removes the notices that offer to restore this article.
    pub(crate) fn withdraw_restoring(&mut self, id: Id) {
        self.withdraw_offers(|offered| {
            matches!(offered, Action::Library(LibraryAction::ArticleRestored(other)) if *other == id)
        });
    }

    /// Updates the library entry of a document that was just changed. It is saved with the
    /// document.
    pub(crate) fn update_entry(&mut self, document: &Document, stamp: Stamp) {
        let entry = match self.library.entry(document.article().id) {
            Some(entry) => entry.after(document, stamp.now),
            None => LibraryEntry::new(document, stamp.now),
        };
        self.put_entry(Rc::new(entry));
    }

    /// Puts an entry into the library, which need not be known yet.
    pub(crate) fn put_entry(&mut self, entry: Rc<LibraryEntry>) {
        self.changed_entries.insert(entry.id, ());
        match &mut self.library {
            Library::Read(entries) => {
                Rc::make_mut(entries).insert(entry.id, entry);
            }
            Library::Reading | Library::Failed(_) => {
                self.library = Library::Read(Rc::new(sorted::vec_map([(entry.id, entry)])));
            }
        }
    }

    /// Puts an entry into the library and saves it.
    pub(crate) fn save_entry(&mut self, entry: LibraryEntry) {
        let entry = Rc::new(entry);
        self.put_entry(entry.clone());
        self.save(vec![StoreChange::PutEntry(entry)]);
    }
}
