//! What may be said about the words: tags, relations, questions.

use crate::model::colour::Colour;
use crate::model::error::ModelError;
use crate::model::id::Slug;
use crate::model::value::{Attribute, AttributeKind};
use std::rc::Rc;

/// A set of tags with their rules: the instrument of the analysis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Codebook {
    /// As shown.
    pub name: String,
    /// The codebook's own version, as its author counts.
    pub version: String,
    /// How to code with it, as text.
    pub guide: String,
    // Invariant: ids of tags are unique, so are their keys in lower case; ids of a
    // tag's attributes, of relations and of questions are unique, so are the words
    // of an attribute; a relation names tags that are there.
    tags: Vec<Rc<Tag>>,
    relations: Vec<RelationKind>,
    questions: Vec<Attribute>,
}

/// A kind of thing that words can be: actor, place, commitment, event, …
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Unique in the codebook.
    pub id: Slug,
    /// As shown.
    pub name: String,
    /// Its colour, from which line and tint are made for each theme.
    pub colour: Colour,
    /// The key that gives it, in either case; also its letter on the mark.
    pub key: Option<char>,
    /// What it means.
    pub definition: String,
    /// What counts.
    pub include: String,
    /// What does not.
    pub exclude: String,
    /// A sentence with a mark in it.
    pub example: String,
    /// Whether its marks are mentions of someone or something that comes again, and so
    /// have a cast.
    pub is_cast: bool,
    /// What is asked of each mark.
    pub attributes: Vec<Attribute>,
}

/// A kind of link between two marks, and which tags may stand at its ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelationKind {
    /// Unique in the codebook.
    pub id: Slug,
    /// As shown, read from the first mark to the second.
    pub name: String,
    /// Tags that it may go from.
    pub from: Vec<Slug>,
    /// Tags that it may go to.
    pub to: Vec<Slug>,
    /// Whether a mark that it may go from counts as incomplete without one.
    pub required: bool,
}

impl Tag {
    /// The letter that stands on its marks: its key, else the first of its name.
    #[must_use]
    pub fn letter(&self) -> String {
        self.key
            .or_else(|| self.name.chars().next())
            .map(|letter| letter.to_uppercase().collect())
            .unwrap_or_default()
    }
}

impl Codebook {
    /// A codebook of these parts, checked.
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

    /// The relation kinds, in their order.
    #[must_use]
    pub fn relations(&self) -> &[RelationKind] {
        &self.relations
    }

    /// What is asked of the whole article, in order.
    #[must_use]
    pub fn questions(&self) -> &[Attribute] {
        &self.questions
    }

    /// The tag of this id.
    #[must_use]
    pub fn tag(&self, id: &Slug) -> Option<&Rc<Tag>> {
        self.tags.iter().find(|tag| tag.id == *id)
    }

    /// Where the tag of this id stands in the palette.
    #[must_use]
    pub fn place_of(&self, id: &Slug) -> Option<usize> {
        self.tags.iter().position(|tag| tag.id == *id)
    }

    /// The tag that the key `key` gives, in either case.
    #[must_use]
    pub fn tag_of_key(&self, key: char) -> Option<&Rc<Tag>> {
        let key = lower(key);
        let is_it = |tag: &&Rc<Tag>| tag.key.map(lower) == Some(key);
        self.tags.iter().find(is_it)
    }

    /// The relation kind of this id.
    #[must_use]
    pub fn relation(&self, id: &Slug) -> Option<&RelationKind> {
        self.relations.iter().find(|kind| kind.id == *id)
    }

    /// This codebook with `tag` at `place` (or at the end), in the stead of the
    /// tag of the same id if there is one.
    pub fn with_tag(&self, tag: Tag, place: usize) -> Result<Self, ModelError> {
        let mut codebook = self.clone();
        codebook.tags.retain(|other| other.id != tag.id);
        let place = place.min(codebook.tags.len());
        codebook.tags.insert(place, Rc::new(tag));
        codebook.checked()
    }

    /// This codebook without the tag `id`. A relation that names the tag is in
    /// the way: take it out first.
    pub fn without_tag(&self, id: &Slug) -> Result<Self, ModelError> {
        let place = self
            .place_of(id)
            .ok_or_else(|| ModelError::NoTag(id.clone()))?;
        let mut codebook = self.clone();
        codebook.tags.remove(place);
        codebook.checked()
    }

    /// This codebook without the tag `id`, and relation kinds without it: where one could
    /// begin or end at it, it can at the `heir`, if there is one. A kind that is left without
    /// an end goes.
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

    /// A tag of this name that can stand beside the others: with an id and a colour of its own,
    /// and a key that is free, first of the letters of its name, or none.
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

    /// This codebook with other relation kinds.
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

/// Codebooks are short: every name is compared with those before it.
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
