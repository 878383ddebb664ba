//! An article with its codebook, marks, relations, entities and answers. It is valid at all
//! times.

use crate::model::annotation::Annotation;
use crate::model::article::Article;
use crate::model::codebook::Codebook;
use crate::model::entity::Entity;
use crate::model::error::ModelError;
use crate::model::id::{Id, Slug};
use crate::model::marks::Marks;
use crate::model::records::{find, sorted_by_id};
use crate::model::relation::Relation;
use crate::model::value;
use crate::model::value::Values;
use crate::sorted;

use std::rc::Rc;

mod changes;

/// An article, its codebook, and what was marked.
///
/// Cloning is cheap: the records are shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    // Invariant: everything that [`Document::from_parts`] checks holds. Annotations are in document
    // order; relations and entities are in the order of their ids; `counts` has the number of
    // marks of each tag, in the order of the palette.
    article: Rc<Article>,
    codebook: Rc<Codebook>,
    annotations: Rc<Marks>,
    counts: Vec<usize>,
    relations: Vec<Rc<Relation>>,
    entities: Vec<Rc<Entity>>,
    answers: Values,
    /// The current coder's name, which new marks carry. May be empty.
    pub coder: String,
}

/// The parts of a document before they are checked.
#[derive(Clone, Debug)]
pub struct DocumentParts {
    /// The text and its source.
    pub article: Article,
    /// The tags and the kinds of relations that may be used.
    pub codebook: Codebook,
    /// The marks, in any order.
    pub annotations: Vec<Annotation>,
    /// The relations between marks, in any order.
    pub relations: Vec<Relation>,
    /// The entities, in any order.
    pub entities: Vec<Entity>,
    /// The answers to the codebook's questions.
    pub answers: Values,
    /// The current coder's name.
    pub coder: String,
}

impl Document {
    /// A document without marks.
    #[must_use]
    pub fn new(article: Article, codebook: Codebook) -> Self {
        Self {
            counts: vec![0; codebook.tags().len()],
            article: Rc::new(article),
            codebook: Rc::new(codebook),
            annotations: Rc::default(),
            relations: Vec::new(),
            entities: Vec::new(),
            answers: Values::new(),
            coder: String::new(),
        }
    }

