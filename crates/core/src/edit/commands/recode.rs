//! Replaces the codebook of a document that has marks.

use crate::edit::change::Edit;
use crate::edit::commands::marks::CommandError;
use crate::edit::commands::recoding::{Recoding, values_for};
use crate::edit::recode_losses::RecodeLosses;
use crate::edit::step_name::{CodebookChange, StepName};
use crate::edit::transaction::Transaction;
use crate::model::annotation::Annotation;
use crate::model::codebook::{Codebook, Tag};
use crate::model::document::Document;
use crate::model::entity::Entity;
use crate::model::id::Slug;
use crate::model::relation::Relation;
use crate::model::timestamp::Timestamp;
use crate::model::value::Value;
use crate::sorted;

use std::rc::Rc;

/// Replaces the codebook of a document, as a step named after `change`. Marks, relations and
/// answers move to what `recoding` says they become. What the new codebook cannot hold is
/// deleted: marks of a missing tag, with their entities; answers that do not fit; relations
/// between pairs of tags that it does not allow. Returns the step, and how much it deletes.
///
/// Errors: [`CommandError::Nothing`] if the codebooks are equal.
pub fn recode(
    document: &Document,
    recoding: &Recoding,
    change: CodebookChange,
    now: Timestamp,
) -> Result<(Transaction, RecodeLosses), CommandError> {
    let codebook = &recoding.codebook;
    if *codebook == **document.codebook() {
        return Err(CommandError::Nothing);
    }
    let mut losses = RecodeLosses::default();
    // `edits` fit both codebooks and come before the new one is put in place; `later` fit only
    // the new one and come after it.
    let (mut edits, mut later) = (Vec::new(), Vec::new());
    let between = between(document.codebook(), recoding)?;
    if between != **document.codebook() {
        edits.push(Edit::PutCodebook(Rc::new(between.clone())));
    }
    let fits_between = |tag: &Slug, slug: &Slug, value: &Value| {
        let asked = between.tag(tag).map(|tag| tag.attributes.iter());
        asked.is_some_and(|mut asked| {
            asked.any(|attribute| attribute.id == *slug && attribute.accepts(value))
        })
    };

    // The old and the new tag of each mark that stays.
    let marks = document.annotations().iter();
    let tags = marks.filter_map(|mark| {
        let tag = recoding.tag_for(&mark.tag);
        codebook.tag(tag)?;
        Some((mark.id, (&mark.tag, tag)))
    });
    let tags = sorted::vec_map(tags);
    let mut again = Vec::new();
    for relation in document.relations() {
        let ends = tags.get(&relation.from).zip(tags.get(&relation.to));
        let stays =
            ends.is_some_and(|((from, _), (to, _))| recoding.allows(&relation.kind, from, to));
        let kind = recoding.relation_for(&relation.kind);
        // A pair that the new codebook allows may be forbidden in the old one.
        let is_moved = *kind != relation.kind
            || ends.is_none_or(|(from, to)| from.0 != from.1 || to.0 != to.1);
        if !stays || is_moved {
            edits.push(Edit::DropRelation(relation.id));
        }
        if !stays {
            losses.relations += 1;
        } else if is_moved {
            again.push(Edit::PutRelation(Rc::new(Relation {
                kind: kind.clone(),
                ..Relation::clone(relation)
            })));
        }
    }
    for mark in document.annotations() {
        let Some((_, tag)) = tags.get(&mark.id) else {
            losses.marks += 1;
            edits.push(Edit::DropAnnotation(mark.id));
            continue;
        };
        let mut last = Annotation::clone(mark);
        last.tag = (*tag).clone();
        last.values = values_for(recoding, &mark.tag, &mark.values);
        losses.details += mark.values.len() - last.values.len();
        let mut changed = last.clone();
        changed
            .values
            .retain(|slug, value| fits_between(tag, slug, value));
        if **tag != mark.tag {
            // The entity gets its new tag later.
            changed.entity = None;
        }
        if last != changed {
            last.modified = now;
            later.push(Edit::PutAnnotation(Rc::new(last)));
        }
        if changed != **mark {
            changed.modified = now;
            edits.push(Edit::PutAnnotation(Rc::new(changed)));
        }
    }
    for entity in document.entities() {
        let tag = recoding.tag_for(&entity.tag);
        if codebook.tag(tag).is_none() {
            losses.cast += 1;
            edits.push(Edit::DropEntity(entity.id));
        } else if *tag != entity.tag {
            let entity = Entity {
                tag: tag.clone(),
                ..(**entity).clone()
            };
            edits.push(Edit::PutEntity(Rc::new(entity)));
        }
    }
    for (question, answer) in document.answers() {
        let value = recoding.answer_for(question, answer);
        if value.as_ref() == Some(answer) {
            continue;
        }
        losses.details += usize::from(value.is_none());
        edits.push(Edit::PutAnswer(question.clone(), None));
        if value.is_some() {
            later.push(Edit::PutAnswer(question.clone(), value));
        }
    }
    edits.push(Edit::PutCodebook(Rc::new(codebook.clone())));
    edits.extend(later);
    edits.extend(again);
    let step = Transaction::new(StepName::Recode { change, losses }, edits);
    Ok((step, losses))
}

/// A codebook under which marks can have their old and their new tags: the old codebook, plus
/// the new tags that it lacks.
fn between(old: &Codebook, recoding: &Recoding) -> Result<Codebook, CommandError> {
    let mut between = old.clone();
    for (_, heir) in &recoding.merged {
        if let Some(tag) = recoding.codebook.tag(heir)
            && between.tag(heir).is_none()
        {
            let tag = Tag {
                key: None,
                ..Tag::clone(tag)
            };
            let index = between.tags().len();
            between = between.with_tag(tag, index)?;
        }
    }
    Ok(between)
}
