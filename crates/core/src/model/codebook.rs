//! The codebook: tags, kinds of relations, and questions.

use crate::model::colour::Colour;
use crate::model::error::ModelError;
use crate::model::id::Slug;
use crate::model::value::{Attribute, AttributeKind};
use std::rc::Rc;

/// A set of tags with their rules: the instrument of the analysis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Codebook {
    /// The name, as shown.
    pub name: String,
    /// The version, as its author counts.
    pub version: String,
    /// How to code with it, as plain text.
    pub guide: String,
    // Invariant: ids of tags are unique, and so are their keys in lower case. Ids of a tag's
    // attributes, of relations and of questions are unique, and so are the options of an
    // attribute. A relation names only tags that exist.
    tags: Vec<Rc<Tag>>,
    relations: Vec<RelationKind>,
    questions: Vec<Attribute>,
}

/// A kind of thing that words can be: actor, place, commitment, event, …
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Unique in the codebook.
    pub id: Slug,
    /// The name, as shown.
    pub name: String,
    /// Its colour, from which the line and the tint are derived for each theme.
    pub colour: Colour,
    /// The key that assigns it, in either case; also the letter on its marks.
    pub key: Option<char>,
    /// What it means.
    pub definition: String,
    /// What to mark.
    pub include: String,
    /// What not to mark.
    pub exclude: String,
    /// A sentence with a mark in it.
    pub example: String,
    /// Whether its marks mention entities, which can come up again.
    pub is_cast: bool,
    /// The questions about each mark.
    pub attributes: Vec<Attribute>,
}

/// A kind of relation, and which tags its marks may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelationKind {
    /// Unique in the codebook.
    pub id: Slug,
    /// The name, as shown; read from the first mark to the second.
    pub name: String,
    /// Tags of the marks where it may begin.
    pub from: Vec<Slug>,
    /// Tags of the marks where it may end.
    pub to: Vec<Slug>,
    /// Whether a mark where it may begin is incomplete without one.
    pub required: bool,
}

impl Tag {
    /// The letter shown on its marks: its key, or else the first letter of its name.
    #[must_use]
    pub fn letter(&self) -> String {
        self.key
            .or_else(|| self.name.chars().next())
            .map(|letter| letter.to_uppercase().collect())
            .unwrap_or_default()
    }
}

impl Codebook {
    /// Checks the parts and makes a codebook of them.
    ///
    /// Errors: an id, a key or an option occurs twice, or a relation names a tag that does not
    /// exist.
    pub fn new(
        name: String,
        version: String,
        guide: String,
        tags: Vec<Tag>,
        relations: Vec<RelationKind>,
        questions: Vec<Attribute>,
    ) -> Result<Self, ModelError> {
        Self {
            name,
            version,
            guide,
            tags: tags.into_iter().map(Rc::new).collect(),
            relations,
            questions,
        }
        .checked()
    }

    fn checked(self) -> Result<Self, ModelError> {
        unique(self.tags.iter().map(|tag| &tag.id))?;
        unique(self.relations.iter().map(|kind| &kind.id))?;
        unique(self.questions.iter().map(|question| &question.id))?;
        unique(self.tags.iter().filter_map(|tag| tag.key).map(lower))?;
        for tag in &self.tags {
            unique(tag.attributes.iter().map(|attribute| &attribute.id))?;
        }
        let attributes = self.tags.iter().flat_map(|tag| &tag.attributes);
        for attribute in attributes.chain(&self.questions) {
            if let AttributeKind::OneOf(words) | AttributeKind::ManyOf(words) = &attribute.kind {
                unique(words.iter())?;
            }
        }
        for kind in &self.relations {
            for id in kind.from.iter().chain(&kind.to) {
                self.tag(id).ok_or_else(|| ModelError::NoTag(id.clone()))?;
            }
        }
        Ok(self)
    }

    /// The tags, in the order of the palette.
    #[must_use]
    pub fn tags(&self) -> &[Rc<Tag>] {
        &self.tags
    }

    /// The kinds of relations, in their order.
    #[must_use]
    pub fn relations(&self) -> &[RelationKind] {
        &self.relations
    }

    /// The questions about the whole article, in their order.
    #[must_use]
    pub fn questions(&self) -> &[Attribute] {
        &self.questions
    }

    /// The tag with this id.
    #[must_use]
    pub fn tag(&self, id: &Slug) -> Option<&Rc<Tag>> {
        self.tags.iter().find(|tag| tag.id == *id)
    }

