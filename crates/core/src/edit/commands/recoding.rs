//! A change of the codebook before it is made: what in the document no longer fits, and what the
//! user decides about it.

use crate::model::codebook::{Codebook, RelationKind, Tag};
use crate::model::colour::Colour;
use crate::model::document::Document;
use crate::model::error::ModelError;
use crate::model::id::Slug;
use crate::model::value::{Attribute, AttributeKind, Value, Values};

use std::rc::Rc;

/// A codebook that is to replace a document's codebook, and what old tags, kinds of relations
/// and options become in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recoding {
    /// The new codebook.
    pub codebook: Codebook,
    /// Tags whose marks get another tag: the old tag and one of the new codebook.
    pub merged: Vec<(Slug, Slug)>,
    /// Kinds of relations that become another kind: the old kind and one of the new codebook.
    pub relations: Vec<(Slug, Slug)>,
    /// Options that are spelled differently in the new codebook.
    pub renamed: Vec<RenamedOption>,
}

/// An option of an attribute with its old and its new spelling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenamedOption {
    /// The tag that has the attribute, in the new codebook.
    pub tag: Slug,
    /// The attribute.
    pub attribute: Slug,
    /// The old spelling.
    pub from: Rc<str>,
    /// The new spelling.
    pub to: Rc<str>,
}

impl RenamedOption {
    /// The value in the new spelling; `None` if `value` does not belong to this attribute or
    /// does not contain the option.
    pub(crate) fn value(&self, tag: &Slug, attribute: &Slug, value: &Value) -> Option<Value> {
        if self.tag != *tag || self.attribute != *attribute {
            return None;
        }
        match value {
            Value::One(word) if *word == self.from => Some(Value::One(self.to.clone())),
            Value::Many(words) if words.contains(&self.from) => {
                let other =
                    |word: &Rc<str>| if *word == self.from { &self.to } else { word }.clone();
                Some(Value::Many(words.iter().map(other).collect()))
            }
            _ => None,
        }
    }
}

/// A part of the old codebook that does not fit into the new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodebookPart {
    /// A tag that has marks or entities.
    Tag(Slug),
    /// A kind of relation that occurs between marks that stay.
    Relation(Slug),
    /// An attribute that is answered by marks that stay.
    Attribute {
        /// The tag, in the old codebook.
        tag: Slug,
        /// The attribute.
        attribute: Slug,
    },
    /// A question that is answered for the article.
    Question(Slug),
}

/// What would be deleted with a part of the old codebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtRisk {
    /// The part.
    pub part: CodebookPart,
    /// The name of the part, as shown; for an attribute, without the name of its tag.
    pub name: String,
    /// The number of marks of the tag, relations of the kind, or answers.
    pub count: usize,
    /// The number of entities of the tag; 0 for other parts.
    pub entities: usize,
    /// The number of relations that begin or end at marks of the tag; 0 for other parts.
    pub relations: usize,
}

/// What to do with a part that is at risk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Add the part to the new codebook.
    Keep,
    /// Delete everything that uses it.
    Delete,
    /// Give the marks this tag of the new codebook, or the relations this kind.
    Become(Slug),
}

impl Recoding {
    /// Replaces the codebook without renaming or merging anything.
    #[must_use]
    pub fn new(codebook: Codebook) -> Self {
        Self {
            codebook,
            merged: Vec::new(),
            relations: Vec::new(),
            renamed: Vec::new(),
        }
    }

    /// The tag that marks of `tag` get, whether or not it is in the new codebook.
    #[must_use]
    pub fn tag_for<'a>(&'a self, tag: &'a Slug) -> &'a Slug {
        let pair = self.merged.iter().find(|(from, _)| from == tag);
        pair.map_or(tag, |(_, to)| to)
    }

