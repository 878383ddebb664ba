//! Changes of a document in place, one record at a time. Each checks that the document stays
//! valid; after an error the document must be discarded.

use crate::model::annotation::Annotation;
use crate::model::article::Article;
use crate::model::codebook::Codebook;
use crate::model::document::Document;
use crate::model::entity::Entity;
use crate::model::error::ModelError;
use crate::model::id::{Id, Slug};
use crate::model::records::{put, take};
use crate::model::relation::Relation;
use crate::model::value::{Value, check};

use std::rc::Rc;

impl Document {
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
        check(self.codebook.questions(), &self.answers)?;
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
        answer: Option<Value>,
    ) -> Result<Option<Value>, ModelError> {
        let mut answers = self.answers.clone();
        let old = match answer {
            Some(answer) => answers.insert(question.clone(), answer),
            None => answers.remove(question),
        };
        check(self.codebook.questions(), &answers)?;
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
}
