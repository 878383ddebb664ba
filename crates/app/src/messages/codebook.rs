//! What is said about changes of a codebook.

use crate::browser_reason::BrowserReason;
use crate::codebook::codebook_edit::{CodebookEdit, CodebookEditError, CodebookItem};
use crate::messages::Sentence;
use pullquote_core::edit::commands::recoding::CodebookPart;
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::error::ModelError;
use pullquote_core::model::id::Slug;

/// The user dropped a change.
pub(crate) const NOTHING_CHANGED: &str = "Nothing was changed";
/// A change would delete work.
pub(crate) const DECIDE_FIRST: &str = "Decide first what is kept and what is deleted";
/// The choice to delete a part of the old codebook with its work.
pub(crate) const DELETE: &str = "Delete";

/// This codebook is that of new articles.
pub(crate) fn default_chosen(name: &str) -> Sentence {
    format!("New articles use “{name}”.")
}

/// What a codebook that ships is for, by its name; empty for others.
#[must_use]
pub fn purpose(name: &str) -> &'static str {
    match name {
        "News: who, where, promised, happened" => {
            "Politics and conflict: who acts, where, what is promised, what happens."
        }
        "Who said it" => "Quotations: the words, their speaker, and the verb that brings them in.",
        "Fact, opinion, speculation, call" => {
            "Claims: what kind of claim, who makes it, who disputes it."
        }
        "Five Ws" => "The reporter’s questions: who, what, when, where, why, and how.",
        "Frames of the news" => {
            "The light in which news is shown: conflict, loss, fault, and more."
        }
        _ => "",
    }
}

/// A tag has another place among the tags; the first is 1.
pub(crate) fn moved(name: &str, place: usize, count: usize) -> Sentence {
    format!("{name} is now {place} of {count}")
}

/// The choice of the codebook for new articles was not saved.
pub(crate) fn default_not_saved(reason: &BrowserReason) -> Sentence {
    format!(
        "New articles use this codebook until you close this page: the browser did not save the \
         choice ({}). Download the codebook as a file.",
        reason.without_stop()
    )
}

/// A tag now has nearly the same name as another.
pub(crate) fn similar_tag(name: &str) -> Sentence {
    format!("There is the tag “{name}” as well.")
}

/// A tag of nearly this name exists; the user is asked whether another is wanted.
pub(crate) fn create_anyway(similar: &str, name: &str) -> Sentence {
    format!("“{similar}” already exists. Create “{name}” anyway?")
}

/// The article has this codebook already.
pub(crate) fn already_used(name: &str) -> Sentence {
    format!("This article already uses “{name}”.")
}

/// A codebook was opened while no article was open.
pub(crate) fn no_article_open(name: &str) -> Sentence {
    format!(
        "“{name}” is a codebook. Open the article that it is for, then open it again: it replaces \
         the article’s codebook."
    )
}

/// What was done, for the notice: "Switched to “Five Ws”."
pub(crate) fn done(edit: &CodebookEdit, codebook: &Codebook) -> Sentence {
    let tag = |id: &Slug| {
        let tag = codebook.tag(id);
        tag.map(|tag| tag.name.clone()).unwrap_or_default()
    };
    match edit {
        CodebookEdit::Use(other) => format!("Switched to “{}”.", other.name),
        CodebookEdit::DeleteTag(id) => format!("Deleted the tag “{}”.", tag(id)),
        CodebookEdit::MergeTags { from, into: to } => {
            format!("Merged “{}” into “{}”.", tag(from), tag(to))
        }
        CodebookEdit::DeleteRelation(id) => {
            let kind = codebook.relation(id).map(|kind| kind.name.as_str());
            format!("Deleted the relation “{}”.", kind.unwrap_or_default())
        }
        CodebookEdit::ChangeTag(tag) => format!("Changed the tag “{}”.", tag.name),
        CodebookEdit::ChangeRelation(kind) => format!("Changed the relation “{}”.", kind.name),
        CodebookEdit::ChangeQuestions(_) => "Changed the questions about the article.".to_owned(),
        CodebookEdit::Describe { .. }
        | CodebookEdit::NewTag { .. }
        | CodebookEdit::MoveTag { .. }
        | CodebookEdit::NewRelation(_)
        | CodebookEdit::MoveRelation { .. } => "Changed the codebook.".to_owned(),
    }
}

/// Why a change was not made; `None` if nothing has to be said, or if a question is asked
/// instead.
pub(crate) fn edit_error(error: &CodebookEditError) -> Option<Sentence> {
    Some(match error {
        CodebookEditError::Near(_) | CodebookEditError::Same => return None,
        CodebookEditError::NoName(CodebookItem::Codebook) => "A codebook needs a name.".to_owned(),
        CodebookEditError::NoName(CodebookItem::Tag) => "A tag needs a name.".to_owned(),
        CodebookEditError::NoName(CodebookItem::Relation) => "A relation needs a name.".to_owned(),
        CodebookEditError::KeyTaken { key, tag } => {
            format!("The key {key} is already used by {tag}.")
        }
        CodebookEditError::KeyIsNoLetter => {
            "A key must be a letter: digits and signs have other uses.".to_owned()
        }
        CodebookEditError::NoTags => {
            "Create a tag first: a relation links marks of tags.".to_owned()
        }
        CodebookEditError::RelationIncomplete => {
            "A relation needs a name, and a tag at each end.".to_owned()
        }
        CodebookEditError::Model(ModelError::Twice(name)) => format!("“{name}” already exists."),
        CodebookEditError::Model(error) => format!("{error}."),
    })
}

/// The choice to keep a part of the old codebook in the new one.
pub(crate) fn keep(part: &CodebookPart) -> &'static str {
    match part {
        CodebookPart::Tag(_) => "Keep this tag too",
        CodebookPart::Relation(_) => "Keep this relation too",
        CodebookPart::Attribute { .. } => "Keep this field too",
        CodebookPart::Question(_) => "Keep this question too",
    }
}

/// The choice to give the work of a part of the old codebook to one of the new.
pub(crate) fn change_to(name: &str) -> String {
    format!("Change to {name}")
}

/// The codebooks that ship could not be read.
pub(crate) fn not_read(reason: &BrowserReason) -> Sentence {
    let reason = reason.0.trim_end_matches('.');
    format!("The other codebooks could not be loaded: {reason}. Open this page again to retry.")
}