    /// The kind that relations of `kind` get, whether or not it is in the new codebook.
    #[must_use]
    pub fn relation_for<'a>(&'a self, kind: &'a Slug) -> &'a Slug {
        let pair = self.relations.iter().find(|(from, _)| from == kind);
        pair.map_or(kind, |(_, to)| to)
    }

    /// The answer `value` of a mark of `tag` to `attribute`, moved to the new codebook; `None`
    /// if it does not fit there.
    #[must_use]
    pub fn value_for(&self, tag: &Slug, attribute: &Slug, value: &Value) -> Option<Value> {
        let asked = self.codebook.tag(self.tag_for(tag))?;
        let asked = asked
            .attributes
            .iter()
            .find(|asked| asked.id == *attribute)?;
        let renamed = self
            .renamed
            .iter()
            .find_map(|option| option.value(self.tag_for(tag), attribute, value));
        let renamed = renamed.and_then(|value| arranged(asked, &value));
        renamed.or_else(|| arranged(asked, value))
    }

    /// What in `document` does not fit the new codebook, in the order of the old one: tags,
    /// relations, attributes, questions. Relations and answers of marks that are deleted with
    /// their tag are not listed separately.
    #[must_use]
    pub fn at_risk(&self, document: &Document) -> Vec<AtRisk> {
        let mut all = Vec::new();
        self.tags_at_risk(document, &mut all);
        self.relations_at_risk(document, &mut all);
        self.attributes_at_risk(document, &mut all);
        for question in document.codebook().questions() {
            let answer = document.answers().get(&question.id);
            let lost = answer.filter(|answer| self.answer_for(&question.id, answer).is_none());
            let part = CodebookPart::Question(question.id.clone());
            push(&mut all, part, &question.name, lost.iter().count());
        }
        all
    }

    /// Whether the new codebook has the tag that marks of `tag` get.
    fn has_tag_for(&self, tag: &Slug) -> bool {
        self.codebook.tag(self.tag_for(tag)).is_some()
    }

    fn tags_at_risk(&self, document: &Document, all: &mut Vec<AtRisk>) {
        let touching = |tag: &Slug| {
            let is_of = |id| document.annotation(id).is_some_and(|mark| mark.tag == *tag);
            let relations = document.relations().iter();
            relations
                .filter(|relation| is_of(relation.from) || is_of(relation.to))
                .count()
        };
        for (tag, marks) in document.codebook().tags().iter().zip(document.tag_counts()) {
            let entities = document.entities().iter();
            let entities = entities.filter(|entity| entity.tag == tag.id).count();
            if !self.has_tag_for(&tag.id) && (*marks > 0 || entities > 0) {
                all.push(AtRisk {
                    part: CodebookPart::Tag(tag.id.clone()),
                    name: tag.name.clone(),
                    count: *marks,
                    entities,
                    relations: touching(&tag.id),
                });
            }
        }
    }

    fn relations_at_risk(&self, document: &Document, all: &mut Vec<AtRisk>) {
        for kind in document.codebook().relations() {
            let of_kind = document
                .relations()
                .iter()
                .filter(|relation| relation.kind == kind.id);
            let broken = of_kind.filter(|relation| {
                let tag = |id| document.annotation(id).map(|mark| &mark.tag);
                let ends = tag(relation.from).zip(tag(relation.to));
                ends.is_some_and(|(from, to)| {
                    self.has_tag_for(from)
                        && self.has_tag_for(to)
                        && !self.allows(&kind.id, from, to)
                })
            });
            push(
                all,
                CodebookPart::Relation(kind.id.clone()),
                &kind.name,
                broken.count(),
            );
        }
    }

    fn attributes_at_risk(&self, document: &Document, all: &mut Vec<AtRisk>) {
        for tag in document
            .codebook()
            .tags()
            .iter()
            .filter(|tag| self.has_tag_for(&tag.id))
        {
            for attribute in &tag.attributes {
                let marks = document
                    .annotations()
                    .iter()
                    .filter(|mark| mark.tag == tag.id);
                let values = marks.filter_map(|mark| mark.values.get(&attribute.id));
                let lost =
                    values.filter(|value| self.value_for(&tag.id, &attribute.id, value).is_none());
                let part = CodebookPart::Attribute {
                    tag: tag.id.clone(),
                    attribute: attribute.id.clone(),
                };
                push(all, part, &attribute.name, lost.count());
            }
        }
    }

