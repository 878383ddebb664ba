//! Copies outside the browser: a backup of everything, a folder that is kept up to date;
//! and what the browser says of its storage.

use crate::action::Action;
use crate::backup::restore::{BackupSummary, RestoreReport};
use crate::backup::state::{BackupProgress, BackupSource, Folder, FolderUpdate, StorageStatus};
use crate::editor::state::Editor;
use crate::effect::{Effect, StoreChange};
use crate::notice::FileWork;
use crate::route::Route;
use crate::state::State;
use crate::store::records::StoreError;
use pullquote_core::model::id::Id;
use pullquote_core::model::library_entry::LibraryEntry;
use pullquote_core::model::timestamp::Timestamp;

use std::rc::Rc;

impl State {
    pub(crate) fn outside(&mut self, action: Action) {
        match action {
            Action::BackupWanted => self.back_up(),
            Action::BackingUp(done, all) => self.transfer = BackupProgress::Writing(done, all),
            Action::BackedUp(result) => self.backed_up(result),
            Action::BackupFound(backup) => self.backup_found(backup),
            Action::Surveyed(backup, result) => self.surveyed(backup, result),
            Action::RestoreWanted => self.restore(),
            Action::Restoring(done) => {
                if let BackupProgress::Restoring(_, so_far, _) = &mut self.transfer {
                    *so_far = done;
                }
            }
            Action::Restored(backup, result) => self.restored(backup, result),
            Action::TransferLeft => {
                if let BackupProgress::Surveyed(..) | BackupProgress::Restored(..) = self.transfer {
                    self.transfer = BackupProgress::Idle;
                }
            }
            Action::NoBackup(name) => {
                self.done(|work| matches!(work, FileWork::Reading(other, _) if *other == name));
                let sentence = format!(
                    "“{name}” is not a backup, and nothing was changed. Open an article with “Open \
                     files”."
                );
                self.tell(true, sentence, Vec::new());
            }
            Action::RecordsWanted(only) => self.ask(Effect::DownloadRecords(only)),
            Action::RecordsDownloaded(only, Ok(())) => {
                self.has_asides |= only.is_none();
                self.say("The records were downloaded");
            }
            Action::RecordsDownloaded(_, Err(reason)) => self.not_written(&reason),
            Action::AsideDiscarded => {
                self.has_asides = false;
                let articles = std::mem::take(&mut self.set_aside);
                self.keep(articles.keys().copied().map(StoreChange::Discard).collect());
            }
            Action::ShelterRead(shelter) => self.shelter = Some(shelter),
            Action::Persisted(shelter, is_news) => self.persisted(shelter, is_news),
            Action::FolderRead(folder) => {
                if let (Folder::Open { name, .. }, Folder::Nothing | Folder::Asks(_)) =
                    (&folder, &self.folder)
                {
                    self.say(format!("The folder {name} is kept up to date"));
                }
                self.folder = folder;
                self.copy_out();
            }
            Action::FolderWanted => self.ask(Effect::ChooseFolder),
            Action::FolderAllowed => self.ask(Effect::AllowFolder),
            Action::FolderFailed(reason) => {
                let sentence = format!("The folder was not taken: {reason} Choose another one.");
                self.tell(true, sentence, Vec::new());
            }
            Action::FolderLeft => {
                self.folder = Folder::Nothing;
                self.ask(Effect::LeaveFolder);
            }
            Action::CopiedOut(copied) => self.copied_out(copied),
            _ => {}
        }
    }

    fn back_up(&mut self) {
        if self.transfer.is_under_way() {
            return;
        }
        self.transfer = BackupProgress::Writing(0, 0);
        self.ask(Effect::BackUp);
    }

    fn backed_up(&mut self, result: Result<Box<BackupSummary>, String>) {
        self.transfer = BackupProgress::Idle;
        let made = match result {
            Ok(made) => made,
            Err(reason) => return self.not_written(&reason),
        };
        self.copied(made.articles.iter().map(|id| (*id, made.at)));
        self.ask(Effect::ReadShelter);
        let count = match made.count {
            1 => "1 article".to_owned(),
            count => format!("{count} articles"),
        };
        if made.missing.is_empty() {
            let sentence = format!("The backup has {count}. Keep it outside this browser.");
            return self.tell(false, sentence, Vec::new());
        }
        let missing = made.missing.join(" ");
        let sentence = format!("The backup has {count}, without what cannot be read: {missing}");
        self.tell(true, sentence, Vec::new());
    }

