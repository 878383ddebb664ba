//! Everything the app knows.

use crate::action::Action;
use crate::backup::folder::Folder;
use crate::backup::state::BackupProgress;
use crate::backup::storage_status::StorageStatus;
use crate::editor::state::Editor;
use crate::effect::Effect;
use crate::export::state::Export;
use crate::library::read_purpose::ReadPurpose;
use crate::library::state::Library;
use crate::library::view::LibraryView;
use crate::notice::{FileWork, Notice, NoticeKind, Offer};
use crate::route::Route;
use crate::saving::state::{OpenJournal, SaveQueue, SavedState};
use crate::store::article::OpenError;
use crate::store::error::StoreError;
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::id::Id;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::sorted::VecMap;
use std::rc::Rc;

/// Everything the app knows, as a value: [`State::update`] returns a new one.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// The screen that the address asks for.
    pub route: Route,
    /// The time of the last action that changed the state.
    pub now: Timestamp,
    /// The library.
    pub library: Library,
    /// What the user chose to see of the library.
    pub library_view: LibraryView,
    /// The open article, if the screen is about an article and it was read.
    pub editor: Option<Rc<Editor>>,
    /// Why the article that the address asks for cannot be shown.
    pub missing: Option<OpenError>,
    /// The notices, oldest first.
    pub notices: Vec<Rc<Notice>>,
    /// Files that are being read and written.
    pub under_way: Vec<FileWork>,
    /// What was just done, for screen readers.
    pub announcement: Rc<str>,
    /// Changes that the storage has not confirmed.
    pub save_queue: SaveQueue,
    /// The backup that is being written or restored.
    pub backup_progress: BackupProgress,
    /// The dataset on the export screen.
    pub export: Rc<Export>,
    /// What the browser reports on its storage; `None` until it is known.
    pub storage_status: Option<StorageStatus>,
    /// The backup folder.
    pub folder: Folder,
    /// The number of records of each article that could not be read and were set aside.
    pub set_aside: VecMap<Id, usize>,
    /// Whether those records were downloaded: only then can they be deleted.
    pub has_asides: bool,
    /// The codebook for new articles; `None` means the news codebook.
    pub default_codebook: Option<Rc<Codebook>>,
    /// Whether the help is shown.
    pub shows_help: bool,
    /// The codebooks that ship, the news codebook first, and those of the user that were replaced
    /// since the page was loaded; `None` until a screen needs them.
    pub shipped_codebooks: Option<Rc<[Rc<Codebook>]>>,
    /// Whether the window is too narrow for a side panel.
    pub narrow: bool,
    // Whether the side panel closed because the window became narrow: it opens again when the
    // window becomes wide.
    pub(crate) panel_closed_by_width: bool,
    // Invariant: the open article has a journal; so has every other article whose last steps the
    // storage has not confirmed, because this may be the only copy of them.
    pub(crate) journals: VecMap<Id, OpenJournal>,
    // Articles whose library entries changed here since the library was last requested: these
    // entries are newer than those that will be read.
    pub(crate) changed_entries: VecMap<Id, ()>,
    // Journals of which it is unknown whether the storage still has their articles, since the
    // browser closed it; and the number of articles that the library had then.
    pub(crate) in_doubt: VecMap<Id, ()>,
    pub(crate) listed_before: Option<usize>,
    // When the browser last closed the storage.
    pub(crate) closed: Option<Timestamp>,
    // Whether the browser was asked to keep the storage.
    pub(crate) asked_to_persist: bool,
    // Invariant: numbers rise.
    pub(crate) effects: Vec<(u64, Rc<Effect>)>,
    pub(crate) counter: u64,
}