    /// The article's answer to a question, moved to the new codebook; `None` if it does not fit
    /// there.
    #[must_use]
    pub fn answer_for(&self, question: &Slug, value: &Value) -> Option<Value> {
        let mut asked = self.codebook.questions().iter();
        arranged(asked.find(|asked| asked.id == *question)?, value)
    }

    /// Whether the new codebook allows a relation that had the kind `kind`, between marks that
    /// had the tags `from` and `to`.
    pub(crate) fn allows(&self, kind: &Slug, from: &Slug, to: &Slug) -> bool {
        let kind = self.codebook.relation(self.relation_for(kind));
        kind.is_some_and(|kind| {
            kind.from.contains(self.tag_for(from)) && kind.to.contains(self.tag_for(to))
        })
    }

    /// This recoding with a decision about one part of the codebook `old`.
    ///
    /// Errors: the part is not in `old`, or the marks or relations are to become something that
    /// the new codebook lacks.
    pub fn decided(
        &self,
        old: &Codebook,
        part: &CodebookPart,
        decision: &Decision,
    ) -> Result<Self, ModelError> {
        let mut next = self.clone();
        match (part, decision) {
            (_, Decision::Delete) => {}
            (CodebookPart::Tag(id), Decision::Become(heir)) => {
                let known = self.codebook.tag(heir);
                known.ok_or_else(|| ModelError::NoTag(heir.clone()))?;
                next.merged.push((id.clone(), heir.clone()));
            }
            (CodebookPart::Relation(id), Decision::Become(heir)) => {
                let known = self.codebook.relation(heir);
                known.ok_or_else(|| ModelError::NoRelationKind(heir.clone()))?;
                next.relations.push((id.clone(), heir.clone()));
            }
            (
                CodebookPart::Attribute { .. } | CodebookPart::Question(_),
                Decision::Become(other),
            ) => {
                return Err(ModelError::NoAttribute(other.clone()));
            }
            (CodebookPart::Tag(id), Decision::Keep) => {
                let tag = old.tag(id).ok_or_else(|| ModelError::NoTag(id.clone()))?;
                let index = self.codebook.tags().len();
                next.codebook = self.codebook.with_tag(beside(&self.codebook, tag), index)?;
            }
            (CodebookPart::Relation(id), Decision::Keep) => {
                let kind = old.relation(id);
                let kind = kind.ok_or_else(|| ModelError::NoRelationKind(id.clone()))?;
                next.codebook = self.with_relation(kind)?;
            }
            (CodebookPart::Attribute { tag, attribute: id }, Decision::Keep) => {
                let before = old.tag(tag).ok_or_else(|| ModelError::NoTag(tag.clone()))?;
                let kept = before.attributes.iter().find(|asked| asked.id == *id);
                let kept = kept.ok_or_else(|| ModelError::NoAttribute(id.clone()))?;
                let heir = self.tag_for(tag);
                let index = self.codebook.index_of(heir);
                let index = index.ok_or_else(|| ModelError::NoTag(heir.clone()))?;
                let mut changed = Tag::clone(&self.codebook.tags()[index]);
                keep(&mut changed.attributes, kept);
                next.codebook = self.codebook.with_tag(changed, index)?;
            }
            (CodebookPart::Question(id), Decision::Keep) => {
                let kept = old.questions().iter().find(|asked| asked.id == *id);
                let kept = kept.ok_or_else(|| ModelError::NoAttribute(id.clone()))?;
                let mut questions = self.codebook.questions().to_vec();
                keep(&mut questions, kept);
                next.codebook = self.codebook.with_questions(questions)?;
            }
        }
        Ok(next)
    }

