//! The codebooks that ship, one a file; each complete, with definition, include rule,
//! exclude rule and an example for every tag.

use crate::model::codebook::{Codebook, RelationKind, Tag};
use crate::model::codebooks::{claims, five_ws, frames, news, quotations};
use crate::model::error::ModelError;
use crate::model::id::Slug;
use crate::model::value::{Attribute, AttributeKind};

impl Codebook {
    /// *News: who, where, promised, happened*: actors, places, commitments and
    /// events, with what is asked of each and how they are linked.
    #[must_use]
    pub fn news() -> Self {
        whole(&news::BOOK)
    }

    /// All codebooks that ship, that of the news first.
    #[must_use]
    pub fn shipped() -> Vec<Self> {
        BOOKS.iter().map(|book| whole(book)).collect()
    }

    /// A codebook without any tag, to begin one's own.
    #[must_use]
    pub fn empty(name: String) -> Self {
        let mut book = whole(&NOTHING);
        book.name = name;
        "1".clone_into(&mut book.version);
        book
    }
}

const BOOKS: [&Book; 5] = [
    &news::BOOK,
    &quotations::BOOK,
    &claims::BOOK,
    &five_ws::BOOK,
    &frames::BOOK,
];

const NOTHING: Book = Book {
    name: "",
    version: "",
    guide: "",
    tags: &[],
    relations: &[],
    questions: &[],
};

fn whole(book: &Book) -> Codebook {
    #[expect(
        clippy::expect_used,
        reason = "constants, each made once in `the_codebooks_that_ship_are_whole`"
    )]
    book.codebook().expect("a codebook that ships is whole")
}

/// A codebook as it stands in the files of this folder.
pub(crate) struct Book {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    pub(crate) guide: &'static str,
    pub(crate) tags: &'static [TagRow],
    pub(crate) relations: &'static [RelationRow],
    pub(crate) questions: &'static [Row],
}

/// A relation kind; `from` and `to` are ids of tags with spaces between.
pub(crate) struct RelationRow {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) from: &'static str,
    pub(crate) to: &'static str,
    pub(crate) required: bool,
}

impl Book {
    fn codebook(&self) -> Result<Codebook, ModelError> {
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
            self.questions.iter().map(Row::attribute).collect();
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

/// A tag as it stands in the files of this folder.
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
    pub(crate) attributes: &'static [Row],
}

/// An attribute as it stands in the files of this folder.
pub(crate) struct Row {
    id: &'static str,
    name: &'static str,
    help: &'static str,
    kind: Kind,
    required: bool,
}

#[derive(Clone, Copy)]
pub(crate) enum Kind {
    OneOf(&'static [&'static str]),
    ManyOf(&'static [&'static str]),
    YesNo,
    Text,
    Number,
    Date,
}

pub(crate) const fn ask(
    id: &'static str,
    name: &'static str,
    help: &'static str,
    kind: Kind,
) -> Row {
    Row {
        id,
        name,
        help,
        kind,
        required: false,
    }
}

impl Row {
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
