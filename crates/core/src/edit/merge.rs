//! Two copies of one article become one: record by record, the newer wins.

use crate::edit::change::Edit;
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

use std::fmt;
use std::rc::Rc;
use std::str::FromStr;
use thiserror::Error;

/// What a journal can say of: the parts of a document that change one by one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RecordKey {
    /// A mark, a relation or a member of the cast.
    Record(Id),
    /// The answer to a question of the codebook.
    Answer(Slug),
    /// What is known about the article.
    Article,
    /// The codebook.
    Codebook,
}

/// When parts of a document were last put in and taken out, as far as its journal goes
/// back: what two copies need to know of each other beside their records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeTimes {
    /// When a part that is there was last put in.
    pub put: VecMap<RecordKey, Timestamp>,
    /// When a part that is not there any more was taken out.
    pub dropped: VecMap<RecordKey, Timestamp>,
}

/// One copy of an article.
#[derive(Clone, Copy, Debug)]
pub struct MergeSide<'a> {
    /// The article with its marks.
    pub document: &'a Document,
    /// When its parts were put in and taken out.
    pub traces: &'a ChangeTimes,
    /// When it was last changed.
    pub changed: Timestamp,
}

/// Why two copies cannot become one.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum MergeError {
    /// They are not of one article, or the text is another.
    #[error("the texts are not the same")]
    OtherText,
    /// What both say does not fit together.
    #[error(transparent)]
    Model(#[from] ModelError),
}

/// What a merge does to the marks of the first copy, in marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MergeTally {
    /// They were only in the second.
    pub added: usize,
    /// The second had them newer.
    pub changed: usize,
    /// The second had deleted them since.
    pub removed: usize,
    /// They stay as they are, though the second has them otherwise or not at all.
    pub kept: usize,
}

impl fmt::Display for RecordKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Record(id) => id.fmt(f),
            Self::Answer(question) => write!(f, "answer/{question}"),
            Self::Article => f.write_str("article"),
            Self::Codebook => f.write_str("codebook"),
        }
    }
}

impl FromStr for RecordKey {
    type Err = ModelError;

    fn from_str(text: &str) -> Result<Self, ModelError> {
        match text {
            "article" => Ok(Self::Article),
            "codebook" => Ok(Self::Codebook),
            _ => match text.strip_prefix("answer/") {
                Some(question) => question.parse().map(Self::Answer),
                None => text.parse().map(Self::Record),
            },
        }
    }
}

impl ChangeTimes {
    /// The traces that these entries of a journal, oldest first, leave.
    #[must_use]
    pub fn of(entries: impl IntoIterator<Item = Rc<JournalEntry>>) -> Self {
        let mut traces = Self::default();
        for entry in entries {
            let pieces = entry.step.edits.iter().filter_map(piece_of);
            for (piece, is_put) in pieces {
                traces.note(piece, is_put, entry.at);
            }
            let since = &entry.step.since;
            for (piece, at) in &since.put {
                traces.note(piece.clone(), true, *at);
            }
            for (piece, at) in &since.dropped {
                traces.note(piece.clone(), false, *at);
            }
        }
        traces
    }

    /// What two sources know of one copy: of each piece what was done last. Taken out and
    /// put in at the same time, it is out.
    #[must_use]
    pub fn latest(mut self, other: &Self) -> Self {
        for (piece, at) in &other.put {
            let known = self.put.get(piece).max(self.dropped.get(piece));
            if known.is_none_or(|known| known < at) {
                self.note(piece.clone(), true, *at);
            }
        }
        for (piece, at) in &other.dropped {
            let known = self.put.get(piece).max(self.dropped.get(piece));
            if known.is_none_or(|known| known <= at) {
                self.note(piece.clone(), false, *at);
            }
        }
        self
    }

    fn note(&mut self, piece: RecordKey, is_put: bool, at: Timestamp) {
        let (to, from) = if is_put {
            (&mut self.put, &mut self.dropped)
        } else {
            (&mut self.dropped, &mut self.put)
        };
        from.remove(&piece);
        to.insert(piece, at);
    }
}

