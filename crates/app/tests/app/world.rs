//! The app natively, with its storage: actions in, states and requests out.

use crate::memory::{Memory, now};
use crate::storage_effects;
use pullquote_app::action::Action;
use pullquote_app::backup::action::BackupAction;
use pullquote_app::backup::restore;
use pullquote_app::backup::restore::BackupLines;
use pullquote_app::backup::state::BackupSource;
use pullquote_app::backup::storage_status::StorageStatus;
use pullquote_app::backup::write::{self, BackupSink};
use pullquote_app::browser_reason::BrowserReason;
use pullquote_app::codebook::action::CodebookAction;
use pullquote_app::editor::action::{MarkAction, SelectionAction};
use pullquote_app::effect::Effect;
use pullquote_app::export::action::ExportAction;
use pullquote_app::export::summary::DatasetSummary;
use pullquote_app::library::action::LibraryAction;
use pullquote_app::library::incoming::Incoming;
use pullquote_app::library::view::LibraryOrder;
use pullquote_app::messages::backup::restore_error;
use pullquote_app::messages::files::not_opened;
use pullquote_app::messages::storage::store_error;
use pullquote_app::notice::NoticeKind;
use pullquote_app::route::Route;
use pullquote_app::saving::action::SavingAction;
use pullquote_app::saving::state::SavedState;
use pullquote_app::saving::ticket::Ticket;
use pullquote_app::stamp::Stamp;
use pullquote_app::state::State;
use pullquote_app::store::change::StoreChange;
use pullquote_app::store::{article, library};
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_formats::document_file::{EXTENSION, write_document};
use pullquote_formats::file_name::file_name;
use pullquote_formats::records::envelope::write_asides;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

/// One tab; the clock goes on by a second with every action.
pub(crate) struct World {
    pub(crate) state: State,
    pub(crate) store: Rc<Memory>,
    pub(crate) clock: i64,
    /// Which of several tabs it is: ids differ by it.
    pub(crate) number: u8,
    pub(crate) downloads: Vec<(String, Rc<str>)>,
    /// The codebook that new articles begin with.
    pub(crate) default_codebook: Option<Rc<Codebook>>,
    /// The name of the order of the library, as preferences have it.
    pub(crate) order: Option<String>,
    /// The ids of the formats that were exported last.
    pub(crate) recent_formats: Vec<&'static str>,
    /// What went to the clipboard.
    pub(crate) copied: Vec<String>,
    /// The backups that were given to the user.
    pub(crate) backups: Vec<String>,
    /// The backup that the user opened last.
    pub(crate) opened: Vec<u8>,
    /// What the browser says of its storage.
    pub(crate) storage_status: StorageStatus,
    /// How often the browser was asked to keep the storage.
    pub(crate) asked: usize,
    pub(crate) route: Route,
    /// Changes that were handed to the storage and are not written yet.
    pub(crate) under_way: VecDeque<(Ticket, Vec<Rc<StoreChange>>)>,
    /// What was read of journals and did not come yet, where that takes its time.
    pub(crate) slow_reads: Option<VecDeque<Action>>,
    /// What the storage answered and did not come yet, where that takes its time.
    pub(crate) slow_answers: VecDeque<Action>,
    /// The marks that were to get the focus; `None` for the article.
    pub(crate) focused: Vec<Option<Id>>,
    /// Articles of which the other tabs should hear.
    pub(crate) told: Vec<Id>,
}

pub(crate) const TEXT: &str = "Talks 🤝 at noon\n\nGeneral Munir met the minister in Rawalpindi. Cafe\u{301} talk.\n\nسرحدی علاقوں میں";

pub(crate) fn open() -> World {
    let mut world = World::new();
    world.does(Action::Library(LibraryAction::TextPasted(TEXT.to_owned())));
    assert_eq!(world.state.saved_state(), SavedState::Saved);
    world
}

impl World {
    pub(crate) fn new() -> Self {
        Self::over(Rc::default(), Route::Library)
    }

    pub(crate) fn over(store: Rc<Memory>, route: Route) -> Self {
        let mut world = Self {
            state: State::new(route, Timestamp(0)),
            store,
            clock: 1_700_000_000_000,
            number: 0,
            downloads: Vec::new(),
            copied: Vec::new(),
            default_codebook: None,
            order: None,
            recent_formats: Vec::new(),
            backups: Vec::new(),
            opened: Vec::new(),
            storage_status: StorageStatus::default(),
            asked: 0,
            route,
            under_way: VecDeque::new(),
            slow_reads: None,
            slow_answers: VecDeque::new(),
            focused: Vec::new(),
            told: Vec::new(),
        };
        world.settle();
        world
    }

