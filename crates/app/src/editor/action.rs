//! What can happen to the open article.

use crate::editor::state::PanelTab;
use crate::editor::word_move::WordMove;
use pullquote_core::analysis::occurrences::WordMatching;
use pullquote_core::edit::commands::marks::MarkEnd;
use pullquote_core::model::article::Source;
use pullquote_core::model::id::{Id, Slug};
use pullquote_core::model::value::Value;
use pullquote_core::text::offset::Utf16Offset;
use pullquote_core::text::snapping::MoveDirection;
use std::ops::Range;

/// The user points at something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SelectionAction {
    /// The user selected words with the pointer.
    TextSelected {
        /// The selection, in UTF-16 units of the article's text.
        range: Range<Utf16Offset>,
        /// Whether to keep exactly these characters (Alt) instead of whole words.
        exact: bool,
        /// Whether they are a further span of the chosen mark (Control, Command).
        more: bool,
    },
    /// The user clicked marks: all that lie under the pointer, outermost first.
    MarksClicked(Vec<Id>),
    /// The user chose a mark, in a list or in the card.
    MarkChosen {
        /// The mark.
        id: Id,
        /// Whether to scroll to its words.
        goes_there: bool,
    },
    /// The user clicked beside the marks.
    Cleared,
    /// The user pressed Escape: the latest mode ends.
    Escaped,
    /// The keyboard starts to select words at this offset, the first one in view.
    WordsStarted(Utf16Offset),
    /// The keyboard moves or extends the selection.
    WordsMoved(WordMove),
    /// The user typed a letter of a word to go to: the next word that begins with the letters so
    /// far.
    LetterTyped(char),
    /// The user goes on to the next word that begins with the letters typed.
    LettersRepeated,
    /// The user took back the last of the letters typed.
    LetterTakenBack,
    /// The user goes to the next mark in which a required answer is missing.
    IncompleteRequested,
    /// The user goes to the next or the previous of these marks.
    MarkStepped {
        /// The marks, in order.
        marks: Vec<Id>,
        /// Whether to the next one.
        forward: bool,
    },
    /// The user goes to the next or the previous match of the search.
    FoundStepped {
        /// Whether to the next one.
        forward: bool,
    },
}

/// The user makes, changes or deletes marks, answers and relations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkAction {
    /// This tag is armed: every selection gets it. `None` disarms.
    TagArmed(Option<Slug>),
    /// The selected words or the chosen mark get this tag.
    TagGiven(Slug),
    /// The text box of a mark's note got the focus.
    NoteFocused(Id),
    /// The text of a mark's note changed.
    NoteWritten {
        /// The mark.
        id: Id,
        /// The note as it reads now.
        note: String,
    },
    /// A mark is flagged, or no longer.
    FlagToggled(Id),
    /// An end of a span was dragged.
    EndDragged {
        /// The mark.
        id: Id,
        /// The index of the span in the mark.
        index: usize,
        /// Which end of the span.
        end: MarkEnd,
        /// Where to, in UTF-16 units of the article's text.
        to: Utf16Offset,
        /// Whether exactly there (Alt) instead of the edge of the word.
        exact: bool,
    },
    /// An end of the chosen mark moves to the next edge of a word.
    EndStepped {
        /// The index of the span in the mark; `None` for the mark as a whole.
        index: Option<usize>,
        /// Which end.
        end: MarkEnd,
        /// Which way.
        direction: MoveDirection,
    },
    /// The next selection is a further span of the chosen mark.
    SpanRequested,
    /// The selected words are a further span of the mark that was chosen before them.
    SpanAdded,
    /// A span of a mark is removed.
    SpanRemoved {
        /// The mark.
        id: Id,
        /// The index of the span.
        index: usize,
    },
    /// Dragging or typing ended: the next change is a step of its own.
    EditingFinished,
    /// A mark is deleted.
    Deleted(Id),
    /// A field of a mark is answered, or its answer is removed.
    AnswerGiven {
        /// The mark.
        id: Id,
        /// The field.
        attribute: Slug,
        /// The answer.
        value: Option<Value>,
    },
    /// A question about the article is answered, or its answer is removed.
    QuestionAnswered {
        /// The question.
        question: Slug,
        /// The answer.
        value: Option<Value>,
    },
    /// A digit key chose a field of the card, or answered the field that was chosen.
    FieldKeyPressed {
        /// The index of the field or of the answer.
        index: usize,
    },
    /// The user looks for the other end of a relation.
    RelationStarted {
        /// The mark at this end.
        id: Id,
        /// The kind of relation.
        kind: Slug,
        /// Whether the relation points to this mark instead of away from it.
        backwards: bool,
    },
    /// The other end of the relation is this mark.
    RelationCompleted(Id),
    /// A relation is deleted.
    RelationDeleted(Id),
    /// All listed marks get this tag.
    ListedRetagged(Slug),
    /// All listed marks are deleted.
    ListedDeleted,
}

