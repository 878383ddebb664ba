//! The name of a step, as the field `name` of an entry holds it.
//!
//! It is a list: a word for the kind, then the texts and numbers of [`StepName`] in the order
//! of its fields, as in `["tag", "minister", "Actor"]`. An answer is an object
//! (`{"one": "firm"}`), or `null` where one was taken back. `bring_back` is followed by the
//! items of the name that it brings back, without a list of their own. A change of the codebook
//! ends with the numbers of deleted marks, details, members of the cast and relations.
//!
//! A text is a name that was stored before names were values. The name is only shown, so reading
//! never fails: what a newer version wrote becomes a text, and further items of a known kind are
//! ignored.

use crate::json_reader::JsonNode;
use crate::records::typed_value::{read_value, write_value};
use pullquote_core::edit::recode_losses::RecodeLosses;
use pullquote_core::edit::step_name::{CodebookChange, StepName};
use pullquote_core::model::value::Value;
use pullquote_core::text::shortened::shortened;
use std::rc::Rc;

use serde_json::Value as Json;

/// The name as JSON.
pub(crate) fn write_step_name(name: &StepName) -> Json {
    match name {
        StepName::Text(text) => Json::from(text.as_str()),
        name => Json::Array(items(name)),
    }
}

fn items(name: &StepName) -> Vec<Json> {
    match name {
        StepName::Text(text) => list("text", &[text], &[]),
        StepName::Tag { quote, tag } => list("tag", &[quote, tag], &[]),
        StepName::TagLike { places, quote, tag } => list("tag_like", &[quote, tag], &[*places]),
        StepName::Retag {
            quote,
            from,
            to,
            details,
            relations,
        } => list("retag", &[quote, from, to], &[*details, *relations]),
        StepName::RetagMany {
            marks,
            tag,
            details,
            relations,
        } => list("retag_many", &[tag], &[*marks, *details, *relations]),
        StepName::Delete {
            tag,
            quote,
            relations,
        } => list("delete", &[tag, quote], &[*relations]),
        StepName::DeleteMany {
            quote,
            more,
            relations,
        } => list("delete_many", &[quote], &[*more, *relations]),
        StepName::Note { quote } => list("note", &[quote], &[]),
        StepName::Flag { quote } => list("flag", &[quote], &[]),
        StepName::Unflag { quote } => list("unflag", &[quote], &[]),
        StepName::MoveStart { quote } => list("move_start", &[quote], &[]),
        StepName::MoveEnd { quote } => list("move_end", &[quote], &[]),
        StepName::AddSpan { quote } => list("add_span", &[quote], &[]),
        StepName::RemoveSpan { quote } => list("remove_span", &[quote], &[]),
        StepName::Answer {
            attribute,
            value,
            quote,
        } => with_value(list("answer", &[attribute, quote], &[]), value),
        StepName::AnswerQuestion { question, value } => {
            with_value(list("answer_question", &[question], &[]), value)
        }
        StepName::Relate { from, kind, to } => list("relate", &[from, kind, to], &[]),
        StepName::Unrelate { from, kind, to } => list("unrelate", &[from, kind, to], &[]),
        StepName::AssignEntity { marks, entity } => list("assign_entity", &[entity], &[*marks]),
        StepName::DetachFromEntity { marks, entity } => {
            list("detach_from_entity", &[entity], &[*marks])
        }
        StepName::RenameEntity { from, to } => list("rename_entity", &[from, to], &[]),
        StepName::DeleteEntity { entity } => list("delete_entity", &[entity], &[]),
        StepName::SetEntityReference { entity } => list("set_entity_reference", &[entity], &[]),
        StepName::RenameArticle { title } => list("rename_article", &[title], &[]),
        StepName::DescribeSource => list("describe_source", &[], &[]),
        StepName::Recode { change, losses } => {
            let RecodeLosses {
                marks,
                details,
                cast,
                relations,
            } = *losses;
            let (kind, texts) = codebook_change(change);
            list(kind, &texts, &[marks, details, cast, relations])
        }
        StepName::BringBack { after } => {
            let mut list = list("bring_back", &[], &[]);
            list.extend(items(after));
            list
        }
        StepName::BringBackFirst => list("bring_back_first", &[], &[]),
        StepName::ChangeCoder { coder } => list("change_coder", &[coder], &[]),
        StepName::RestoreBackup => list("restore_backup", &[], &[]),
    }
}

