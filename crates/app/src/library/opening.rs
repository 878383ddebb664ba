//! Articles are opened from the storage.

use crate::action::Action;
use crate::backup::write::with_tail;
use crate::export::action::ExportAction;
use crate::library::read_purpose::ReadPurpose;
use crate::library::state::Library;
use crate::messages::{library, offers};
use crate::notice::{NoticeKind, Offer};
use crate::saving::state::OpenJournal;
use crate::stamp::Stamp;
use crate::state::State;
use crate::store::article::{LoadedArticle, OpenError};
use crate::store::change::{Compaction, StoreChange};
use pullquote_core::edit::history::History;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;
use pullquote_core::model::library_entry::LibraryEntry;
use std::rc::Rc;

/// The number of entries that may be replayed to open an article. If there are more, the article
/// is stored anew with all of them in its state.
const COMPACT_AFTER: u64 = 200;

impl State {
    /// A document was read. If its journal is in memory by now, that is used, because it is never
    /// older.
    pub(crate) fn document_read(
        &mut self,
        id: Id,
        purpose: ReadPurpose,
        result: Result<Box<LoadedArticle>, OpenError>,
        stamp: Stamp,
    ) {
        match purpose {
            ReadPurpose::Open => {
                if self.route.article() == Some(id)
                    && !self.is_open(id)
                    && !self.open_from_memory(id)
                {
                    self.open_read(id, result, stamp);
                }
            }
            ReadPurpose::List => match result {
                Ok(loaded) => {
                    if self.library.entry(id).is_none() {
                        self.save_entry(LibraryEntry::new(loaded.history.document(), stamp.now));
                    }
                }
                Err(error) => self.alarm(library::not_listed(&error)),
            },
            ReadPurpose::Duplicate => self.duplicate_read(id, result, stamp),
            ReadPurpose::Rename(title) => {
                if self.journals.contains_key(&id) {
                    self.rename(id, title, stamp);
                } else {
                    self.rename_read(id, title, result, stamp);
                }
            }
            ReadPurpose::Compare { incoming, shown } => {
                // Changes that are not saved yet count.
                let journal = self.journals.get(&id).filter(|journal| !journal.is_deleted);
                let here = match journal {
                    Some(journal) => Ok(journal.history().document().clone()),
                    None => result.map(|loaded| with_tail(&loaded)),
                };
                let here = here.or_else(|error| self.unsaved_document(id).ok_or(error));
                self.add_compared(&incoming, here, shown, stamp);
            }
        }
    }

    /// Opens the article of the screen. If the storage does not have it because it is still
    /// being saved, or was refused, it is opened all the same.
    fn open_read(&mut self, id: Id, result: Result<Box<LoadedArticle>, OpenError>, stamp: Stamp) {
        match result {
            Ok(loaded) => self.open(*loaded, stamp),
            Err(error) => match self.unsaved_document(id) {
                Some(document) => self.open_unsaved(document),
                None => {
                    self.missing = Some(error);
                    return;
                }
            },
        }
        self.export_screen_shown();
    }

    fn rename_read(
        &mut self,
        id: Id,
        title: String,
        result: Result<Box<LoadedArticle>, OpenError>,
        stamp: Stamp,
    ) {
        match result {
            Ok(loaded) if loaded.lost.is_empty() => {
                self.take_in(*loaded);
            }
            Ok(loaded) => return self.alarm(library::not_renamed_damaged(&loaded.lost)),
            Err(error) => match self.unsaved_document(id) {
                Some(document) => {
                    self.start_journal(document);
                }
                None => return self.alarm(library::not_renamed(&error)),
            },
        }
        self.rename(id, title, stamp);
    }

