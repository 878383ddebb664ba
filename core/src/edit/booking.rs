//! Another codebook under what is marked already.

use super::commands::losses;
use super::{CommandError, Edit, Transaction};
use crate::model::{Annotation, Codebook, Document, Entity, Id, Moment, Slug, Value};
use std::rc::Rc;

/// What goes where a codebook takes another's place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Losses {
    /// Marks.
    pub marks: usize,
    /// Answers of marks that stay, and of the whole article.
    pub details: usize,
    /// Members of the cast.
    pub cast: usize,
    /// Relations.
    pub relations: usize,
}

/// A word that an attribute offers, in another spelling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// The tag that asks.
    pub tag: Slug,
    /// What it asks.
    pub attribute: Slug,
    /// The word as it was.
    pub from: Rc<str>,
    /// The word as it is now.
    pub to: Rc<str>,
}

impl Renamed {
    /// An answer of a mark of this tag in the new spelling.
    fn of(&self, tag: &Slug, attribute: &Slug, value: &Value) -> Option<Value> {
        if self.tag != *tag || self.attribute != *attribute {
            return None;
        }
        match value {
            Value::One(word) if *word == self.from => Some(Value::One(self.to.clone())),
            Value::Many(words) if words.contains(&self.from) => {
                let other =
                    |word: &Rc<str>| if *word == self.from { &self.to } else { word }.clone();
                Some(Value::Many(words.iter().map(other).collect()))
            }
            _ => None,
        }
    }
}

impl Losses {
    /// Whether nothing goes.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// " (2 marks and 1 relation go with it)", or nothing.
    #[must_use]
    pub fn words(&self) -> String {
        losses(&[
            (self.marks, "mark"),
            (self.cast, "member of the cast"),
            (self.relations, "relation"),
            (self.details, "detail"),
        ])
    }
}

/// Puts `codebook` in the place of the document's, as the step `name`. Marks of the first tag
/// of each pair in `merged` get the second, which both codebooks have. Answers of a word that
/// is `renamed` get the other. What the new one has
/// no place for goes: marks of a tag that it does not have, with their members of the cast;
/// answers that do not fit; relations between pairs that it does not allow. The step's name
/// says how many of each.
///
/// Errors: nothing would change.
pub fn recode(
    document: &Document,
    codebook: Codebook,
    merged: &[(Slug, Slug)],
    renamed: &[Renamed],
    name: &str,
    now: Moment,
) -> Result<(Transaction, Losses), CommandError> {
    if codebook == **document.codebook() {
        return Err(CommandError::Nothing);
    }
    let becomes = |tag: &Slug| -> Slug {
        let pair = merged.iter().find(|(from, _)| from == tag);
        pair.map_or(tag, |(_, to)| to).clone()
    };
    let mut losses = Losses::default();
    let mut edits = Vec::new();

    let mut tags: crate::order::Map<Id, Slug> = crate::order::Map::new();
    for mark in document.annotations() {
        let tag = becomes(&mark.tag);
        if codebook.tag(&tag).is_some() {
            tags.insert(mark.id, tag);
        }
    }
    for relation in document.relations() {
        let ends = tags.get(&relation.from).zip(tags.get(&relation.to));
        let kind = codebook.relation(&relation.kind);
        let stays = ends
            .zip(kind)
            .is_some_and(|((from, to), kind)| kind.from.contains(from) && kind.to.contains(to));
        // A pair that is allowed in the new codebook may not be in the old one.
        let is_moved = ends.is_none_or(|(from, to)| {
            let tag = |id| document.annotation(id).map(|mark| &mark.tag);
            tag(relation.from) != Some(from) || tag(relation.to) != Some(to)
        });
        if !stays || is_moved {
            edits.push(Edit::DropRelation(relation.id));
        }
        if !stays {
            losses.relations += 1;
        }
    }
    let mut again = Vec::new();
    for relation in document.relations() {
        let is_dropped = edits.contains(&Edit::DropRelation(relation.id));
        let ends = tags.get(&relation.from).zip(tags.get(&relation.to));
        let kind = codebook.relation(&relation.kind);
        let stays = ends
            .zip(kind)
            .is_some_and(|((from, to), kind)| kind.from.contains(from) && kind.to.contains(to));
        if is_dropped && stays {
            again.push(Edit::PutRelation(relation.clone()));
        }
    }

    let mut mentions = Vec::new();
    let mut respelled: Vec<(Id, Slug, Value)> = Vec::new();
    for mark in document.annotations() {
        let Some(tag) = tags.get(&mark.id) else {
            losses.marks += 1;
            edits.push(Edit::DropAnnotation(mark.id));
            continue;
        };
        let mut changed = Annotation::clone(mark);
        changed.tag = tag.clone();
        let fits = |book: &Codebook, slug: &Slug, value: &Value| {
            let tag = book.tag(tag);
            tag.is_some_and(|tag| {
                let mut asked = tag.attributes.iter();
                asked.any(|it| it.id == *slug && it.accepts(value))
            })
        };
        changed.values.retain(|slug, value| {
            fits(&codebook, slug, value) && fits(document.codebook(), slug, value)
        });
        let mut kept = 0;
        for (slug, value) in &mark.values {
            let other = renamed.iter().find_map(|it| it.of(tag, slug, value));
            if let Some(other) = other.filter(|other| fits(&codebook, slug, other)) {
                kept += usize::from(changed.values.get(slug).is_none());
                respelled.push((mark.id, slug.clone(), other));
            }
        }
        losses.details += mark.values.len() - changed.values.len() - kept;
        if *tag != mark.tag && changed.entity.is_some() {
            mentions.push((mark.id, changed.entity.take()));
        }
        if changed != **mark {
            changed.modified = now;
            edits.push(Edit::PutAnnotation(Rc::new(changed)));
        }
    }
    let mut later = Vec::new();
    for entity in document.entities() {
        let tag = becomes(&entity.tag);
        if codebook.tag(&tag).is_none() {
            losses.cast += 1;
            edits.push(Edit::DropEntity(entity.id));
        } else if tag != entity.tag {
            let entity = Entity {
                tag,
                ..(**entity).clone()
            };
            later.push(Edit::PutEntity(Rc::new(entity)));
        }
    }
    for (question, answer) in document.answers() {
        let mut asked = codebook.questions().iter();
        if !asked.any(|it| it.id == *question && it.accepts(answer)) {
            losses.details += 1;
            edits.push(Edit::PutAnswer(question.clone(), None));
        }
    }
    edits.extend(later);
    edits.push(Edit::PutCodebook(Rc::new(codebook)));
    let mut step = Transaction::new(format!("{name}{}", losses.words()), edits);
    if !mentions.is_empty() || !again.is_empty() || !respelled.is_empty() {
        let (mut after, _) = step.apply(document)?;
        for (id, slug, value) in respelled {
            if let Some(mark) = after.annotation(id) {
                let mut mark = Annotation::clone(mark);
                mark.values.insert(slug, value);
                mark.modified = now;
                let put = Edit::PutAnnotation(Rc::new(mark));
                let one = Transaction::new(String::new(), vec![put.clone()]);
                after = one.apply(&after)?.0;
                step.edits.push(put);
            }
        }
        for (id, entity) in mentions {
            if let Some(mark) = after.annotation(id) {
                let mark = Annotation {
                    entity,
                    ..Annotation::clone(mark)
                };
                step.edits.push(Edit::PutAnnotation(Rc::new(mark)));
            }
        }
        step.edits.extend(again);
    }
    Ok((step, losses))
}
