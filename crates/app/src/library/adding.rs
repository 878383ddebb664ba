//! Articles are added to the library from files and texts.

use crate::action::Action;
use crate::browser_reason::BrowserReason;
use crate::effect::Effect;
use crate::library::incoming::Incoming;
use crate::library::read_purpose::ReadPurpose;
use crate::library::state::Library;
use crate::messages::{Sentence, files, library, offers};
use crate::notice::{FileWork, NoticeKind, Offer};
use crate::route::Route;
use crate::stamp::Stamp;
use crate::state::State;
use crate::store::article::OpenError;
use crate::store::change::StoreChange;
use pullquote_core::model::document::Document;
use pullquote_formats::error::ReadError;
use std::rc::Rc;

impl State {
    /// Adds the article of a file, and shows it if the file came alone. If the user went on to
    /// another article meanwhile, that one stays on the screen.
    pub(crate) fn file_read(
        &mut self,
        name: &str,
        read: Result<Rc<Incoming>, Sentence>,
        alone: bool,
    ) {
        let started = self.end_reading(name);
        match read {
            Ok(incoming) if alone && self.has_gone_on(started.as_ref()) => {
                self.take_in_file(name, &incoming, false);
                let library = || Action::RouteRequested(Route::Library);
                self.notify(
                    NoticeKind::Information,
                    library::added_in_background(name),
                    vec![Offer::new(offers::LIBRARY, library)],
                );
            }
            Ok(incoming) => {
                if alone {
                    self.notices.retain(|notice| !notice.is_about_file);
                }
                self.take_in_file(name, &incoming, alone);
            }
            Err(sentence) => self.alarm_about_file(sentence),
        }
    }

    pub(crate) fn file_read_failed(&mut self, name: &str, reason: &BrowserReason) {
        self.end_reading(name);
        self.alarm(files::not_readable(name, reason));
    }

    /// Ends the reading of the file with this name.
    pub(crate) fn end_reading(&mut self, name: &str) -> Option<FileWork> {
        self.end_work(
            |work| matches!(work, FileWork::Reading { name: other, .. } if *other == name),
        )
    }

    /// Whether the user went on to an article after this work was started.
    fn has_gone_on(&self, started: Option<&FileWork>) -> bool {
        let is_here = |work: &FileWork| matches!(work, FileWork::Reading { route, .. } if *route == self.route);
        self.editor.is_some() && started.is_some_and(|work| !is_here(work))
    }

    /// Makes an article of a pasted text, and shows it.
    pub(crate) fn text_pasted(&mut self, text: &str, stamp: Stamp) {
        match Incoming::from_pasted_text(text, &stamp) {
            Ok(incoming) => self.take_in_file(library::PASTED_TEXT, &Rc::new(incoming), true),
            Err(ReadError::Empty) => self.alarm(library::NOTHING_PASTED),
            Err(error) => self.alarm(files::not_opened(library::PASTED_TEXT, &error)),
        }
    }

    /// Adds a document that was read from the file `name`. If the library may have it already,
    /// that one is read first, to be compared.
    fn take_in_file(&mut self, name: &str, incoming: &Rc<Incoming>, shown: bool) {
        if !incoming.unknown.is_empty() {
            self.inform(library::unknown_fields(name, &incoming.unknown));
        }
        if !incoming.is_known {
            return match &self.default_codebook {
                Some(codebook) => self.add(&incoming.with_codebook(codebook), shown),
                None => self.add(incoming, shown),
            };
        }
        let id = incoming.document.article().id;
        let purpose = ReadPurpose::Compare {
            incoming: incoming.clone(),
            shown,
        };
        self.request(Effect::ReadDocument { id, purpose });
    }

    /// Adds a document, unless the library has the very same. `here` is the document with the
    /// same id in the library, or why there is none. The document in the library is never
    /// changed: a different one is added as a copy.
    pub(crate) fn add_compared(
        &mut self,
        incoming: &Incoming,
        here: Result<Rc<Document>, OpenError>,
        shown: bool,
        stamp: Stamp,
    ) {
        let id = incoming.document.article().id;
        let title = &incoming.document.article().title;
        match here {
            Ok(here) if here == incoming.document => {
                let entry = self.library.entry(id);
                if entry.is_some_and(|entry| entry.deleted.is_some()) {
                    self.restore_article(id);
                }
                self.inform(library::same_article(title));
                if shown {
                    self.request(Effect::ChangeRoute(Route::Article(id)));
                }
            }
            Ok(_) => {
                self.inform(library::copied_beside(title));
                self.add(&incoming.copied(&stamp), shown);
            }
            Err(OpenError::NotStored) => self.add(incoming, shown),
            Err(_) if matches!(self.library, Library::Failed(_)) => self.add(incoming, shown),
            Err(error) => {
                self.alarm(library::copied_beside_unreadable(title, &error));
                self.add(&incoming.copied(&stamp), shown);
            }
        }
    }

    /// Adds a document to the library. If it is to be `shown`, it is opened.
    pub(crate) fn add(&mut self, incoming: &Incoming, shown: bool) {
        let (document, entry) = (incoming.document.clone(), incoming.entry.clone());
        let id = document.article().id;
        // What was just added is in sight.
        if !self.library_view.finds(&entry) {
            self.library_view.query.clear();
        }
        self.put_entry(entry.clone());
        self.save(vec![StoreChange::Add {
            document: document.clone(),
            library_entry: entry,
        }]);
        self.announce(library::added(&document.article().title));
        if !shown {
            return;
        }
        self.close_editor();
        self.open_unsaved(document);
        self.route = Route::Article(id);
        self.missing = None;
        self.request(Effect::ChangeRoute(Route::Article(id)));
    }
}
