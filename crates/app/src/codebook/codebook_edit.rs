//! Changes of a codebook that a user makes.

use pullquote_core::edit::commands::recoding::Recoding;
use pullquote_core::edit::step_name::CodebookChange;
use pullquote_core::model::codebook::{Codebook, RelationKind, Tag};
use pullquote_core::model::error::ModelError;
use pullquote_core::model::id::Slug;
use pullquote_core::model::value::{Attribute, AttributeKind};

use std::rc::Rc;
use thiserror::Error;

/// One change of a codebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodebookEdit {
    /// Changes the name, the version and the guidelines.
    Describe {
        /// The name.
        name: String,
        /// The version.
        version: String,
        /// The guidelines.
        guide: String,
    },
    /// Creates a tag.
    NewTag {
        /// Its name.
        name: String,
        /// Whether the user wants it although another tag has nearly the same name.
        confirmed: bool,
    },
    /// Replaces the tag with the same id.
    ChangeTag(Box<Tag>),
    /// Moves a tag.
    MoveTag {
        /// The tag.
        tag: Slug,
        /// Its new index.
        index: usize,
    },
    /// Deletes a tag with its marks.
    DeleteTag(Slug),
    /// Gives the marks of a tag to another, and deletes the tag.
    MergeTags {
        /// The tag that is deleted.
        from: Slug,
        /// The other tag.
        into: Slug,
    },
    /// Creates a relation kind with this name.
    NewRelation(String),
    /// Replaces the relation kind with the same id.
    ChangeRelation(RelationKind),
    /// Moves a relation kind.
    MoveRelation {
        /// The relation kind.
        kind: Slug,
        /// Its new index.
        index: usize,
    },
    /// Deletes a relation kind with its relations.
    DeleteRelation(Slug),
    /// Replaces the questions about the article.
    ChangeQuestions(Vec<Attribute>),
    /// Replaces the codebook.
    Use(Rc<Codebook>),
}

/// A codebook that was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditedCodebook {
    /// The changed codebook, with the renamed and merged parts.
    pub recoding: Recoding,
    /// The name of another tag that is nearly the same as that of the changed one.
    pub near: Option<String>,
    /// What was changed, for the step's name.
    pub step: CodebookChange,
}

/// Why a change of a codebook was not made.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CodebookEditError {
    /// This tag has nearly the same name: the user may mean it.
    #[error("the tag {0} has nearly the same name")]
    Near(Slug),
    /// Nothing would change.
    #[error("nothing would change")]
    Same,
    /// The name is empty.
    #[error("the name is empty")]
    NoName(CodebookItem),
    /// Another tag has the key.
    #[error("the key {key} is used by the tag {tag}")]
    KeyTaken {
        /// The key.
        key: char,
        /// The name of the other tag.
        tag: String,
    },
    /// The key is not a letter.
    #[error("the key is not a letter")]
    KeyIsNoLetter,
    /// A relation needs a tag, and there is none.
    #[error("the codebook has no tags")]
    NoTags,
    /// The relation has no name, or no tag at one of its ends.
    #[error("the relation has no name, or no tag at one end")]
    RelationIncomplete,
    /// The changed codebook is not valid.
    #[error(transparent)]
    Model(#[from] ModelError),
}

/// Something in a codebook that has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodebookItem {
    /// The codebook itself.
    Codebook,
    /// A tag.
    Tag,
    /// A relation kind.
    Relation,
}

/// A new attribute with this name, for a text.
///
/// Errors: the name has no letter that can be part of an id.
pub fn new_attribute(siblings: &[Attribute], name: &str) -> Result<Attribute, ModelError> {
    let taken = |id: &Slug| siblings.iter().any(|other| other.id == *id);
    Ok(Attribute {
        id: Slug::for_name(name, taken)?,
        name: name.trim().to_owned(),
        help: String::new(),
        kind: AttributeKind::Text,
        required: false,
    })
}
