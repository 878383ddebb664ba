//! Updates of backups, of the backup folder and of the browser's storage.

use crate::backup::action::BackupAction;
use crate::backup::folder::{Folder, FolderUpdate};
use crate::backup::restore_report::RestoreReport;
use crate::backup::state::{BackupProgress, BackupSource};
use crate::backup::storage_status::StorageStatus;
use crate::backup::summary::BackupSummary;
use crate::editor::state::Editor;
use crate::effect::Effect;
use crate::messages::{Sentence, backup, export};
use crate::route::Route;
use crate::state::State;
use crate::store::article::JournalSize;
use crate::store::change::StoreChange;
use crate::store::error::StoreError;
use pullquote_core::model::id::Id;
use pullquote_core::model::library_entry::LibraryEntry;
use pullquote_core::model::timestamp::Timestamp;
use std::rc::Rc;

impl State {
    /// Handles what happened to backups, the backup folder or the browser's storage.
    pub(crate) fn backup_action(&mut self, action: BackupAction) {
        match action {
            BackupAction::Requested => self.back_up(),
            BackupAction::Progressed { done, all } => {
                self.backup_progress = BackupProgress::Writing { done, all };
            }
            BackupAction::Written(result) => self.backup_written(result),
            BackupAction::FileOpened(backup) => self.backup_opened(backup),
            BackupAction::FileRefused(name) => {
                self.end_reading(&name);
                self.alarm(backup::not_a_backup(&name));
            }
            BackupAction::Surveyed { backup, result } => self.backup_surveyed(backup, result),
            BackupAction::RestoreRequested => self.restore_backup(),
            BackupAction::RestoreProgressed { done } => {
                if let BackupProgress::Restoring { done: so_far, .. } = &mut self.backup_progress {
                    *so_far = done;
                }
            }
            BackupAction::Restored { backup, result } => self.backup_restored(backup, result),
            BackupAction::ReportClosed => {
                if let BackupProgress::Surveyed { .. } | BackupProgress::Restored { .. } =
                    self.backup_progress
                {
                    self.backup_progress = BackupProgress::Idle;
                }
            }
            BackupAction::RecordsRequested(article) => {
                self.request(Effect::DownloadRecords(article));
            }
            BackupAction::RecordsDownloaded { article, result } => match result {
                Ok(()) => {
                    self.has_asides |= article.is_none();
                    self.announce(backup::RECORDS_DOWNLOADED);
                }
                Err(reason) => self.alarm(export::file_not_written(&reason)),
            },
            BackupAction::SetAsideDiscarded => {
                self.has_asides = false;
                let articles = std::mem::take(&mut self.set_aside);
                self.save(
                    articles
                        .keys()
                        .copied()
                        .map(StoreChange::DiscardSetAside)
                        .collect(),
                );
            }
            BackupAction::StorageStatusRead(status) => self.storage_status = Some(status),
            BackupAction::PersistenceAnswered { status, changed } => {
                self.persistence_answered(status, changed);
            }
            BackupAction::FolderRead(folder) => self.folder_read(folder),
            BackupAction::FolderRequested => self.request(Effect::ChooseFolder),
            BackupAction::FolderAllowed => self.request(Effect::AllowFolder),
            BackupAction::FolderRefused(reason) => self.alarm(backup::folder_refused(&reason)),
            BackupAction::FolderForgotten => {
                self.folder = Folder::Nothing;
                self.request(Effect::ForgetFolder);
            }
            BackupAction::FolderUpdated(update) => self.folder_updated(update),
        }
    }

    fn back_up(&mut self) {
        if self.backup_progress.is_under_way() {
            return;
        }
        self.backup_progress = BackupProgress::Writing { done: 0, all: 0 };
        self.request(Effect::WriteBackup);
    }

    fn backup_written(&mut self, result: Result<Box<BackupSummary>, Sentence>) {
        self.backup_progress = BackupProgress::Idle;
        let summary = match result {
            Ok(summary) => summary,
            Err(reason) => return self.alarm(export::not_written(&reason)),
        };
        let at = summary.at;
        self.articles_copied(summary.articles.iter().map(|id| (*id, at)));
        self.request(Effect::ReadStorageStatus);
        let sentence = backup::written(&summary);
        match summary.missing.is_empty() {
            true => self.inform(sentence),
            false => self.alarm(sentence),
        }
    }