    /// The index in the palette of the tag with this id.
    #[must_use]
    pub fn index_of(&self, id: &Slug) -> Option<usize> {
        self.tags.iter().position(|tag| tag.id == *id)
    }

    /// The tag that `key` assigns, in either case.
    #[must_use]
    pub fn tag_of_key(&self, key: char) -> Option<&Rc<Tag>> {
        let key = lower(key);
        let is_it = |tag: &&Rc<Tag>| tag.key.map(lower) == Some(key);
        self.tags.iter().find(is_it)
    }

    /// The kind of relation with this id.
    #[must_use]
    pub fn relation(&self, id: &Slug) -> Option<&RelationKind> {
        self.relations.iter().find(|kind| kind.id == *id)
    }

    /// This codebook with `tag`. It replaces the tag with the same id, and moves to `index` in
    /// the palette, or to the end if that is out of range.
    pub fn with_tag(&self, tag: Tag, index: usize) -> Result<Self, ModelError> {
        let mut codebook = self.clone();
        codebook.tags.retain(|other| other.id != tag.id);
        let index = index.min(codebook.tags.len());
        codebook.tags.insert(index, Rc::new(tag));
        codebook.checked()
    }

    /// This codebook without the tag `id`.
    ///
    /// Errors: no tag has this id, or a kind of relation still names it.
    pub fn without_tag(&self, id: &Slug) -> Result<Self, ModelError> {
        let index = self
            .index_of(id)
            .ok_or_else(|| ModelError::NoTag(id.clone()))?;
        let mut codebook = self.clone();
        codebook.tags.remove(index);
        codebook.checked()
    }

    /// This codebook without the tag `id`. Kinds of relations that name it get `heir` in its
    /// place, if there is one. A kind that has no tag left at one of its ends is removed.
    pub fn dissolving(&self, id: &Slug, heir: Option<&Slug>) -> Result<Self, ModelError> {
        let mut kinds = self.relations.clone();
        for kind in &mut kinds {
            for end in [&mut kind.from, &mut kind.to] {
                if let Some(heir) = heir.filter(|heir| end.contains(id) && !end.contains(*heir)) {
                    end.push(heir.clone());
                }
                end.retain(|other| other != id);
            }
        }
        kinds.retain(|kind| !kind.from.is_empty() && !kind.to.is_empty());
        self.with_relations(kinds)?.without_tag(id)
    }

    /// A new tag with this name that fits this codebook: it has a unique id, its own colour, and
    /// as its key a free letter of its name, else a free letter from a to z, else none.
    ///
    /// Errors: see [`Slug::for_name`].
    pub fn new_tag(&self, name: &str) -> Result<Tag, ModelError> {
        let taken: Vec<Colour> = self.tags.iter().map(|tag| tag.colour).collect();
        let letters = name.chars().chain('a'..='z').flat_map(char::to_lowercase);
        let mut free = letters.filter(|key| key.is_alphabetic() && self.tag_of_key(*key).is_none());
        Ok(Tag {
            id: Slug::for_name(name, |id| self.tag(id).is_some())?,
            name: name.to_owned(),
            colour: Colour::unlike(&taken),
            key: free.next(),
            definition: String::new(),
            include: String::new(),
            exclude: String::new(),
            example: String::new(),
            is_cast: false,
            attributes: Vec::new(),
        })
    }

    /// This codebook with other kinds of relations.
    pub fn with_relations(&self, relations: Vec<RelationKind>) -> Result<Self, ModelError> {
        Self {
            relations,
            ..self.clone()
        }
        .checked()
    }

    /// This codebook with other questions.
    pub fn with_questions(&self, questions: Vec<Attribute>) -> Result<Self, ModelError> {
        Self {
            questions,
            ..self.clone()
        }
        .checked()
    }
}

fn lower(key: char) -> char {
    key.to_lowercase().next().unwrap_or(key)
}

/// Checks that no name occurs twice. Codebooks are short, so every name is compared with those
/// before it.
fn unique<T: PartialEq + ToString>(names: impl Iterator<Item = T>) -> Result<(), ModelError> {
    let mut seen = Vec::new();
    for name in names {
        if seen.contains(&name) {
            return Err(ModelError::Twice(name.to_string()));
        }
        seen.push(name);
    }
    Ok(())
}
