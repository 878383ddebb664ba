//! The backup that is being written or restored.

use crate::backup::restore_report::RestoreReport;
use std::rc::Rc;

/// The progress of a backup.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum BackupProgress {
    /// No backup is being written or restored.
    #[default]
    Idle,
    /// A backup is being written.
    Writing {
        /// The number of articles that are in it.
        done: usize,
        /// The number of articles that will be in it; 0 until it is known.
        all: usize,
    },
    /// A backup is being compared with the library.
    Surveying(BackupSource),
    /// The user is asked whether to restore a backup.
    Surveyed {
        /// The backup.
        backup: BackupSource,
        /// What restoring it would do.
        report: Rc<RestoreReport>,
    },
    /// A backup is being restored.
    Restoring {
        /// The backup.
        backup: BackupSource,
        /// The number of articles that are restored.
        done: usize,
        /// The number of articles in it.
        all: usize,
    },
    /// A backup was restored.
    Restored {
        /// The backup.
        backup: BackupSource,
        /// What was done.
        report: Rc<RestoreReport>,
    },
}

impl BackupProgress {
    /// Whether a backup is being written or restored, so that no other can start.
    #[must_use]
    pub fn is_under_way(&self) -> bool {
        matches!(self, Self::Writing { .. } | Self::Restoring { .. })
    }
}

/// A backup file that the user opened. The browser has the file; the app knows its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupSource {
    /// The number of the file, unique while the app runs.
    pub number: u64,
    /// Its name.
    pub name: Rc<str>,
}