    /// Copies of these articles, as they were at these times, are outside.
    pub(crate) fn copied(&mut self, articles: impl Iterator<Item = (Id, Timestamp)>) {
        let mut changes = Vec::new();
        for (id, at) in articles {
            let line = self.shelf.holding(id).cloned();
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
            self.keep(changes);
        }
    }

    fn backup_found(&mut self, backup: BackupSource) {
        if self.transfer.is_under_way() {
            let sentence = format!(
                "“{}” was not opened: another backup is under way. Open it again when that is done.",
                backup.name
            );
            return self.tell(true, sentence, Vec::new());
        }
        self.transfer = BackupProgress::Surveying(backup.clone());
        self.ask(Effect::Survey(backup));
        if self.route != Route::Library {
            self.ask(Effect::Go(Route::Library));
        }
    }

    fn surveyed(&mut self, backup: BackupSource, result: Result<Box<RestoreReport>, String>) {
        if self.transfer != BackupProgress::Surveying(backup.clone()) {
            return;
        }
        match result {
            Ok(findings) => self.transfer = BackupProgress::Surveyed(backup, Rc::from(findings)),
            Err(reason) => {
                self.transfer = BackupProgress::Idle;
                self.tell(
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
        if let BackupProgress::Surveyed(backup, findings) = self.transfer.clone() {
            self.transfer = BackupProgress::Restoring(backup.clone(), 0, findings.articles.len());
            self.ask(Effect::Restore(backup));
        }
    }

    fn restored(&mut self, backup: BackupSource, result: Result<Box<RestoreReport>, String>) {
        // The storage knows more than this tab now.
        self.looked();
        self.ask(Effect::ReadShelter);
        match result {
            Ok(findings) => {
                self.say("The backup was restored");
                self.transfer = BackupProgress::Restored(backup, Rc::from(findings));
            }
            Err(reason) => {
                self.transfer = BackupProgress::Idle;
                let name = &backup.name;
                let sentence = format!("“{name}” was not restored as a whole: {reason}");
                self.tell(true, sentence, Vec::new());
            }
        }
    }

    pub(crate) fn not_written(&mut self, reason: &str) {
        let reason = reason.trim_end_matches('.');
        let sentence = format!("The file was not written: {reason}. Try again.");
        self.tell(true, sentence, Vec::new());
    }

    /// Asks the browser to keep the storage, at the first work of the user's.
    pub(crate) fn ask_to_persist(&mut self) {
        let is_promised = |shelter: &StorageStatus| shelter.persisted == Some(true);
        if !self.asked_to_persist && !self.shelter.as_ref().is_some_and(is_promised) {
            self.asked_to_persist = true;
            self.ask(Effect::Persist);
        }
    }

    fn persisted(&mut self, shelter: StorageStatus, is_news: bool) {
        self.shelter = Some(shelter);
        if !is_news {
            return;
        }
        // It is shown where something can be done about it: in the bar, and in the library
        // beside the backups. Nobody is stopped at work for it.
        match shelter.persisted {
            Some(true) => self.say("Your browser keeps this data until you delete it"),
            Some(false) => self.say("Saved in this browser only. Export a copy from time to time"),
            None => {}
        }
    }

    /// Lets the folder have what it does not have yet, once everything is kept.
    pub(crate) fn copy_out(&mut self) {
        if matches!(self.folder, Folder::Open { .. }) {
            self.ask(Effect::CopyOut);
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
            return self.tell(true, sentence.to_owned(), Vec::new());
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
            self.tell(true, sentence, Vec::new());
        }
    }

    pub(crate) fn measured(&mut self, id: Id, size: Result<(usize, u64), StoreError>) {
        if let (Some(desk), Ok(size)) = (self.desk.clone().filter(|_| self.is_open(id)), size) {
            self.desk = Some(Rc::new(Editor {
                size: Some(size),
                ..(*desk).clone()
            }));
        }
    }
}
