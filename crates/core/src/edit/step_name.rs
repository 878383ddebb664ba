//! What a step does, as a value. The app turns it into a sentence.

use crate::edit::recode_losses::RecodeLosses;
use crate::model::annotation::Annotation;
use crate::model::document::Document;
use crate::model::value::Value;
use crate::text::shortened::shortened;
use std::rc::Rc;

/// What a step does, with what a sentence about it needs: undo and the history show it.
///
/// Display data only: undo and merging never look at it. `quote` is what a mark covers, and
/// `entity` the name of a member of the cast, each shortened by [`short`] or [`short_quote`].
/// Names of tags, questions and relation kinds are the names at the time of the step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepName {
    /// A sentence that was stored before names were values, or a name that a newer version
    /// wrote.
    Text(String),
    /// Tagged words.
    Tag {
        /// The words.
        quote: String,
        /// The tag's name.
        tag: String,
    },
    /// Tagged further places as one mark is tagged.
    TagLike {
        /// How many places.
        places: usize,
        /// The words of the mark.
        quote: String,
        /// The tag's name.
        tag: String,
    },
    /// Gave a mark another tag.
    Retag {
        /// Its words.
        quote: String,
        /// The old tag's name.
        from: String,
        /// The new tag's name.
        to: String,
        /// How many answers and cast memberships were deleted.
        details: usize,
        /// How many relations were deleted.
        relations: usize,
    },
    /// Gave several marks another tag.
    RetagMany {
        /// How many marks.
        marks: usize,
        /// The new tag's name.
        tag: String,
        /// How many answers and cast memberships were deleted.
        details: usize,
        /// How many relations were deleted.
        relations: usize,
    },
    /// Deleted a mark.
    Delete {
        /// Its tag's name.
        tag: String,
        /// Its words.
        quote: String,
        /// How many relations were deleted with it.
        relations: usize,
    },
    /// Deleted several marks.
    DeleteMany {
        /// The words of the first.
        quote: String,
        /// How many others.
        more: usize,
        /// How many relations were deleted with them.
        relations: usize,
    },
    /// Changed a mark's note.
    Note {
        /// Its words.
        quote: String,
    },
    /// Flagged a mark.
    Flag {
        /// Its words.
        quote: String,
    },
    /// Took the flag off a mark.
    Unflag {
        /// Its words.
        quote: String,
    },
    /// Moved the start of a mark or of one of its spans.
    MoveStart {
        /// Its words before.
        quote: String,
    },
    /// Moved the end of a mark or of one of its spans.
    MoveEnd {
        /// Its words before.
        quote: String,
    },
    /// Added a span to a mark.
    AddSpan {
        /// Its words before.
        quote: String,
    },
    /// Removed a span from a mark.
    RemoveSpan {
        /// Its words before.
        quote: String,
    },
    /// Answered an attribute of a mark, or took the answer back.
    Answer {
        /// The attribute's name.
        attribute: String,
        /// The answer; `None` if it was taken back.
        value: Option<Value>,
        /// The mark's words.
        quote: String,
    },
    /// Answered a question about the article, or took the answer back.
    AnswerQuestion {
        /// The question's name.
        question: String,
        /// The answer; `None` if it was taken back.
        value: Option<Value>,
    },
    /// Linked two marks.
    Relate {
        /// The words of the first mark.
        from: String,
        /// The relation kind's name.
        kind: String,
        /// The words of the second mark.
        to: String,
    },
    /// Removed the link between two marks.
    Unrelate {
        /// The words of the first mark.
        from: String,
        /// The relation kind's name.
        kind: String,
        /// The words of the second mark.
        to: String,
    },
    /// Made marks mentions of a member of the cast.
    AssignEntity {
        /// How many marks.
        marks: usize,
        /// The member's name.
        entity: String,
    },
    /// Marks are no longer mentions of a member of the cast.
    DetachFromEntity {
        /// How many marks.
        marks: usize,
        /// The member's name.
        entity: String,
    },
    /// Renamed a member of the cast.
    RenameEntity {
        /// The old name.
        from: String,
        /// The new name.
        to: String,
    },
    /// Deleted a member of the cast.
    DeleteEntity {
        /// Its name.
        entity: String,
    },
    /// Changed the identifier of a member of the cast.
    SetEntityReference {
        /// Its name.
        entity: String,
    },
    /// Renamed the article.
    RenameArticle {
        /// The new title, shortened.
        title: String,
    },
    /// Described where the article comes from.
    DescribeSource,
    /// Changed the codebook.
    Recode {
        /// What was changed in it.
        change: CodebookChange,
        /// What was deleted in the document.
        losses: RecodeLosses,
    },
    /// Brought an earlier state back.
    BringBack {
        /// The last step of that state.
        after: Rc<StepName>,
    },
    /// Brought the article back as it was added.
    BringBackFirst,
    /// Changed who is coding.
    ChangeCoder {
        /// The coder's name; empty for none.
        coder: String,
    },
    /// Merged a copy from a backup.
    RestoreBackup,
}

/// What was changed in a codebook. The names are full names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodebookChange {
    /// Its name, version or guide.
    Describe,
    /// A new tag of this name.
    NewTag(String),
    /// The tag of this name.
    ChangeTag(String),
    /// The position of the tag of this name.
    MoveTag(String),
    /// The tag of this name was deleted.
    DeleteTag(String),
    /// One tag was merged into another.
    MergeTags {
        /// The name of the tag that was deleted.
        from: String,
        /// The name of the tag that its marks got.
        to: String,
    },
    /// A new relation kind of this name.
    NewRelation(String),
    /// The relation kind of this name.
    ChangeRelation(String),
    /// The position of the relation kind of this name.
    MoveRelation(String),
    /// The relation kind of this name was deleted.
    DeleteRelation(String),
    /// The questions about the article.
    ChangeQuestions,
    /// The codebook of this name replaced it.
    Use(String),
}

/// The longest quote or name in a [`StepName`], in characters.
const SHORT: usize = 40;

/// The text on one line of at most 40 characters, as it stands in a [`StepName`].
#[must_use]
pub fn short(text: &str) -> String {
    shortened(text, SHORT)
}

/// The words of a mark, shortened for a [`StepName`].
#[must_use]
pub fn short_quote(document: &Document, annotation: &Annotation) -> String {
    short(&annotation.quote(document.article()))
}
