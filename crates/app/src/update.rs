//! What each action makes of the state.

use crate::action::{Action, ReadPurpose, Stamp};
use crate::editor::state::Editor;
use crate::effect::Effect;
use crate::library::incoming::Incoming;
use crate::notice::{FileWork, NOTICE_LIFE, Notice, Offer};
use crate::route::Route;
use crate::state::State;
use std::rc::Rc;

impl State {
    /// The state after `action`, which happened at `stamp`. Pure: the same
    /// arguments always give the same state.
    #[must_use]
    pub fn update(&self, action: Action, stamp: Stamp) -> Self {
        let mut state = self.clone();
        state.now = stamp.now;
        let is_old = |notice: &Notice| stamp.now.since(notice.at) >= u64::from(NOTICE_LIFE);
        state
            .notices
            .retain(|notice| notice.alarm || !is_old(notice));
        state.act(action, stamp);
        state
    }

    fn act(&mut self, action: Action, stamp: Stamp) {
        match action {
            Action::Tick => {}
            Action::Narrow(narrow) => {
                self.narrow = narrow;
                let is_open = self.desk.as_ref().is_some_and(|desk| desk.panel.open);
                // One that the user has closed stays closed.
                let turns = if narrow {
                    is_open
                } else {
                    self.tucked && !is_open
                };
                self.tucked = narrow && is_open;
                if turns {
                    self.at_desk(Action::PanelTurned, stamp);
                }
            }
            Action::Taken(number) => self.requests.retain(|(other, _)| *other > number),
            Action::Went(route) => self.go(route),
            Action::Sought(route) => self.ask(Effect::Go(route)),
            Action::Dismissed(number) => self.notices.retain(|notice| notice.number != number),

            Action::ShelfRead(result) => self.shelf_read(result),
            Action::LineRead(id, result) => self.line_read(id, result),
            Action::LaterRead(id, result) => self.later_read(id, result, stamp),
            Action::OlderRead(id, result) => self.older_read(id, result),
            Action::Heard(id) => self.heard(id),
            Action::Looked => self.looked(),
            Action::DocumentRead(id, purpose, result) => {
                self.document_read(id, purpose, result, stamp);
            }
            Action::Answered(ticket, result) => self.answered(ticket, result),
            Action::StorageClosed => self.storage_closed(),
            Action::KeepAgain => self.keep_again(),

            Action::FileBegun(name) => self.under_way.push(FileWork::Reading(name, self.route)),
            Action::FileRead { name, read, alone } => {
                let is_it =
                    |work: &FileWork| matches!(work, FileWork::Reading(other, _) if *other == name);
                let begun = self.done(is_it);
                match read {
                    // Who went on to an article meanwhile is not taken from it.
                    Ok(incoming) if alone && self.has_gone_on(begun.as_ref()) => {
                        self.arrived(&name, &incoming, false);
                        let sentence = format!("“{name}” was read: it is in the library.");
                        let library = Offer::new("Library", Action::Sought(Route::Library));
                        self.tell(false, sentence, vec![library]);
                    }
                    Ok(incoming) => {
                        if alone {
                            self.notices.retain(|notice| !notice.of_a_file);
                        }
                        self.arrived(&name, &incoming, alone);
                    }
                    Err(sentence) => self.tell_of_file(sentence),
                }
            }
            Action::BookRead(name, read) => self.book_read(&name, read, stamp),
            Action::FileFailed { name, reason } => {
                self.done(|work| matches!(work, FileWork::Reading(other, _) if *other == name));
                self.tell(
                    true,
                    format!(
                        "“{name}” could not be read: {}. Try opening it again.",
                        reason.trim_end_matches('.')
                    ),
                    Vec::new(),
                );
            }
            Action::Pasted(text) => self.pasted(&text, stamp),
            Action::SampleWanted => {
                let incoming = Incoming::new(crate::library::sample::sample(&stamp), &stamp);
                self.add(&incoming, true);
            }
            Action::Rename(id, title) => self.rename(id, title, stamp),
            Action::DeleteArticle(id) => self.delete_article(id, stamp),
            Action::Downloaded(id, asked, result) => self.downloaded(id, asked, result),
            Action::KeepAnew(id) => self.keep_anew(id, stamp),
            Action::RestoreArticle(id) => self.restore_article(id),
            Action::PurgeArticle(id) => self.purge_article(id),

            leaving @ (Action::Wished(_)
            | Action::DatasetWanted(_)
            | Action::DatasetGrew(..)
            | Action::DatasetMade(..)
            | Action::DatasetStopped) => self.leaving(leaving),
            wide @ (Action::BackupWanted
            | Action::BackingUp(..)
            | Action::BackedUp(_)
            | Action::BackupFound(_)
            | Action::Surveyed(..)
            | Action::RestoreWanted
            | Action::Restoring(_)
            | Action::Restored(..)
            | Action::TransferLeft
            | Action::NoBackup(_)
            | Action::RecordsWanted(_)
            | Action::RecordsDownloaded(..)
            | Action::AsideDiscarded
            | Action::ShelterRead(_)
            | Action::Persisted(..)
            | Action::FolderRead(_)
            | Action::FolderWanted
            | Action::FolderAllowed
            | Action::FolderFailed(_)
            | Action::FolderLeft
            | Action::CopiedOut(_)) => self.outside(wide),
            Action::Measured(id, size) => self.measured(id, size),
            Action::NotPreferred(reason) => {
                let sentence = format!(
                    "New articles begin with this codebook until this page is closed: the browser \
                     did not keep that ({}). Save the codebook as a file.",
                    reason.trim_end_matches('.')
                );
                self.tell(true, sentence, Vec::new());
            }
            Action::CodebookRead(book) => self.begins_with = book,
            Action::Copied(result) => self.copied_text(result),
            Action::NotWritten(reason) => self.not_written(&reason),

            Action::Undo if self.route == Route::Library => self.restore_latest(),
            on_the_desk => self.at_desk(on_the_desk, stamp),
        }
    }