fn codebook_change(change: &CodebookChange) -> (&'static str, Vec<&str>) {
    match change {
        CodebookChange::Describe => ("describe_codebook", vec![]),
        CodebookChange::NewTag(name) => ("new_tag", vec![name]),
        CodebookChange::ChangeTag(name) => ("change_tag", vec![name]),
        CodebookChange::MoveTag(name) => ("move_tag", vec![name]),
        CodebookChange::DeleteTag(name) => ("delete_tag", vec![name]),
        CodebookChange::MergeTags { from, to } => ("merge_tags", vec![from, to]),
        CodebookChange::NewRelation(name) => ("new_relation", vec![name]),
        CodebookChange::ChangeRelation(name) => ("change_relation", vec![name]),
        CodebookChange::MoveRelation(name) => ("move_relation", vec![name]),
        CodebookChange::DeleteRelation(name) => ("delete_relation", vec![name]),
        CodebookChange::ChangeQuestions => ("change_questions", vec![]),
        CodebookChange::Use(name) => ("use_codebook", vec![name]),
    }
}

fn list(kind: &str, texts: &[&str], counts: &[usize]) -> Vec<Json> {
    let texts = texts.iter().map(|text| Json::from(*text));
    let counts = counts.iter().map(|count| Json::from(*count));
    std::iter::once(Json::from(kind))
        .chain(texts)
        .chain(counts)
        .collect()
}

fn with_value(mut list: Vec<Json>, value: &Option<Value>) -> Vec<Json> {
    list.push(value.as_ref().map_or(Json::Null, write_value));
    list
}

/// Reads what [`write_step_name`] wrote; anything else becomes a text.
pub(crate) fn read_step_name(json: &Json) -> StepName {
    match json {
        Json::Null => StepName::Text(String::new()),
        Json::String(text) => StepName::Text(text.clone()),
        Json::Array(list) => parsed(list).unwrap_or_else(|| StepName::Text(in_words(list))),
        other => StepName::Text(shortened(&other.to_string(), 80)),
    }
}

