//! What is in a backup that was written.

use pullquote_core::model::id::Id;
use pullquote_core::model::timestamp::Timestamp;

/// What is in a backup that was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BackupSummary {
    /// When it was begun: what was changed since is not surely in it.
    pub at: Timestamp,
    /// How many articles are in it.
    pub count: usize,
    /// The articles that are in it as a whole.
    pub articles: Vec<Id>,
    /// What could not be read and is not in it, in words.
    pub missing: Vec<String>,
}
