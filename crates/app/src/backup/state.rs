//! Copies outside the browser, and what the browser says of its own storage.

use crate::backup::restore::RestoreReport;
use pullquote_core::model::id::Id;
use pullquote_core::model::library_entry::LibraryEntry;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::sorted::VecMap;

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

/// What the browser says of the storage that it gives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StorageStatus {
    /// Whether it has promised not to clear it by itself; `None`: it cannot be asked.
    pub persisted: Option<bool>,
    /// Bytes in use.
    pub used: Option<u64>,
    /// Bytes that it gives at most.
    pub quota: Option<u64>,
    /// Whether it clears what was not visited for seven days (iOS, iPadOS, Safari).
    pub seven_days: bool,
}

/// The folder outside that is kept up to date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Folder {
    /// The browser has no way to it.
    #[default]
    Unsupported,
    /// None was chosen.
    Nothing,
    /// One was chosen; the browser wants to ask the user again before it is written to.
    Asks(Rc<str>),
    /// Articles that were changed go into it by themselves.
    Open {
        /// Its name.
        name: Rc<str>,
        /// When everything was last in it.
        at: Option<Timestamp>,
        /// Why something could not be written, in words.
        failed: Option<Rc<str>>,
    },
}

/// What was written of an article into the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderCopy {
    /// The file's name.
    pub name: String,
    /// The article's last change in it.
    pub changed: Timestamp,
}

/// What a round of copies into the folder came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FolderUpdate {
    /// The articles, each with the time when it was read.
    pub articles: Vec<(Id, Timestamp)>,
    /// Why the others could not be written, in words.
    pub failed: Option<String>,
    /// Whether the browser wants to ask the user before anything is written.
    pub asks: bool,
}

/// The articles that the folder does not have as they are, in the order of the library.
/// What is deleted stays in the folder as it is.
#[must_use]
pub fn due<'a>(
    lines: &'a [LibraryEntry],
    written: &VecMap<Id, FolderCopy>,
) -> Vec<&'a LibraryEntry> {
    let is_due = |line: &&LibraryEntry| {
        let there = written.get(&line.id);
        line.deleted.is_none() && there.is_none_or(|there| there.changed != line.changed)
    };
    lines.iter().filter(is_due).collect()
}

/// So many bytes, in words: "12 kB", "3.4 MB".
#[must_use]
pub fn byte_count(count: u64) -> String {
    let tenths = |unit: u64| {
        let tenths = (count.saturating_mul(10) + unit / 2) / unit;
        match (tenths / 10, tenths % 10) {
            (whole @ 0..10, tenth @ 1..) => format!("{whole}.{tenth}"),
            (whole, tenth) => (whole + u64::from(tenth >= 5)).to_string(),
        }
    };
    match count {
        0..1_000 => format!("{count} bytes"),
        1_000..1_000_000 => format!("{} kB", tenths(1_000)),
        1_000_000..1_000_000_000 => format!("{} MB", tenths(1_000_000)),
        _ => format!("{} GB", tenths(1_000_000_000)),
    }
}