/// The name in a list; `None` if it is of no known kind, or a part is missing or of another type.
fn parsed(list: &[Json]) -> Option<StepName> {
    let (kind, rest) = list.split_first()?;
    let kind = kind.as_str()?;
    let text = |index: usize| Some(rest.get(index)?.as_str()?.to_owned());
    let count = |index: usize| usize::try_from(rest.get(index)?.as_u64()?).ok();
    let value = |index: usize| match rest.get(index)? {
        Json::Null => Some(None),
        json => read_value(&JsonNode::root(json)).ok().map(Some),
    };
    Some(match kind {
        "text" => StepName::Text(text(0)?),
        "tag" => StepName::Tag {
            quote: text(0)?,
            tag: text(1)?,
        },
        "tag_like" => StepName::TagLike {
            quote: text(0)?,
            tag: text(1)?,
            places: count(2)?,
        },
        "retag" => StepName::Retag {
            quote: text(0)?,
            from: text(1)?,
            to: text(2)?,
            details: count(3)?,
            relations: count(4)?,
        },
        "retag_many" => StepName::RetagMany {
            tag: text(0)?,
            marks: count(1)?,
            details: count(2)?,
            relations: count(3)?,
        },
        "delete" => StepName::Delete {
            tag: text(0)?,
            quote: text(1)?,
            relations: count(2)?,
        },
        "delete_many" => StepName::DeleteMany {
            quote: text(0)?,
            more: count(1)?,
            relations: count(2)?,
        },
        "note" => StepName::Note { quote: text(0)? },
        "flag" => StepName::Flag { quote: text(0)? },
        "unflag" => StepName::Unflag { quote: text(0)? },
        "move_start" => StepName::MoveStart { quote: text(0)? },
        "move_end" => StepName::MoveEnd { quote: text(0)? },
        "add_span" => StepName::AddSpan { quote: text(0)? },
        "remove_span" => StepName::RemoveSpan { quote: text(0)? },
        "answer" => StepName::Answer {
            attribute: text(0)?,
            quote: text(1)?,
            value: value(2)?,
        },
        "answer_question" => StepName::AnswerQuestion {
            question: text(0)?,
            value: value(1)?,
        },
        "relate" => StepName::Relate {
            from: text(0)?,
            kind: text(1)?,
            to: text(2)?,
        },
        "unrelate" => StepName::Unrelate {
            from: text(0)?,
            kind: text(1)?,
            to: text(2)?,
        },
        "assign_entity" => StepName::AssignEntity {
            entity: text(0)?,
            marks: count(1)?,
        },
        "detach_from_entity" => StepName::DetachFromEntity {
            entity: text(0)?,
            marks: count(1)?,
        },
        "rename_entity" => StepName::RenameEntity {
            from: text(0)?,
            to: text(1)?,
        },
        "delete_entity" => StepName::DeleteEntity { entity: text(0)? },
        "set_entity_reference" => StepName::SetEntityReference { entity: text(0)? },
        "rename_article" => StepName::RenameArticle { title: text(0)? },
        "describe_source" => StepName::DescribeSource,
        "bring_back" => StepName::BringBack {
            after: Rc::new(parsed(rest)?),
        },
        "bring_back_first" => StepName::BringBackFirst,
        "change_coder" => StepName::ChangeCoder { coder: text(0)? },
        "restore_backup" => StepName::RestoreBackup,
        kind => parsed_change(kind, rest)?,
    })
}

fn parsed_change(kind: &str, rest: &[Json]) -> Option<StepName> {
    let text = |index: usize| Some(rest.get(index)?.as_str()?.to_owned());
    let change = match kind {
        "describe_codebook" => CodebookChange::Describe,
        "new_tag" => CodebookChange::NewTag(text(0)?),
        "change_tag" => CodebookChange::ChangeTag(text(0)?),
        "move_tag" => CodebookChange::MoveTag(text(0)?),
        "delete_tag" => CodebookChange::DeleteTag(text(0)?),
        "merge_tags" => CodebookChange::MergeTags {
            from: text(0)?,
            to: text(1)?,
        },
        "new_relation" => CodebookChange::NewRelation(text(0)?),
        "change_relation" => CodebookChange::ChangeRelation(text(0)?),
        "move_relation" => CodebookChange::MoveRelation(text(0)?),
        "delete_relation" => CodebookChange::DeleteRelation(text(0)?),
        "change_questions" => CodebookChange::ChangeQuestions,
        "use_codebook" => CodebookChange::Use(text(0)?),
        _ => return None,
    };
    let mut counts = rest.iter().filter_map(Json::as_u64);
    let mut count = || usize::try_from(counts.next()?).ok();
    let losses = RecodeLosses {
        marks: count()?,
        details: count()?,
        cast: count()?,
        relations: count()?,
    };
    Some(StepName::Recode { change, losses })
}

/// A list of an unknown kind as a text: "split span: minister, 2".
fn in_words(list: &[Json]) -> String {
    let mut words = list.iter().filter_map(|item| match item {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    });
    let kind = words.next().unwrap_or_default().replace('_', " ");
    let arguments: Vec<String> = words.collect();
    if arguments.is_empty() {
        kind
    } else {
        format!("{kind}: {}", arguments.join(", "))
    }
}
