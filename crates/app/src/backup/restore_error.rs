//! Why a backup could not be compared with the library, or restored.

use crate::browser_reason::BrowserReason;
use crate::store::error::StoreError;
use pullquote_formats::error::ReadError;
use thiserror::Error;

/// Why a backup could not be compared with the library, or restored.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RestoreError {
    /// The browser cannot read the file.
    #[error("the file cannot be read: {0}")]
    File(BrowserReason),
    /// The first line of the file is not that of a backup, or of a newer version.
    #[error("the file is not a backup: {0}")]
    NoBackup(ReadError),
    /// The storage does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The storage refused an article. Those before it stay restored.
    #[error("restoring stopped after {restored} articles: {error}")]
    Stopped {
        /// The number of articles that were restored.
        restored: usize,
        /// The refusal.
        error: StoreError,
    },
}
