//! The edits that lead from one document to another.

use crate::edit::change::Edit;
use crate::edit::step_name::StepName;
use crate::edit::transaction::Transaction;
use crate::model::annotation::Annotation;
use crate::model::document::Document;
use crate::model::id::Id;
use crate::sorted;
use crate::sorted::VecMap;

use std::rc::Rc;

/// A transaction with the name `name` that turns `from` into `to`. Both must be documents of one
/// article. Without edits if they are equal.
#[must_use]
pub fn diff(from: &Document, to: &Document, name: StepName) -> Transaction {
    let least = Transaction::new(name.clone(), edits(from, to, true));
    let reaches = |step: &Transaction| {
        let applied = step.apply(from);
        applied.is_ok_and(|(document, _)| *document == *to)
    };
    if reaches(&least) {
        return least;
    }
    // A record blocks the change of another one: rebuild all of them.
    Transaction::new(name, edits(from, to, false))
}

/// Removals come first, then new and changed records. Records that are equal in both are kept if
/// `same_stays`, and rebuilt otherwise.
fn edits(from: &Document, to: &Document, same_stays: bool) -> Vec<Edit> {
    let mut edits = Vec::new();
    let (before, after) = (marks(from), marks(to));
    for old in from.relations() {
        if !same_stays || to.relation(old.id) != Some(old) {
            edits.push(Edit::DropRelation(old.id));
        }
    }
    for old in from.annotations() {
        if !same_stays || !after.contains_key(&old.id) {
            edits.push(Edit::DropAnnotation(old.id));
        }
    }
    for question in from.answers().keys() {
        if !same_stays || !to.answers().contains_key(question) {
            edits.push(Edit::PutAnswer(question.clone(), None));
        }
    }
    let gone = from.entities().iter();
    let gone = gone.filter(|old| !same_stays || to.entity(old.id).is_none());
    let gone: Vec<Edit> = gone.map(|old| Edit::DropEntity(old.id)).collect();
    if !same_stays {
        edits.extend(gone.iter().cloned());
    }
    if from.codebook() != to.codebook() {
        edits.push(Edit::PutCodebook(to.codebook().clone()));
    }
    for new in to.entities() {
        if !same_stays || from.entity(new.id) != Some(new) {
            edits.push(Edit::PutEntity(new.clone()));
        }
    }
    for new in to.annotations() {
        if !same_stays || before.get(&new.id) != Some(&new) {
            edits.push(Edit::PutAnnotation(new.clone()));
        }
    }
    if same_stays {
        edits.extend(gone);
    }
    for new in to.relations() {
        if !same_stays || from.relation(new.id) != Some(new) {
            edits.push(Edit::PutRelation(new.clone()));
        }
    }
    for (question, answer) in to.answers() {
        if !same_stays || from.answers().get(question) != Some(answer) {
            edits.push(Edit::PutAnswer(question.clone(), Some(answer.clone())));
        }
    }
    if from.article() != to.article() {
        edits.push(Edit::PutArticle(Rc::clone(to.article())));
    }
    if from.coder != to.coder {
        edits.push(Edit::PutCoder(to.coder.clone()));
    }
    edits
}

fn marks(document: &Document) -> VecMap<Id, &Rc<Annotation>> {
    let marks = document.annotations().iter();
    sorted::vec_map(marks.map(|mark| (mark.id, mark)))
}
