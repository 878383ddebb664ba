//! One line of the library: what can be said of an article without opening it.

use crate::model::article::{Language, TextDirection};
use crate::model::document::Document;
use crate::model::id::Id;
use crate::model::timestamp::Timestamp;

/// An article that is kept, as the library lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LibraryEntry {
    /// The document's id.
    pub id: Id,
    /// The article's title.
    pub title: String,
    /// Who published it; may be empty.
    pub outlet: String,
    /// The article's language.
    pub language: Option<Language>,
    /// Which way its lines run.
    pub direction: TextDirection,
    /// Words of the article.
    pub words: usize,
    /// The codebook's name.
    pub codebook: String,
    /// Who annotates it; may be empty.
    pub coder: String,
    /// Marks by tag, in the order of the palette.
    pub counts: Vec<TagCount>,
    /// When it was last changed here.
    pub changed: Timestamp,
    /// When a copy last left this browser.
    pub copied: Option<Timestamp>,
    /// When it was deleted; it can be brought back.
    pub deleted: Option<Timestamp>,
}

/// How many marks have one tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagCount {
    /// The tag's name.
    pub name: String,
    /// The letter on its marks.
    pub letter: String,
    /// The tag's colour, written `#rrggbb`.
    pub colour: crate::model::colour::Colour,
    /// How many.
    pub count: usize,
}

impl LibraryEntry {
    /// The line of a document that was just added, at `now`.
    #[must_use]
    pub fn new(document: &Document, now: Timestamp) -> Self {
        let article = document.article();
        Self {
            id: article.id,
            title: article.title.clone(),
            outlet: article.source.outlet.clone(),
            language: article.language.clone(),
            direction: article.direction,
            words: article.word_count(),
            codebook: document.codebook().name.clone(),
            coder: document.coder.clone(),
            counts: counts(document),
            changed: now,
            copied: None,
            deleted: None,
        }
    }

    /// This line after its document became `document`, at `now`. The words are
    /// not counted again: the text of an article never changes.
    #[must_use]
    pub fn after(&self, document: &Document, now: Timestamp) -> Self {
        let article = document.article();
        Self {
            title: article.title.clone(),
            outlet: article.source.outlet.clone(),
            language: article.language.clone(),
            direction: article.direction,
            codebook: document.codebook().name.clone(),
            coder: document.coder.clone(),
            counts: counts(document),
            changed: now,
            ..self.clone()
        }
    }

    /// All marks together.
    #[must_use]
    pub fn marks(&self) -> usize {
        self.counts.iter().map(|count| count.count).sum()
    }
}

fn counts(document: &Document) -> Vec<TagCount> {
    let tags = document.codebook().tags().iter();
    tags.zip(document.tag_counts())
        .map(|(tag, &count)| TagCount {
            name: tag.name.clone(),
            letter: tag.letter(),
            colour: tag.colour,
            count,
        })
        .collect()
}