    /// Checks the parts and makes a document of them.
    ///
    /// Errors: two records of one kind with the same id; a reference to something that does not
    /// exist; a value, a pair of tags or a span that does not fit.
    pub fn from_parts(parts: DocumentParts) -> Result<Self, ModelError> {
        let mut document = Self::new(parts.article, parts.codebook);
        document.coder = parts.coder;
        value::check(document.codebook.questions(), &parts.answers)?;
        document.answers = parts.answers;
        document.entities = sorted_by_id(parts.entities, |entity| entity.id)?;
        for entity in &document.entities {
            document.check_entity(entity)?;
        }
        document.annotations = Rc::new(Marks::new(parts.annotations));
        let mut by_id: Vec<(Id, usize)> = (0..)
            .zip(document.annotations())
            .map(|(index, annotation)| (annotation.id, index))
            .collect();
        by_id = sorted::collect_sorted(by_id, Ord::cmp);
        if let Some(pair) = by_id.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            return Err(ModelError::Twice(pair[0].0.to_string()));
        }
        for annotation in document.annotations() {
            document.check_annotation(annotation)?;
        }
        document.counts = document.counted();
        document.relations = sorted_by_id(parts.relations, |relation| relation.id)?;
        for relation in &document.relations {
            document.check_relation_between(relation, |id| {
                let index = by_id.binary_search_by_key(&id, |(id, _)| *id).ok()?;
                Some(&document.annotations()[by_id[index].1].tag)
            })?;
        }
        Ok(document)
    }

    /// The article.
    #[must_use]
    pub fn article(&self) -> &Rc<Article> {
        &self.article
    }

    /// The codebook.
    #[must_use]
    pub fn codebook(&self) -> &Rc<Codebook> {
        &self.codebook
    }

    /// The marks, in document order.
    #[must_use]
    pub fn annotations(&self) -> &[Rc<Annotation>] {
        self.annotations.as_slice()
    }

    /// The marks, shared between states of the document.
    pub(crate) fn marks(&self) -> &Rc<Marks> {
        &self.annotations
    }

    /// The relations, in the order of their ids.
    #[must_use]
    pub fn relations(&self) -> &[Rc<Relation>] {
        &self.relations
    }

    /// The entities, in the order of their ids.
    #[must_use]
    pub fn entities(&self) -> &[Rc<Entity>] {
        &self.entities
    }

    /// The answers to the codebook's questions.
    #[must_use]
    pub fn answers(&self) -> &Values {
        &self.answers
    }

    /// The mark with this id.
    #[must_use]
    pub fn annotation(&self, id: Id) -> Option<&Rc<Annotation>> {
        let index = self.annotations.index_of(id)?;
        self.annotations().get(index)
    }

    /// The index in document order of the mark with this id.
    #[must_use]
    pub fn index_of(&self, id: Id) -> Option<usize> {
        self.annotations.index_of(id)
    }

    /// The relation with this id.
    #[must_use]
    pub fn relation(&self, id: Id) -> Option<&Rc<Relation>> {
        find(&self.relations, id, |relation| relation.id)
    }

    /// The entity with this id.
    #[must_use]
    pub fn entity(&self, id: Id) -> Option<&Rc<Entity>> {
        find(&self.entities, id, |entity| entity.id)
    }

    /// The entity that a mark mentions.
    #[must_use]
    pub fn member_of(&self, mark: &Annotation) -> Option<&Rc<Entity>> {
        self.entity(mark.entity?)
    }

    /// The relations that begin or end at the mark `id`.
    pub fn relations_of(&self, id: Id) -> impl Iterator<Item = &Rc<Relation>> {
        self.relations
            .iter()
            .filter(move |relation| relation.from == id || relation.to == id)
    }

    /// Checks whether `annotation` would be valid in this document.
    pub fn check_annotation(&self, annotation: &Annotation) -> Result<(), ModelError> {
        let tag = self
            .codebook
            .tag(&annotation.tag)
            .ok_or_else(|| ModelError::NoTag(annotation.tag.clone()))?;
        for span in annotation.spans.as_slice() {
            if !self.article.holds(*span) {
                return Err(ModelError::Outside(*span));
            }
        }
        value::check(&tag.attributes, &annotation.values)?;
        if let Some(id) = annotation.entity {
            let entity = self.entity(id).ok_or(ModelError::NoEntity(id))?;
            if entity.tag != annotation.tag {
                return Err(ModelError::EntityTag(annotation.id));
            }
        }
        Ok(())
    }

    /// Checks whether `relation` would be valid in this document.
    pub fn check_relation(&self, relation: &Relation) -> Result<(), ModelError> {
        self.check_relation_between(relation, |id| {
            self.annotation(id).map(|annotation| &annotation.tag)
        })
    }

    fn check_relation_between<'a>(
        &self,
        relation: &Relation,
        tag: impl Fn(Id) -> Option<&'a Slug>,
    ) -> Result<(), ModelError> {
        let kind = self
            .codebook
            .relation(&relation.kind)
            .ok_or_else(|| ModelError::NoRelationKind(relation.kind.clone()))?;
        if relation.from == relation.to {
            return Err(ModelError::Loop(relation.id));
        }
        let from = tag(relation.from).ok_or(ModelError::NoAnnotation(relation.from))?;
        let to = tag(relation.to).ok_or(ModelError::NoAnnotation(relation.to))?;
        if kind.from.contains(from) && kind.to.contains(to) {
            Ok(())
        } else {
            Err(ModelError::BadPair {
                kind: kind.id.clone(),
                from: from.clone(),
                to: to.clone(),
            })
        }
    }

    /// Checks whether `entity` would be valid in this document.
    pub fn check_entity(&self, entity: &Entity) -> Result<(), ModelError> {
        self.codebook
            .tag(&entity.tag)
            .map(|_| ())
            .ok_or_else(|| ModelError::NoTag(entity.tag.clone()))
    }

    /// A copy of this document with another id and title.
    #[must_use]
    pub fn copied_as(&self, id: Id, title: String) -> Self {
        let mut article = Article::clone(&self.article);
        article.id = id;
        article.title = title;
        Self {
            article: Rc::new(article),
            ..self.clone()
        }
    }

    /// This document with only the marks in `ids`, and the relations between them. Entities that
    /// lose their last mention are removed.
    #[must_use]
    pub fn restricted(&self, ids: &[Id]) -> Self {
        let ids = sorted::collect_sorted(ids.iter().copied(), Ord::cmp);
        let stays = |id: &Id| ids.binary_search(id).is_ok();
        let marks = self.annotations().iter().filter(|mark| stays(&mark.id));
        let mut document = self.clone();
        document.annotations = Rc::new(Marks::new(marks.map(|mark| Annotation::clone(mark))));
        document.counts = document.counted();
        document
            .relations
            .retain(|relation| stays(&relation.from) && stays(&relation.to));
        let members = |document: &Self| {
            let marks = document.annotations().iter();
            sorted::collect_sorted(marks.filter_map(|mark| mark.entity), Ord::cmp)
        };
        let (before, after) = (members(self), members(&document));
        document.entities.retain(|entity| {
            before.binary_search(&entity.id).is_err() || after.binary_search(&entity.id).is_ok()
        });
        document
    }

    /// The number of marks of each tag, in the order of the palette.
    #[must_use]
    pub fn tag_counts(&self) -> &[usize] {
        &self.counts
    }

    fn counted(&self) -> Vec<usize> {
        let mut counts = vec![0; self.codebook.tags().len()];
        for annotation in self.annotations() {
            if let Some(index) = self.codebook.index_of(&annotation.tag) {
                counts[index] += 1;
            }
        }
        counts
    }
}
