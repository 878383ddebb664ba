//! Another codebook under what is marked already.

use super::commands::losses;
use super::{CommandError, Edit, Transaction};
use crate::model::{Annotation, Codebook, Document, Entity, Moment, Slug, Value};
use crate::order;
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
/// is `renamed` get the other. What the new one has no place for goes: marks of a tag that it
/// does not have, with their members of the cast; answers that do not fit; relations between
/// pairs that it does not allow. The step's name says how many of each.
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
    let fits = |book: &Codebook, tag: &Slug, slug: &Slug, value: &Value| {
        let asked = book.tag(tag).map(|tag| tag.attributes.iter());
        asked.is_some_and(|mut asked| asked.any(|it| it.id == *slug && it.accepts(value)))
    };
    let mut losses = Losses::default();
    // What both codebooks allow, before the one takes the other's place; and what only the
    // new one does, after it.
    let (mut edits, mut later) = (Vec::new(), Vec::new());

    // Each mark's tag as it was and as it will be, if it stays.
    let marks = document.annotations().iter();
    let tags = marks.filter_map(|mark| {
        let tag = becomes(&mark.tag);
        codebook.tag(&tag)?;
        Some((mark.id, (&mark.tag, tag)))
    });
    let tags = order::map(tags);
    let mut again = Vec::new();
    for relation in document.relations() {
        let ends = tags.get(&relation.from).zip(tags.get(&relation.to));
        let stays = ends.is_some_and(|((_, from), (_, to))| {
            let kind = codebook.relation(&relation.kind);
            kind.is_some_and(|kind| kind.from.contains(from) && kind.to.contains(to))
        });
        // A pair that is allowed in the new codebook may not be in the old one.
        let is_moved = ends.is_none_or(|(from, to)| *from.0 != from.1 || *to.0 != to.1);
        if !stays || is_moved {
            edits.push(Edit::DropRelation(relation.id));
        }
        if !stays {
            losses.relations += 1;
        } else if is_moved {
            again.push(Edit::PutRelation(relation.clone()));
        }
    }
    for mark in document.annotations() {
        let Some((_, tag)) = tags.get(&mark.id) else {
            losses.marks += 1;
            edits.push(Edit::DropAnnotation(mark.id));
            continue;
        };
        let mut changed = Annotation::clone(mark);
        changed.tag = tag.clone();
        changed.values.retain(|slug, value| {
            fits(&codebook, tag, slug, value) && fits(document.codebook(), tag, slug, value)
        });
        let mut last = changed.clone();
        for (slug, value) in &mark.values {
            let other = renamed.iter().find_map(|it| it.of(tag, slug, value));
            if let Some(other) = other.filter(|other| fits(&codebook, tag, slug, other)) {
                last.values.insert(slug.clone(), other);
            }
        }
        losses.details += mark.values.len() - last.values.len();
        if *tag != mark.tag {
            // Its member of the cast changes its tag after it.
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
        let tag = becomes(&entity.tag);
        if codebook.tag(&tag).is_none() {
            losses.cast += 1;
            edits.push(Edit::DropEntity(entity.id));
        } else if tag != entity.tag {
            let entity = Entity {
                tag,
                ..(**entity).clone()
            };
            edits.push(Edit::PutEntity(Rc::new(entity)));
        }
    }
    for (question, answer) in document.answers() {
        let mut asked = codebook.questions().iter();
        if !asked.any(|it| it.id == *question && it.accepts(answer)) {
            losses.details += 1;
            edits.push(Edit::PutAnswer(question.clone(), None));
        }
    }
    edits.push(Edit::PutCodebook(Rc::new(codebook)));
    edits.extend(later);
    edits.extend(again);
    let step = Transaction::new(format!("{name}{}", losses.words()), edits);
    Ok((step, losses))
}
