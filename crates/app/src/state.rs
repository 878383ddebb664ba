//! Everything the app knows.

use crate::backup::folder::Folder;
use crate::backup::state::BackupProgress;
use crate::backup::storage_status::StorageStatus;
use crate::editor::state::Editor;
use crate::effect::Effect;
use crate::export::state::Export;
use crate::library::state::Library;
use crate::notice::{FileWork, Notice};
use crate::route::Route;
use crate::saving::state::{OpenJournal, SaveQueue, SavedState};
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::id::Id;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::sorted::VecMap;
use std::rc::Rc;

/// Everything the app knows. A value: every action gives a new one.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Which screen the address asks for.
    pub route: Route,
    /// The time of the last action.
    pub now: Timestamp,
    /// The library.
    pub library: Library,
    /// The open article, if the screen is an article and it has been read.
    pub editor: Option<Rc<Editor>>,
    /// Why the article that the address asks for cannot be shown.
    pub missing: Option<String>,
    /// What the user is told, oldest first.
    pub notices: Vec<Rc<Notice>>,
    /// Files that are read and written at the moment.
    pub under_way: Vec<FileWork>,
    /// What was just done, for those who do not see it.
    pub said: Rc<str>,
    /// What the storage has not confirmed.
    pub save_queue: SaveQueue,
    /// The library on its way into a file, or out of one.
    pub backup_progress: BackupProgress,
    /// The dataset that is put together.
    pub export: Rc<Export>,
    /// What the browser says of its storage; `None`: not yet known.
    pub storage_status: Option<StorageStatus>,
    /// The folder that is kept up to date.
    pub folder: Folder,
    /// How many records of each article could not be read and were set aside.
    pub set_aside: VecMap<Id, usize>,
    /// Whether they were downloaded: only then can they be deleted.
    pub has_asides: bool,
    /// The codebook that new articles begin with; `None`: that of the news.
    pub default_codebook: Option<Rc<Codebook>>,
    /// Whether the window has no room for a side panel.
    pub narrow: bool,
    // Whether the side panel went because the window became narrow: it comes back with the
    // room.
    pub(crate) tucked: bool,
    // Invariant: the open article has one; so has every other whose last steps the
    // storage has not confirmed, for it may hold the only copy of them.
    pub(crate) journals: VecMap<Id, OpenJournal>,
    // Articles whose lines changed here since the library was last asked for: what is
    // known of them is newer than what comes.
    pub(crate) touched: VecMap<Id, ()>,
    // Articles at hand of which it is not known yet whether the storage still has them, since
    // the browser closed it; and how many articles the library had then.
    pub(crate) in_doubt: VecMap<Id, ()>,
    pub(crate) listed_before: Option<usize>,
    // When the browser closed the storage by itself last.
    pub(crate) closed: Option<Timestamp>,
    // Whether the browser was asked to keep the storage.
    pub(crate) asked_to_persist: bool,
    // Invariant: numbers rise; those up to `taken` are gone.
    pub(crate) effects: Vec<(u64, Rc<Effect>)>,
    pub(crate) counter: u64,
}

impl State {
    /// What the bar says: *Saved* only where the storage has confirmed everything.
    #[must_use]
    pub fn saved_state(&self) -> SavedState {
        let is_kept = |journal: &OpenJournal| journal.pending.is_empty();
        let is_lost = |journal: &OpenJournal| journal.gone && !is_kept(journal);
        match &self.save_queue.reason {
            Some(reason) => SavedState::NotSaved(reason.clone()),
            None if self.journals.values().any(is_lost) => {
                SavedState::NotSaved("this article was deleted for good in another tab.".to_owned())
            }
            None if self.save_queue.has_nothing_of_the_user()
                && self.journals.values().all(is_kept) =>
            {
                SavedState::Saved
            }
            None => SavedState::Saving,
        }
    }

    /// The state at the start, on the screen of `route`: it asks for the library.
    #[must_use]
    pub fn new(route: Route, now: Timestamp) -> Self {
        let mut state = Self {
            route,
            now,
            ..Self::default()
        };
        state.request(Effect::ReadShelf);
        state.request(Effect::ReadFolder);
        state.request(Effect::ReadCodebook);
        if let Some(id) = route.article() {
            state.request(Effect::ReadDocument(
                id,
                crate::library::read_purpose::ReadPurpose::Open,
            ));
        }
        state
    }

    /// What is to be done outside, each with its number. Whoever does it says so
    /// with [`crate::action::Action::Taken`].
    #[must_use]
    pub fn effects(&self) -> &[(u64, Rc<Effect>)] {
        &self.effects
    }

    pub(crate) fn next_number(&mut self) -> u64 {
        self.counter += 1;
        self.counter
    }

    pub(crate) fn request(&mut self, request: Effect) {
        let number = self.next_number();
        self.effects.push((number, Rc::new(request)));
    }

    pub(crate) fn notify(&mut self, alarm: bool, text: String, offers: Vec<crate::notice::Offer>) {
        self.notices.retain(|notice| notice.text != text);
        let number = self.next_number();
        self.notices.push(Rc::new(Notice {
            number,
            at: self.now,
            alarm,
            of_a_file: false,
            text,
            offers,
        }));
    }

    /// Says that a file was not opened.
    pub(crate) fn notify_of_file(&mut self, sentence: String) {
        self.notify(true, sentence, Vec::new());
        if let Some(notice) = self.notices.last_mut() {
            Rc::make_mut(notice).of_a_file = true;
        }
    }

    /// The first work of which `is_it` is true is done: that.
    pub(crate) fn done(&mut self, is_it: impl Fn(&FileWork) -> bool) -> Option<FileWork> {
        let place = self.under_way.iter().position(is_it)?;
        Some(self.under_way.remove(place))
    }

    pub(crate) fn announce(&mut self, text: impl Into<Rc<str>>) {
        self.said = text.into();
    }
}
