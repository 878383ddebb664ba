//! The article that is open, and what the user is pointing at.

use crate::codebook::pending_edit::PendingEdit;
use crate::messages::errors;
use pullquote_core::analysis::occurrences::{OccurrenceQuery, WordMatching, occurrences, words_of};
use pullquote_core::analysis::query::{Query, QueryTerm};
use pullquote_core::edit::history::History;
use pullquote_core::model::annotation::Annotation;
use pullquote_core::model::article::TextDirection;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::{Id, Slug};
use pullquote_core::text::offset::ByteOffset;
use pullquote_core::text::span::Span;
use std::rc::Rc;

/// The open article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editor {
    /// The document with its way back.
    pub history: History,
    /// What the user is pointing at.
    pub selection: Selection,
    /// What the side panel shows.
    pub panel: Panel,
    /// An earlier state that is looked at, in the stead of the present one.
    pub preview: Option<Preview>,
    /// How many entries the journal has and how many bytes they take, when that was last
    /// asked.
    pub size: Option<(usize, u64)>,
    /// The tag that every sweep gives while it is armed.
    pub armed: Option<Slug>,
    /// What is being done with the chosen mark.
    pub mode: Mode,
    /// Whether the keys alone are marking: the arrows go on by words from [`Editor::place`].
    pub by_keys: bool,
    /// Where the keys were last: the words that they swept, or the mark made of them.
    pub place: Option<Span>,
    /// A change of the codebook that would delete something, until the user has decided.
    pub pending_edit: Option<PendingEdit>,
    /// The note whose text box has the focus. What another tab makes of it meanwhile does not
    /// change the box.
    pub note_draft: Option<NoteDraft>,
    /// The mark that was chosen last: further words can be added to it.
    pub last: Option<Id>,
    /// Tags that were given last, the newest first; at most eight.
    pub recent: Rc<[Slug]>,
    /// How many more places have the words of this mark, when that was last counted.
    pub more: Option<(Id, usize)>,
    /// Pairs of marks of whom the user said that they are not the same.
    pub apart: Vec<(Id, Id)>,
}

/// A note whose text box has the focus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteDraft {
    /// The mark whose note it is.
    pub mark: Id,
    /// How it reads in the box.
    pub text: Rc<str>,
    /// Whether anything was typed since the box got the focus.
    pub is_typed: bool,
}

/// What is being done with the chosen mark, over more than one press.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Nothing.
    #[default]
    Nothing,
    /// The field of the card at this place is asked for by its number: the next digit
    /// answers.
    Asked(usize),
    /// The other end of a link is looked for.
    Linking(Linking),
    /// The next sweep is a further piece of it.
    Piecing,
    /// Places like it are looked through.
    Reviewing(Review),
}

/// A link whose other end is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linking {
    /// The mark that it goes from, or to.
    pub mark: Id,
    /// Its kind.
    pub kind: Slug,
    /// Whether it goes to the mark.
    pub back: bool,
}

/// Places like a mark, which may be tagged as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// The mark.
    pub like: Id,
    /// How their words may differ from those of the mark.
    pub words: WordMatching,
    /// Also the other names of its member of the cast.
    pub aliases: bool,
    /// Where the places begin that are not wanted, in bytes, in order.
    pub unwanted: Vec<u32>,
}

impl Review {
    /// The places, in order; none where they are tagged already.
    #[must_use]
    pub fn places(&self, document: &Document) -> Vec<Span> {
        let Some(mark) = document.annotation(self.like) else {
            return Vec::new();
        };
        let sought = OccurrenceQuery {
            names: words_of(document, self.like, self.aliases),
            words: self.words,
        };
        occurrences(document, &sought, Some(&mark.tag))
    }
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
pub enum PanelTab {
    /// The marks.
    #[default]
    Marks,
    /// Who is who.
    Cast,
    /// The marks of one tag as a table.
    Ledger,
    /// How to code, and what is asked of the whole article.
    Guide,
    /// The steps that led here.
    History,
}

/// What the user is pointing at: what the card is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Selection {
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
    pub shows: PanelTab,
    /// What is searched for; empty for nothing.
    pub query: String,
    /// Only marks of this tag.
    pub only: Option<Slug>,
    /// By tag, rather than in document order.
    pub grouped: bool,
    /// Whose table the ledger is; `None`: that of the tag that asks most.
    pub table: Option<Slug>,
    /// The column that the table is sorted by, by its heading; `true`: from the end.
    pub sorted: Option<(String, bool)>,
    /// What the rows of the table must have.
    pub filter: String,
    /// Which of the places in the text that the search finds is shown.
    pub found: Option<usize>,
}