    fn go(&mut self, route: Route) {
        if route == self.route {
            return;
        }
        let before = std::mem::replace(&mut self.route, route);
        let is_near = |notice: &Rc<Notice>| {
            // Offers that are about the article that was shown.
            let mut offers = notice.offers.iter();
            !offers.any(|it| matches!(*it.action, Action::BookEdited(_) | Action::UndoOf(..)))
        };
        self.notices.retain(is_near);
        self.left_the_export(before);
        if route.article().is_some() && route.article() == before.article() {
            if let Some(desk) = self.desk.clone() {
                self.choose(&desk, crate::editor::state::Selection::Nothing);
            }
            self.came_to_the_export();
            return;
        }
        self.missing = None;
        self.leave_desk();
        if route == Route::Library {
            self.ask(Effect::ReadShelter);
        }
        if let Some(id) = route.article()
            && !self.take_up(id)
        {
            self.ask(Effect::ReadDocument(id, ReadPurpose::Open));
        }
        self.came_to_the_export();
    }

    /// Whether the user went on to an article after this was begun.
    fn has_gone_on(&self, begun: Option<&FileWork>) -> bool {
        let here =
            |work: &FileWork| matches!(work, FileWork::Reading(_, route) if *route == self.route);
        self.desk.is_some() && begun.is_some_and(|work| !here(work))
    }

    /// Puts the open article away. Its journal stays at hand while the storage has not
    /// confirmed everything.
    pub(crate) fn leave_desk(&mut self) {
        if let Some(desk) = self.desk.take() {
            self.let_go(desk.document().article().id);
        }
    }

    /// Opens an article whose journal is at hand.
    pub(crate) fn take_up(&mut self, id: pullquote_core::model::id::Id) -> bool {
        let Some(journal) = self.journals.get(&id) else {
            return false;
        };
        let mut desk = Editor::new(journal.history().clone());
        desk.panel.open = !self.narrow;
        self.tucked = self.narrow;
        self.desk = Some(Rc::new(desk));
        true
    }
}
