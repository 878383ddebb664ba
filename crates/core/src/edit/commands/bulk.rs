//! Commands on several marks at once, each as one step.

use crate::edit::change::Edit;
use crate::edit::commands::marks::{CommandError, annotation, retagged, tag_name};
use crate::edit::step_name::{StepName, short_quote};
use crate::edit::transaction::Transaction;
use crate::model::annotation::Annotation;
use crate::model::document::Document;
use crate::model::error::ModelError;
use crate::model::id::{Id, Slug};
use crate::model::timestamp::Timestamp;
use crate::model::value::Values;
use crate::sorted;
use crate::text::span::Span;

use std::rc::Rc;

/// Makes a mark of each of `spans`, with the id given beside it. Each gets the tag of `like`, and
/// mentions the same member of the cast.
///
/// Errors: no spans; there is no mark `like`.
pub fn mark_as(
    document: &Document,
    like: Id,
    spans: &[(Id, Span)],
    now: Timestamp,
) -> Result<Transaction, CommandError> {
    let like = annotation(document, like)?;
    if spans.is_empty() {
        return Err(CommandError::Nothing);
    }
    let edits = spans.iter().map(|(id, span)| {
        Edit::PutAnnotation(Rc::new(Annotation {
            id: *id,
            tag: like.tag.clone(),
            spans: (*span).into(),
            values: Values::new(),
            entity: like.entity,
            note: String::new(),
            flagged: false,
            coder: document.coder.clone(),
            created: now,
            modified: now,
        }))
    });
    let name = StepName::TagLike {
        places: spans.len(),
        quote: short_quote(document, like),
        tag: tag_name(document, &like.tag)?,
    };
    Ok(Transaction::new(name, edits.collect()))
}

/// Gives these marks another tag, as [`retag`](crate::edit::commands::marks::retag) does for one.
/// Marks that have it already do not change.
///
/// Errors: no such mark or tag; nothing would change.
pub fn retag_all(
    document: &Document,
    marks: &[Id],
    tag: &Slug,
    now: Timestamp,
) -> Result<Transaction, CommandError> {
    let tag_name = tag_name(document, tag)?;
    let mut kept = document.clone();
    let mut edits: Vec<Edit> = Vec::new();
    let (mut count, mut details, mut relations) = (0, 0, 0);
    for id in marks {
        let old = annotation(document, *id)?;
        if old.tag == *tag {
            continue;
        }
        let change = retagged(&kept, *id, tag, now)?;
        details += change.details;
        relations += change.relations;
        count += 1;
        for edit in change.edits {
            edit.apply(&mut kept)?;
            edits.push(edit);
        }
    }
    if edits.is_empty() {
        return Err(CommandError::Nothing);
    }
    let name = StepName::RetagMany {
        marks: count,
        tag: tag_name,
        details,
        relations,
    };
    Ok(Transaction::new(name, edits))
}

/// Deletes these marks and the relations that begin or end at them.
///
/// Errors: no marks; one of them does not exist.
pub fn delete_all(document: &Document, marks: &[Id]) -> Result<Transaction, CommandError> {
    let first = marks.first().ok_or(CommandError::Nothing)?;
    if let [only] = marks {
        return crate::edit::commands::marks::delete(document, *only);
    }
    if let Some(id) = marks.iter().find(|id| document.annotation(**id).is_none()) {
        return Err(ModelError::NoAnnotation(*id).into());
    }
    let sorted = sorted::vec_map(marks.iter().map(|id| (*id, ())));
    let relations = document.relations().iter().filter(|relation| {
        sorted.contains_key(&relation.from) || sorted.contains_key(&relation.to)
    });
    let mut edits: Vec<Edit> = relations
        .map(|relation| Edit::DropRelation(relation.id))
        .collect();
    let name = StepName::DeleteMany {
        quote: short_quote(document, annotation(document, *first)?),
        more: sorted.len() - 1,
        relations: edits.len(),
    };
    edits.extend(sorted.iter().map(|(id, ())| Edit::DropAnnotation(*id)));
    Ok(Transaction::new(name, edits))
}
