//! What restoring a backup does, or did.

use pullquote_core::edit::merge::MergeTally;
use pullquote_core::model::id::Id;
use pullquote_core::model::timestamp::Timestamp;

/// What a backup means for the library.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RestoreReport {
    /// When the backup was made.
    pub made: Timestamp,
    /// One an article, in the order of the file.
    pub articles: Vec<RestoredArticle>,
    /// What could not be read, line by line, in words.
    pub faults: Vec<String>,
    /// Whether the file says that it is whole, and is.
    pub is_whole: bool,
}

/// What a backup means for one article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestoredArticle {
    /// Its id here; of one that comes in as a copy that of the other.
    pub id: Id,
    /// Its title, when it is done.
    pub title: String,
    /// Its title now, where that is another.
    pub before: Option<String>,
    /// What happens to its marks.
    pub verdict: MergeOutcome,
    /// What happens to it as a whole.
    pub fate: DeletionOutcome,
}

/// What happens to the marks of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MergeOutcome {
    /// It is not here and comes in, with so many marks.
    Added(usize),
    /// It is here; the newer wins, record by record.
    Merged(MergeTally),
    /// It is here and has nothing to gain.
    Same,
    /// It cannot become one with what is here and comes in beside it; why.
    Beside(String),
}

/// What happens to an article as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DeletionOutcome {
    /// It is in the library.
    #[default]
    Live,
    /// It was deleted here and stays so; it can be brought back.
    StaysDeleted,
    /// It was deleted in the backup, and later than it was changed here.
    Deleted,
    /// It was deleted here, and the backup has it from later.
    BroughtBack,
}