    /// Remembers that copies of these articles, as they were at these times, are outside the
    /// browser.
    pub(crate) fn articles_copied(&mut self, articles: impl Iterator<Item = (Id, Timestamp)>) {
        let mut changes = Vec::new();
        for (id, at) in articles {
            let entry = self.library.entry(id).cloned();
            // A newer copy may have been finished earlier.
            if let Some(entry) = entry.filter(|entry| entry.copied.is_none_or(|last| last < at)) {
                self.put_entry(Rc::new(LibraryEntry {
                    copied: Some(at),
                    ..(*entry).clone()
                }));
                changes.push(StoreChange::SetCopied { article: id, at });
            }
        }
        if !changes.is_empty() {
            self.save(changes);
        }
    }

    fn backup_opened(&mut self, backup: BackupSource) {
        if self.backup_progress.is_under_way() {
            return self.alarm(backup::another_is_under_way(&backup.name));
        }
        self.backup_progress = BackupProgress::Surveying(backup.clone());
        self.request(Effect::SurveyBackup(backup));
        if self.route != Route::Library {
            self.request(Effect::ChangeRoute(Route::Library));
        }
    }

    fn backup_surveyed(
        &mut self,
        backup: BackupSource,
        result: Result<Box<RestoreReport>, Sentence>,
    ) {
        if self.backup_progress != BackupProgress::Surveying(backup.clone()) {
            return;
        }
        match result {
            Ok(report) => {
                let report = Rc::from(report);
                self.backup_progress = BackupProgress::Surveyed { backup, report };
            }
            Err(reason) => {
                self.backup_progress = BackupProgress::Idle;
                self.alarm(backup::not_opened(&backup.name, &reason));
            }
        }
    }

    fn restore_backup(&mut self) {
        if let BackupProgress::Surveyed { backup, report } = self.backup_progress.clone() {
            self.backup_progress = BackupProgress::Restoring {
                backup: backup.clone(),
                done: 0,
                all: report.articles.len(),
            };
            self.request(Effect::RestoreBackup(backup));
        }
    }

    fn backup_restored(
        &mut self,
        backup: BackupSource,
        result: Result<Box<RestoreReport>, Sentence>,
    ) {
        // The storage has changed as if another tab had written.
        self.tab_focused();
        self.request(Effect::ReadStorageStatus);
        match result {
            Ok(report) => {
                self.announce(backup::RESTORED);
                let report = Rc::from(report);
                self.backup_progress = BackupProgress::Restored { backup, report };
            }
            Err(reason) => {
                self.backup_progress = BackupProgress::Idle;
                self.alarm(backup::not_restored(&backup.name, &reason));
            }
        }
    }

    /// Asks the browser to keep the storage, after the first change of the user.
    pub(crate) fn ask_to_persist(&mut self) {
        let is_promised = |status: &StorageStatus| status.persisted == Some(true);
        if !self.asked_to_persist && !self.storage_status.as_ref().is_some_and(is_promised) {
            self.asked_to_persist = true;
            self.request(Effect::Persist);
        }
    }

    /// The browser promises to keep the storage, or does not. This is announced only, because the
    /// bar and the library show it where something can be done about it.
    fn persistence_answered(&mut self, status: StorageStatus, changed: bool) {
        self.storage_status = Some(status);
        match status.persisted.filter(|_| changed) {
            Some(true) => self.announce(backup::PERSISTED),
            Some(false) => self.announce(backup::NOT_PERSISTED),
            None => {}
        }
    }

    fn folder_read(&mut self, folder: Folder) {
        if let (Folder::Open { name, .. }, Folder::Nothing | Folder::Asks(_)) =
            (&folder, &self.folder)
        {
            self.announce(backup::folder_opened(name));
        }
        self.folder = folder;
        self.update_folder();
    }

    /// Updates the backup folder, if there is one.
    pub(crate) fn update_folder(&mut self) {
        if matches!(self.folder, Folder::Open { .. }) {
            self.request(Effect::UpdateFolder);
        }
    }

    fn folder_updated(&mut self, update: FolderUpdate) {
        let Folder::Open { name, at, failed } = &mut self.folder else {
            return;
        };
        if update.asks {
            self.folder = Folder::Asks(name.clone());
            self.articles_copied(update.articles.into_iter());
            return self.alarm(backup::FOLDER_ASKS);
        }
        let is_new = update.failed.as_deref() != failed.as_deref();
        *failed = update.failed.as_deref().map(Into::into);
        if update.failed.is_none() {
            *at = Some(self.now);
        }
        self.articles_copied(update.articles.into_iter());
        if let Some(reason) = update.failed.filter(|_| is_new) {
            self.alarm(backup::folder_not_updated(&reason));
        }
    }

    pub(crate) fn journal_measured(&mut self, id: Id, size: Result<JournalSize, StoreError>) {
        if let (Some(editor), Ok(size)) = (self.editor.clone().filter(|_| self.is_open(id)), size) {
            self.editor = Some(Rc::new(Editor {
                size: Some(size),
                ..(*editor).clone()
            }));
        }
    }
}
