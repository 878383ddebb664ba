//! An article with its codebook, marks, relations, entities and answers. It is valid at all
//! times.

use crate::model::annotation::Annotation;
use crate::model::article::Article;
use crate::model::codebook::Codebook;
use crate::model::entity::Entity;
use crate::model::error::ModelError;
use crate::model::id::{Id, Slug};
use crate::model::marks::Marks;
use crate::model::relation::Relation;
use crate::model::value;
use crate::model::value::Values;
use crate::sorted;

use std::rc::Rc;

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
        document.entities = sorted(parts.entities, |entity| entity.id)?;
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
        document.relations = sorted(parts.relations, |relation| relation.id)?;
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

    /// Adds a mark, or replaces the one with its id, which is returned.
    pub(crate) fn put_annotation(
        &mut self,
        annotation: Rc<Annotation>,
    ) -> Result<Option<Rc<Annotation>>, ModelError> {
        self.check_annotation(&annotation)?;
        let id = annotation.id;
        let index = self.annotations.index_of(id);
        let marks = Rc::make_mut(&mut self.annotations);
        let old = match index {
            Some(index) => Some(marks.replace(index, annotation.clone())),
            None => {
                marks.insert(annotation.clone());
                None
            }
        };
        self.recount(old.as_deref(), Some(&annotation));
        let broken = self
            .relations_of(id)
            .find_map(|relation| self.check_relation(relation).err());
        match (broken, old) {
            (Some(error), _) => Err(error),
            (None, old) => Ok(old),
        }
    }

    /// Removes a mark. Fails if a relation begins or ends there.
    pub(crate) fn drop_annotation(&mut self, id: Id) -> Result<Rc<Annotation>, ModelError> {
        if self.relations_of(id).next().is_some() {
            return Err(ModelError::InUse(id.to_string()));
        }
        let index = self
            .annotations
            .index_of(id)
            .ok_or(ModelError::NoAnnotation(id))?;
        let dropped = Rc::make_mut(&mut self.annotations).remove(index);
        self.recount(Some(&dropped), None);
        Ok(dropped)
    }

    /// Adds a relation, or replaces the one with its id, which is returned.
    pub(crate) fn put_relation(
        &mut self,
        relation: Rc<Relation>,
    ) -> Result<Option<Rc<Relation>>, ModelError> {
        self.check_relation(&relation)?;
        Ok(put(&mut self.relations, relation, |relation| relation.id))
    }

    /// Removes a relation.
    pub(crate) fn drop_relation(&mut self, id: Id) -> Result<Rc<Relation>, ModelError> {
        take(&mut self.relations, id, |relation| relation.id).ok_or(ModelError::NoRelation(id))
    }

    /// Adds an entity, or replaces the one with its id, which is returned.
    pub(crate) fn put_entity(
        &mut self,
        entity: Rc<Entity>,
    ) -> Result<Option<Rc<Entity>>, ModelError> {
        self.check_entity(&entity)?;
        let mention = self.annotations().iter().find(|annotation| {
            annotation.entity == Some(entity.id) && annotation.tag != entity.tag
        });
        if let Some(mention) = mention {
            return Err(ModelError::EntityTag(mention.id));
        }
        Ok(put(&mut self.entities, entity, |entity| entity.id))
    }

    /// Removes an entity. Fails if a mark mentions it.
    pub(crate) fn drop_entity(&mut self, id: Id) -> Result<Rc<Entity>, ModelError> {
        if self
            .annotations()
            .iter()
            .any(|annotation| annotation.entity == Some(id))
        {
            return Err(ModelError::InUse(id.to_string()));
        }
        take(&mut self.entities, id, |entity| entity.id).ok_or(ModelError::NoEntity(id))
    }

    /// Replaces the codebook, and returns the old one. Fails if something that was marked does
    /// not fit.
    pub(crate) fn put_codebook(
        &mut self,
        codebook: Rc<Codebook>,
    ) -> Result<Rc<Codebook>, ModelError> {
        let old = std::mem::replace(&mut self.codebook, codebook);
        value::check(self.codebook.questions(), &self.answers)?;
        for entity in &self.entities {
            self.check_entity(entity)?;
        }
        for annotation in self.annotations() {
            self.check_annotation(annotation)?;
        }
        for relation in &self.relations {
            self.check_relation(relation)?;
        }
        self.counts = self.counted();
        Ok(old)
    }

    /// Sets or clears the answer to a question, and returns the old one.
    pub(crate) fn put_answer(
        &mut self,
        question: &Slug,
        answer: Option<value::Value>,
    ) -> Result<Option<value::Value>, ModelError> {
        let mut answers = self.answers.clone();
        let old = match answer {
            Some(answer) => answers.insert(question.clone(), answer),
            None => answers.remove(question),
        };
        value::check(self.codebook.questions(), &answers)?;
        self.answers = answers;
        Ok(old)
    }

    /// Replaces title, language, direction and source of the article, and returns the old
    /// article. Fails if the id or the text differs.
    pub(crate) fn put_article(&mut self, article: Rc<Article>) -> Result<Rc<Article>, ModelError> {
        if article.id != self.article.id || !article.has_body_of(&self.article) {
            return Err(ModelError::InUse(self.article.id.to_string()));
        }
        Ok(std::mem::replace(&mut self.article, article))
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

    /// Updates the counts for a mark that is removed and one that is added.
    fn recount(&mut self, gone: Option<&Annotation>, come: Option<&Annotation>) {
        let index = |mark: Option<&Annotation>| self.codebook.index_of(&mark?.tag);
        let (gone, come) = (index(gone), index(come));
        if let Some(index) = gone {
            self.counts[index] -= 1;
        }
        if let Some(index) = come {
            self.counts[index] += 1;
        }
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

/// Sorts records by id. Fails if an id occurs twice.
fn sorted<T>(records: Vec<T>, id: impl Fn(&T) -> Id) -> Result<Vec<Rc<T>>, ModelError> {
    let records = records.into_iter().map(Rc::new);
    let records = sorted::collect_sorted(records, |a, b| id(a).cmp(&id(b)));
    match records.windows(2).find(|pair| id(&pair[0]) == id(&pair[1])) {
        Some(pair) => Err(ModelError::Twice(id(&pair[0]).to_string())),
        None => Ok(records),
    }
}

fn find<T>(records: &[Rc<T>], wanted: Id, id: impl Fn(&T) -> Id) -> Option<&Rc<T>> {
    records
        .binary_search_by_key(&wanted, |record| id(record))
        .ok()
        .map(|index| &records[index])
}

fn put<T>(records: &mut Vec<Rc<T>>, record: Rc<T>, id: impl Fn(&T) -> Id) -> Option<Rc<T>> {
    match records.binary_search_by_key(&id(&record), |other| id(other)) {
        Ok(index) => Some(std::mem::replace(&mut records[index], record)),
        Err(index) => {
            records.insert(index, record);
            None
        }
    }
}

fn take<T>(records: &mut Vec<Rc<T>>, wanted: Id, id: impl Fn(&T) -> Id) -> Option<Rc<T>> {
    records
        .binary_search_by_key(&wanted, |record| id(record))
        .ok()
        .map(|index| records.remove(index))
}
