//! The report of a restored backup, or of one that may be restored.

use pullquote_core::edit::merge::MergeTally;
use pullquote_core::model::id::Id;
use pullquote_core::model::timestamp::Timestamp;

/// What restoring a backup does to the library, or did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RestoreReport {
    /// When the backup was made.
    pub made: Timestamp,
    /// The articles, in the order of the file.
    pub articles: Vec<RestoredArticle>,
    /// Sentences about the lines that cannot be read.
    pub faults: Vec<String>,
    /// Whether the file has its last line, with the right number of articles.
    pub is_whole: bool,
}

/// What restoring does to one article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestoredArticle {
    /// Its id in the library; of a copy, the id of the copy.
    pub id: Id,
    /// Its title afterwards.
    pub title: String,
    /// Its title in the library before, if it differs.
    pub before: Option<String>,
    /// What happens to its marks.
    pub verdict: MergeOutcome,
    /// What happens to it as a whole.
    pub fate: DeletionOutcome,
}

/// What happens to the marks of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MergeOutcome {
    /// It is missing in the library and is added, with this number of marks.
    Added(usize),
    /// It is in the library. Of each record, the newer version is kept.
    Merged(MergeTally),
    /// It is in the library, and the backup has nothing newer.
    Same,
    /// It cannot be merged with the article in the library and is added as a copy; the reason.
    Beside(String),
}

/// What happens to an article as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DeletionOutcome {
    /// It is in the library.
    #[default]
    Live,
    /// It was deleted in the library and stays deleted.
    StaysDeleted,
    /// It was deleted in the backup, later than it was changed in the library.
    Deleted,
    /// It was deleted in the library, earlier than it was changed in the backup.
    BroughtBack,
}

impl RestoredArticle {
    /// Whether restoring changes this article.
    #[must_use]
    pub fn changes(&self) -> bool {
        self.verdict != MergeOutcome::Same
            || matches!(
                self.fate,
                DeletionOutcome::Deleted | DeletionOutcome::BroughtBack
            )
    }
}