    /// The new codebook with a kind of relation of the old one. It is allowed between the tags
    /// that the old ends have become, in addition to those that the new codebook allows.
    fn with_relation(&self, kind: &RelationKind) -> Result<Codebook, ModelError> {
        let mut kinds = self.codebook.relations().to_vec();
        let index = kinds.iter().position(|other| other.id == kind.id);
        let mut kept = match index {
            Some(index) => kinds.remove(index),
            None => RelationKind {
                from: Vec::new(),
                to: Vec::new(),
                ..kind.clone()
            },
        };
        for (ends, old) in [(&mut kept.from, &kind.from), (&mut kept.to, &kind.to)] {
            for tag in old {
                let tag = self.tag_for(tag);
                if self.codebook.tag(tag).is_some() && !ends.contains(tag) {
                    ends.push(tag.clone());
                }
            }
        }
        kinds.insert(index.unwrap_or(kinds.len()), kept);
        self.codebook.with_relations(kinds)
    }
}

fn push(all: &mut Vec<AtRisk>, part: CodebookPart, name: &str, count: usize) {
    if count > 0 {
        all.push(AtRisk {
            part,
            name: name.to_owned(),
            count,
            entities: 0,
            relations: 0,
        });
    }
}

/// The tag as it can be added to `codebook`: without its key if that is taken, and with another
/// colour if its own is taken.
fn beside(codebook: &Codebook, tag: &Tag) -> Tag {
    let mut tag = tag.clone();
    tag.key = tag.key.filter(|key| codebook.tag_of_key(*key).is_none());
    let taken: Vec<Colour> = codebook.tags().iter().map(|tag| tag.colour).collect();
    if taken.contains(&tag.colour) {
        tag.colour = Colour::unlike(&taken);
    }
    tag
}

/// Adds an attribute, or adds its options to the attribute with the same id. If the two are of
/// different kinds, the kind that is kept wins.
fn keep(attributes: &mut Vec<Attribute>, kept: &Attribute) {
    let Some(other) = attributes.iter_mut().find(|other| other.id == kept.id) else {
        return attributes.push(kept.clone());
    };
    let with = |old: &[Rc<str>], new: &[Rc<str>]| {
        let added = new.iter().filter(|word| !old.contains(word));
        old.iter().chain(added).cloned().collect()
    };
    other.kind = match (&kept.kind, &other.kind) {
        (AttributeKind::OneOf(old), AttributeKind::OneOf(new)) => {
            AttributeKind::OneOf(with(old, new))
        }
        (AttributeKind::ManyOf(old), AttributeKind::ManyOf(new)) => {
            AttributeKind::ManyOf(with(old, new))
        }
        (old, _) => old.clone(),
    };
}

/// The value as an answer to `attribute`, with several options in the attribute's order. `None`
/// if it does not fit.
fn arranged(attribute: &Attribute, value: &Value) -> Option<Value> {
    let value = match (&attribute.kind, value) {
        (AttributeKind::ManyOf(words), Value::Many(chosen)) => {
            let in_order = words.iter().filter(|word| chosen.contains(word));
            let in_order: Vec<Rc<str>> = in_order.cloned().collect();
            Some(Value::Many(in_order))
                .filter(|value| matches!(value, Value::Many(all) if all.len() == chosen.len()))?
        }
        (_, value) => value.clone(),
    };
    attribute.accepts(&value).then_some(value)
}

/// The answers of a mark of `tag`, moved to the new codebook.
pub(crate) fn values_for(recoding: &Recoding, tag: &Slug, values: &Values) -> Values {
    let kept = values.iter().filter_map(|(attribute, value)| {
        let value = recoding.value_for(tag, attribute, value)?;
        Some((attribute.clone(), value))
    });
    crate::sorted::vec_map(kept)
}
