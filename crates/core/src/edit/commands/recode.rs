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
use crate::model::id::{Id, Slug};
use crate::model::relation::Relation;
use crate::model::timestamp::Timestamp;
use crate::model::value::Value;
use crate::sorted;
use crate::sorted::VecMap;

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
    let between = between(document.codebook(), recoding)?;
    let mut parts = RecodeEdits::default();
    if between != **document.codebook() {
        parts
            .before
            .push(Edit::PutCodebook(Rc::new(between.clone())));
    }
    // The old and the new tag of each mark that stays.
    let marks = document.annotations().iter();
    let tags = sorted::vec_map(marks.filter_map(|mark| {
        let tag = recoding.tag_for(&mark.tag);
        codebook.tag(tag)?;
        Some((mark.id, (&mark.tag, tag)))
    }));
    parts.relations(document, recoding, &tags);
    for mark in document.annotations() {
        match tags.get(&mark.id) {
            Some((_, tag)) => parts.mark(mark, tag, recoding, &between, now),
            None => {
                parts.losses.marks += 1;
                parts.before.push(Edit::DropAnnotation(mark.id));
            }
        }
    }
    parts.entities(document, recoding);
    parts.answers(document, recoding);
    let mut edits = parts.before;
    edits.push(Edit::PutCodebook(Rc::new(codebook.clone())));
    edits.extend(parts.after);
    edits.extend(parts.moved_relations);
    let losses = parts.losses;
    let step = Transaction::new(StepName::Recode { change, losses }, edits);
    Ok((step, losses))
}

/// The edits of a recoding, apart from the one that puts the new codebook in place.
#[derive(Default)]
struct RecodeEdits {
    /// Edits that fit the old codebook, and come before the new one.
    before: Vec<Edit>,
    /// Edits of marks and answers that fit only the new codebook, and come after it.
    after: Vec<Edit>,
    /// Relations that are put again once their marks have their new tags.
    moved_relations: Vec<Edit>,
    losses: RecodeLosses,
}

impl RecodeEdits {
    /// Drops relations that do not stay, and moves those whose kind or marks change. `tags` has
    /// the old and the new tag of each mark that stays.
    fn relations(
        &mut self,
        document: &Document,
        recoding: &Recoding,
        tags: &VecMap<Id, (&Slug, &Slug)>,
    ) {
        for relation in document.relations() {
            let ends = tags.get(&relation.from).zip(tags.get(&relation.to));
            let stays =
                ends.is_some_and(|((from, _), (to, _))| recoding.allows(&relation.kind, from, to));
            let kind = recoding.relation_for(&relation.kind);
            // A pair that the new codebook allows may be forbidden in the old one.
            let is_moved = *kind != relation.kind
                || ends.is_none_or(|(from, to)| from.0 != from.1 || to.0 != to.1);
            if !stays || is_moved {
                self.before.push(Edit::DropRelation(relation.id));
            }
            if !stays {
                self.losses.relations += 1;
            } else if is_moved {
                self.moved_relations
                    .push(Edit::PutRelation(Rc::new(Relation {
                        kind: kind.clone(),
                        ..Relation::clone(relation)
                    })));
            }
        }
    }

    /// Gives a mark its new tag and the answers that fit it. Answers and an entity that do not
    /// fit the codebook `between` are put after the new codebook.
    fn mark(
        &mut self,
        mark: &Annotation,
        tag: &Slug,
        recoding: &Recoding,
        between: &Codebook,
        now: Timestamp,
    ) {
        let fits_between = |slug: &Slug, value: &Value| {
            let asked = between.tag(tag).map(|tag| tag.attributes.iter());
            asked.is_some_and(|mut asked| {
                asked.any(|attribute| attribute.id == *slug && attribute.accepts(value))
            })
        };
        let mut last = mark.clone();
        last.tag = tag.clone();
        last.values = values_for(recoding, &mark.tag, &mark.values);
        self.losses.details += mark.values.len() - last.values.len();
        let mut changed = last.clone();
        changed.values.retain(fits_between);
        if *tag != mark.tag {
            // The entity gets its new tag later.
            changed.entity = None;
        }
        if last != changed {
            last.modified = now;
            self.after.push(Edit::PutAnnotation(Rc::new(last)));
        }
        if changed != *mark {
            changed.modified = now;
            self.before.push(Edit::PutAnnotation(Rc::new(changed)));
        }
    }

    /// Drops entities whose tag is missing, and gives the others their new tag.
    fn entities(&mut self, document: &Document, recoding: &Recoding) {
        for entity in document.entities() {
            let tag = recoding.tag_for(&entity.tag);
            if recoding.codebook.tag(tag).is_none() {
                self.losses.cast += 1;
                self.before.push(Edit::DropEntity(entity.id));
            } else if *tag != entity.tag {
                self.before.push(Edit::PutEntity(Rc::new(Entity {
                    tag: tag.clone(),
                    ..Entity::clone(entity)
                })));
            }
        }
    }

    /// Clears the article's answers that change, and puts those that fit the new codebook.
    fn answers(&mut self, document: &Document, recoding: &Recoding) {
        for (question, answer) in document.answers() {
            let value = recoding.answer_for(question, answer);
            if value.as_ref() == Some(answer) {
                continue;
            }
            self.losses.details += usize::from(value.is_none());
            self.before.push(Edit::PutAnswer(question.clone(), None));
            if value.is_some() {
                self.after.push(Edit::PutAnswer(question.clone(), value));
            }
        }
    }
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
