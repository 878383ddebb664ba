//! What the library shows about an article without opening it.

use crate::model::article::{Language, TextDirection};
use crate::model::document::Document;
use crate::model::id::Id;
use crate::model::timestamp::Timestamp;

/// An article as the library lists it.
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
    /// The direction of its lines.
    pub direction: TextDirection,
    /// The number of words.
    pub words: usize,
    /// The codebook's name.
    pub codebook: String,
    /// The coder's name; may be empty.
    pub coder: String,
    /// The number of marks of each tag, in the order of the palette.
    pub counts: Vec<TagCount>,
    /// Whether the user is done with it.
    pub done: bool,
    /// When it was last changed in this browser.
    pub changed: Timestamp,
    /// When a copy was last exported from this browser.
    pub copied: Option<Timestamp>,
    /// When it was deleted; it can still be restored.
    pub deleted: Option<Timestamp>,
}

/// The number of marks of one tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagCount {
    /// The tag's name.
    pub name: String,
    /// The letter on its marks.
    pub letter: String,
    /// The tag's colour, written `#rrggbb`.
    pub colour: crate::model::colour::Colour,
    /// The number of marks.
    pub count: usize,
}

impl LibraryEntry {
    /// The entry of a document that was added at `now`.
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
            done: false,
            changed: now,
            copied: None,
            deleted: None,
        }
    }

    /// This entry after its document became `document` at `now`. Words are not counted again, as
    /// the text of an article never changes.
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

    /// The number of all marks.
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
