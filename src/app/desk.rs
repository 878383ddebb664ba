//! The article that is open, and what the user is pointing at.

use pullquote_core::edit::History;
use pullquote_core::model::{Annotation, Direction, Document, Id, Slug};
use pullquote_core::text::Span;
use std::rc::Rc;

/// The open article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desk {
    /// The document with its way back.
    pub history: History,
    /// What the user is pointing at.
    pub choice: Choice,
    /// What the side panel shows.
    pub panel: Panel,
    /// An earlier state that is looked at, in the stead of the present one.
    pub preview: Option<Preview>,
    /// How many entries the journal has and how many bytes they take, when that was last
    /// asked.
    pub size: Option<(usize, u64)>,
}

/// An earlier state of the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The number of the last entry in it.
    pub number: u64,
    /// The article with its marks as it was then.
    pub document: Rc<Document>,
}

/// What the side panel can show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shows {
    /// The marks.
    #[default]
    Marks,
    /// The steps that led here.
    History,
}

/// What the user is pointing at: what the card is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Choice {
    /// Nothing; there is no card.
    #[default]
    Nothing,
    /// Words that have been swept and have no tag yet.
    Words(Span),
    /// Marks that lie where the user clicked.
    Marks {
        /// All of them, outer first.
        all: Rc<[Id]>,
        /// The one that the card shows.
        at: Id,
    },
}

/// What the side panel shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panel {
    /// Whether it is there.
    pub open: bool,
    /// What it shows.
    pub shows: Shows,
    /// What is searched for; empty for nothing.
    pub query: String,
    /// Only marks of this tag.
    pub only: Option<Slug>,
    /// By tag, rather than in document order.
    pub grouped: bool,
}

impl Default for Panel {
    fn default() -> Self {
        Self {
            open: true,
            shows: Shows::Marks,
            query: String::new(),
            only: None,
            grouped: false,
        }
    }
}

impl Panel {
    /// Whether it asks for the same lines as another.
    #[must_use]
    pub fn asks_as(&self, other: &Self) -> bool {
        (&self.query, &self.only, self.grouped) == (&other.query, &other.only, other.grouped)
    }
}

impl Desk {
    /// An article that was just opened.
    #[must_use]
    pub fn new(history: History) -> Self {
        Self {
            history,
            choice: Choice::Nothing,
            panel: Panel::default(),
            preview: None,
            size: None,
        }
    }

    /// The document as it is now.
    #[must_use]
    pub fn document(&self) -> &Rc<Document> {
        self.history.document()
    }

    /// What is on the screen: the document as it is, or the earlier state that is looked
    /// at.
    #[must_use]
    pub fn shown(&self) -> &Rc<Document> {
        let preview = self.preview.as_ref();
        preview.map_or_else(|| self.document(), |preview| &preview.document)
    }

    /// The mark that the card shows.
    #[must_use]
    pub fn chosen(&self) -> Option<&Rc<Annotation>> {
        match &self.choice {
            Choice::Marks { at, .. } => self.document().annotation(*at),
            _ => None,
        }
    }

    /// Which way the words of a mark run, by the block where it begins.
    #[must_use]
    pub fn direction_of(&self, mark: &Annotation) -> Direction {
        let article = self.document().article();
        let blocks = article.blocks();
        let place = blocks.partition_point(|block| block.span.end() <= mark.spans.start());
        blocks
            .get(place)
            .map_or(article.direction, |block| block.direction)
    }

    /// The choice without marks that are no longer there.
    pub(super) fn mended_choice(&self) -> Choice {
        let Choice::Marks { all, at } = &self.choice else {
            return self.choice.clone();
        };
        let is_there = |id: &&Id| self.document().annotation(**id).is_some();
        let left: Rc<[Id]> = all.iter().filter(is_there).copied().collect();
        match left.iter().find(|id| *id == at).or(left.first()) {
            Some(&at) => Choice::Marks { all: left, at },
            None => Choice::Nothing,
        }
    }
}
