//! What can happen to backups, to the backup folder, and to the browser's storage.

use crate::backup::folder::{Folder, FolderUpdate};
use crate::backup::restore_report::RestoreReport;
use crate::backup::state::BackupSource;
use crate::backup::storage_status::StorageStatus;
use crate::backup::summary::BackupSummary;
use crate::browser_reason::BrowserReason;
use crate::messages::Sentence;
use pullquote_core::model::id::Id;

/// One thing that happened to a backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BackupAction {
    /// The user wants a backup of the whole library.
    Requested,
    /// Some articles are in the backup.
    Progressed {
        /// The number of articles that are in it.
        done: usize,
        /// The number of articles that will be in it.
        all: usize,
    },
    /// The backup was downloaded, or the sentence that says why not.
    Written(Result<Box<BackupSummary>, Sentence>),
    /// The user opened a backup.
    FileOpened(BackupSource),
    /// The file with this name was opened as a backup and is not one.
    FileRefused(String),
    /// The backup was compared with the library.
    Surveyed {
        /// The backup.
        backup: BackupSource,
        /// What restoring it would do, or the sentence that says why that is unknown.
        result: Result<Box<RestoreReport>, Sentence>,
    },
    /// The user restores the backup that was surveyed.
    RestoreRequested,
    /// Some articles are restored.
    RestoreProgressed {
        /// Their number.
        done: usize,
    },
    /// The backup is restored.
    Restored {
        /// The backup.
        backup: BackupSource,
        /// What was done, or the sentence that says why it stopped.
        result: Result<Box<RestoreReport>, Sentence>,
    },
    /// The user closed the report of a backup.
    ReportClosed,
    /// The user wants the damaged records as a file, or all records of one article.
    RecordsRequested(Option<Id>),
    /// The browser took the file of records, or refused and says why.
    RecordsDownloaded {
        /// The article; `None` for the damaged records of all articles.
        article: Option<Id>,
        /// Whether the browser took it.
        result: Result<(), BrowserReason>,
    },
    /// The user deletes the damaged records for good.
    SetAsideDiscarded,
    /// The browser reported on its storage.
    StorageStatusRead(StorageStatus),
    /// The browser was asked to keep the storage for good.
    PersistenceAnswered {
        /// What it reports now.
        status: StorageStatus,
        /// Whether its answer differs from the last one.
        changed: bool,
    },
    /// The state of the backup folder was read.
    FolderRead(Folder),
    /// The user wants to choose a backup folder.
    FolderRequested,
    /// The user lets the browser ask for permission to write to the folder.
    FolderAllowed,
    /// The folder could not be chosen; the reason.
    FolderRefused(BrowserReason),
    /// The user gives up the backup folder.
    FolderForgotten,
    /// The folder was updated.
    FolderUpdated(FolderUpdate),
}