/// What an edit changes, and whether it puts it in.
fn piece_of(edit: &Edit) -> Option<(RecordKey, bool)> {
    Some(match edit {
        Edit::PutAnnotation(mark) => (RecordKey::Record(mark.id), true),
        Edit::PutRelation(relation) => (RecordKey::Record(relation.id), true),
        Edit::PutEntity(entity) => (RecordKey::Record(entity.id), true),
        Edit::DropAnnotation(id) | Edit::DropRelation(id) | Edit::DropEntity(id) => {
            (RecordKey::Record(*id), false)
        }
        Edit::PutAnswer(question, answer) => {
            (RecordKey::Answer(question.clone()), answer.is_some())
        }
        Edit::PutCodebook(_) => (RecordKey::Codebook, true),
        Edit::PutArticle(_) => (RecordKey::Article, true),
        Edit::PutCoder(_) => return None,
    })
}

impl MergeSide<'_> {
    fn time_of(&self, piece: &RecordKey) -> Timestamp {
        self.traces.put.get(piece).copied().unwrap_or_default()
    }

    fn has_dropped(&self, piece: &RecordKey, since: Timestamp) -> bool {
        self.traces
            .dropped
            .get(piece)
            .is_some_and(|at| *at >= since)
    }
}

/// The copy `here` with what `there` has newer.
///
/// * A record that both have is as the newer has it; where neither is, as the copy that
///   was changed last.
/// * A record that one has and the other took out later is out; one that the other never
///   had, or took out before, is in.
/// * A member of the cast that a mark mentions stays. A relation goes with its ends; and
///   where one copy gave a mark another tag, it loses what does not suit that tag: a
///   member of the cast, a relation, as it does when the tag is changed by hand.
/// * Who is at work stays as it is here.
///
/// Errors: it is another text; the records of both do not fit together, whichever
/// codebook is taken. Then nothing is lost by keeping both copies.
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
    for id in marks.iter().filter_map(|mark| mark.entity) {
        if !cast.iter().any(|entity| entity.id == id)
            && let Some(entity) = ours.entity(id).or(theirs.entity(id))
        {
            cast.push(entity.clone());
        }
    }
    for mark in &mut marks {
        let member = cast.iter().find(|entity| mark.entity == Some(entity.id));
        if member.is_some_and(|member| member.tag != mark.tag) {
            let mut without = Annotation::clone(mark);
            without.entity = None;
            *mark = Rc::new(without);
        }
    }
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
                // The codebook is to say so.
                (None, (Some(_), Some(_))) => true,
                _ => false,
            }
        };
        let relations = relations.iter().filter(suits);
        Document::of(DocumentParts {
            article: Article::clone(article),
            codebook: codebook.clone(),
            annotations: marks.iter().map(|it| Annotation::clone(it)).collect(),
            relations: relations.map(|it| Relation::clone(it)).collect(),
            entities: cast.iter().map(|it| Entity::clone(it)).collect(),
            answers: sides.answers(),
            coder: ours.coder.clone(),
        })
    };
    Ok(whole(codebook).or_else(|_| whole(other))?)
}

/// The step named `name` that makes `here` into `merged`, which [`merge`] made of it and
/// `there`. It knows when its pieces were changed there: what came from another copy is
/// no newer here than it was there.
#[must_use]
pub fn merging(
    here: MergeSide,
    there: MergeSide,
    merged: &Document,
    name: StepName,
) -> Transaction {
    let mut step = diff(here.document, merged, name);
    let pieces: Vec<(RecordKey, bool)> = step.edits.iter().filter_map(piece_of).collect();
    for (piece, is_put) in pieces {
        let times = |traces: &ChangeTimes| {
            let times = if is_put { &traces.put } else { &traces.dropped };
            times.get(&piece).copied()
        };
        let at = times(here.traces).max(times(there.traces));
        step.since.note(piece, is_put, at.unwrap_or_default());
    }
    step
}

/// What it did to the marks of `here` that `merge` made `merged` of it and `there`.
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
    /// Of what both have, the newer.
    fn newer<'b, T: PartialEq>(&self, piece: &RecordKey, ours: &'b T, theirs: &'b T) -> &'b T {
        let times = (self.here.time_of(piece), self.there.time_of(piece));
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

    /// The records of one kind, by id.
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
            let piece = RecordKey::Answer(question.clone());
            let answer = match (ours.get(question), theirs.get(question)) {
                (Some(ours), Some(theirs)) => Some(self.newer(&piece, ours, theirs)),
                (Some(ours), None) => {
                    let since = self.here.time_of(&piece);
                    Some(ours).filter(|_| !self.there.has_dropped(&piece, since))
                }
                (None, theirs) => {
                    let since = self.there.time_of(&piece);
                    theirs.filter(|_| !self.here.has_dropped(&piece, since))
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
