//! Marks are made and changed on the open article.

use crate::action::Action;
use crate::editor::action::HistoryAction;
use crate::editor::action::MarkAction;
use crate::editor::action::PanelAction;
use crate::editor::action::SelectionAction;
use crate::editor::mark_location::MarkLocation;
use crate::editor::past;
use crate::editor::state::{Editor, Mode, NoteDraft, PanelTab, Selection};
use crate::editor::view::fields::candidates;
use crate::editor::word_move::WordMove;
use crate::effect::Effect;
use crate::export::action::ExportAction;
use crate::messages::errors;
use crate::notice::{FileWork, Offer};
use crate::route::Route;
use crate::stamp::Stamp;
use crate::state::{SavedState, State};
use pullquote_core::analysis::ledger::name_of;
use pullquote_core::edit::commands::marks::{CommandError, MarkEnd};
use pullquote_core::edit::commands::{marks, spans};
use pullquote_core::edit::history::History;
use pullquote_core::edit::journal_entry::JournalEntry;
use pullquote_core::edit::transaction::Transaction;
use pullquote_core::model::article::Article;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::{Id, Slug};
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::text::offset::{ByteOffset, Utf16Offset};
use pullquote_core::text::shortened::shortened;
use pullquote_core::text::snapping::{MoveDirection, WordEdge, exact, snap, step};
use pullquote_core::text::span::Span;
use pullquote_formats::records::journal_entry::write_entry;

use std::ops::Range;
use std::rc::Rc;

impl State {
    /// What an action does to the open article; nothing if none is open.
    pub(crate) fn at_editor(&mut self, action: Action, stamp: Stamp) {
        let Some(editor) = self.editor.clone() else {
            return;
        };
        if editor.preview.is_some() && !past::suits_the_past(&action) {
            return self.announce(
                "This is an earlier state: bring it back, or go back to the present one",
            );
        }
        let document = editor.document();
        match action {
            Action::Selection(SelectionAction::TextSelected { range, exact, more }) => {
                self.swept(&editor, range, exact, more, stamp)
            }
            Action::Selection(SelectionAction::MarksClicked(ids)) => {
                self.pressed(&editor, &ids, stamp)
            }
            Action::Selection(SelectionAction::WordsStarted(at)) => self.begin_words(&editor, at),
            Action::Selection(SelectionAction::WordsMoved(stride)) => {
                self.move_words(&editor, stride)
            }
            Action::Selection(SelectionAction::MarkChosen { id, goes_there }) => {
                self.chosen(&editor, id, goes_there)
            }
            Action::Selection(SelectionAction::Cleared)
            | Action::Selection(SelectionAction::Escaped)
                if editor.preview.is_some() =>
            {
                self.look_back(&editor, None)
            }
            Action::History(HistoryAction::PreviewShown(number)) => self.look_back(&editor, number),
            Action::History(HistoryAction::PreviewRestored) => self.bring_back(&editor, stamp),
            Action::History(HistoryAction::OlderRequested) => self.ask_for_past(&editor),
            Action::History(HistoryAction::CoderNamed(name)) => {
                self.name_coder(&editor, &name, stamp)
            }
            Action::Panel(PanelAction::TabShown(shows)) => {
                self.with_panel(&editor, |panel| {
                    panel.shows = shows;
                    panel.open = true;
                });
                if shows == PanelTab::History {
                    self.request(Effect::Measure(document.article().id));
                }
            }
            Action::Selection(SelectionAction::Cleared) => self.choose(&editor, Selection::Nothing),
            Action::Mark(MarkAction::TagGiven(tag)) => self.tag_given(&editor, &tag, stamp),
            Action::Mark(MarkAction::NoteFocused(id)) => self.begin_note(&editor, id),
            Action::Mark(MarkAction::NoteWritten { id, note }) => {
                self.write_note(&editor, id, note, stamp)
            }
            Action::Mark(MarkAction::FlagToggled(id)) => {
                self.step(&editor, marks::flag(document, id, stamp.now), stamp)
            }
            Action::Mark(MarkAction::EndDragged {
                id,
                index,
                end,
                to,
                exact,
            }) => {
                if let Some(to) = dragged_to(&editor, (id, index), end, to, exact) {
                    let step = spans::move_end_of_span(document, id, index, end, to, stamp.now);
                    self.step(&editor, step, stamp);
                }
            }
            Action::Mark(MarkAction::EndStepped {
                index: piece,
                end,
                direction: way,
            }) => {
                self.end_stepped(&editor, piece, (end, way), stamp);
            }
            Action::Mark(MarkAction::SpanAdded) => self.add_piece(&editor, stamp),
            Action::Mark(MarkAction::EditingFinished) => {
                let mut settled = (*editor).clone();
                settled.history = settled.history.settled();
                settled.note_draft = None;
                self.editor = Some(Rc::new(settled));
            }
            Action::Mark(MarkAction::Deleted(id)) => self.delete_mark(&editor, id, stamp),
            Action::History(HistoryAction::Undo) => self.travel(&editor, true, stamp),
            Action::History(HistoryAction::UndoOf { article, number }) => {
                if document.article().id == article && editor.history.number() == number {
                    self.travel(&editor, true, stamp);
                } else {
                    self.announce("Other steps came after it: take those back first, in the bar");
                }
            }
            Action::History(HistoryAction::Redo) => self.travel(&editor, false, stamp),
            Action::Export(ExportAction::ArticleFileRequested) => self.export(&editor),
            Action::Export(ExportAction::PrintRequested) => {
                let article = editor.document().article().clone();
                if !matches!(self.route, Route::Article(_)) {
                    self.request(Effect::Go(Route::Article(article.id)));
                }
                self.request(Effect::Print(article));
            }
            Action::Panel(PanelAction::Searched(query)) => self.with_panel(&editor, |panel| {
                panel.query = query;
                panel.found = None;
            }),
            Action::Panel(PanelAction::Filtered(only)) => {
                self.with_panel(&editor, |panel| panel.only = only)
            }
            Action::Panel(PanelAction::Grouped { by_tag: grouped }) => {
                self.with_panel(&editor, |panel| panel.grouped = grouped)
            }
            Action::Panel(PanelAction::Toggled) => {
                self.with_panel(&editor, |panel| panel.open = !panel.open)
            }
            other => self.saying(&editor, other, stamp),
        }
    }

