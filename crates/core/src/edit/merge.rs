//! Merges two copies of one article record by record; the newer record wins.

use crate::edit::change::Edit;
use crate::edit::change_times::{ChangeTimes, RecordKey};
use crate::edit::diff::diff;
use crate::edit::journal_entry::JournalEntry;
use crate::edit::step_name::StepName;
use crate::edit::transaction::Transaction;
use crate::model::annotation::Annotation;
use crate::model::article::Article;
use crate::model::codebook::Codebook;
use crate::model::document::{Document, DocumentParts};
use crate::model::entity::Entity;
use crate::model::error::ModelError;
use crate::model::id::{Id, Slug};
use crate::model::relation::Relation;
use crate::model::timestamp::Timestamp;
use crate::model::value::Value;
use crate::sorted;
use crate::sorted::VecMap;

use std::rc::Rc;
use thiserror::Error;

/// One copy of an article.
#[derive(Clone, Copy, Debug)]
pub struct MergeSide<'a> {
    /// The article with its marks.
    pub document: &'a Document,
    /// When its records were last put and dropped.
    pub change_times: &'a ChangeTimes,
    /// When the copy was last changed.
    pub changed: Timestamp,
}

/// Why two copies cannot be merged.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum MergeError {
    /// They are copies of different articles, or their texts differ.
    #[error("the texts are not the same")]
    OtherText,
    /// The records of both do not fit together.
    #[error(transparent)]
    Model(#[from] ModelError),
}

/// How a merge changes the marks of the first copy, as numbers of marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MergeTally {
    /// Only the second copy had them.
    pub added: usize,
    /// They are newer in the second copy.
    pub changed: usize,
    /// The second copy has deleted them since.
    pub removed: usize,
    /// They stay as they are, although the second copy has them otherwise or not at all.
    pub kept: usize,
}

/// The times of the last changes in these journal entries, which come oldest first.
#[must_use]
pub fn change_times(entries: impl IntoIterator<Item = Rc<JournalEntry>>) -> ChangeTimes {
    let mut times = ChangeTimes::default();
    for entry in entries {
        for edit in &entry.step.edits {
            match changed_record(edit) {
                Some((key, RecordChange::Put)) => times.set_put(key, entry.at),
                Some((key, RecordChange::Dropped)) => times.set_dropped(key, entry.at),
                None => {}
            }
        }
        let since = &entry.step.since;
        for (key, at) in &since.put {
            times.set_put(key.clone(), *at);
        }
        for (key, at) in &since.dropped {
            times.set_dropped(key.clone(), *at);
        }
    }
    times
}

/// What an edit does to a record.
enum RecordChange {
    /// Adds or changes it.
    Put,
    /// Removes it.
    Dropped,
}

/// The record that an edit changes, and how; `None` for the coder's name, which is not merged.
fn changed_record(edit: &Edit) -> Option<(RecordKey, RecordChange)> {
    Some(match edit {
        Edit::PutAnnotation(mark) => (RecordKey::Record(mark.id), RecordChange::Put),
        Edit::PutRelation(relation) => (RecordKey::Record(relation.id), RecordChange::Put),
        Edit::PutEntity(entity) => (RecordKey::Record(entity.id), RecordChange::Put),
        Edit::DropAnnotation(id) | Edit::DropRelation(id) | Edit::DropEntity(id) => {
            (RecordKey::Record(*id), RecordChange::Dropped)
        }
        Edit::PutAnswer(question, Some(_)) => {
            (RecordKey::Answer(question.clone()), RecordChange::Put)
        }
        Edit::PutAnswer(question, None) => {
            (RecordKey::Answer(question.clone()), RecordChange::Dropped)
        }
        Edit::PutCodebook(_) => (RecordKey::Codebook, RecordChange::Put),
        Edit::PutArticle(_) => (RecordKey::Article, RecordChange::Put),
        Edit::PutCoder(_) => return None,
    })
}

impl MergeSide<'_> {
    fn time_of(&self, key: &RecordKey) -> Timestamp {
        self.change_times.put.get(key).copied().unwrap_or_default()
    }

    fn has_dropped(&self, key: &RecordKey, since: Timestamp) -> bool {
        self.change_times
            .dropped
            .get(key)
            .is_some_and(|at| *at >= since)
    }
}

