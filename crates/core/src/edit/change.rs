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

/// One change. A record is put in whole, or dropped: then the inverse is again
/// one of these, and a journal of edits can be read without the code that made
/// them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Puts a mark in, in the stead of the one with its id.
    PutAnnotation(Rc<Annotation>),
    /// Takes a mark out; a relation that ends there is in the way.
    DropAnnotation(Id),
    /// Puts a relation in, in the stead of the one with its id.
    PutRelation(Rc<Relation>),
    /// Takes a relation out.
    DropRelation(Id),
    /// Puts a member of the cast in, in the stead of the one with its id.
    PutEntity(Rc<Entity>),
    /// Takes a member of the cast out; a mark that mentions it is in the way.
    DropEntity(Id),
    /// Answers a question of the codebook, or takes the answer back.
    PutAnswer(Slug, Option<Value>),
    /// Puts another codebook in place; what is marked must fit it.
    PutCodebook(Rc<Codebook>),
    /// Puts in place what is known about the article; its text stays.
    PutArticle(Rc<Article>),
    /// Says who is at work.
    PutCoder(String),
}

impl Edit {
    /// Changes `document`, and gives the edit that changes it back.
    ///
    /// On an error `document` may be half-changed: [`crate::edit::transaction::Transaction`] works
    /// on a copy.
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
