//! What is said of a mark beside its tag: answers, and links to other marks.

use crate::edit::change::Edit;
use crate::edit::commands::marks::{CommandError, annotation, change, quoted};
use crate::edit::transaction::{Transaction, TypingRun};
use crate::model::annotation::Annotation;
use crate::model::document::Document;
use crate::model::error::ModelError;
use crate::model::id::{Id, Slug};
use crate::model::relation::Relation;
use crate::model::timestamp::Timestamp;
use crate::model::value::{AttributeKind, Value};
use crate::text::shortened::one_line;

use std::rc::Rc;

/// Answers what the mark's tag asks, or takes the answer back. The keys of one text are
/// undone together.
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
    let place = attributes.iter().position(|it| it.id == *attribute);
    let place = place.ok_or_else(|| ModelError::NoAttribute(attribute.clone()))?;
    let asked = &attributes[place];
    let value = value.filter(|value| !is_empty(value));
    if value.as_ref().is_some_and(|value| !asked.accepts(value)) {
        return Err(ModelError::BadValue(attribute.clone()).into());
    }
    let said = match &value {
        Some(value) => format!("{}: {}", asked.name, in_words(value)),
        None => format!("no {}", asked.name),
    };
    let typed = is_typed(&asked.kind);
    let run = typed.then_some(TypingRun::Answer(id, place));
    let name = format!("{said} on {}", quoted(document, old));
    change(document, id, now, name, run, |mark| {
        match value {
            Some(value) => mark.values.insert(attribute.clone(), value),
            None => mark.values.remove(attribute),
        };
    })
}

/// Answers a question asked of the whole article, or takes the answer back. The keys of one
/// text are undone together.
///
/// Errors: as [`answer`].
pub fn answer_question(
    document: &Document,
    question: &Slug,
    value: Option<Value>,
) -> Result<Transaction, CommandError> {
    let questions = document.codebook().questions();
    let place = questions.iter().position(|it| it.id == *question);
    let place = place.ok_or_else(|| ModelError::NoAttribute(question.clone()))?;
    let asked = &questions[place];
    let value = value.filter(|value| !is_empty(value));
    if value.as_ref().is_some_and(|value| !asked.accepts(value)) {
        return Err(ModelError::BadValue(question.clone()).into());
    }
    if document.answers().get(question) == value.as_ref() {
        return Err(CommandError::Nothing);
    }
    let name = match &value {
        Some(value) => format!("{}: {}", asked.name, in_words(value)),
        None => format!("no {}", asked.name),
    };
    let typed = is_typed(&asked.kind);
    Ok(Transaction {
        run: typed.then_some(TypingRun::Question(place)),
        ..Transaction::new(name, vec![Edit::PutAnswer(question.clone(), value)])
    })
}

/// Whether it is answered key by key.
fn is_typed(kind: &AttributeKind) -> bool {
    matches!(
        kind,
        AttributeKind::Text | AttributeKind::Number | AttributeKind::Date
    )
}

/// Whether it says nothing.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Text(text) => text.is_empty(),
        Value::Many(words) => words.is_empty(),
        _ => false,
    }
}

/// An answer in words, on one line.
#[must_use]
pub fn in_words(value: &Value) -> String {
    match value {
        Value::One(word) => word.to_string(),
        Value::Many(words) => words.join(", "),
        Value::YesNo(true) => "yes".to_owned(),
        Value::YesNo(false) => "no".to_owned(),
        Value::Text(text) => one_line(text),
        Value::Number(number) => number.as_f64().to_string(),
        Value::Date(date) => date.as_str().to_owned(),
    }
}

/// Links two marks: `from` to `to`, as the relation `id` of this kind.
///
/// Errors: the codebook does not allow the pair; they are linked so already, which changes
/// nothing.
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
    let name = format!("link {}", said(document, &relation)?);
    let edits = vec![Edit::PutRelation(Rc::new(relation))];
    Ok(Transaction::new(name, edits))
}

/// Takes the relation `id` away; both marks stay.
pub fn unrelate(document: &Document, id: Id) -> Result<Transaction, CommandError> {
    let relation = document.relation(id).ok_or(ModelError::NoRelation(id))?;
    let name = format!("unlink {}", said(document, relation)?);
    Ok(Transaction::new(name, vec![Edit::DropRelation(id)]))
}

/// "‘the wall will hold’ made by ‘the harbour master’".
fn said(document: &Document, relation: &Relation) -> Result<String, CommandError> {
    let kind = document.codebook().relation(&relation.kind);
    let from: &Rc<Annotation> = annotation(document, relation.from)?;
    let to = annotation(document, relation.to)?;
    Ok(format!(
        "{} {} {}",
        quoted(document, from),
        kind.map_or("with", |kind| kind.name.as_str()),
        quoted(document, to)
    ))
}