/// Merges what is newer in `there` into the copy `here`.
///
/// * A record that both copies have is taken from the side where it is newer; if its times are
///   equal, from the copy that was changed last.
/// * A record that only one copy has is left out if the other copy dropped it later, and kept
///   otherwise.
/// * An entity that a mark mentions is kept. A relation is dropped with either of its marks.
///   Where one copy gave a mark another tag, the mark loses its entity and its relations if they
///   do not fit the tag, as it does when the tag is changed by hand.
/// * The coder's name stays that of `here`.
///
/// Errors: the texts differ, or the records of both do not fit together under either codebook.
/// Keeping both copies then loses nothing.
pub fn merge(here: MergeSide, there: MergeSide) -> Result<Document, MergeError> {
    let (ours, theirs) = (here.document, there.document);
    if ours.article().id != theirs.article().id || !theirs.article().has_body_of(ours.article()) {
        return Err(MergeError::OtherText);
    }
    let sides = Sides { here, there };
    let mut marks = sides.records(ours.annotations(), theirs.annotations(), |mark| {
        (mark.id, mark.modified)
    });
    let relations = sides.records(ours.relations(), theirs.relations(), |relation| {
        (relation.id, Timestamp::default())
    });
    let mut cast = sides.records(ours.entities(), theirs.entities(), |entity| {
        (entity.id, Timestamp::default())
    });
    keep_mentioned(&sides, &mut marks, &mut cast);
    let article = sides.newer(&RecordKey::Article, ours.article(), theirs.article());
    let codebook = sides.newer(&RecordKey::Codebook, ours.codebook(), theirs.codebook());
    let other = if codebook == ours.codebook() {
        theirs.codebook()
    } else {
        ours.codebook()
    };
    let tags = sorted::vec_map(marks.iter().map(|mark| (mark.id, &mark.tag)));
    let whole = |codebook: &Codebook| {
        let suits = |relation: &&Rc<Relation>| {
            let kind = codebook.relation(&relation.kind);
            let ends = (tags.get(&relation.from), tags.get(&relation.to));
            match (kind, ends) {
                (Some(kind), (Some(from), Some(to))) => {
                    kind.from.contains(from) && kind.to.contains(to)
                }
                // Whether the kind exists is checked with the whole document.
                (None, (Some(_), Some(_))) => true,
                _ => false,
            }
        };
        let relations = relations.iter().filter(suits);
        Document::from_parts(DocumentParts {
            article: Article::clone(article),
            codebook: codebook.clone(),
            annotations: marks.iter().map(|mark| Annotation::clone(mark)).collect(),
            relations: relations
                .map(|relation| Relation::clone(relation))
                .collect(),
            entities: cast.iter().map(|entity| Entity::clone(entity)).collect(),
            answers: sides.answers(),
            coder: ours.coder.clone(),
        })
    };
    Ok(whole(codebook).or_else(|_| whole(other))?)
}

/// Keeps every entity that a mark mentions, and removes it from marks with another tag.
fn keep_mentioned(sides: &Sides, marks: &mut [Rc<Annotation>], cast: &mut Vec<Rc<Entity>>) {
    let (ours, theirs) = (sides.here.document, sides.there.document);
    for id in marks.iter().filter_map(|mark| mark.entity) {
        if !cast.iter().any(|entity| entity.id == id)
            && let Some(entity) = ours.entity(id).or(theirs.entity(id))
        {
            cast.push(entity.clone());
        }
    }
    for mark in marks {
        let member = cast.iter().find(|entity| mark.entity == Some(entity.id));
        if member.is_some_and(|member| member.tag != mark.tag) {
            let mut without = Annotation::clone(mark);
            without.entity = None;
            *mark = Rc::new(without);
        }
    }
}

/// The step that turns `here` into `merged`, which [`merge`] made from `here` and `there`.
///
/// Its records keep the times of the copy that they come from: a change from another copy is no
/// newer here than it was there.
#[must_use]
pub fn merging(
    here: MergeSide,
    there: MergeSide,
    merged: &Document,
    name: StepName,
) -> Transaction {
    let mut step = diff(here.document, merged, name);
    let latest = |key: &RecordKey, times: fn(&ChangeTimes) -> &VecMap<RecordKey, Timestamp>| {
        let (here, there) = (
            times(here.change_times).get(key),
            times(there.change_times).get(key),
        );
        here.max(there).copied().unwrap_or_default()
    };
    for (key, change) in step.edits.iter().filter_map(changed_record) {
        match change {
            RecordChange::Put => {
                let at = latest(&key, |times| &times.put);
                step.since.set_put(key, at);
            }
            RecordChange::Dropped => {
                let at = latest(&key, |times| &times.dropped);
                step.since.set_dropped(key, at);
            }
        }
    }
    step
}

