//! What the user points at: words, marks, matches of the search.

use crate::editor::action::SelectionAction;
use crate::editor::mark_location::MarkLocation;
use crate::editor::panel::listed;
use crate::editor::state::{Editor, Mode, Selection};
use crate::editor::view::fields::candidates;
use crate::editor::word_move::WordMove;
use crate::effect::Effect;
use crate::stamp::Stamp;
use crate::state::State;
use pullquote_core::edit::commands::spans;
use pullquote_core::model::article::Article;
use pullquote_core::model::id::Id;
use pullquote_core::text::offset::{ByteOffset, Utf16Offset};
use pullquote_core::text::snapping::{MoveDirection, WordEdge, exact, snap, step};
use pullquote_core::text::span::Span;
use std::ops::Range;
use std::rc::Rc;

impl State {
    /// Handles what the user points at.
    pub(crate) fn selection_action(
        &mut self,
        editor: &Editor,
        action: SelectionAction,
        stamp: Stamp,
    ) {
        match action {
            SelectionAction::TextSelected { range, exact, more } => {
                self.select_text(editor, range, exact, more, stamp)
            }
            SelectionAction::MarksClicked(ids) => self.click_marks(editor, &ids, stamp),
            SelectionAction::WordsStarted(at) => self.begin_words(editor, at),
            SelectionAction::WordsMoved(stride) => self.move_words(editor, stride),
            SelectionAction::MarkChosen { id, goes_there } => self.chosen(editor, id, goes_there),
            SelectionAction::Cleared | SelectionAction::Escaped if editor.preview.is_some() => {
                self.look_back(editor, None)
            }
            SelectionAction::Cleared => self.choose(editor, Selection::Nothing),
            SelectionAction::Escaped => self.escaped(editor),
            SelectionAction::MarkStepped { marks, forward } => {
                self.step_through_marks(editor, &marks, forward)
            }
            SelectionAction::FoundStepped { forward } => self.find_next(editor, forward),
        }
    }

    fn select_text(
        &mut self,
        editor: &Editor,
        range: Range<Utf16Offset>,
        is_exact: bool,
        is_more: bool,
        stamp: Stamp,
    ) {
        let article = editor.document().article();
        let span = article.bytes_of_utf16(range).and_then(|bytes| {
            if is_exact {
                exact(article.text(), within_blocks(article, bytes))
            } else {
                snap(article.text(), bytes.clone()).or_else(|| touched(article.text(), bytes))
            }
        });
        let Some(span) = span else {
            return self.choose(editor, Selection::Nothing);
        };
        let is_more = is_more || editor.mode == Mode::Piecing;
        if let Some(mark) = editor.chosen().filter(|_| is_more) {
            let step = spans::add_span(editor.document(), mark.id, span, stamp.now);
            let done = self.done_with(editor);
            return self.step(&done, step, stamp);
        }
        let Some(tag) = &editor.armed else {
            return self.choose(editor, Selection::Words(span));
        };
        let swept = Editor {
            selection: Selection::Words(span),
            ..editor.clone()
        };
        self.tag_given(&swept, tag, stamp);
        // The card would lie in the way of the next sweep.
        if let Some(editor) = self.editor.clone() {
            self.choose(&editor, Selection::Nothing);
        }
    }

    /// Sweeps the first word from `at` on, by the keys alone.
    fn begin_words(&mut self, editor: &Editor, at: Utf16Offset) {
        let article = editor.document().article();
        let at = article
            .offsets()
            .from_utf16(at)
            .map_or(0, ByteOffset::index);
        if let Some(span) = word_from(article.text(), at) {
            self.choose_by_keys(editor, span);
            self.announce(span.slice(article.text()).unwrap_or_default().to_owned());
        }
    }

    /// Chooses words that the keys alone have swept or found, and brings them into view.
    pub(crate) fn choose_by_keys(&mut self, editor: &Editor, span: Span) {
        self.choose(editor, Selection::Words(span));
        if let Some(editor) = self.editor.clone() {
            self.editor = Some(Rc::new(Editor {
                by_keys: true,
                place: Some(span),
                ..(*editor).clone()
            }));
        }
        self.reveal_words(editor.document(), span);
    }

