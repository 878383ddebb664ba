//! Copies outside the browser: a backup of everything, a folder that is kept up to date;
//! and what the browser says of its storage.

use crate::backup::action::BackupAction;
use crate::backup::folder::{Folder, FolderUpdate};
use crate::backup::restore_report::RestoreReport;
use crate::backup::state::{BackupProgress, BackupSource};
use crate::backup::storage_status::StorageStatus;
use crate::backup::summary::BackupSummary;
use crate::editor::state::Editor;
use crate::effect::Effect;
use crate::notice::FileWork;
use crate::route::Route;
use crate::state::State;
use crate::store::change::StoreChange;
use crate::store::error::StoreError;
use pullquote_core::model::id::Id;
use pullquote_core::model::library_entry::LibraryEntry;
use pullquote_core::model::timestamp::Timestamp;
use std::rc::Rc;

impl State {
    /// Handles what happened to backups, the folder or the storage.
    pub(crate) fn backup_action(&mut self, action: BackupAction) {
        match action {
            BackupAction::Requested => self.back_up(),
            BackupAction::Progressed { done, all } => {
                self.backup_progress = BackupProgress::Writing(done, all)
            }
            BackupAction::Written(result) => self.backed_up(result),
            BackupAction::FileOpened(backup) => self.backup_found(backup),
            BackupAction::Surveyed { backup, result } => self.surveyed(backup, result),
            BackupAction::RestoreRequested => self.restore(),
            BackupAction::RestoreProgressed { done } => {
                if let BackupProgress::Restoring(_, so_far, _) = &mut self.backup_progress {
                    *so_far = done;
                }
            }
            BackupAction::Restored { backup, result } => self.restored(backup, result),
            BackupAction::ReportClosed => {
                if let BackupProgress::Surveyed(..) | BackupProgress::Restored(..) =
                    self.backup_progress
                {
                    self.backup_progress = BackupProgress::Idle;
                }
            }
            BackupAction::FileRefused(name) => {
                self.done(|work| matches!(work, FileWork::Reading(other, _) if *other == name));
                let sentence = format!(
                    "“{name}” is not a backup, and nothing was changed. Open an article with “Open \
                     files”."
                );
                self.notify(true, sentence, Vec::new());
            }
            BackupAction::RecordsRequested(only) => self.request(Effect::DownloadRecords(only)),
            BackupAction::RecordsDownloaded {
                article: only,
                result: Ok(()),
            } => {
                self.has_asides |= only.is_none();
                self.announce("The records were downloaded");
            }
            BackupAction::RecordsDownloaded {
                result: Err(reason),
                ..
            } => self.not_written(&reason),
            BackupAction::SetAsideDiscarded => {
                self.has_asides = false;
                let articles = std::mem::take(&mut self.set_aside);
                self.save(articles.keys().copied().map(StoreChange::Discard).collect());
            }
            BackupAction::StorageStatusRead(storage_status) => {
                self.storage_status = Some(storage_status)
            }
            BackupAction::PersistenceAnswered {
                status: storage_status,
                changed: is_news,
            } => self.persisted(storage_status, is_news),
            BackupAction::FolderRead(folder) => {
                if let (Folder::Open { name, .. }, Folder::Nothing | Folder::Asks(_)) =
                    (&folder, &self.folder)
                {
                    self.announce(format!("The folder {name} is kept up to date"));
                }
                self.folder = folder;
                self.copy_out();
            }
            BackupAction::FolderRequested => self.request(Effect::ChooseFolder),
            BackupAction::FolderAllowed => self.request(Effect::AllowFolder),
            BackupAction::FolderRefused(reason) => {
                let sentence = format!("The folder was not taken: {reason} Choose another one.");
                self.notify(true, sentence, Vec::new());
            }
            BackupAction::FolderForgotten => {
                self.folder = Folder::Nothing;
                self.request(Effect::LeaveFolder);
            }
            BackupAction::FolderUpdated(copied) => self.copied_out(copied),
        }
    }

    fn back_up(&mut self) {
        if self.backup_progress.is_under_way() {
            return;
        }
        self.backup_progress = BackupProgress::Writing(0, 0);
        self.request(Effect::BackUp);
    }

    fn backed_up(&mut self, result: Result<Box<BackupSummary>, String>) {
        self.backup_progress = BackupProgress::Idle;
        let made = match result {
            Ok(made) => made,
            Err(reason) => return self.not_written(&reason),
        };
        self.copied(made.articles.iter().map(|id| (*id, made.at)));
        self.request(Effect::ReadShelter);
        let count = match made.count {
            1 => "1 article".to_owned(),
            count => format!("{count} articles"),
        };
        if made.missing.is_empty() {
            let sentence = format!("The backup has {count}. Keep it outside this browser.");
            return self.notify(false, sentence, Vec::new());
        }
        let missing = made.missing.join(" ");
        let sentence = format!("The backup has {count}, without what cannot be read: {missing}");
        self.notify(true, sentence, Vec::new());
    }

