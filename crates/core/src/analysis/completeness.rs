//! What a mark lacks: required answers and required relations.

use crate::model::annotation::Annotation;
use crate::model::codebook::RelationKind;
use crate::model::document::Document;
use crate::model::id::{Id, Slug};
use crate::model::relation::Relation;
use crate::model::value::Attribute;
use crate::sorted;

use std::rc::Rc;

/// Something that a mark should have and lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap<'a> {
    /// An answer.
    Answer(&'a Attribute),
    /// A relation to another mark.
    Link(&'a RelationKind),
}

impl Gap<'_> {
    /// The name of what is missing: "Strength", "made by".
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Answer(attribute) => &attribute.name,
            Self::Link(kind) => &kind.name,
        }
    }
}

/// The relations of a document, indexed by the marks where they begin and end.
#[derive(Clone, Debug, Default)]
pub struct Links {
    // In the order of `from`, then of the relations' ids.
    by_from: Vec<Rc<Relation>>,
    // In the order of `to`, then of the relations' ids.
    by_to: Vec<Rc<Relation>>,
}

impl Links {
    /// Indexes the relations of a document.
    #[must_use]
    pub fn new(document: &Document) -> Self {
        let relations = document.relations().iter().cloned();
        let by_from = sorted::collect_sorted(relations, |a, b| (a.from, a.id).cmp(&(b.from, b.id)));
        let relations = document.relations().iter().cloned();
        let by_to = sorted::collect_sorted(relations, |a, b| (a.to, a.id).cmp(&(b.to, b.id)));
        Self { by_from, by_to }
    }

    /// The index of `document`: this one if it belongs to `old` and the relations are equal,
    /// otherwise a new one.
    #[must_use]
    pub fn after(self: &Rc<Self>, old: Option<&Document>, document: &Document) -> Rc<Self> {
        match old {
            Some(old) if old.relations() == document.relations() => self.clone(),
            _ => Rc::new(Self::new(document)),
        }
    }

    /// The relations that begin at the mark `id`, in the order of their ids.
    #[must_use]
    pub fn from(&self, id: Id) -> &[Rc<Relation>] {
        let first = self.by_from.partition_point(|relation| relation.from < id);
        let after = self.by_from.partition_point(|relation| relation.from <= id);
        &self.by_from[first..after]
    }

    /// The relations that end at the mark `id`, in the order of their ids.
    #[must_use]
    pub fn to(&self, id: Id) -> &[Rc<Relation>] {
        let first = self.by_to.partition_point(|relation| relation.to < id);
        let after = self.by_to.partition_point(|relation| relation.to <= id);
        &self.by_to[first..after]
    }

    /// What a mark lacks: required answers in the order of the tag's attributes, then required
    /// relations in the order of the codebook.
    #[must_use]
    pub fn gaps<'a>(&self, document: &'a Document, mark: &Annotation) -> Vec<Gap<'a>> {
        let codebook = document.codebook();
        let Some(tag) = codebook.tag(&mark.tag) else {
            return Vec::new();
        };
        let mut gaps = Vec::new();
        for attribute in &tag.attributes {
            if attribute.required && mark.values.get(&attribute.id).is_none() {
                gaps.push(Gap::Answer(attribute));
            }
        }
        for kind in codebook.relations() {
            let is_asked = kind.required && kind.from.contains(&mark.tag);
            if is_asked
                && !self
                    .from(mark.id)
                    .iter()
                    .any(|relation| relation.kind == kind.id)
            {
                gaps.push(Gap::Link(kind));
            }
        }
        gaps
    }

    /// The number of marks in the document that lack something.
    #[must_use]
    pub fn incomplete(&self, document: &Document) -> usize {
        let codebook = document.codebook();
        // Requirements are looked up once per tag and not for every mark.
        let asked: Vec<(&Slug, Vec<&Slug>, Vec<&Slug>)> = codebook
            .tags()
            .iter()
            .map(|tag| {
                let answers = tag.attributes.iter().filter(|attribute| attribute.required);
                let kinds = codebook.relations().iter();
                let kinds = kinds.filter(|kind| kind.required && kind.from.contains(&tag.id));
                (
                    &tag.id,
                    answers.map(|attribute| &attribute.id).collect(),
                    kinds.map(|kind| &kind.id).collect(),
                )
            })
            .collect();
        let misses = |mark: &Annotation| {
            let Some((_, answers, kinds)) = asked.iter().find(|(tag, ..)| **tag == mark.tag) else {
                return false;
            };
            let is_linked = |kind: &Slug| {
                self.from(mark.id)
                    .iter()
                    .any(|relation| relation.kind == *kind)
            };
            answers.iter().any(|id| mark.values.get(id).is_none())
                || kinds.iter().any(|kind| !is_linked(kind))
        };
        document
            .annotations()
            .iter()
            .filter(|mark| misses(mark))
            .count()
    }
}
