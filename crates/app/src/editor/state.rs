//! The open article: its document and history, and what the user is doing with it.

use crate::codebook::pending_edit::PendingEdit;
use crate::messages::search;
use crate::store::article::JournalSize;
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
    /// The document and its journal.
    pub history: History,
    /// What the user is pointing at.
    pub selection: Selection,
    /// The side panel.
    pub panel: Panel,
    /// The earlier version that is shown instead of the current one.
    pub preview: Option<Preview>,
    /// The size of the journal, if it was measured.
    pub size: Option<JournalSize>,
    /// The tag that is given to every selection.
    pub armed: Option<Slug>,
    /// What the user is doing with the chosen mark.
    pub mode: Mode,
    /// Whether the user marks with the keyboard alone: the arrows move by words from
    /// [`Editor::cursor`].
    pub by_keys: bool,
    /// The last words that were selected with the keyboard.
    pub cursor: Option<Span>,
    /// The letters that the user types to go to a word.
    pub sought: Option<SoughtWord>,
    /// A change of the codebook that would delete work, until the user has decided.
    pub pending_edit: Option<PendingEdit>,
    /// The note whose text box has the focus. Changes of other tabs do not change the box.
    pub note_draft: Option<NoteDraft>,
    /// The mark that was chosen last: further words can be added to it.
    pub last: Option<Id>,
    /// The tags that were given last, the newest first; at most eight.
    pub recent: Rc<[Slug]>,
    /// The number of further occurrences of this mark, if they were counted.
    pub more: Option<(Id, usize)>,
    /// Pairs of marks that the user wants to keep apart. The smaller id comes first.
    pub apart: Vec<(Id, Id)>,
}

/// A word that the user goes to by its first letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoughtWord {
    /// The byte after which words are searched.
    pub after: usize,
    /// The letters so far; may be empty.
    pub letters: String,
}

/// A note whose text box has the focus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteDraft {
    /// The mark whose note it is.
    pub mark: Id,
    /// The text in the box.
    pub text: Rc<str>,
    /// Whether anything was typed since the box got the focus.
    pub is_typed: bool,
}

/// What the user is doing with the chosen mark, if it takes more than one click or key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Nothing.
    #[default]
    Nothing,
    /// The field of the card with this index was chosen by its number: the next digit answers it.
    Asked(usize),
    /// The other end of a relation is being chosen.
    Linking(Linking),
    /// The next selection becomes a further span of the mark.
    AddingSpan,
    /// Further occurrences of the mark are being reviewed.
    Reviewing(Review),
}

/// A relation whose other end is being chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linking {
    /// The mark at the known end.
    pub mark: Id,
    /// The kind of the relation.
    pub kind: Slug,
    /// Whether the relation goes to the mark instead of from it.
    pub backwards: bool,
}

/// A review of further occurrences of a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// The mark.
    pub like: Id,
    /// How the words of an occurrence may differ from those of the mark.
    pub words: WordMatching,
    /// Whether the other names of its entity are searched for as well.
    pub aliases: bool,
    /// The byte offsets of the occurrences that are not to be tagged, in ascending order.
    pub unwanted: Vec<u32>,
}

impl Review {
    /// The occurrences that do not have the tag yet, in order.
    #[must_use]
    pub fn occurrences(&self, document: &Document) -> Vec<Span> {
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

/// An earlier version of the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The number of the last entry in it.
    pub number: u64,
    /// The document as it was then.
    pub document: Rc<Document>,
}

/// A tab of the side panel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PanelTab {
    /// The marks.
    #[default]
    Marks,
    /// The cast: people and places, and the marks that mention them.
    Cast,
    /// The marks of one tag as a table.
    Ledger,
    /// The guidelines, and the questions about the whole article.
    Guide,
    /// The steps of the article.
    History,
}

/// What the user points at: the subject of the card.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Selection {
    /// Nothing; there is no card.
    #[default]
    Nothing,
    /// Words that were selected and have no tag yet.
    Words(Span),
    /// Marks where the user clicked.
    Marks {
        /// All of them, the outermost first.
        all: Rc<[Id]>,
        /// The one that the card shows.
        at: Id,
    },
}

