//! Updates of the selection: words, marks, matches of the search.

use crate::editor::action::SelectionAction;
use crate::editor::mark_location::MarkLocation;
use crate::editor::panel::listed;
use crate::editor::state::{Editor, Mode, Selection, SoughtWord};
use crate::editor::view::fields::candidates;
use crate::editor::word_move::WordMove;
use crate::effect::Effect;
use crate::messages;
use crate::stamp::Stamp;
use crate::state::State;
use pullquote_core::analysis::completeness::Links;
use pullquote_core::edit::commands::spans;
use pullquote_core::model::annotation::Annotation;
use pullquote_core::model::article::Article;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;
use pullquote_core::text::clauses::clause_end;
use pullquote_core::text::offset::{ByteOffset, Utf16Offset};
use pullquote_core::text::snapping::{MoveDirection, WordEdge, exact, snap, step, with_closing};
use pullquote_core::text::span::Span;
use pullquote_core::text::word_search::word_beginning_with;
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
            SelectionAction::WordsStarted(at) => self.start_words(editor, at),
            SelectionAction::WordsMoved(word_move) => self.move_words(editor, word_move),
            SelectionAction::LetterTyped(letter) => self.type_letter(editor, letter),
            SelectionAction::LettersRepeated => self.repeat_letters(editor),
            SelectionAction::LetterTakenBack => {
                if let Some(sought) = &editor.sought {
                    let mut sought = sought.clone();
                    sought.letters.pop();
                    self.seek_word(editor, sought);
                }
            }
            SelectionAction::IncompleteRequested => self.go_to_incomplete(editor),
            SelectionAction::MarkChosen { id, goes_there } => {
                self.choose_mark(editor, id, goes_there);
            }
            SelectionAction::Cleared | SelectionAction::Escaped if editor.preview.is_some() => {
                self.show_preview(editor, None)
            }
            // A click beside the marks is a miss: the other end of the link is still looked for.
            SelectionAction::Cleared if matches!(editor.mode, Mode::Linking(_)) => {}
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
                snap(article.text(), bytes.clone()).or_else(|| word_before(article.text(), bytes))
            }
        });
        let Some(span) = span else {
            return self.choose(editor, Selection::Nothing);
        };
        let is_more = is_more || editor.mode == Mode::AddingSpan;
        if let Some(mark) = editor.chosen().filter(|_| is_more) {
            let step = spans::add_span(editor.document(), mark.id, span, stamp.now);
            let done = self.end_mode(editor);
            return self.step(&done, step, stamp);
        }
        // A word that was found by its letters is selected, not swept.
        let is_found = editor.sought.is_some() && editor.selection == Selection::Words(span);
        if is_found {
            return;
        }
        let Some(tag) = &editor.armed else {
            return self.choose(editor, Selection::Words(span));
        };
        let selected = Editor {
            selection: Selection::Words(span),
            ..editor.clone()
        };
        self.tag_given(&selected, tag, stamp);
        // The card would cover the next words to select.
        if let Some(editor) = self.editor.clone() {
            self.choose(&editor, Selection::Nothing);
        }
    }

    /// Selects the first word from `at` on, with the keyboard.
    fn start_words(&mut self, editor: &Editor, at: Utf16Offset) {
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

    /// Selects words with the keyboard or by a search, and scrolls them into view.
    fn choose_by_keys(&mut self, editor: &Editor, span: Span) {
        self.choose(editor, Selection::Words(span));
        if let Some(editor) = self.editor.clone() {
            self.editor = Some(Rc::new(Editor {
                by_keys: true,
                cursor: Some(span),
                ..(*editor).clone()
            }));
        }
        self.reveal_words(editor.document(), span);
    }

    /// Moves the selection with the keyboard, by words or blocks.
    fn move_words(&mut self, editor: &Editor, word_move: WordMove) {
        let Some(span) = editor.words_at_cursor() else {
            return;
        };
        let article = editor.document().article();
        if let Some(span) = moved(article, span, word_move) {
            self.choose_by_keys(editor, span);
            self.announce(span.slice(article.text()).unwrap_or_default().to_owned());
        }
    }

    /// Adds a letter to those of the word that the user goes to. The same letter alone again goes
    /// to the next word.
    fn type_letter(&mut self, editor: &Editor, letter: char) {
        let Some(span) = editor.words_at_cursor() else {
            return;
        };
        let letters = editor.sought.as_ref().map(|sought| sought.letters.as_str());
        let is_same = letters.is_some_and(|letters| letters.chars().eq([letter]));
        match &editor.sought {
            Some(_) if is_same => self.repeat_letters(editor),
            Some(sought) => {
                let mut sought = sought.clone();
                sought.letters.push(letter);
                self.seek_word(editor, sought);
            }
            None => {
                let (after, letters) = (span.start().index(), letter.to_string());
                self.seek_word(editor, SoughtWord { after, letters });
            }
        }
    }

    fn repeat_letters(&mut self, editor: &Editor) {
        if let (Some(sought), Some(span)) = (&editor.sought, editor.words_at_cursor()) {
            let (after, letters) = (span.start().index(), sought.letters.clone());
            self.seek_word(editor, SoughtWord { after, letters });
        }
    }

    /// Selects the next word that begins with the letters; after the last one the first.
    fn seek_word(&mut self, editor: &Editor, sought: SoughtWord) {
        let document = editor.document();
        let text = document.article().text();
        let next = word_beginning_with(text, Some(sought.after), &sought.letters);
        let found = next.or_else(|| word_beginning_with(text, None, &sought.letters));
        match found.and_then(|at| word_from(text, at)) {
            Some(span) => {
                self.choose_by_keys(editor, span);
                let words = span.slice(text).unwrap_or_default();
                self.announce(match next {
                    Some(_) => words.to_owned(),
                    None => messages::editor::from_the_top(words),
                });
            }
            None if sought.letters.is_empty() => {}
            None => self.announce(messages::editor::no_word(&sought.letters)),
        }
        if let Some(editor) = &mut self.editor {
            Rc::make_mut(editor).sought = Some(sought);
        }
    }

    /// Chooses the next mark in which a required answer is missing.
    fn go_to_incomplete(&mut self, editor: &Editor) {
        let document = editor.document();
        let links = Links::new(document);
        // The index of the first mark after the chosen one, or after the words.
        let all = document.annotations();
        let after = match (editor.chosen(), editor.words_at_cursor()) {
            (Some(mark), _) => document.index_of(mark.id).map_or(0, |index| index + 1),
            (None, Some(span)) => all.partition_point(|mark| mark.spans.start() < span.start()),
            (None, None) => 0,
        };
        let is_incomplete = |mark: &&Rc<Annotation>| !links.gaps(document, mark).is_empty();
        let later = all[after.min(all.len())..].iter();
        let marks: Vec<_> = later
            .chain(&all[..after.min(all.len())])
            .filter(is_incomplete)
            .collect();
        let Some(mark) = marks.first() else {
            return self.inform(messages::editor::ALL_COMPLETE);
        };
        self.choose_mark(editor, mark.id, true);
        self.announce(messages::editor::incomplete_left(marks.len()));
    }

    /// Chooses the innermost of the marks that were clicked. Each further click chooses the next
    /// outer one, and after the outermost the innermost again.
    fn click_marks(&mut self, editor: &Editor, ids: &[Id], stamp: Stamp) {
        if let Mode::Linking(linking) = &editor.mode {
            // The innermost that can be the other end.
            let all = candidates(editor.document(), linking, "");
            let can_be = |id: &&Id| all.iter().any(|candidate| candidate.marks.contains(id));
            let other = ids.iter().rev().find(can_be).or(ids.last());
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
                let index = all.iter().position(|id| id == at).unwrap_or(0);
                all[(index + all.len() - 1) % all.len()]
            }
            _ => innermost,
        };
        let all = all.into();
        self.choose(editor, Selection::Marks { all, at });
    }

    /// Chooses a mark. If the user `goes_there`, it is scrolled into view.
    pub(crate) fn choose_mark(&mut self, editor: &Editor, id: Id, goes_there: bool) {
        let document = editor.document();
        let Some(mark) = document.annotation(id) else {
            return;
        };
        let location = MarkLocation::new(mark, document.article());
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
            if let Some(location) = location {
                self.request(Effect::RevealMark(location));
            }
        }
    }

    /// Escape ends the mode, then closes the card, then disarms the tag. After the card is closed,
    /// the arrow keys still move on from the last words until the next Escape, and Enter selects
    /// them again.
    fn escaped(&mut self, editor: &Editor) {
        if editor.mode != Mode::Nothing {
            if matches!(editor.mode, Mode::Linking(_)) {
                self.reveal_chosen(editor);
            }
            return self.begin(editor, Mode::Nothing);
        }
        if editor.selection != Selection::Nothing {
            let cursor = editor.words_at_cursor().or(editor.cursor);
            self.choose(editor, Selection::Nothing);
            if let Some(after) = &mut self.editor {
                let after = Rc::make_mut(after);
                after.by_keys = editor.by_keys;
                after.cursor = cursor;
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

    /// Chooses the next of these marks after the chosen one, or the previous one; after the last
    /// comes the first.
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
        self.choose_mark(editor, marks[next], true);
    }

    /// Selects the next match of the search in the text, or the previous one. If the search finds
    /// marks only, chooses the next mark.
    fn find_next(&mut self, editor: &Editor, forward: bool) {
        let document = editor.document();
        let matches = editor.panel.matches(document);
        let Some(last) = matches.len().checked_sub(1) else {
            let marks = listed(editor);
            if marks.is_empty() {
                return self.announce(messages::editor::NOT_FOUND);
            }
            return self.step_through_marks(editor, &marks, forward);
        };
        let next = match (editor.panel.found, forward) {
            (Some(at), true) if at < last => at + 1,
            (Some(0) | None, false) => last,
            (Some(at), false) => at.min(last + 1) - 1,
            _ => 0,
        };
        self.choose_by_keys(editor, matches[next]);
        if let Some(editor) = self.editor.clone() {
            self.with_panel(&editor, |panel| panel.found = Some(next));
        }
        self.announce(messages::editor::match_number(next + 1, last + 1));
    }

    fn reveal_words(&mut self, document: &Document, span: Span) {
        let offsets = document.article().offsets();
        let ends = offsets.utf16(span.start()).zip(offsets.utf16(span.end()));
        if let Some((start, end)) = ends {
            self.request(Effect::RevealWords(start..end));
        }
    }
}

/// The word before a selected character. A double click on the right half of the last letter of a
/// word selects the one character after it.
fn word_before(text: &str, bytes: Range<usize>) -> Option<Span> {
    let selected = text.get(bytes.clone())?;
    let before = text[..bytes.start].chars().next_back()?;
    let is_one = selected.chars().count() == 1;
    is_one.then(|| snap(text, bytes.start - before.len_utf8()..bytes.start))?
}

/// A byte range without the invisible characters between two blocks at its ends.
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

/// The first word that begins at `at` or after it.
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

/// The selection after a move; `None` at the ends of the text.
fn moved(article: &Article, span: Span, word_move: WordMove) -> Option<Span> {
    let text = article.text();
    let (start, end) = (span.start().index(), span.end().index());
    match word_move {
        WordMove::Word(MoveDirection::Forward) => word_from(text, end),
        WordMove::Word(MoveDirection::Back) => {
            let start = step(text, start, WordEdge::Start, MoveDirection::Back)?;
            word_from(text, start)
        }
        WordMove::Reach(direction) => {
            let mut end = step(text, end, WordEdge::End, direction)?;
            if direction == MoveDirection::Forward {
                end = with_closing(text, start..end);
            }
            (end > start).then(|| exact(text, start..end))?
        }
        WordMove::ReachClause(MoveDirection::Forward) => {
            let clause = clause_end(text, end);
            snap(text, start..with_closing(text, start..clause))
        }
        WordMove::ReachClause(MoveDirection::Back) => {
            let ends = std::iter::successors(Some(clause_end(text, start)), |end| {
                (*end < text.len()).then(|| clause_end(text, *end))
            });
            let spans = ends.map(|clause| snap(text, start..with_closing(text, start..clause)));
            let shorter =
                spans.take_while(|span| span.is_some_and(|span| span.end().index() < end));
            shorter.last().unwrap_or_else(|| word_from(text, start))
        }
        WordMove::Block(direction) => {
            let blocks = article.blocks();
            let at = blocks.partition_point(|block| block.span.end() <= span.start());
            let index = match direction {
                MoveDirection::Forward => at + 1,
                MoveDirection::Back => at.checked_sub(1)?,
            };
            word_from(text, blocks.get(index)?.span.start().index())
        }
    }
}
