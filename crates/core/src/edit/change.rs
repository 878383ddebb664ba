//! One change of a document.

use crate::model::annotation::Annotation;
use crate::model::article::Article;
use crate::model::codebook::Codebook;
use crate::model::document::Document;
use crate::model::entity::Entity;
use crate::model::error::ModelError;
use crate::model::id::{Id, Slug};
use crate::model::relation::Relation;
use crate::model::value::Value;
use std::rc::Rc;

/// One change of a document. Each edit puts or drops a whole record. Therefore the inverse of
/// an edit is again an edit, and a journal can be read without the code that wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Adds a mark, or replaces the one with the same id.
    PutAnnotation(Rc<Annotation>),
    /// Removes a mark. An error if a relation begins or ends at it.
    DropAnnotation(Id),
    /// Adds a relation, or replaces the one with the same id.
    PutRelation(Rc<Relation>),
    /// Removes a relation.
    DropRelation(Id),
    /// Adds a member of the cast, or replaces the one with the same id.
    PutEntity(Rc<Entity>),
    /// Removes a member of the cast. An error if a mark mentions it.
    DropEntity(Id),
    /// Answers a question about the article; `None` removes the answer.
    PutAnswer(Slug, Option<Value>),
    /// Replaces the codebook. An error if the marks do not fit it.
    PutCodebook(Rc<Codebook>),
    /// Replaces the title, language, direction and source of the article. Its text stays.
    PutArticle(Rc<Article>),
    /// Sets the name of the coder.
    PutCoder(String),
}

impl Edit {
    /// Changes `document`, and returns the inverse edit.
    ///
    /// On an error `document` may be partly changed, so
    /// [`Transaction`](crate::edit::transaction::Transaction) works on a copy.
    pub(crate) fn apply(&self, document: &mut Document) -> Result<Self, ModelError> {
        Ok(match self {
            Self::PutAnnotation(annotation) => {
                match document.put_annotation(annotation.clone())? {
                    Some(old) => Self::PutAnnotation(old),
                    None => Self::DropAnnotation(annotation.id),
                }
            }
            Self::DropAnnotation(id) => Self::PutAnnotation(document.drop_annotation(*id)?),
            Self::PutRelation(relation) => match document.put_relation(relation.clone())? {
                Some(old) => Self::PutRelation(old),
                None => Self::DropRelation(relation.id),
            },
            Self::DropRelation(id) => Self::PutRelation(document.drop_relation(*id)?),
            Self::PutEntity(entity) => match document.put_entity(entity.clone())? {
                Some(old) => Self::PutEntity(old),
                None => Self::DropEntity(entity.id),
            },
            Self::DropEntity(id) => Self::PutEntity(document.drop_entity(*id)?),
            Self::PutAnswer(question, answer) => {
                let old = document.put_answer(question, answer.clone())?;
                Self::PutAnswer(question.clone(), old)
            }
            Self::PutCodebook(codebook) => {
                Self::PutCodebook(document.put_codebook(codebook.clone())?)
            }
            Self::PutArticle(article) => Self::PutArticle(document.put_article(article.clone())?),
            Self::PutCoder(coder) => {
                Self::PutCoder(std::mem::replace(&mut document.coder, coder.clone()))
            }
        })
    }
}