/// The side panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panel {
    /// Whether it is open.
    pub open: bool,
    /// The tab that it shows.
    pub tab: PanelTab,
    /// The search; may be empty.
    pub query: String,
    /// Whether only marks with this tag are listed.
    pub only: Option<Slug>,
    /// Whether the list is grouped by tag, instead of in the order of the document.
    pub grouped: bool,
    /// The tag of the ledger; `None` means the tag with the most required relations.
    pub table: Option<Slug>,
    /// How the ledger is sorted; `None` means in the order of the document.
    pub sorted: Option<Sorting>,
    /// The words that the rows of the ledger must contain.
    pub filter: String,
    /// The index of the match of the search that is shown in the text.
    pub found: Option<usize>,
}

/// How the ledger is sorted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sorting {
    /// The heading of the column.
    pub column: String,
    /// Whether the largest values come first.
    pub descending: bool,
}

impl Default for Panel {
    fn default() -> Self {
        Self {
            open: true,
            tab: PanelTab::Marks,
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
    /// Whether its list has the same search, filter and grouping as that of another.
    #[must_use]
    pub fn lists_like(&self, other: &Self) -> bool {
        (&self.query, &self.only, self.grouped) == (&other.query, &other.only, other.grouped)
    }
}

impl Panel {
    /// The matches of the search in the text. None if the search is a filter of marks, or shorter
    /// than two characters.
    #[must_use]
    pub fn matches(&self, document: &Document) -> Vec<Span> {
        let query = self.query.trim().trim_matches(['"', '“', '”']);
        let is_filter = || {
            let asked = Query::new(&self.query).asked(document);
            asked.iter().any(QueryTerm::is_filter)
        };
        if query.chars().count() < 2 || is_filter() {
            return Vec::new();
        }
        let sought = OccurrenceQuery {
            // Quotation marks are either part of the text, or quote the name of a field.
            names: vec![query.to_owned(), query.replace(['"', '“', '”'], "")],
            words: WordMatching {
                parts: true,
                ..WordMatching::default()
            },
        };
        occurrences(document, &sought, None)
    }

    /// A sentence that says how the search was understood; `None` if there is only one way.
    #[must_use]
    pub fn understood(&self, document: &Document) -> Option<String> {
        search::understood(&self.query, &Query::new(&self.query).asked(document))
    }
}

/// The number of tags that are remembered as given last.
const RECENT: usize = 8;

impl Editor {
    /// The editor without the pending change of the codebook.
    pub(crate) fn without_pending_edit(&self) -> Self {
        Self {
            pending_edit: None,
            ..self.clone()
        }
    }

    /// The editor after `tag` was given.
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
            cursor: None,
            sought: None,
            note_draft: None,
            pending_edit: None,
            last: None,
            recent: Rc::new([]),
            more: None,
            apart: Vec::new(),
        }
    }

    /// Whether nothing is selected, no tag is armed and no mode is active.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.selection == Selection::Nothing && self.mode == Mode::Nothing && self.armed.is_none()
    }

    /// The current document.
    #[must_use]
    pub fn document(&self) -> &Rc<Document> {
        self.history.document()
    }

    /// The document on the screen: the current one, or that of the preview.
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
            Selection::Nothing | Selection::Words(_) => None,
        }
    }

    /// The words from which the arrow keys move on: the selected words, the end of the chosen
    /// mark, or the words that were last selected with the keyboard.
    #[must_use]
    pub fn words_at_cursor(&self) -> Option<Span> {
        match &self.selection {
            Selection::Words(span) => Some(*span),
            Selection::Marks { .. } => self.chosen()?.spans.as_slice().last().copied(),
            Selection::Nothing => self.cursor,
        }
    }

    /// The text in the note box of a mark.
    #[must_use]
    pub fn note_of<'a>(&'a self, mark: &'a Annotation) -> &'a str {
        match &self.note_draft {
            Some(note) if note.mark == mark.id => &note.text,
            Some(_) | None => &mark.note,
        }
    }

    /// The text direction of a mark: that of the block in which it begins.
    #[must_use]
    pub fn direction_of(&self, mark: &Annotation) -> TextDirection {
        self.direction_at(mark.spans.start())
    }

    /// The text direction at an offset.
    #[must_use]
    pub fn direction_at(&self, at: ByteOffset) -> TextDirection {
        let article = self.document().article();
        let blocks = article.blocks();
        let index = blocks.partition_point(|block| block.span.end() <= at);
        blocks
            .get(index)
            .map_or(article.direction, |block| block.direction)
    }

    /// The editor after its document changed: without marks and tags that no longer exist in the
    /// selection, the mode and the panel.
    pub(crate) fn without_deleted(mut self) -> Self {
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
            Mode::Nothing | Mode::Asked(_) | Mode::AddingSpan => chosen.is_some(),
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
