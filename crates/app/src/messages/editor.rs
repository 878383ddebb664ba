//! What is said about the open article: marks, fields, relations, the cast, undo.

use crate::messages::Sentence;
use crate::messages::counts::counted;
use pullquote_core::edit::commands::marks::CommandError;
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::error::ModelError;
use pullquote_core::text::shortened::capitalised;

/// The action does not work while an earlier version is shown.
pub(crate) const IS_PREVIEW: &str = "This is an earlier version, which cannot be changed. Restore it, or go back to the current one.";
/// Steps that are not undone by the button of an old notice.
pub(crate) const NOT_THE_LAST_STEP: &str =
    "There are later steps: undo those first, with the button in the bar";
/// The earlier version that the user wants to restore is the current one.
pub(crate) const IS_CURRENT: &str = "That is the current version";
/// Two entities are not suggested as the same any more.
pub(crate) const KEPT_APART: &str = "They are kept apart while this article is open.";
/// The next selection becomes a part of the chosen mark.
pub(crate) const SELECT_PART: &str = "Select the words to add to this mark";
/// There is no mark to add the selection to.
pub(crate) const CHOOSE_MARK_FIRST: &str = "Choose a mark first, then select the words to add";
/// No tag is armed any more.
pub(crate) const DISARMED: &str = "Selections are not tagged any more";
/// The search finds nothing.
pub(crate) const NOT_FOUND: &str = "Neither the article nor a mark contains this";
/// No mark lacks a required answer.
pub(crate) const ALL_COMPLETE: &str = "Every mark is complete.";
/// The heading over the tags that were used last.
pub(crate) const USED_LAST: &str = "Used last";
/// The heading over all tags.
pub(crate) const ALL_TAGS: &str = "All tags";
/// The first version of an article, in the list of its steps.
pub(crate) const AS_ADDED: &str = "the article as it was added";

/// The number of marks in which a required answer is missing.
pub(crate) fn incomplete_left(count: usize) -> Sentence {
    counted(count, "mark is incomplete", "marks are incomplete")
}

/// A word was found above the place where the search began.
pub(crate) fn from_the_top(word: &str) -> Sentence {
    format!("{word}, from the top")
}

/// No word begins with these letters.
pub(crate) fn no_word(letters: &str) -> Sentence {
    format!("No word begins with “{letters}”")
}

/// A tag is armed: it is given to every selection.
pub(crate) fn armed(tag: &str) -> Sentence {
    format!("Every selection is tagged as {tag} until you press Escape")
}

/// The words have a mark with this tag already.
pub(crate) fn already_marked(tag: &str) -> Sentence {
    format!("These words are marked as {tag} already.")
}

/// All listed marks got another tag.
pub(crate) fn marks_retagged(count: usize, tag: &str) -> Sentence {
    format!("{} now {tag}.", counted(count, "mark is", "marks are"))
}

/// A mark got another tag, which does not have some of its answers and relations.
pub(crate) fn retagged(tag: &str, answers: usize, relations: usize) -> Sentence {
    let answers = Some(counted(answers, "answer", "answers")).filter(|_| answers > 0);
    let relations = Some(counted(relations, "link", "links")).filter(|_| relations > 0);
    let lost: Vec<String> = answers.into_iter().chain(relations).collect();
    format!("Changed to {tag}. Deleted: {}.", lost.join(" and "))
}

/// Marks were deleted.
pub(crate) fn marks_deleted(count: usize) -> Sentence {
    format!("{} deleted.", counted(count, "mark was", "marks were"))
}

/// Further occurrences of a mark were tagged.
pub(crate) fn occurrences_tagged(count: usize) -> Sentence {
    let places = counted(count, "more place was", "more places were");
    format!("{places} tagged.")
}

/// Relations were deleted together with a mark.
pub(crate) fn relations_deleted(relations: &[String]) -> Sentence {
    format!("Also deleted: {}.", relations.join("; "))
}

/// A relation: "“to call” made by “Iran”".
pub(crate) fn relation(from: &str, kind: &str, to: &str) -> String {
    format!("“{from}” {kind} “{to}”")
}

/// A mark cannot be the other end of a relation.
pub(crate) fn cannot_relate(kind: &str) -> Sentence {
    format!("That mark cannot be “{kind}” of this one")
}

/// The match that is shown: "2 of 7".
pub(crate) fn match_number(number: usize, all: usize) -> Sentence {
    format!("{number} of {all}")
}

/// Asks for the other end of a relation: "Who made it?". Relations of the codebooks that ship
/// have a question of their own.
#[must_use]
pub fn link_question(kind: &str, backwards: bool) -> Sentence {
    let question = match (kind, backwards) {
        ("made by", false) => "Who made it?",
        ("made to", false) => "Who was it made to?",
        ("about", false) => "What is it about?",
        ("at", false) => "Where was it?",
        ("inside", false) => "What is it inside?",
        ("said by", false) => "Who said it?",
        ("done by", false) => "Who did it?",
        ("done to", false) => "Who was it done to?",
        ("leads to", false) => "What does it lead to?",
        (kind, false) => return format!("Which mark is “{kind}”?"),
        (kind, true) => return format!("What is {kind} this?"),
    };
    question.to_owned()
}

/// What a field for relations expects.
pub(crate) fn links_to(tags: &[&str]) -> String {
    format!("Links to: {}", tags.join(", "))
}

/// What is missing in a mark: "“Made by” and “Strength” are missing"; empty if nothing is.
pub(crate) fn missing<'a>(fields: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = fields
        .map(|field| format!("“{}”", capitalised(field)))
        .collect();
    match names.split_last() {
        None => String::new(),
        Some((last, [])) => format!("{last} is missing"),
        Some((last, rest)) => format!("{} and {last} are missing", rest.join(", ")),
    }
}

/// What the search of marks can find, with a field that this codebook requires.
#[must_use]
pub fn search_hint(codebook: &Codebook) -> String {
    let relation = codebook.relations().iter().find(|kind| kind.required);
    let mut attributes = codebook.tags().iter().flat_map(|tag| &tag.attributes);
    let attribute = attributes.find(|attribute| attribute.required);
    let field = relation.map(|kind| &kind.name);
    match field.or(attribute.map(|attribute| &attribute.name)) {
        Some(field) => format!("Find words, tags, notes, “has no {}”", field.to_lowercase()),
        None => "Find words, tags, notes".to_owned(),
    }
}

/// A step was undone.
pub(crate) fn undone(step: &str) -> Sentence {
    format!("Undone: {step}")
}

/// A step was redone.
pub(crate) fn redone(step: &str) -> Sentence {
    format!("Redone: {step}")
}

/// The undoing of a step, in the list of steps.
pub(crate) fn undo_step(step: &str) -> String {
    format!("undo: {step}")
}

/// The redoing of a step, in the list of steps.
pub(crate) fn redo_step(step: &str) -> String {
    format!("redo: {step}")
}

/// An earlier version cannot be shown.
pub(crate) fn no_preview(error: &ModelError) -> Sentence {
    format!("That version cannot be shown: {error}.")
}

/// Why a step was not done; `None` if nothing has to be said.
pub(crate) fn command_error(error: &CommandError) -> Option<Sentence> {
    match error {
        CommandError::Nothing | CommandError::Empty | CommandError::Already(_) => None,
        CommandError::Model(ModelError::NoAnnotation(_)) => {
            Some("That mark no longer exists.".to_owned())
        }
        CommandError::Model(error) => Some(format!("That was not done: {error}.")),
    }
}