    /// Goes on by words or blocks from where the keys are: from the words that are chosen, or
    /// from the mark that was made of them, or from where they were left.
    fn move_words(&mut self, editor: &Editor, stride: WordMove) {
        let Some(span) = editor.words_in_hand() else {
            return;
        };
        let article = editor.document().article();
        if let Some(span) = strode(article, span, stride) {
            self.choose_by_keys(editor, span);
            self.announce(span.slice(article.text()).unwrap_or_default().to_owned());
        }
    }

    /// The inner of the marks that were clicked comes first; a further click
    /// goes on to the next one out, and round again.
    fn click_marks(&mut self, editor: &Editor, ids: &[Id], stamp: Stamp) {
        if let Mode::Linking(linking) = &editor.mode {
            // The innermost that may be the other end.
            let all = candidates(editor.document(), linking, "");
            let may_be = |id: &&Id| all.iter().any(|it| it.marks.contains(id));
            let other = ids.iter().rev().find(may_be).or(ids.last());
            return match other {
                Some(other) => self.complete_relation(editor, *other, stamp),
                None => self.choose(editor, Selection::Nothing),
            };
        }
        let mut all: Vec<Id> = Vec::new();
        for id in ids {
            if editor.document().annotation(*id).is_some() && !all.contains(id) {
                all.push(*id);
            }
        }
        let Some(&innermost) = all.last() else {
            return self.choose(editor, Selection::Nothing);
        };
        let at = match &editor.selection {
            Selection::Marks { all: before, at } if **before == *all => {
                let place = all.iter().position(|id| id == at).unwrap_or(0);
                all[(place + all.len() - 1) % all.len()]
            }
            _ => innermost,
        };
        let all = all.into();
        self.choose(editor, Selection::Marks { all, at });
    }

    pub(crate) fn chosen(&mut self, editor: &Editor, id: Id, goes_there: bool) {
        let document = editor.document();
        let Some(mark) = document.annotation(id) else {
            return;
        };
        let spot = MarkLocation::of(mark, document.article());
        let all = match &editor.selection {
            Selection::Marks { all, .. } if !goes_there && all.contains(&id) => all.clone(),
            _ => Rc::new([id]),
        };
        self.choose(editor, Selection::Marks { all, at: id });
        if goes_there {
            if self.narrow
                && let Some(editor) = self.editor.clone()
            {
                self.with_panel(&editor, |panel| panel.open = false);
            }
            if let Some(spot) = spot {
                self.request(Effect::Reveal(spot));
            }
        }
    }

    /// Escape leaves what is being done, then the card, then the armed tag. The place of the
    /// keys outlives the card: the arrows go on from there until the next Escape, and Enter
    /// comes back to it.
    fn escaped(&mut self, editor: &Editor) {
        if editor.mode != Mode::Nothing {
            return self.begin(editor, Mode::Nothing);
        }
        if editor.selection != Selection::Nothing {
            let place = editor.words_in_hand().or(editor.place);
            self.choose(editor, Selection::Nothing);
            if let Some(after) = &mut self.editor {
                let after = Rc::make_mut(after);
                after.by_keys = editor.by_keys;
                after.place = place;
            }
            return;
        }
        if editor.armed.is_some() {
            return self.arm(editor, None);
        }
        if editor.by_keys {
            self.editor = Some(Rc::new(Editor {
                by_keys: false,
                ..editor.clone()
            }));
        }
    }

    /// The next of these marks after the chosen one, or the one before; round at the ends.
    fn step_through_marks(&mut self, editor: &Editor, marks: &[Id], forward: bool) {
        if marks.is_empty() {
            return;
        }
        let at = match &editor.selection {
            Selection::Marks { at, .. } => marks.iter().position(|id| id == at),
            _ => None,
        };
        let next = match (at, forward) {
            (Some(at), true) => (at + 1) % marks.len(),
            (Some(at), false) => (at + marks.len() - 1) % marks.len(),
            (None, true) => 0,
            (None, false) => marks.len() - 1,
        };
        self.chosen(editor, marks[next], true);
    }

