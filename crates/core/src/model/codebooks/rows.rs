//! Types for writing a codebook as a constant.

use crate::model::codebook::{Codebook, RelationKind, Tag};
use crate::model::error::ModelError;
use crate::model::id::Slug;
use crate::model::value::{Attribute, AttributeKind};

/// A codebook as a constant.
pub(crate) struct CodebookRow {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    pub(crate) guide: &'static str,
    pub(crate) tags: &'static [TagRow],
    pub(crate) relations: &'static [RelationRow],
    pub(crate) questions: &'static [AttributeRow],
}

/// A kind of relation as a constant. `from` and `to` are ids of tags, separated by spaces.
pub(crate) struct RelationRow {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) from: &'static str,
    pub(crate) to: &'static str,
    pub(crate) required: bool,
}

impl CodebookRow {
    /// Makes the codebook.
    ///
    /// Errors: an id, a colour or a key is malformed or occurs twice.
    pub(crate) fn codebook(&self) -> Result<Codebook, ModelError> {
        let slugs = |words: &str| -> Result<Vec<Slug>, ModelError> {
            words.split(' ').map(str::parse).collect()
        };
        let mut relations = Vec::new();
        for row in self.relations {
            relations.push(RelationKind {
                id: row.id.parse()?,
                name: row.name.to_owned(),
                from: slugs(row.from)?,
                to: slugs(row.to)?,
                required: row.required,
            });
        }
        let tags: Result<Vec<Tag>, ModelError> = self.tags.iter().map(TagRow::tag).collect();
        let questions: Result<Vec<Attribute>, ModelError> =
            self.questions.iter().map(AttributeRow::attribute).collect();
        Codebook::new(
            self.name.to_owned(),
            self.version.to_owned(),
            self.guide.to_owned(),
            tags?,
            relations,
            questions?,
        )
    }
}

/// A tag as a constant.
pub(crate) struct TagRow {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) colour: &'static str,
    pub(crate) key: char,
    pub(crate) definition: &'static str,
    pub(crate) include: &'static str,
    pub(crate) exclude: &'static str,
    pub(crate) example: &'static str,
    pub(crate) is_cast: bool,
    pub(crate) attributes: &'static [AttributeRow],
}

/// An attribute or a question as a constant.
pub(crate) struct AttributeRow {
    id: &'static str,
    name: &'static str,
    help: &'static str,
    kind: Kind,
    required: bool,
}

/// The kind of answers to a [`AttributeRow`].
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    OneOf(&'static [&'static str]),
    ManyOf(&'static [&'static str]),
    YesNo,
    Text,
    Number,
    Date,
}

/// An attribute that is not required.
pub(crate) const fn ask(
    id: &'static str,
    name: &'static str,
    help: &'static str,
    kind: Kind,
) -> AttributeRow {
    AttributeRow {
        id,
        name,
        help,
        kind,
        required: false,
    }
}

impl AttributeRow {
    /// The same attribute, but required: a mark without an answer is incomplete.
    pub(crate) const fn required(self) -> Self {
        Self {
            required: true,
            ..self
        }
    }

    fn attribute(&self) -> Result<Attribute, ModelError> {
        Ok(Attribute {
            id: self.id.parse()?,
            name: self.name.to_owned(),
            help: self.help.to_owned(),
            kind: match self.kind {
                Kind::OneOf(words) => {
                    AttributeKind::OneOf(words.iter().map(|&word| word.into()).collect())
                }
                Kind::ManyOf(words) => {
                    AttributeKind::ManyOf(words.iter().map(|&word| word.into()).collect())
                }
                Kind::YesNo => AttributeKind::YesNo,
                Kind::Text => AttributeKind::Text,
                Kind::Number => AttributeKind::Number,
                Kind::Date => AttributeKind::Date,
            },
            required: self.required,
        })
    }
}

impl TagRow {
    fn tag(&self) -> Result<Tag, ModelError> {
        let mut attributes = Vec::with_capacity(self.attributes.len());
        for row in self.attributes {
            attributes.push(row.attribute()?);
        }
        Ok(Tag {
            id: self.id.parse()?,
            name: self.name.to_owned(),
            colour: self.colour.parse()?,
            key: Some(self.key),
            definition: self.definition.to_owned(),
            include: self.include.to_owned(),
            exclude: self.exclude.to_owned(),
            example: self.example.to_owned(),
            is_cast: self.is_cast,
            attributes,
        })
    }
}
