//! Everything the app knows.

use crate::backup::state::{BackupProgress, Folder, StorageStatus};
use crate::editor::state::Editor;
use crate::effect::{Effect, StoreChange, Ticket};
use crate::export::settings::Export;
use crate::notice::{FileWork, Notice};
use crate::route::Route;
use pullquote_core::edit::history::History;
use pullquote_core::edit::journal_entry::JournalEntry;
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::id::Id;
use pullquote_core::model::library_entry::LibraryEntry;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::sorted;
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

/// The library.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Library {
    /// Not yet known.
    #[default]
    Reading,
    /// These lines, by id.
    Read(Rc<VecMap<Id, Rc<LibraryEntry>>>),
    /// The storage cannot be read; why.
    Failed(String),
}

/// The journal of an article, as far as it is known here.
#[derive(Clone, Debug)]
pub struct OpenJournal {
    /// What the storage has.
    pub kept: History,
    /// What it has not confirmed, each entry with the history after it.
    pub pending: Vec<(Rc<JournalEntry>, History)>,
    /// Whether another tab was first: what is pending waits for what the storage has.
    pub behind: bool,
    /// Whether the article was deleted for good elsewhere: what is pending is never kept.
    pub gone: bool,
    /// The last ticket before everything that is pending was handed over again: what is refused
    /// of it and of those before it is on its way anew.
    pub superseded: Ticket,
}

impl OpenJournal {
    /// A journal that the storage has as far as this history.
    #[must_use]
    pub fn new(kept: History) -> Self {
        Self {
            kept,
            pending: Vec::new(),
            behind: false,
            gone: false,
            superseded: 0,
        }
    }

    /// With everything that was done here.
    #[must_use]
    pub fn history(&self) -> &History {
        self.pending.last().map_or(&self.kept, |(_, after)| after)
    }
}

/// What the storage has not confirmed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SaveQueue {
    /// Handed over, not yet answered, in order.
    pub waiting: Vec<(Ticket, Vec<Rc<StoreChange>>)>,
    /// Refused, with everything after it, in order: to be tried again together.
    pub refused: Vec<Rc<StoreChange>>,
    /// What of that was handed over after what was refused, and is not yet answered.
    pub moved: Vec<(Ticket, Vec<Rc<StoreChange>>)>,
    /// Why, while anything is refused.
    pub reason: Option<String>,
}

/// What the saved state says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SavedState {
    /// Everything is kept.
    Saved,
    /// Something is on its way.
    Saving,
    /// Something could not be kept; why.
    NotSaved(String),
}

impl SaveQueue {
    /// Whether nothing that the user did is on its way.
    fn has_nothing_of_the_user(&self) -> bool {
        let mut waiting = self.waiting.iter().flat_map(|(_, changes)| changes);
        waiting.all(|change| matches!(**change, StoreChange::Fold(_)))
    }
}

impl Library {
    /// The line of an article, deleted or not.
    #[must_use]
    pub fn holding(&self, id: Id) -> Option<&Rc<LibraryEntry>> {
        match self {
            Self::Read(holdings) => holdings.get(&id),
            _ => None,
        }
    }

    /// The lines that are not deleted, or those that are: last changed first.
    #[must_use]
    pub fn listed(&self, deleted: bool) -> Vec<Rc<LibraryEntry>> {
        let Self::Read(holdings) = self else {
            return Vec::new();
        };
        let listed = holdings
            .values()
            .filter(|holding| holding.deleted.is_some() == deleted)
            .cloned();
        sorted::collect_sorted(listed, |a, b| b.changed.cmp(&a.changed))
    }
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