    /// Another tab on the same storage, at the same address.
    pub(crate) fn other_tab(&self, number: u8) -> Self {
        let mut other = Self::over(self.store.clone(), self.route);
        other.number = number;
        other.clock = self.clock;
        other
    }

    pub(crate) fn act(&mut self, action: Action) {
        self.clock += 1_000;
        let mut random = [self.number; 10];
        random[2..].copy_from_slice(&self.clock.to_be_bytes());
        let stamp = Stamp {
            now: Timestamp(self.clock),
            random,
        };
        if let Some(state) = self.state.update(action, stamp) {
            self.state = state;
        }
    }

    /// Acts, and carries out what the app asks for until it asks for nothing.
    pub(crate) fn does(&mut self, action: Action) {
        self.act(action);
        self.settle();
    }

    pub(crate) fn settle(&mut self) {
        loop {
            self.carry_out_all();
            if !self.write_one() {
                return;
            }
        }
    }

    /// Lets the first of the slow reads come; `false` if there is none.
    pub(crate) fn read_one(&mut self) -> bool {
        let read = self.slow_reads.as_mut().and_then(VecDeque::pop_front);
        let is_one = read.is_some();
        if let Some(read) = read {
            self.act(read);
            self.carry_out_all();
        }
        is_one
    }

    /// Carries out what the app asks for; writes are put under way, no more.
    pub(crate) fn carry_out_all(&mut self) {
        while let Some((last, _)) = self.state.effects().last() {
            let last = *last;
            let requests = self.state.effects().iter();
            let requests: Vec<Rc<Effect>> = requests.map(|(_, it)| it.clone()).collect();
            self.act(Action::EffectsTaken(last));
            for request in requests {
                self.carry_out(&request);
            }
        }
    }

    /// Writes the first batch that is under way; `false` if there is none.
    pub(crate) fn write_one(&mut self) -> bool {
        let Some((ticket, changes)) = self.under_way.pop_front() else {
            return false;
        };
        let answer = now(storage_effects::save(&*self.store, &changes));
        if answer.is_ok() {
            self.told
                .extend(changes.iter().map(|change| change.article()));
        }
        let answer = Action::Saving(SavingAction::StoreAnswered {
            ticket,
            result: answer,
        });
        match (&self.slow_reads, &mut self.slow_answers) {
            (Some(_), answers) => answers.push_back(answer),
            (None, _) => self.act(answer),
        }
        true
    }

    /// Lets the first of the slow answers of the storage come; `false` if there is none.
    pub(crate) fn answer_one(&mut self) -> bool {
        let answer = self.slow_answers.pop_front();
        let is_one = answer.is_some();
        if let Some(answer) = answer {
            self.act(answer);
            self.carry_out_all();
        }
        is_one
    }