impl State {
    /// Whether everything is saved. [`SavedState::Saved`] only if the storage has confirmed it.
    #[must_use]
    pub fn saved_state(&self) -> SavedState {
        if let Some(reason) = &self.save_queue.reason {
            return SavedState::NotSaved(reason.clone());
        }
        let mut journals = self.journals.iter();
        let is_lost = |journal: &OpenJournal| journal.is_deleted && !journal.pending.is_empty();
        if let Some((id, _)) = journals.find(|(_, journal)| is_lost(journal)) {
            return SavedState::NotSaved(StoreError::Deleted(*id));
        }
        let mut journals = self.journals.values();
        match self.save_queue.has_only_compactions()
            && journals.all(|journal| journal.pending.is_empty())
        {
            true => SavedState::Saved,
            false => SavedState::Saving,
        }
    }

    /// The state at the start, on the screen of `route`. It requests the library, the backup
    /// folder and the codebook for new articles; and the article of the screen, if there is one.
    #[must_use]
    pub fn new(route: Route, now: Timestamp) -> Self {
        let mut state = Self {
            route,
            now,
            ..Self::default()
        };
        state.request(Effect::ReadLibrary);
        state.request(Effect::ReadLibraryOrder);
        state.request(Effect::ReadFolder);
        state.request(Effect::ReadDefaultCodebook);
        state.request_codebooks(route);
        state.request(Effect::ReadRecentFormats);
        if let Some(id) = route.article() {
            state.request(Effect::ReadDocument {
                id,
                purpose: ReadPurpose::Open,
            });
        }
        state
    }

    /// The effects to perform, in order, each with its number. Whoever performs them sends
    /// [`crate::action::Action::EffectsTaken`] with the last number first.
    #[must_use]
    pub fn effects(&self) -> &[(u64, Rc<Effect>)] {
        &self.effects
    }

    pub(crate) fn next_number(&mut self) -> u64 {
        self.counter += 1;
        self.counter
    }

    /// Appends an effect.
    pub(crate) fn request(&mut self, effect: Effect) {
        let number = self.next_number();
        self.effects.push((number, Rc::new(effect)));
    }

    /// Tells the user that something went wrong.
    pub(crate) fn alarm(&mut self, text: impl Into<String>) {
        self.notify(NoticeKind::Alarm, text, Vec::new());
    }

    /// Tells the user that something was done.
    pub(crate) fn inform(&mut self, text: impl Into<String>) {
        self.notify(NoticeKind::Information, text, Vec::new());
    }

    /// Shows a notice. It replaces one with the same text, and counts it.
    pub(crate) fn notify(&mut self, kind: NoticeKind, text: impl Into<String>, offers: Vec<Offer>) {
        let text = text.into();
        let is_same = |notice: &&Rc<Notice>| notice.text == text;
        let times = self.notices.iter().find(is_same);
        let times = times.map_or(0, |notice| notice.times) + 1;
        self.notices.retain(|notice| notice.text != text);
        let number = self.next_number();
        self.notices.push(Rc::new(Notice {
            number,
            at: self.now,
            kind,
            is_about_file: false,
            text,
            times,
            offers,
        }));
    }

    /// Tells the user that a file was not opened.
    pub(crate) fn alarm_about_file(&mut self, text: String) {
        self.alarm(text);
        if let Some(notice) = self.notices.last_mut() {
            Rc::make_mut(notice).is_about_file = true;
        }
    }

    /// Removes the notices that offer this action.
    pub(crate) fn withdraw_offers(&mut self, is_withdrawn: impl Fn(&Action) -> bool) {
        let is_offered = |notice: &Rc<Notice>| {
            let mut offers = notice.offers.iter();
            offers.any(|offer| is_withdrawn(&offer.action()))
        };
        self.notices.retain(|notice| !is_offered(notice));
    }

    /// Ends the first work for which `is_done` holds, and returns it.
    pub(crate) fn end_work(&mut self, is_done: impl Fn(&FileWork) -> bool) -> Option<FileWork> {
        let index = self.under_way.iter().position(is_done)?;
        Some(self.under_way.remove(index))
    }

    /// Tells screen readers what was just done.
    pub(crate) fn announce(&mut self, text: impl Into<Rc<str>>) {
        self.announcement = text.into();
    }
}