    /// Duplicates an article that was read. A damaged one is not duplicated: nobody would see in
    /// the copy what is missing.
    fn duplicate_read(
        &mut self,
        id: Id,
        result: Result<Box<LoadedArticle>, OpenError>,
        stamp: Stamp,
    ) {
        let journal = self.journals.get(&id);
        let in_memory = journal.map(|journal| journal.history().document().clone());
        let document = match (in_memory.or_else(|| self.unsaved_document(id)), result) {
            (Some(document), _) => document,
            (None, Ok(loaded)) if loaded.lost.is_empty() => with_tail(&loaded),
            (None, Ok(loaded)) => {
                return self.alarm(library::not_duplicated_damaged(&loaded.lost));
            }
            (None, Err(error)) => return self.alarm(library::not_duplicated(&error)),
        };
        self.duplicate_document(&document, stamp);
    }

    /// The document with this id that was added here and that the storage has not confirmed.
    fn unsaved_document(&self, id: Id) -> Option<Rc<Document>> {
        let mut unsaved = None;
        for change in self.save_queue.changes() {
            match &**change {
                StoreChange::Add { document, .. } if document.article().id == id => {
                    unsaved = Some(document)
                }
                StoreChange::Purge(purged) if *purged == id => unsaved = None,
                _ => {}
            }
        }
        let journal = self.journals.get(&id);
        let document = journal.map_or(unsaved?, |journal| journal.history().document());
        Some(document.clone())
    }

    /// Opens an article that the storage may not have yet.
    pub(crate) fn open_unsaved(&mut self, document: Rc<Document>) {
        let id = self.start_journal(document);
        self.open_from_memory(id);
    }

    /// Starts the journal of an article that the storage may not have yet.
    fn start_journal(&mut self, document: Rc<Document>) -> Id {
        let id = document.article().id;
        let journal = OpenJournal::new(History::new(document, 0, None));
        self.journals.insert(id, journal);
        id
    }

    /// Whether this article is open.
    pub(crate) fn is_open(&self, id: Id) -> bool {
        let open = self.editor.as_ref();
        open.is_some_and(|editor| editor.document().article().id == id)
    }

    fn open(&mut self, loaded: LoadedArticle, stamp: Stamp) {
        self.missing = None;
        if !loaded.lost.is_empty() {
            let export = || Action::Export(ExportAction::ArticleFileRequested);
            self.notify(
                NoticeKind::Alarm,
                library::opened_damaged(&loaded.lost),
                vec![Offer::new(offers::EXPORT, export)],
            );
        }
        let has_tail = !loaded.tail.is_empty();
        let id = self.take_in(loaded);
        self.open_from_memory(id);
        let Some(history) = self.editor.as_ref().map(|editor| editor.history.clone()) else {
            return;
        };
        let document = history.document();
        if matches!(self.library, Library::Read(_)) {
            // The entry can be older than the journal entries of the pending log.
            let known = self.library.entry(id);
            let entry = match known {
                Some(known) => {
                    let recovered = history.entries().last().map(|entry| entry.at);
                    let changed = recovered.filter(|_| has_tail).max(Some(known.changed));
                    known.after(document, changed.unwrap_or(known.changed))
                }
                None => LibraryEntry::new(document, stamp.now),
            };
            if known.is_none_or(|known| **known != entry) {
                self.save_entry(entry);
            }
        }
        self.ask_for_older(&history);
    }

    /// Takes the journal of an article that was read into memory. Entries of the pending log are
    /// applied and saved, damaged records are set aside, and a long journal is compacted.
    fn take_in(&mut self, loaded: LoadedArticle) -> Id {
        let history = loaded.history;
        let document = history.document().clone();
        let id = document.article().id;
        let is_damaged = !loaded.damaged.is_empty() || !loaded.lost.is_empty();
        if is_damaged || loaded.replayed > COMPACT_AFTER {
            let compaction = Compaction {
                number: history.number(),
                latest: history.latest(),
                before: loaded.state_number,
                damaged: loaded.damaged,
                document,
            };
            self.save(vec![StoreChange::Compact(Rc::new(compaction))]);
        }
        self.journals.insert(id, OpenJournal::new(history));
        self.repeat(id, loaded.tail);
        self.hand_over_pending(id);
        id
    }
}