/// The user says which marks mention the same entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntityAction {
    /// Marks mention an entity.
    Assigned {
        /// The entity; `None` makes a new one.
        entity: Option<Id>,
        /// The entity's name.
        name: String,
        /// The marks.
        marks: Vec<Id>,
    },
    /// Marks mention no entity any more.
    Detached(Vec<Id>),
    /// The entities of two marks are not the same.
    KeptApart {
        /// One mark.
        one: Id,
        /// The other mark.
        other: Id,
    },
    /// Ask again whether the entities of two marks are the same.
    AskedAgain {
        /// One mark.
        one: Id,
        /// The other mark.
        other: Id,
    },
    /// An entity that no mark mentions is deleted.
    Deleted(Id),
    /// An entity gets another name.
    Renamed {
        /// The entity.
        id: Id,
        /// The new name.
        name: String,
    },
    /// An entity gets an identifier in another database.
    ReferenceSet {
        /// The entity.
        id: Id,
        /// The identifier.
        reference: String,
    },
}

/// The user reviews more occurrences of a mark's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReviewAction {
    /// Count the occurrences of this mark's words.
    OccurrencesCounted(Id),
    /// Start to review the occurrences of this mark's words.
    Started(Id),
    /// The user changed how words are compared.
    MatchingChanged {
        /// How words are compared.
        words: WordMatching,
        /// Whether to search for the other names of the mark's entity too.
        aliases: bool,
    },
    /// An occurrence is wanted, or not.
    OccurrenceToggled {
        /// The byte at which it starts.
        start: u32,
        /// Whether it is wanted.
        wanted: bool,
    },
    /// All occurrences are wanted, or none.
    AllToggled {
        /// Whether they are wanted.
        wanted: bool,
    },
    /// The wanted occurrences are tagged.
    Accepted,
}

/// The user works with the side panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PanelAction {
    /// The search changed.
    Searched(String),
    /// Only marks of this tag are listed; `None` lists all.
    Filtered(Option<Slug>),
    /// How marks are listed.
    Grouped {
        /// Whether by tag instead of in document order.
        by_tag: bool,
    },
    /// The panel shows this tab.
    TabShown(PanelTab),
    /// The panel is opened or closed.
    Toggled,
}

/// The user works with the ledger, the table of the marks of one tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LedgerAction {
    /// Show the marks of this tag.
    TagChosen(Slug),
    /// Sort by the column with this heading: ascending, then descending, then unsorted.
    Sorted(String),
    /// Show only rows with this text.
    Filtered(String),
    /// Copy the table to the clipboard.
    Copied,
    /// Download the table.
    Exported,
}

/// The user goes back and forth in the history of the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HistoryAction {
    /// Undo the last step; in the library, the last deletion.
    Undo,
    /// Undo one step, if it is still the last one.
    UndoOf {
        /// The article.
        article: Id,
        /// The number of the step.
        number: u64,
    },
    /// Redo the step that was undone last.
    Redo,
    /// Show the article as it was after this entry; `None` shows the present state.
    PreviewShown(Option<u64>),
    /// Make the state that is shown the present one.
    PreviewRestored,
    /// Show older steps.
    OlderRequested,
    /// This person works from now on.
    CoderNamed(String),
    /// The article comes from this source.
    SourceDescribed(Source),
}
