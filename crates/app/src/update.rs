//! What each action makes of the state.

use crate::action::Action;
use crate::backup::action::BackupAction;
use crate::codebook::action::CodebookAction;
use crate::editor::action::HistoryAction;
use crate::editor::action::PanelAction;
use crate::editor::state::Editor;
use crate::effect::Effect;
use crate::export::action::ExportAction;
use crate::library::action::LibraryAction;
use crate::library::incoming::Incoming;
use crate::library::read_purpose::ReadPurpose;
use crate::notice::{FileWork, NOTICE_LIFE, Notice, Offer};
use crate::route::Route;
use crate::saving::action::SavingAction;
use crate::stamp::Stamp;
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
            Action::MinutePassed => {}
            Action::WidthChanged { narrow } => {
                self.narrow = narrow;
                let is_open = self.editor.as_ref().is_some_and(|editor| editor.panel.open);
                // One that the user has closed stays closed.
                let turns = if narrow {
                    is_open
                } else {
                    self.tucked && !is_open
                };
                self.tucked = narrow && is_open;
                if turns {
                    self.at_editor(Action::Panel(PanelAction::Toggled), stamp);
                }
            }
            Action::EffectsTaken(number) => self.requests.retain(|(other, _)| *other > number),
            Action::RouteChanged(route) => self.go(route),
            Action::RouteRequested(route) => self.request(Effect::Go(route)),
            Action::NoticeDismissed(number) => {
                self.notices.retain(|notice| notice.number != number)
            }

            Action::Library(LibraryAction::LibraryRead(result)) => self.shelf_read(result),
            Action::Library(LibraryAction::EntryRead { id, result }) => self.line_read(id, result),
            Action::Saving(SavingAction::JournalRead { id, result }) => {
                self.later_read(id, result, stamp)
            }
            Action::Saving(SavingAction::OlderEntriesRead { id, result }) => {
                self.older_read(id, result)
            }
            Action::Saving(SavingAction::OtherTabChanged(id)) => self.heard(id),
            Action::Saving(SavingAction::TabFocused) => self.looked(),
            Action::Library(LibraryAction::DocumentRead {
                id,
                purpose,
                result,
            }) => {
                self.document_read(id, purpose, result, stamp);
            }
            Action::Saving(SavingAction::StoreAnswered { ticket, result }) => {
                self.answered(ticket, result)
            }
            Action::Saving(SavingAction::StorageClosed) => self.storage_closed(),
            Action::Saving(SavingAction::RetryRequested) => self.keep_again(),

            Action::Library(LibraryAction::FileReadStarted(name)) => {
                self.under_way.push(FileWork::Reading(name, self.route))
            }
            Action::Library(LibraryAction::FileRead { name, read, alone }) => {
                let is_it =
                    |work: &FileWork| matches!(work, FileWork::Reading(other, _) if *other == name);
                let begun = self.done(is_it);
                match read {
                    // Who went on to an article meanwhile is not taken from it.
                    Ok(incoming) if alone && self.has_gone_on(begun.as_ref()) => {
                        self.arrived(&name, &incoming, false);
                        let sentence = format!("“{name}” was read: it is in the library.");
                        let library = Offer::new("Library", Action::RouteRequested(Route::Library));
                        self.notify(false, sentence, vec![library]);
                    }
                    Ok(incoming) => {
                        if alone {
                            self.notices.retain(|notice| !notice.of_a_file);
                        }
                        self.arrived(&name, &incoming, alone);
                    }
                    Err(sentence) => self.notify_of_file(sentence),
                }
            }
            Action::Codebook(CodebookAction::FileRead { name, read }) => {
                self.book_read(&name, read, stamp)
            }
            Action::Library(LibraryAction::FileReadFailed { name, reason }) => {
                self.done(|work| matches!(work, FileWork::Reading(other, _) if *other == name));
                self.notify(
                    true,
                    format!(
                        "“{name}” could not be read: {}. Try opening it again.",
                        reason.trim_end_matches('.')
                    ),
                    Vec::new(),
                );
            }
            Action::Library(LibraryAction::TextPasted(text)) => self.pasted(&text, stamp),
            Action::Library(LibraryAction::SampleRequested) => {
                let incoming = Incoming::new(crate::library::sample::sample(&stamp), &stamp);
                self.add(&incoming, true);
            }
            Action::Library(LibraryAction::ArticleRenamed { id, title }) => {
                self.rename(id, title, stamp)
            }
            Action::Library(LibraryAction::ArticleDeleted(id)) => self.delete_article(id, stamp),
            Action::Export(ExportAction::ArticleFileWritten { id, asked, result }) => {
                self.downloaded(id, asked, result)
            }
            Action::Saving(SavingAction::ArticleSavedAnew(id)) => self.keep_anew(id, stamp),
            Action::Library(LibraryAction::ArticleRestored(id)) => self.restore_article(id),
            Action::Library(LibraryAction::ArticlePurged(id)) => self.purge_article(id),

            leaving @ (Action::Export(ExportAction::Changed(_))
            | Action::Export(ExportAction::DatasetRequested { .. })
            | Action::Export(ExportAction::DatasetProgressed { .. })
            | Action::Export(ExportAction::DatasetBuilt { .. })
            | Action::Export(ExportAction::DatasetStopped)) => self.leaving(leaving),
            wide @ (Action::Backup(BackupAction::Requested)
            | Action::Backup(BackupAction::Progressed { .. })
            | Action::Backup(BackupAction::Written(_))
            | Action::Backup(BackupAction::FileOpened(_))
            | Action::Backup(BackupAction::Surveyed { .. })
            | Action::Backup(BackupAction::RestoreRequested)
            | Action::Backup(BackupAction::RestoreProgressed { .. })
            | Action::Backup(BackupAction::Restored { .. })
            | Action::Backup(BackupAction::ReportClosed)
            | Action::Backup(BackupAction::FileRefused(_))
            | Action::Backup(BackupAction::RecordsRequested(_))
            | Action::Backup(BackupAction::RecordsDownloaded { .. })
            | Action::Backup(BackupAction::SetAsideDiscarded)
            | Action::Backup(BackupAction::StorageStatusRead(_))
            | Action::Backup(BackupAction::PersistenceAnswered { .. })
            | Action::Backup(BackupAction::FolderRead(_))
            | Action::Backup(BackupAction::FolderRequested)
            | Action::Backup(BackupAction::FolderAllowed)
            | Action::Backup(BackupAction::FolderRefused(_))
            | Action::Backup(BackupAction::FolderForgotten)
            | Action::Backup(BackupAction::FolderUpdated(_))) => self.outside(wide),
            Action::Saving(SavingAction::JournalMeasured { id, size }) => self.measured(id, size),
            Action::Codebook(CodebookAction::DefaultNotSaved(reason)) => {
                let sentence = format!(
                    "New articles begin with this codebook until this page is closed: the browser \
                     did not keep that ({}). Save the codebook as a file.",
                    reason.trim_end_matches('.')
                );
                self.notify(true, sentence, Vec::new());
            }
            Action::Codebook(CodebookAction::DefaultRead(book)) => self.default_codebook = book,
            Action::TextCopied(result) => self.copied_text(result),
            Action::FileNotWritten(reason) => self.not_written(&reason),

            Action::History(HistoryAction::Undo) if self.route == Route::Library => {
                self.restore_latest()
            }
            on_the_desk => self.at_editor(on_the_desk, stamp),
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
            !offers.any(|it| {
                matches!(
                    *it.action,
                    Action::Codebook(CodebookAction::Edited(_))
                        | Action::History(HistoryAction::UndoOf { .. })
                )
            })
        };
        self.notices.retain(is_near);
        self.left_the_export(before);
        if route.article().is_some() && route.article() == before.article() {
            if let Some(editor) = self.editor.clone() {
                self.choose(&editor, crate::editor::state::Selection::Nothing);
            }
            self.came_to_the_export();
            return;
        }
        self.missing = None;
        self.close_editor();
        if route == Route::Library {
            self.request(Effect::ReadShelter);
        }
        if let Some(id) = route.article()
            && !self.take_up(id)
        {
            self.request(Effect::ReadDocument(id, ReadPurpose::Open));
        }
        self.came_to_the_export();
    }

    /// Whether the user went on to an article after this was begun.
    fn has_gone_on(&self, begun: Option<&FileWork>) -> bool {
        let here =
            |work: &FileWork| matches!(work, FileWork::Reading(_, route) if *route == self.route);
        self.editor.is_some() && begun.is_some_and(|work| !here(work))
    }

    /// Puts the open article away. Its journal stays at hand while the storage has not
    /// confirmed everything.
    pub(crate) fn close_editor(&mut self) {
        if let Some(editor) = self.editor.take() {
            self.let_go(editor.document().article().id);
        }
    }

    /// Opens an article whose journal is at hand.
    pub(crate) fn take_up(&mut self, id: pullquote_core::model::id::Id) -> bool {
        let Some(journal) = self.journals.get(&id) else {
            return false;
        };
        let mut editor = Editor::new(journal.history().clone());
        editor.panel.open = !self.narrow;
        self.tucked = self.narrow;
        self.editor = Some(Rc::new(editor));
        true
    }
}