    fn carry_out(&mut self, request: &Effect) {
        let store = self.store.clone();
        if storage_effects::log(&*store, request) {
            return;
        }
        if let Some(read) = now(storage_effects::read(&*store, request)) {
            match (request, &mut self.slow_reads) {
                (Effect::ReadNewEntries { .. }, Some(reads)) => reads.push_back(read),
                _ => self.act(read),
            }
            return;
        }
        match request.clone() {
            Effect::Save { ticket, changes } => {
                self.under_way.push_back((ticket, changes));
            }
            Effect::WriteArticleFile { document, .. } => {
                let name = file_name(&document.article().title, EXTENSION);
                self.downloads
                    .push((name, write_document(&document).into()));
            }
            Effect::BuildDataset {
                number,
                settings: wanted,
                source,
                download: gives,
            } => {
                let documents: Vec<Document> = match source {
                    Some((document, Some(ids))) => vec![document.restricted(&ids)],
                    Some((document, None)) => vec![(*document).clone()],
                    None => {
                        let listing = now(library::listing(&*store, None)).unwrap();
                        let kept = listing.entries.iter().map(|line| line.id);
                        let kept = kept.map(|id| now(article::open(&*store, id)).unwrap());
                        kept.map(|kept| (*write::with_tail(&kept)).clone())
                            .collect()
                    }
                };
                let made = wanted.build(&documents);
                let look = made.map(|made| {
                    let look = Box::new(DatasetSummary::new(&made));
                    if gives {
                        let text = String::from_utf8_lossy(&made.bytes).into_owned();
                        self.downloads.push((made.name, text.into()));
                    }
                    look
                });
                self.act(Action::Export(ExportAction::DatasetBuilt {
                    number,
                    result: look.map_err(|error| error.to_string()),
                }));
            }
            Effect::StopDataset => {}
            Effect::ChangeRoute(route) => {
                self.route = route;
                self.act(Action::RouteChanged(route));
            }
            Effect::WriteBackup => {
                let mut file = Text::default();
                let made = now(write::back_up(&*store, &mut file, Timestamp(self.clock)));
                self.backups.push(file.0);
                let made = made.map(Box::new).map_err(|error| store_error(&error));
                self.act(Action::Backup(BackupAction::Written(made)));
            }
            Effect::SurveyBackup(backup) => {
                let findings = now(restore::survey(&*store, &mut lines(&self.opened)));
                self.act(Action::Backup(BackupAction::Surveyed {
                    backup,
                    result: findings
                        .map(Box::new)
                        .map_err(|error| restore_error(&error)),
                }));
            }
            Effect::RestoreBackup(backup) => {
                let stamps = self.stamps();
                let opened = self.opened.clone();
                let told = RefCell::new(Vec::new());
                let hear = |_, article| told.borrow_mut().push(article);
                let mut lines = lines(&opened);
                let findings = now(restore::restore(&*store, &mut lines, &stamps, &hear));
                self.told.extend(told.into_inner());
                self.clock += 1_000_000;
                self.act(Action::Backup(BackupAction::Restored {
                    backup,
                    result: findings
                        .map(Box::new)
                        .map_err(|error| restore_error(&error)),
                }));
            }
            Effect::DownloadRecords(only) => {
                let asides = now(library::raw(&*store, only)).unwrap();
                let name = "damaged.json".to_owned();
                self.downloads.push((name, write_asides(&asides).into()));
                self.act(Action::Backup(BackupAction::RecordsDownloaded {
                    article: only,
                    result: Ok(()),
                }));
            }
            Effect::ReadStorageStatus => self.act(Action::Backup(BackupAction::StorageStatusRead(
                self.storage_status,
            ))),
            Effect::Persist => {
                self.asked += 1;
                self.storage_status.persisted = Some(false);
                self.act(Action::Backup(BackupAction::PersistenceAnswered {
                    status: self.storage_status,
                    changed: true,
                }));
            }
            Effect::CopyText(text) => {
                self.copied.push(text);
                self.act(Action::TextCopied(Ok(())));
            }
            Effect::DownloadFile { name, text, .. } => self.downloads.push((name, text.into())),
            Effect::ReadDefaultCodebook => self.act(Action::Codebook(CodebookAction::DefaultRead(
                self.default_codebook.clone(),
            ))),
            Effect::ReadShippedCodebooks => {
                let codebooks = Codebook::shipped().into_iter().map(Rc::new).collect();
                self.act(Action::Codebook(CodebookAction::ShippedRead(Ok(codebooks))));
            }
            Effect::ReadLibraryOrder => {
                if let Some(name) = &self.order {
                    let order = LibraryOrder::of_name(name);
                    self.act(Action::Library(LibraryAction::OrderRead(order)));
                }
            }
            Effect::SaveLibraryOrder(order) => self.order = Some(order.name()),
            Effect::SaveDefaultCodebook(book) => self.default_codebook = book,
            Effect::ReadRecentFormats => {
                let recent = self.recent_formats.iter().map(|id| (*id).to_owned());
                let recent = ExportAction::RecentRead(recent.collect());
                self.act(Action::Export(recent));
            }
            Effect::SaveRecentFormats(ids) => self.recent_formats = ids,
            Effect::Focus(spot) => self.focused.push(spot.map(|spot| spot.id)),
            // Performed above.
            Effect::ReadLibrary
            | Effect::ReadEntry(_)
            | Effect::ReadDocument { .. }
            | Effect::ReadNewEntries { .. }
            | Effect::ReadOlderEntries { .. }
            | Effect::MeasureJournal(_)
            | Effect::LogPending { .. }
            | Effect::ForgetPending { .. } => {}
            // Only browsers have folders: see the journeys.
            Effect::ReadFolder
            | Effect::ChooseFolder
            | Effect::AllowFolder
            | Effect::ForgetFolder
            | Effect::UpdateFolder
            | Effect::Print(_)
            | Effect::RevealMark(_)
            | Effect::RevealWords(_) => {}
        }
    }