impl Default for Panel {
    fn default() -> Self {
        Self {
            open: true,
            shows: PanelTab::Marks,
            query: String::new(),
            only: None,
            grouped: false,
            table: None,
            sorted: None,
            filter: String::new(),
            found: None,
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

impl Panel {
    /// The places in the text of what is searched for; none where the marks are filtered.
    #[must_use]
    pub fn places(&self, document: &Document) -> Vec<Span> {
        let query = self.query.trim().trim_matches(['"', '“', '”']);
        let is_filter = || {
            let asked = Query::new(&self.query).asked(document);
            asked.iter().any(QueryTerm::is_filter)
        };
        if query.chars().count() < 2 || is_filter() {
            return Vec::new();
        }
        let sought = OccurrenceQuery {
            // Quotation marks may be a part of the text, or hold a field's name together.
            names: vec![query.to_owned(), query.replace(['"', '“', '”'], "")],
            words: WordMatching {
                parts: true,
                ..WordMatching::default()
            },
        };
        occurrences(document, &sought, None)
    }

    /// How the search was understood, in words; `None` where it could only be meant one way.
    #[must_use]
    pub fn understood(&self, document: &Document) -> Option<String> {
        errors::of_search(&self.query, &Query::new(&self.query).asked(document))
    }
}

/// How many tags are remembered as given last.
const RECENT: usize = 8;

impl Editor {
    /// The same without the pending change of the codebook.
    pub(crate) fn without_pending_edit(&self) -> Self {
        Self {
            pending_edit: None,
            ..self.clone()
        }
    }

    /// This after `tag` was given.
    pub(crate) fn remembering(mut self, tag: &Slug) -> Self {
        if self.recent.first() != Some(tag) {
            let others = self.recent.iter().filter(|other| *other != tag);
            let all = std::iter::once(tag).chain(others).take(RECENT);
            self.recent = all.cloned().collect();
        }
        self
    }

    /// An article that was just opened.
    #[must_use]
    pub fn new(history: History) -> Self {
        Self {
            history,
            selection: Selection::Nothing,
            panel: Panel::default(),
            preview: None,
            size: None,
            armed: None,
            mode: Mode::Nothing,
            by_keys: false,
            place: None,
            note_draft: None,
            pending_edit: None,
            last: None,
            recent: Rc::new([]),
            more: None,
            apart: Vec::new(),
        }
    }

    /// Whether nothing is chosen and nothing is being done.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.selection == Selection::Nothing && self.mode == Mode::Nothing && self.armed.is_none()
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
        match &self.selection {
            Selection::Marks { at, .. } => self.document().annotation(*at),
            _ => None,
        }
    }

    /// The words that the arrows go on from: those that are chosen, else where the keys were
    /// last.
    #[must_use]
    pub fn words_in_hand(&self) -> Option<Span> {
        match &self.selection {
            Selection::Words(span) => Some(*span),
            Selection::Marks { .. } => self.chosen()?.spans.as_slice().last().copied(),
            Selection::Nothing => self.place,
        }
    }

    /// How the note of a mark reads in its text box.
    #[must_use]
    pub fn note_of<'a>(&'a self, mark: &'a Annotation) -> &'a str {
        match &self.note_draft {
            Some(note) if note.mark == mark.id => &note.text,
            _ => &mark.note,
        }
    }

    /// Which way the words of a mark run, by the block where it begins.
    #[must_use]
    pub fn direction_of(&self, mark: &Annotation) -> TextDirection {
        self.direction_at(mark.spans.start())
    }

    /// Which way the words at `at` run.
    #[must_use]
    pub fn direction_at(&self, at: ByteOffset) -> TextDirection {
        let article = self.document().article();
        let blocks = article.blocks();
        let place = blocks.partition_point(|block| block.span.end() <= at);
        blocks
            .get(place)
            .map_or(article.direction, |block| block.direction)
    }

    /// This after its document became another: what the user is pointing at and doing,
    /// without marks that are no longer there.
    pub(crate) fn mended(mut self) -> Self {
        if let Selection::Marks { all, at } = &self.selection {
            let is_there = |id: &&Id| self.document().annotation(**id).is_some();
            let left: Rc<[Id]> = all.iter().filter(is_there).copied().collect();
            self.selection = match left.iter().find(|id| *id == at).or(left.first()) {
                Some(&at) => Selection::Marks { all: left, at },
                None => Selection::Nothing,
            };
        }
        let chosen = self.chosen().map(|mark| mark.id);
        let goes_on = match &self.mode {
            Mode::Linking(linking) => chosen == Some(linking.mark),
            Mode::Reviewing(review) => self.document().annotation(review.like).is_some(),
            Mode::Nothing | Mode::Asked(_) | Mode::Piecing => chosen.is_some(),
        };
        if !goes_on {
            self.mode = Mode::Nothing;
        }
        let document = self.document().clone();
        let is_there = |id: &Id| document.annotation(*id).is_some();
        self.last = self.last.filter(is_there);
        let book = document.codebook();
        let is_tag = |tag: &Slug| book.tag(tag).is_some();
        self.panel.only = self.panel.only.take().filter(is_tag);
        if self
            .armed
            .as_ref()
            .is_some_and(|tag| book.tag(tag).is_none())
        {
            self.armed = None;
        }
        self
    }
}