    /// The next place in the text of what is searched for: its words are swept.
    fn find_next(&mut self, editor: &Editor, forward: bool) {
        let document = editor.document();
        let places = editor.panel.places(document);
        let Some(last) = places.len().checked_sub(1) else {
            // A question about the marks: they are walked.
            let marks = listed(editor);
            if marks.is_empty() {
                return self.announce("Neither the article nor a mark has this");
            }
            return self.step_through_marks(editor, &marks, forward);
        };
        let next = match (editor.panel.found, forward) {
            (Some(at), true) if at < last => at + 1,
            (Some(0) | None, false) => last,
            (Some(at), false) => at.min(last + 1) - 1,
            _ => 0,
        };
        self.choose_by_keys(editor, places[next]);
        if let Some(editor) = self.editor.clone() {
            self.with_panel(&editor, |panel| panel.found = Some(next));
        }
        self.announce(format!("{} of {}", next + 1, last + 1));
    }

    pub(crate) fn reveal_words(
        &mut self,
        document: &pullquote_core::model::document::Document,
        span: Span,
    ) {
        let offsets = document.article().offsets();
        let ends = offsets.utf16(span.start()).zip(offsets.utf16(span.end()));
        if let Some((start, end)) = ends {
            self.request(Effect::RevealWords(start..end));
        }
    }
}

/// The word that ends where a sweep over no word begins. A double click on the last
/// half of a word's last letter selects the one character behind it.
fn touched(text: &str, bytes: Range<usize>) -> Option<Span> {
    let swept = text.get(bytes.clone())?;
    let before = text[..bytes.start].chars().next_back()?;
    let is_one = swept.chars().count() == 1;
    is_one.then(|| snap(text, bytes.start - before.len_utf8()..bytes.start))?
}

/// A byte range without what lies between two blocks at its ends: nobody sees it.
fn within_blocks(article: &Article, bytes: Range<usize>) -> Range<usize> {
    let blocks = article.blocks();
    let first = blocks.partition_point(|block| block.span.end().index() <= bytes.start);
    let after = blocks.partition_point(|block| block.span.start().index() < bytes.end);
    let (Some(first), Some(last)) = (blocks.get(first), blocks[..after].last()) else {
        return bytes;
    };
    let start = bytes.start.max(first.span.start().index());
    let end = bytes.end.min(last.span.end().index());
    start..end.max(start)
}

/// The first word that begins at `at` or behind it.
fn word_from(text: &str, at: usize) -> Option<Span> {
    let before = text[..at]
        .char_indices()
        .next_back()
        .map_or(0, |(at, _)| at);
    let is_first = at == 0 && snap(text, 0..text.chars().next()?.len_utf8()).is_some();
    let start = if is_first {
        0
    } else {
        step(text, before, WordEdge::Start, MoveDirection::Forward)?
    };
    let char = text[start..].chars().next()?;
    snap(text, start..start + char.len_utf8())
}

/// The words that are swept after this stride; `None` at the ends of the text.
fn strode(article: &Article, span: Span, stride: WordMove) -> Option<Span> {
    let text = article.text();
    let (start, end) = (span.start().index(), span.end().index());
    match stride {
        WordMove::Word(MoveDirection::Forward) => word_from(text, end),
        WordMove::Word(MoveDirection::Back) => {
            let start = step(text, start, WordEdge::Start, MoveDirection::Back)?;
            word_from(text, start)
        }
        WordMove::Reach(way) => {
            let end = step(text, end, WordEdge::End, way)?;
            (end > start).then(|| exact(text, start..end))?
        }
        WordMove::Block(way) => {
            let blocks = article.blocks();
            let at = blocks.partition_point(|block| block.span.end() <= span.start());
            let place = match way {
                MoveDirection::Forward => at + 1,
                MoveDirection::Back => at.checked_sub(1)?,
            };
            word_from(text, blocks.get(place)?.span.start().index())
        }
    }
}
