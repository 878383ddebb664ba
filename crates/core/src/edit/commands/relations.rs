//! Answers of marks and of the article, and relations between marks.

use crate::edit::change::Edit;
use crate::edit::commands::marks::{CommandError, annotation, change};
use crate::edit::step_name::{StepName, short_quote};
use crate::edit::transaction::{Transaction, TypingRun};
use crate::model::document::Document;
use crate::model::error::ModelError;
use crate::model::id::{Id, Slug};
use crate::model::relation::Relation;
use crate::model::timestamp::Timestamp;
use crate::model::value::{AttributeKind, Value};

use std::rc::Rc;

/// Answers an attribute of a mark; `None` removes the answer. Keys typed in a row are undone
/// together.
///
/// Errors: the tag does not ask this, or the answer does not fit; nothing would change.
pub fn answer(
    document: &Document,
    id: Id,
    attribute: &Slug,
    value: Option<Value>,
    now: Timestamp,
) -> Result<Transaction, CommandError> {
    let old = annotation(document, id)?;
    let tag = document.codebook().tag(&old.tag);
    let attributes = tag.map(|tag| tag.attributes.as_slice()).unwrap_or_default();
    let index = attributes.iter().position(|asked| asked.id == *attribute);
    let index = index.ok_or_else(|| ModelError::NoAttribute(attribute.clone()))?;
    let asked = &attributes[index];
    let value = value.filter(|value| !is_empty(value));
    if value.as_ref().is_some_and(|value| !asked.accepts(value)) {
        return Err(ModelError::BadValue(attribute.clone()).into());
    }
    let name = StepName::Answer {
        attribute: asked.name.clone(),
        value: value.clone(),
        quote: short_quote(document, old),
    };
    let typed = is_typed(&asked.kind);
    let run = typed.then_some(TypingRun::Answer { mark: id, index });
    change(document, id, now, name, run, |mark| {
        match value {
            Some(value) => mark.values.insert(attribute.clone(), value),
            None => mark.values.remove(attribute),
        };
    })
}

/// Answers a question about the article; `None` removes the answer. Keys typed in a row are
/// undone together.
///
/// Errors: as for [`answer`].
pub fn answer_question(
    document: &Document,
    question: &Slug,
    value: Option<Value>,
) -> Result<Transaction, CommandError> {
    let questions = document.codebook().questions();
    let index = questions.iter().position(|asked| asked.id == *question);
    let index = index.ok_or_else(|| ModelError::NoAttribute(question.clone()))?;
    let asked = &questions[index];
    let value = value.filter(|value| !is_empty(value));
    if value.as_ref().is_some_and(|value| !asked.accepts(value)) {
        return Err(ModelError::BadValue(question.clone()).into());
    }
    if document.answers().get(question) == value.as_ref() {
        return Err(CommandError::Nothing);
    }
    let name = StepName::AnswerQuestion {
        question: asked.name.clone(),
        value: value.clone(),
    };
    let typed = is_typed(&asked.kind);
    Ok(Transaction {
        run: typed.then_some(TypingRun::Question { index }),
        ..Transaction::new(name, vec![Edit::PutAnswer(question.clone(), value)])
    })
}

/// Whether the answer is typed key by key.
fn is_typed(kind: &AttributeKind) -> bool {
    matches!(
        kind,
        AttributeKind::Text | AttributeKind::Number | AttributeKind::Date
    )
}

/// Whether the value counts as no answer.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Text(text) => text.is_empty(),
        Value::Many(words) => words.is_empty(),
        _ => false,
    }
}

/// Links two marks: `from` to `to`, as the relation `id` of this kind.
///
/// Errors: the codebook does not allow the pair; the same relation exists already.
pub fn relate(
    document: &Document,
    id: Id,
    kind: &Slug,
    from: Id,
    to: Id,
) -> Result<Transaction, CommandError> {
    let relation = Relation {
        id,
        kind: kind.clone(),
        from,
        to,
    };
    document.check_relation(&relation)?;
    let mut there = document.relations_of(from);
    if there.any(|other| other.kind == *kind && other.from == from && other.to == to) {
        return Err(CommandError::Nothing);
    }
    let (from, kind, to) = names(document, &relation)?;
    let name = StepName::Relate { from, kind, to };
    let edits = vec![Edit::PutRelation(Rc::new(relation))];
    Ok(Transaction::new(name, edits))
}

/// Deletes the relation `id`. Both marks stay.
pub fn unrelate(document: &Document, id: Id) -> Result<Transaction, CommandError> {
    let relation = document.relation(id).ok_or(ModelError::NoRelation(id))?;
    let (from, kind, to) = names(document, relation)?;
    let name = StepName::Unrelate { from, kind, to };
    Ok(Transaction::new(name, vec![Edit::DropRelation(id)]))
}

/// The words of the first mark, the name of the relation kind, the words of the second mark.
fn names(
    document: &Document,
    relation: &Relation,
) -> Result<(String, String, String), CommandError> {
    let kind = document.codebook().relation(&relation.kind);
    let kind = kind.ok_or_else(|| ModelError::NoRelationKind(relation.kind.clone()))?;
    let from = annotation(document, relation.from)?;
    let to = annotation(document, relation.to)?;
    Ok((
        short_quote(document, from),
        kind.name.clone(),
        short_quote(document, to),
    ))
}
