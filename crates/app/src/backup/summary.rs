//! What is in a backup that was written.

use pullquote_core::model::id::Id;
use pullquote_core::model::timestamp::Timestamp;

/// What is in a backup that was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BackupSummary {
    /// When it was started: later changes may be missing in it.
    pub at: Timestamp,
    /// The number of articles in it.
    pub count: usize,
    /// The articles that are in it completely.
    pub articles: Vec<Id>,
    /// Sentences about what could not be read and is missing in it.
    pub missing: Vec<String>,
}
