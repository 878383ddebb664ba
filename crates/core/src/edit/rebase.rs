//! Repeats a step that was made on one state of a document on another state.

use crate::edit::change::Edit;
use crate::edit::journal_entry::JournalEntry;
use crate::edit::transaction::Transaction;
use crate::model::annotation::Annotation;
use crate::model::article::{Article, Source};
use crate::model::document::Document;
use crate::model::id::Id;
use crate::model::value::Values;

use std::rc::Rc;

/// What is left of a step on another state than the one it was made on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rebased {
    /// The step; it applies to the document that it was rebased onto. It may have no edits.
    pub step: Transaction,
    /// How many edits could not be repeated there.
    pub lost: usize,
}

/// Rebases the step of `entry` onto `document`, which others have changed since the state that
/// the entry was made on.
///
/// * A new mark is added.
/// * A changed mark is merged field by field: fields that the entry did not change keep what the
///   others wrote. A mark that the others deleted stays deleted.
/// * A mark that the entry deletes is deleted, with the relations that others have added to it.
/// * A mark that the entry restores stays deleted if an earlier entry wanted to delete it and
///   found it already deleted: `gone` carries such ids from entry to entry.
/// * Edits that no longer fit are counted as lost.
#[must_use]
pub fn rebase(entry: &JournalEntry, document: &Document, gone: &mut Vec<Id>) -> Rebased {
    let mut now = document.clone();
    let mut edits = Vec::new();
    let mut lost = 0;
    let inverses = entry.back.edits.iter().rev().map(Some);
    let inverses = inverses.chain(std::iter::repeat(None));
    for (edit, inverse) in entry.step.edits.iter().zip(inverses) {
        let Some(wanted) = on(&now, edit, inverse, gone) else {
            lost += 1;
            continue;
        };
        let mut tried = Transaction::new(entry.step.name.clone(), wanted);
        let mut done = tried.apply(&now);
        if done.is_err() {
            // Keep the mark and lose only its details.
            lost += 1;
            tried.edits.iter_mut().for_each(without_details);
            done = tried.apply(&now);
        }
        if let Ok((after, _)) = done {
            now = (*after).clone();
            edits.extend(tried.edits);
        }
    }
    let name = entry.step.name.clone();
    Rebased {
        step: Transaction::new(name, edits),
        lost,
    }
}

/// Removes what may no longer fit from the mark: its entity and its answers.
fn without_details(edit: &mut Edit) {
    if let Edit::PutAnnotation(mark) = edit {
        let mut bare = Annotation::clone(mark);
        bare.entity = None;
        bare.values = Values::new();
        *mark = Rc::new(bare);
    }
}

/// The edits that `edit` becomes on `now`; `None` if the record that it changes is gone.
fn on(
    now: &Document,
    edit: &Edit,
    inverse: Option<&Edit>,
    gone: &mut Vec<Id>,
) -> Option<Vec<Edit>> {
    Some(match (edit, inverse) {
        (Edit::PutAnnotation(new), Some(Edit::PutAnnotation(old))) => {
            let there = now.annotation(new.id)?;
            vec![Edit::PutAnnotation(Rc::new(merged(there, old, new)))]
        }
        (Edit::PutAnnotation(new), _) if gone.contains(&new.id) => return None,
        (Edit::DropAnnotation(id), _) => {
            if now.annotation(*id).is_none() {
                gone.push(*id);
                return Some(Vec::new());
            }
            let relations = now.relations_of(*id);
            let mut edits: Vec<Edit> = relations
                .map(|relation| Edit::DropRelation(relation.id))
                .collect();
            edits.push(edit.clone());
            edits
        }
        (Edit::PutRelation(new), Some(Edit::PutRelation(_))) => {
            now.relation(new.id)?;
            vec![edit.clone()]
        }
        (Edit::DropRelation(id), _) if now.relation(*id).is_none() => Vec::new(),
        (Edit::PutEntity(new), Some(Edit::PutEntity(_))) => {
            now.entity(new.id)?;
            vec![edit.clone()]
        }
        (Edit::DropEntity(id), _) if now.entity(*id).is_none() => Vec::new(),
        (Edit::PutCodebook(_), Some(Edit::PutCodebook(old))) if now.codebook() != old => {
            return None;
        }
        (Edit::PutArticle(new), Some(Edit::PutArticle(old))) => {
            let there = merged_article(now.article(), old, new);
            vec![Edit::PutArticle(Rc::new(there))]
        }
        _ => vec![edit.clone()],
    })
}

/// Applies the difference between `old` and `new` to `there`. If the note was changed on both
/// sides, the one in `new` replaces the other as a whole.
fn merged(there: &Annotation, old: &Annotation, new: &Annotation) -> Annotation {
    let mut values = there.values.clone();
    for (name, value) in &new.values {
        if old.values.get(name) != Some(value) {
            values.insert(name.clone(), value.clone());
        }
    }
    values.retain(|name, _| new.values.contains_key(name) || !old.values.contains_key(name));
    Annotation {
        id: there.id,
        tag: pick(&there.tag, &old.tag, &new.tag),
        spans: pick(&there.spans, &old.spans, &new.spans),
        values,
        entity: pick(&there.entity, &old.entity, &new.entity),
        note: if there.note != old.note && there.modified > new.modified {
            there.note.clone()
        } else {
            pick(&there.note, &old.note, &new.note)
        },
        flagged: pick(&there.flagged, &old.flagged, &new.flagged),
        coder: pick(&there.coder, &old.coder, &new.coder),
        created: there.created,
        modified: there.modified.max(new.modified),
    }
}

fn merged_article(there: &Article, old: &Article, new: &Article) -> Article {
    let mut article = there.clone();
    article.title = pick(&there.title, &old.title, &new.title);
    article.language = pick(&there.language, &old.language, &new.language);
    article.direction = pick(&there.direction, &old.direction, &new.direction);
    let (from, to) = (&old.source, &new.source);
    article.source = Source {
        url: pick(&there.source.url, &from.url, &to.url),
        outlet: pick(&there.source.outlet, &from.outlet, &to.outlet),
        byline: pick(&there.source.byline, &from.byline, &to.byline),
        published: pick(&there.source.published, &from.published, &to.published),
        retrieved: pick(&there.source.retrieved, &from.retrieved, &to.retrieved),
    };
    article
}

fn pick<T: Clone + PartialEq>(there: &T, old: &T, new: &T) -> T {
    if new == old { there } else { new }.clone()
}
