//! Copies outside the browser, and what the browser says of its own storage.

use crate::backup::restore_report::RestoreReport;
use std::rc::Rc;

/// The library on its way into a file, or out of one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum BackupProgress {
    /// Neither.
    #[default]
    Idle,
    /// A backup is being written: so many of so many articles.
    Writing(usize, usize),
    /// A backup is being read, to see what it would do.
    Surveying(BackupSource),
    /// What restoring would do; the user is asked.
    Surveyed(BackupSource, Rc<RestoreReport>),
    /// It is being restored: so many of so many articles.
    Restoring(BackupSource, usize, usize),
    /// What restoring did.
    Restored(BackupSource, Rc<RestoreReport>),
}

impl BackupProgress {
    /// Whether something is being written, so that no other can begin.
    #[must_use]
    pub fn is_under_way(&self) -> bool {
        matches!(self, Self::Writing(..) | Self::Restoring(..))
    }
}

/// A file with a backup, that the browser holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupSource {
    /// Which, while the app runs.
    pub number: u64,
    /// Its name.
    pub name: Rc<str>,
}