    /// Stamps for what is done outside of the app, from now on.
    pub(crate) fn stamps(&self) -> impl Fn() -> Stamp + use<> {
        let clock = Cell::new(self.clock);
        let number = self.number;
        move || {
            clock.set(clock.get() + 1_000);
            let mut random = [number.wrapping_add(128); 10];
            random[2..].copy_from_slice(&clock.get().to_be_bytes());
            let now = Timestamp(clock.get());
            Stamp { now, random }
        }
    }

    /// Opens a file and goes no further than to hand it to the storage.
    pub(crate) fn is_given(&mut self, name: &str, bytes: &[u8], alone: bool) {
        let read = Incoming::from_file(name, bytes, &self.stamps()());
        let read = read.map_err(|error| not_opened(name, &error));
        let name = name.to_owned();
        self.act(Action::Library(LibraryAction::FileRead {
            name,
            read,
            alone,
        }));
        self.carry_out_all();
    }

    /// Opens a file.
    pub(crate) fn opens(&mut self, name: &str, bytes: &[u8], alone: bool) {
        self.is_given(name, bytes, alone);
        self.settle();
    }

    /// Opens a backup and says yes.
    pub(crate) fn restores(&mut self, file: &str) {
        self.opens_backup(file.as_bytes());
        self.does(Action::Backup(BackupAction::RestoreRequested));
    }

    /// Opens a backup; the user is asked.
    pub(crate) fn opens_backup(&mut self, file: &[u8]) {
        self.opened = file.to_vec();
        let name = "library.pullquote.jsonl".into();
        self.does(Action::Backup(BackupAction::FileOpened(BackupSource {
            number: 1,
            name,
        })));
    }

    /// The whole library as one file.
    pub(crate) fn backup(&mut self) -> String {
        self.does(Action::Backup(BackupAction::Requested));
        self.backups.pop().expect("a backup was written")
    }

    pub(crate) fn document(&self) -> Rc<Document> {
        let editor = self.state.editor.as_ref().expect("an article is open");
        editor.document().clone()
    }

    pub(crate) fn marks(&self) -> Vec<String> {
        marks_of(&self.document())
    }

    /// Sweeps these words of the open article.
    pub(crate) fn sweep(&mut self, words: &str, exact: bool) {
        let document = self.document();
        let article = document.article();
        let start = article.text().find(words).expect("the words are there");
        let span = article.span(start..start + words.len()).unwrap();
        let at = |byte| article.offsets().utf16(byte).unwrap();
        let range = at(span.start())..at(span.end());
        self.does(Action::Selection(SelectionAction::TextSelected {
            range,
            exact,
            more: false,
        }));
    }

    pub(crate) fn tag(&mut self, tag: &str) {
        self.does(Action::Mark(MarkAction::TagGiven(tag.parse().unwrap())));
    }

    /// The app as it would be after the browser was closed and opened again.
    pub(crate) fn reopened(self) -> Self {
        let mut again = Self::over(self.store, self.route);
        again.clock = self.clock + 1_000_000;
        again
    }

    pub(crate) fn alarms(&self) -> Vec<String> {
        let notices = self
            .state
            .notices
            .iter()
            .filter(|notice| notice.kind == NoticeKind::Alarm);
        notices.map(|notice| notice.text.clone()).collect()
    }
}

/// Tag and words of each mark.
pub(crate) fn marks_of(document: &Document) -> Vec<String> {
    let marks = document.annotations().iter();
    marks
        .map(|mark| format!("{}: {}", mark.tag, mark.quote(document.article())))
        .collect()
}

/// A backup as a text.
#[derive(Default)]
pub(crate) struct Text(pub(crate) String);

impl BackupSink for Text {
    async fn line(&mut self, line: String, _: usize, _: usize) {
        self.0 += &line;
    }
}

/// The lines of a backup.
pub(crate) struct TextLines(VecDeque<Vec<u8>>);

pub(crate) fn lines(file: &[u8]) -> TextLines {
    let file = file.strip_suffix(b"\n").unwrap_or(file);
    let lines = file.split(|byte| *byte == b'\n');
    TextLines(lines.map(<[u8]>::to_vec).collect())
}

impl BackupLines for TextLines {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, BrowserReason> {
        Ok(self.0.pop_front())
    }
}