/// Counts how the marks of `here` became those of `merged`, which [`merge`] made from `here` and
/// `there`.
#[must_use]
pub fn tally(here: &Document, there: &Document, merged: &Document) -> MergeTally {
    let ours = by_id(here.annotations(), |mark| mark.id);
    let theirs = by_id(there.annotations(), |mark| mark.id);
    let after = by_id(merged.annotations(), |mark| mark.id);
    let mut tally = MergeTally::default();
    for (id, mark) in &after {
        match ours.get(id) {
            None => tally.added += 1,
            Some(old) if old != mark => tally.changed += 1,
            Some(_) if theirs.get(id) != Some(mark) => tally.kept += 1,
            Some(_) => {}
        }
    }
    tally.removed = ours.keys().filter(|id| !after.contains_key(id)).count();
    tally
}

struct Sides<'a> {
    here: MergeSide<'a>,
    there: MergeSide<'a>,
}

impl Sides<'_> {
    /// The newer of two versions of one record.
    fn newer<'b, T: PartialEq>(&self, key: &RecordKey, ours: &'b T, theirs: &'b T) -> &'b T {
        let times = (self.here.time_of(key), self.there.time_of(key));
        self.newer_of((ours, times.0), (theirs, times.1))
    }

    fn newer_of<'b, T: PartialEq>(
        &self,
        (ours, since): (&'b T, Timestamp),
        (theirs, then): (&'b T, Timestamp),
    ) -> &'b T {
        let is_theirs = match then.cmp(&since) {
            std::cmp::Ordering::Equal => self.there.changed > self.here.changed,
            order => order.is_gt(),
        };
        if is_theirs { theirs } else { ours }
    }

    /// The merged records of one kind, in the order of their ids.
    fn records<T: PartialEq>(
        &self,
        ours: &[Rc<T>],
        theirs: &[Rc<T>],
        facts: impl Fn(&T) -> (Id, Timestamp),
    ) -> Vec<Rc<T>> {
        let time = |side: &MergeSide, record: &T| {
            let (id, own) = facts(record);
            own.max(side.time_of(&RecordKey::Record(id)))
        };
        let ours = by_id(ours, |record| facts(record).0);
        let mut theirs = by_id(theirs, |record| facts(record).0);
        let mut records = Vec::with_capacity(ours.len());
        for (id, record) in ours {
            let since = time(&self.here, record);
            match theirs.remove(&id) {
                Some(other) => {
                    let then = time(&self.there, other);
                    records.push(self.newer_of((record, since), (other, then)).clone());
                }
                None if self.there.has_dropped(&RecordKey::Record(id), since) => {}
                None => records.push(record.clone()),
            }
        }
        for (id, record) in theirs {
            let since = time(&self.there, record);
            if !self.here.has_dropped(&RecordKey::Record(id), since) {
                records.push(record.clone());
            }
        }
        sorted::collect_sorted(records, |a, b| facts(a).0.cmp(&facts(b).0))
    }

    fn answers(&self) -> VecMap<Slug, Value> {
        let (ours, theirs) = (self.here.document.answers(), self.there.document.answers());
        let mut answers = VecMap::new();
        for question in ours.keys().chain(theirs.keys()) {
            let key = RecordKey::Answer(question.clone());
            let answer = match (ours.get(question), theirs.get(question)) {
                (Some(ours), Some(theirs)) => Some(self.newer(&key, ours, theirs)),
                (Some(ours), None) => {
                    let since = self.here.time_of(&key);
                    Some(ours).filter(|_| !self.there.has_dropped(&key, since))
                }
                (None, theirs) => {
                    let since = self.there.time_of(&key);
                    theirs.filter(|_| !self.here.has_dropped(&key, since))
                }
            };
            if let Some(answer) = answer {
                answers.insert(question.clone(), answer.clone());
            }
        }
        answers
    }
}

fn by_id<T>(records: &[Rc<T>], id: impl Fn(&T) -> Id) -> VecMap<Id, &Rc<T>> {
    sorted::vec_map(records.iter().map(|record| (id(record), record)))
}