    fn swept(
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
    fn pressed(&mut self, editor: &Editor, ids: &[Id], stamp: Stamp) {
        if let Mode::Linking(linking) = &editor.mode {
            // The innermost that may be the other end.
            let all = candidates(editor.document(), linking, "");
            let may_be = |id: &&Id| all.iter().any(|it| it.marks.contains(id));
            let other = ids.iter().rev().find(may_be).or(ids.last());
            return match other {
                Some(other) => self.link(editor, *other, stamp),
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

    pub(crate) fn choose(&mut self, editor: &Editor, selection: Selection) {
        if editor.selection == selection && editor.mode == Mode::Nothing {
            return;
        }
        self.editor = Some(Rc::new(Editor {
            last: editor.chosen().map(|mark| mark.id).or(editor.last),
            selection,
            mode: Mode::Nothing,
            by_keys: false,
            note_draft: None,
            history: editor.history.settled(),
            ..editor.clone()
        }));
    }

    fn tag_given(&mut self, editor: &Editor, tag: &Slug, stamp: Stamp) {
        let document = editor.document();
        let id = stamp.id(0);
        match &editor.selection {
            Selection::Words(span) => {
                let made = marks::mark(document, id, tag, (*span).into(), stamp.now);
                match made {
                    Err(CommandError::Already(same)) => {
                        let name = document.codebook().tag(tag).map(|tag| tag.name.clone());
                        let name = name.unwrap_or_default();
                        self.notify(
                            false,
                            format!("These words are marked as {name} already."),
                            Vec::new(),
                        );
                        self.chosen(editor, same, false);
                    }
                    Err(error) => self.refuse(&error),
                    Ok(step) => {
                        let mut editor = editor.clone().remembering(tag);
                        editor.selection = Selection::Marks {
                            all: Rc::new([id]),
                            at: id,
                        };
                        self.step(&editor, Ok(step), stamp);
                    }
                }
            }
            Selection::Marks { at, .. } => {
                let step = marks::retag(document, *at, tag, stamp.now);
                self.step(&editor.clone().remembering(tag), step, stamp);
            }
            Selection::Nothing => {
                let is_armed = editor.armed.as_ref() == Some(tag);
                self.saying(
                    editor,
                    Action::Mark(MarkAction::TagArmed((!is_armed).then(|| tag.clone()))),
                    stamp,
                );
            }
        }
    }

    fn end_stepped(
        &mut self,
        editor: &Editor,
        piece: Option<usize>,
        (end, way): (MarkEnd, MoveDirection),
        stamp: Stamp,
    ) {
        let Some(mark) = editor.chosen() else {
            return;
        };
        let text = editor.document().article().text();
        let pieces = mark.spans.as_slice();
        let outer = match end {
            MarkEnd::Start => 0,
            MarkEnd::End => pieces.len() - 1,
        };
        let place = piece.unwrap_or(outer);
        let Some(piece) = pieces.get(place) else {
            return;
        };
        let (at, edge) = match end {
            MarkEnd::Start => (piece.start(), WordEdge::Start),
            MarkEnd::End => (piece.end(), WordEdge::End),
        };
        if let Some(to) = step(text, at.index(), edge, way) {
            let to = ByteOffset(u32::try_from(to).unwrap_or(u32::MAX));
            let step =
                spans::move_end_of_span(editor.document(), mark.id, place, end, to, stamp.now);
            self.step(editor, step, stamp);
        }
    }

    /// Deletes a mark. What had the focus may go with it: the next mark gets it, else the one
    /// before, else the article.
    fn delete_mark(&mut self, editor: &Editor, id: Id, stamp: Stamp) {
        let document = editor.document();
        let marks = document.annotations();
        let at = document.place_of(id);
        let neighbour = at.and_then(|at| marks.get(at + 1).or(marks.get(at.checked_sub(1)?)));
        let spot = neighbour.and_then(|mark| MarkLocation::of(mark, document.article()));
        let editor = &Editor {
            place: editor.words_in_hand().or(editor.place),
            ..editor.clone()
        };
        let step = marks::delete(document, id);
        let links: Vec<String> = linked(document, id);
        if links.is_empty() {
            self.step(editor, step, stamp);
        } else {
            let sentence = format!("Also deleted: {}.", links.join("; "));
            self.step_with_notice(editor, step, sentence, stamp);
        }
        self.request(Effect::Focus(spot));
    }

    /// The text box of a note has the focus: it shows what is typed there, and nothing else.
    fn begin_note(&mut self, editor: &Editor, id: Id) {
        let Some(mark) = editor.document().annotation(id) else {
            return;
        };
        let is_in_hand = |note: &NoteDraft| note.mark == id && note.is_typed;
        if editor.note_draft.as_ref().is_some_and(is_in_hand) {
            // The window has the focus again.
            return;
        }
        self.editor = Some(Rc::new(Editor {
            note_draft: Some(NoteDraft {
                mark: id,
                text: mark.note.as_str().into(),
                is_typed: false,
            }),
            ..editor.clone()
        }));
    }

    /// Keeps the note of a mark as it reads in the text box, whatever another tab has made of
    /// it.
    fn write_note(&mut self, editor: &Editor, id: Id, note: String, stamp: Stamp) {
        let step = marks::write_note(editor.document(), id, note.clone(), stamp.now);
        let editor = Editor {
            note_draft: Some(NoteDraft {
                mark: id,
                text: note.into(),
                is_typed: true,
            }),
            ..editor.clone()
        };
        self.editor = Some(Rc::new(editor.clone()));
        self.step(&editor, step, stamp);
    }

    /// Adds the chosen words to the mark that was chosen last.
    fn add_piece(&mut self, editor: &Editor, stamp: Stamp) {
        let (Selection::Words(span), Some(id)) = (&editor.selection, editor.last) else {
            return self.announce("Choose a mark first, then further words of it");
        };
        let step = spans::add_span(editor.document(), id, *span, stamp.now);
        let editor = Editor {
            selection: Selection::Marks {
                all: Rc::new([id]),
                at: id,
            },
            ..editor.clone()
        };
        self.step(&editor, step, stamp);
    }

    /// Does a step on the open article and keeps it; or says why not.
    pub(crate) fn step(
        &mut self,
        editor: &Editor,
        step: Result<Transaction, CommandError>,
        stamp: Stamp,
    ) {
        let done = step.and_then(|step| Ok(editor.history.step(&step, stamp.entry_stamp())?));
        match done {
            Ok((history, entry)) => {
                self.announce(entry.step.name.clone());
                self.put_step(editor, history, entry, stamp);
            }
            Err(error) => self.refuse(&error),
        }
    }

    fn refuse(&mut self, error: &CommandError) {
        if let Some(sentence) = errors::of_command_error(error) {
            self.notify(true, sentence, Vec::new());
        }
    }

    fn travel(&mut self, editor: &Editor, back: bool, stamp: Stamp) {
        let moved = if back {
            editor.history.undo(stamp.entry_stamp())
        } else {
            editor.history.redo(stamp.entry_stamp())
        };
        match moved {
            Ok(Some((history, entry))) => {
                let verb = if back { "Undone" } else { "Redone" };
                self.announce(format!("{verb}: {}", entry.step.name));
                self.put_step(editor, history, entry, stamp);
            }
            Ok(None) => {}
            Err(error) => self.refuse(&error.into()),
        }
    }

    fn put_step(
        &mut self,
        editor: &Editor,
        history: History,
        entry: Rc<JournalEntry>,
        stamp: Stamp,
    ) {
        let after = Editor {
            history: history.clone(),
            ..editor.clone()
        };
        let mut after = after.mended();
        let document = history.document().clone();
        if let Some((count, bytes)) = &mut after.size {
            let record = write_entry(&entry, document.article());
            *count += 1;
            *bytes += record.len() as u64;
        }
        let id = document.article().id;
        // A way back that other steps have come after is none.
        let is_stale = |offer: &Offer| matches!(*offer.action, Action::History(HistoryAction::UndoOf { article: of, .. }) if of == id);
        self.notices
            .retain(|notice| !notice.offers.iter().any(is_stale));
        self.editor = Some(Rc::new(after));
        self.shelve_after(&document, stamp);
        self.ask_for_older(&history);
        self.enter(id, entry, history);
    }

    /// Asks for the entries that undo needs next, where they are not at hand.
    pub(crate) fn ask_for_older(&mut self, history: &History) {
        let first = history.first();
        if first > 1 && history.wants_older() {
            let article = history.document().article().clone();
            self.request(Effect::ReadOlder(article, first));
        }
    }

    fn export(&mut self, editor: &Editor) {
        // The one that holds everything.
        let is_kept = self.saved_state() == SavedState::Saved;
        let latest = editor.history.latest().filter(|_| is_kept);
        // One without steps has no name that tells it from another of the same id.
        let kept = latest.map(|latest| (editor.history.number(), Some(latest)));
        let article = editor.document().article();
        let work = FileWork::Writing(article.id, article.title.clone());
        self.under_way.push(work);
        self.request(Effect::Export(0, editor.document().clone(), kept));
    }

    pub(crate) fn downloaded(&mut self, id: Id, asked: Timestamp, result: Result<(), String>) {
        self.done(|work| matches!(work, FileWork::Writing(other, _) if *other == id));
        if let Err(reason) = result {
            return self.not_written(&reason);
        }
        self.copied([(id, asked)].into_iter());
        self.announce("Exported");
    }

    pub(crate) fn with_panel(
        &mut self,
        editor: &Editor,
        change: impl FnOnce(&mut crate::editor::state::Panel),
    ) {
        let mut editor = editor.clone();
        change(&mut editor.panel);
        self.editor = Some(Rc::new(editor));
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

/// Where an end that was dragged to `to` comes to lie: exactly there, or at the
/// edge of the word.
fn dragged_to(
    editor: &Editor,
    (id, piece): (Id, usize),
    end: MarkEnd,
    to: Utf16Offset,
    is_exact: bool,
) -> Option<ByteOffset> {
    let article = editor.document().article();
    let mark = editor.document().annotation(id)?;
    let to = article.offsets().from_utf16(to)?.index();
    let piece = mark.spans.as_slice().get(piece)?;
    let range = match end {
        MarkEnd::Start => to..piece.end().index(),
        MarkEnd::End => piece.start().index()..to,
    };
    if range.start >= range.end {
        return None;
    }
    let span = if is_exact {
        exact(article.text(), range)
    } else {
        snap(article.text(), range)
    }?;
    Some(match end {
        MarkEnd::Start => span.start(),
        MarkEnd::End => span.end(),
    })
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

/// The relations of a mark in words: "‘to call’ made by ‘Iran’".
fn linked(document: &Document, id: Id) -> Vec<String> {
    let name = |id: Id| {
        let mark = document.annotation(id);
        let name = mark.map(|mark| name_of(document, mark)).unwrap_or_default();
        shortened(&name, 40)
    };
    let links = document.relations_of(id).map(|it| {
        let kind = document.codebook().relation(&it.kind);
        let kind = kind.map(|kind| kind.name.as_str()).unwrap_or_default();
        format!("“{}” {kind} “{}”", name(it.from), name(it.to))
    });
    links.collect()
}