    /// Copies of these articles, as they were at these times, are outside.
    pub(crate) fn copied(&mut self, articles: impl Iterator<Item = (Id, Timestamp)>) {
        let mut changes = Vec::new();
        for (id, at) in articles {
            let line = self.library.holding(id).cloned();
            // A slow copy is no newer than one that was made meanwhile.
            if let Some(line) = line.filter(|line| line.copied.is_none_or(|last| last < at)) {
                self.put_line(Rc::new(LibraryEntry {
                    copied: Some(at),
                    ..(*line).clone()
                }));
                changes.push(StoreChange::Copied(id, at));
            }
        }
        if !changes.is_empty() {
            self.save(changes);
        }
    }

    fn backup_found(&mut self, backup: BackupSource) {
        if self.backup_progress.is_under_way() {
            let sentence = format!(
                "“{}” was not opened: another backup is under way. Open it again when that is done.",
                backup.name
            );
            return self.notify(true, sentence, Vec::new());
        }
        self.backup_progress = BackupProgress::Surveying(backup.clone());
        self.request(Effect::Survey(backup));
        if self.route != Route::Library {
            self.request(Effect::Go(Route::Library));
        }
    }

    fn surveyed(&mut self, backup: BackupSource, result: Result<Box<RestoreReport>, String>) {
        if self.backup_progress != BackupProgress::Surveying(backup.clone()) {
            return;
        }
        match result {
            Ok(findings) => {
                self.backup_progress = BackupProgress::Surveyed(backup, Rc::from(findings))
            }
            Err(reason) => {
                self.backup_progress = BackupProgress::Idle;
                self.notify(
                    true,
                    format!(
                        "“{}” was not opened: {reason} Nothing kept here was changed.",
                        backup.name
                    ),
                    Vec::new(),
                );
            }
        }
    }

    fn restore(&mut self) {
        if let BackupProgress::Surveyed(backup, findings) = self.backup_progress.clone() {
            self.backup_progress =
                BackupProgress::Restoring(backup.clone(), 0, findings.articles.len());
            self.request(Effect::Restore(backup));
        }
    }

    fn restored(&mut self, backup: BackupSource, result: Result<Box<RestoreReport>, String>) {
        // The storage knows more than this tab now.
        self.tab_focused();
        self.request(Effect::ReadShelter);
        match result {
            Ok(findings) => {
                self.announce("The backup was restored");
                self.backup_progress = BackupProgress::Restored(backup, Rc::from(findings));
            }
            Err(reason) => {
                self.backup_progress = BackupProgress::Idle;
                let name = &backup.name;
                let sentence = format!("“{name}” was not restored as a whole: {reason}");
                self.notify(true, sentence, Vec::new());
            }
        }
    }

    pub(crate) fn not_written(&mut self, reason: &str) {
        let reason = reason.trim_end_matches('.');
        let sentence = format!("The file was not written: {reason}. Try again.");
        self.notify(true, sentence, Vec::new());
    }

    /// Asks the browser to keep the storage, at the first work of the user's.
    pub(crate) fn ask_to_persist(&mut self) {
        let is_promised = |storage_status: &StorageStatus| storage_status.persisted == Some(true);
        if !self.asked_to_persist && !self.storage_status.as_ref().is_some_and(is_promised) {
            self.asked_to_persist = true;
            self.request(Effect::Persist);
        }
    }

    fn persisted(&mut self, storage_status: StorageStatus, is_news: bool) {
        self.storage_status = Some(storage_status);
        if !is_news {
            return;
        }
        // It is shown where something can be done about it: in the bar, and in the library
        // beside the backups. Nobody is stopped at work for it.
        match storage_status.persisted {
            Some(true) => self.announce("Your browser keeps this data until you delete it"),
            Some(false) => {
                self.announce("Saved in this browser only. Export a copy from time to time")
            }
            None => {}
        }
    }

    /// Lets the folder have what it does not have yet, once everything is kept.
    pub(crate) fn copy_out(&mut self) {
        if matches!(self.folder, Folder::Open { .. }) {
            self.request(Effect::CopyOut);
        }
    }

    fn copied_out(&mut self, copied: FolderUpdate) {
        let Folder::Open { name, at, failed } = &mut self.folder else {
            return;
        };
        if copied.asks {
            self.folder = Folder::Asks(name.clone());
            self.copied(copied.articles.into_iter());
            let sentence = "The folder of your copies is not kept up to date: the browser wants \
                            you to allow it again, in the library.";
            return self.notify(true, sentence.to_owned(), Vec::new());
        }
        let is_news = copied.failed.as_deref() != failed.as_deref();
        *failed = copied.failed.as_deref().map(Into::into);
        if copied.failed.is_none() {
            *at = Some(self.now);
        }
        self.copied(copied.articles.into_iter());
        if let Some(reason) = copied.failed.filter(|_| is_news) {
            let sentence = format!(
                "The folder could not be brought up to date: {reason} It is tried again after \
                 the next change."
            );
            self.notify(true, sentence, Vec::new());
        }
    }

    pub(crate) fn journal_measured(&mut self, id: Id, size: Result<(usize, u64), StoreError>) {
        if let (Some(editor), Ok(size)) = (self.editor.clone().filter(|_| self.is_open(id)), size) {
            self.editor = Some(Rc::new(Editor {
                size: Some(size),
                ..(*editor).clone()
            }));
        }
    }
}
