//! The names of steps as sentences: undo, the history and announcements show them.

use pullquote_core::edit::recode_losses::RecodeLosses;
use pullquote_core::edit::step_name::{CodebookChange, StepName};
use pullquote_core::model::value::{Value, in_words};

/// What the step does, in lower case, without a full stop: "tag ‘minister’ as Actor".
#[must_use]
pub fn step_name(name: &StepName) -> String {
    match name {
        StepName::Text(text) => text.clone(),
        StepName::Tag { quote, tag } => format!("tag ‘{quote}’ as {tag}"),
        StepName::TagLike { places, quote, tag } => {
            let places = number_of(*places, "more place");
            format!("tag {places} like ‘{quote}’ as {tag}")
        }
        StepName::Retag {
            quote,
            from,
            to,
            details,
            relations,
        } => {
            let losses = losses(&[(*details, "detail"), (*relations, "relation")]);
            format!("change ‘{quote}’ from {from} to {to}{losses}")
        }
        StepName::RetagMany {
            marks,
            tag,
            details,
            relations,
        } => {
            let marks = number_of(*marks, "mark");
            let losses = losses(&[(*details, "detail"), (*relations, "relation")]);
            format!("change {marks} to {tag}{losses}")
        }
        StepName::Delete {
            tag,
            quote,
            relations,
        } => {
            let losses = losses(&[(*relations, "relation")]);
            format!("delete {tag} ‘{quote}’{losses}")
        }
        StepName::DeleteMany {
            quote,
            more,
            relations,
        } => {
            let losses = losses(&[(*relations, "relation")]);
            format!("delete ‘{quote}’ and {more} more{losses}")
        }
        StepName::Note { quote } => format!("note on ‘{quote}’"),
        StepName::Flag { quote } => format!("flag ‘{quote}’"),
        StepName::Unflag { quote } => format!("unflag ‘{quote}’"),
        StepName::MoveStart { quote } => format!("move the start of ‘{quote}’"),
        StepName::MoveEnd { quote } => format!("move the end of ‘{quote}’"),
        StepName::AddSpan { quote } => format!("add a part to ‘{quote}’"),
        StepName::RemoveSpan { quote } => format!("remove a part of ‘{quote}’"),
        StepName::Answer {
            attribute,
            value,
            quote,
        } => format!("{} on ‘{quote}’", answer(attribute, value.as_ref())),
        StepName::AnswerQuestion { question, value } => answer(question, value.as_ref()),
        StepName::Relate { from, kind, to } => format!("link ‘{from}’ {kind} ‘{to}’"),
        StepName::Unrelate { from, kind, to } => format!("unlink ‘{from}’ {kind} ‘{to}’"),
        StepName::AssignEntity { marks, entity } => {
            format!("group {} under ‘{entity}’", number_of(*marks, "mention"))
        }
        StepName::DetachFromEntity { marks, entity } => {
            format!("separate {} from ‘{entity}’", number_of(*marks, "mention"))
        }
        StepName::RenameEntity { from, to } => format!("rename ‘{from}’ to ‘{to}’"),
        StepName::DeleteEntity { entity } => format!("remove ‘{entity}’ from the cast"),
        StepName::SetEntityReference { entity } => format!("identifier of ‘{entity}’"),
        StepName::RenameArticle { title } => format!("rename the article to ‘{title}’"),
        StepName::DescribeSource => "describe the source".to_owned(),
        StepName::Recode { change, losses } => {
            let losses = self::losses(&counts(losses));
            format!("{}{losses}", codebook_change(change))
        }
        StepName::BringBack { after } => {
            format!("restore the version after “{}”", step_name(after))
        }
        StepName::BringBackFirst => "restore the article as it was added".to_owned(),
        StepName::ChangeCoder { coder } if coder.is_empty() => "work without a name".to_owned(),
        StepName::ChangeCoder { coder } => format!("work as {coder}"),
        StepName::RestoreBackup => "restore from a backup".to_owned(),
    }
}

fn codebook_change(change: &CodebookChange) -> String {
    match change {
        CodebookChange::Describe => "describe the codebook".to_owned(),
        CodebookChange::NewTag(name) => format!("create the tag {name}"),
        CodebookChange::ChangeTag(name) => format!("change the tag {name}"),
        CodebookChange::MoveTag(name) => format!("move the tag {name}"),
        CodebookChange::DeleteTag(name) => format!("delete the tag {name}"),
        CodebookChange::MergeTags { from, to } => format!("merge {from} into {to}"),
        CodebookChange::NewRelation(name) => format!("create the relation {name}"),
        CodebookChange::ChangeRelation(name) => format!("change the relation {name}"),
        CodebookChange::MoveRelation(name) => format!("move the relation {name}"),
        CodebookChange::DeleteRelation(name) => format!("delete the relation {name}"),
        CodebookChange::ChangeQuestions => "change the questions about the article".to_owned(),
        CodebookChange::Use(name) => format!("use the codebook ‘{name}’"),
    }
}

/// "Strength: firm", or "no Strength" where the answer was taken back.
fn answer(asked: &str, value: Option<&Value>) -> String {
    match value {
        Some(value) => format!("{asked}: {}", in_words(value)),
        None => format!("no {asked}"),
    }
}

/// "2 marks and 1 relation were deleted."; empty if nothing was deleted.
pub(crate) fn recode_losses(losses: &RecodeLosses) -> String {
    let counts = counts(losses);
    match counts.iter().map(|(count, _)| count).sum() {
        0 => String::new(),
        1_usize => format!("{} was deleted.", counted(&counts)),
        _ => format!("{} were deleted.", counted(&counts)),
    }
}

fn counts(losses: &RecodeLosses) -> [(usize, &'static str); 4] {
    [
        (losses.marks, "mark"),
        (losses.cast, "member of the cast"),
        (losses.relations, "relation"),
        (losses.details, "detail"),
    ]
}

/// " (2 marks and 1 relation deleted)"; empty if nothing was deleted.
fn losses(counts: &[(usize, &str)]) -> String {
    match counted(counts) {
        counted if counted.is_empty() => counted,
        counted => format!(" ({counted} deleted)"),
    }
}

/// "1 mark", "2 marks".
fn number_of(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        count => format!("{count} {noun}s"),
    }
}

/// "2 marks, 1 relation and 3 details", without those of which there is none; empty if there
/// are none at all. A noun may be followed by more words: "2 members of the cast".
fn counted(counts: &[(usize, &str)]) -> String {
    let phrases: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, phrase)| match phrase.split_once(' ') {
            Some((noun, rest)) => format!("{} {rest}", number_of(*count, noun)),
            None => number_of(*count, phrase),
        })
        .collect();
    match phrases.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}
