//! Marks are made and changed on the open article.

use super::past;
use crate::app::view::candidates;
use crate::app::{
    Action, Choice, Desk, Doing, NoteInHand, Offer, Request, Route, SavedState, Shows, Spot, Stamp,
    State, Stride, Work, sentence,
};
use pullquote_core::analysis::name_of;
use pullquote_core::edit::{self, CommandError, End, Entry, History, Transaction};
use pullquote_core::formats::write_entry;
use pullquote_core::model::{Article, Document, Id, Moment, Slug};
use pullquote_core::text::{
    ByteOffset, Edge, Span, Utf16Offset, Way, exact, shortened, snap, step,
};
use std::ops::Range;
use std::rc::Rc;

impl State {
    /// What an action does to the open article; nothing if none is open.
    pub(super) fn at_desk(&mut self, action: Action, stamp: Stamp) {
        let Some(desk) = self.desk.clone() else {
            return;
        };
        if desk.preview.is_some() && !past::suits_the_past(&action) {
            return self
                .say("This is an earlier state: bring it back, or go back to the present one");
        }
        let document = desk.document();
        match action {
            Action::Swept { range, exact, more } => self.swept(&desk, range, exact, more, stamp),
            Action::Pressed(ids) => self.pressed(&desk, &ids, stamp),
            Action::WordsBegun(at) => self.begin_words(&desk, at),
            Action::WordsMoved(stride) => self.move_words(&desk, stride),
            Action::Chosen(id, goes_there) => self.chosen(&desk, id, goes_there),
            Action::Cleared | Action::Escaped if desk.preview.is_some() => {
                self.look_back(&desk, None)
            }
            Action::LookedBack(number) => self.look_back(&desk, number),
            Action::BroughtBack => self.bring_back(&desk, stamp),
            Action::PastWanted => self.ask_for_past(&desk),
            Action::CoderNamed(name) => self.name_coder(&desk, &name, stamp),
            Action::PanelShows(shows) => {
                self.with_panel(&desk, |panel| {
                    panel.shows = shows;
                    panel.open = true;
                });
                if shows == Shows::History {
                    self.ask(Request::Measure(document.article().id));
                }
            }
            Action::Cleared => self.choose(&desk, Choice::Nothing),
            Action::TagGiven(tag) => self.tag_given(&desk, &tag, stamp),
            Action::NoteBegun(id) => self.begin_note(&desk, id),
            Action::NoteWritten(id, note) => self.write_note(&desk, id, note, stamp),
            Action::FlagTurned(id) => self.step(&desk, edit::flag(document, id, stamp.now), stamp),
            Action::EndDragged {
                id,
                piece,
                end,
                to,
                exact,
            } => {
                if let Some(to) = dragged_to(&desk, (id, piece), end, to, exact) {
                    let step = edit::move_edge(document, id, piece, end, to, stamp.now);
                    self.step(&desk, step, stamp);
                }
            }
            Action::EndStepped(piece, end, way) => {
                self.end_stepped(&desk, piece, (end, way), stamp);
            }
            Action::PieceAdded => self.add_piece(&desk, stamp),
            Action::Settled => {
                let mut settled = (*desk).clone();
                settled.history = settled.history.settled();
                settled.note_in_hand = None;
                self.desk = Some(Rc::new(settled));
            }
            Action::DeleteMark(id) => self.delete_mark(&desk, id, stamp),
            Action::Undo => self.travel(&desk, true, stamp),
            Action::UndoOf(article, number) => {
                if document.article().id == article && desk.history.number() == number {
                    self.travel(&desk, true, stamp);
                } else {
                    self.say("Other steps came after it: take those back first, in the bar");
                }
            }
            Action::Redo => self.travel(&desk, false, stamp),
            Action::Export => self.export(&desk),
            Action::Print => {
                let article = desk.document().article().clone();
                if !matches!(self.route, Route::Article(_)) {
                    self.ask(Request::Go(Route::Article(article.id)));
                }
                self.ask(Request::Print(article));
            }
            Action::Searched(query) => self.with_panel(&desk, |panel| {
                panel.query = query;
                panel.found = None;
            }),
            Action::Filtered(only) => self.with_panel(&desk, |panel| panel.only = only),
            Action::Grouped(grouped) => self.with_panel(&desk, |panel| panel.grouped = grouped),
            Action::PanelTurned => self.with_panel(&desk, |panel| panel.open = !panel.open),
            other => self.saying(&desk, other, stamp),
        }
    }

    fn swept(
        &mut self,
        desk: &Desk,
        range: Range<Utf16Offset>,
        is_exact: bool,
        is_more: bool,
        stamp: Stamp,
    ) {
        let article = desk.document().article();
        let span = article.bytes_of_utf16(range).and_then(|bytes| {
            if is_exact {
                exact(article.text(), within_blocks(article, bytes))
            } else {
                snap(article.text(), bytes.clone()).or_else(|| touched(article.text(), bytes))
            }
        });
        let Some(span) = span else {
            return self.choose(desk, Choice::Nothing);
        };
        let is_more = is_more || desk.doing == Doing::Piecing;
        if let Some(mark) = desk.chosen().filter(|_| is_more) {
            let step = edit::add_piece(desk.document(), mark.id, span, stamp.now);
            let done = self.done_with(desk);
            return self.step(&done, step, stamp);
        }
        let Some(tag) = &desk.armed else {
            return self.choose(desk, Choice::Words(span));
        };
        let swept = Desk {
            choice: Choice::Words(span),
            ..desk.clone()
        };
        self.tag_given(&swept, tag, stamp);
        // The card would lie in the way of the next sweep.
        if let Some(desk) = self.desk.clone() {
            self.choose(&desk, Choice::Nothing);
        }
    }

    /// Sweeps the first word from `at` on, by the keys alone.
    fn begin_words(&mut self, desk: &Desk, at: Utf16Offset) {
        let article = desk.document().article();
        let at = article
            .offsets()
            .from_utf16(at)
            .map_or(0, ByteOffset::index);
        if let Some(span) = word_from(article.text(), at) {
            self.choose_by_keys(desk, span);
            self.say(span.slice(article.text()).unwrap_or_default().to_owned());
        }
    }

    /// Chooses words that the keys alone have swept or found, and brings them into view.
    pub(super) fn choose_by_keys(&mut self, desk: &Desk, span: Span) {
        self.choose(desk, Choice::Words(span));
        if let Some(desk) = self.desk.clone() {
            self.desk = Some(Rc::new(Desk {
                by_keys: true,
                place: Some(span),
                ..(*desk).clone()
            }));
        }
        self.reveal_words(desk.document(), span);
    }

    /// Goes on by words or blocks from where the keys are: from the words that are chosen, or
    /// from the mark that was made of them, or from where they were left.
    fn move_words(&mut self, desk: &Desk, stride: Stride) {
        let Some(span) = desk.words_in_hand() else {
            return;
        };
        let article = desk.document().article();
        if let Some(span) = strode(article, span, stride) {
            self.choose_by_keys(desk, span);
            self.say(span.slice(article.text()).unwrap_or_default().to_owned());
        }
    }

    /// The inner of the marks that were clicked comes first; a further click
    /// goes on to the next one out, and round again.
    fn pressed(&mut self, desk: &Desk, ids: &[Id], stamp: Stamp) {
        if let Doing::Linking(linking) = &desk.doing {
            // The innermost that may be the other end.
            let all = candidates(desk.document(), linking, "");
            let may_be = |id: &&Id| all.iter().any(|it| it.marks.contains(id));
            let other = ids.iter().rev().find(may_be).or(ids.last());
            return match other {
                Some(other) => self.link(desk, *other, stamp),
                None => self.choose(desk, Choice::Nothing),
            };
        }
        let mut all: Vec<Id> = Vec::new();
        for id in ids {
            if desk.document().annotation(*id).is_some() && !all.contains(id) {
                all.push(*id);
            }
        }
        let Some(&innermost) = all.last() else {
            return self.choose(desk, Choice::Nothing);
        };
        let at = match &desk.choice {
            Choice::Marks { all: before, at } if **before == *all => {
                let place = all.iter().position(|id| id == at).unwrap_or(0);
                all[(place + all.len() - 1) % all.len()]
            }
            _ => innermost,
        };
        let all = all.into();
        self.choose(desk, Choice::Marks { all, at });
    }

    pub(super) fn chosen(&mut self, desk: &Desk, id: Id, goes_there: bool) {
        let document = desk.document();
        let Some(mark) = document.annotation(id) else {
            return;
        };
        let spot = Spot::of(mark, document.article());
        let all = match &desk.choice {
            Choice::Marks { all, .. } if !goes_there && all.contains(&id) => all.clone(),
            _ => Rc::new([id]),
        };
        self.choose(desk, Choice::Marks { all, at: id });
        if goes_there {
            if self.narrow
                && let Some(desk) = self.desk.clone()
            {
                self.with_panel(&desk, |panel| panel.open = false);
            }
            if let Some(spot) = spot {
                self.ask(Request::Reveal(spot));
            }
        }
    }

    pub(super) fn choose(&mut self, desk: &Desk, choice: Choice) {
        if desk.choice == choice && desk.doing == Doing::Nothing {
            return;
        }
        self.desk = Some(Rc::new(Desk {
            last: desk.chosen().map(|mark| mark.id).or(desk.last),
            choice,
            doing: Doing::Nothing,
            by_keys: false,
            note_in_hand: None,
            history: desk.history.settled(),
            ..desk.clone()
        }));
    }

    fn tag_given(&mut self, desk: &Desk, tag: &Slug, stamp: Stamp) {
        let document = desk.document();
        let id = stamp.id(0);
        match &desk.choice {
            Choice::Words(span) => {
                let made = edit::mark(document, id, tag, (*span).into(), stamp.now);
                match made {
                    Err(CommandError::Already(same)) => {
                        let name = document.codebook().tag(tag).map(|tag| tag.name.clone());
                        let name = name.unwrap_or_default();
                        self.tell(
                            false,
                            format!("These words are marked as {name} already."),
                            Vec::new(),
                        );
                        self.chosen(desk, same, false);
                    }
                    Err(error) => self.refuse(&error),
                    Ok(step) => {
                        let mut desk = desk.clone().remembering(tag);
                        desk.choice = Choice::Marks {
                            all: Rc::new([id]),
                            at: id,
                        };
                        self.step(&desk, Ok(step), stamp);
                    }
                }
            }
            Choice::Marks { at, .. } => {
                let step = edit::retag(document, *at, tag, stamp.now);
                self.step(&desk.clone().remembering(tag), step, stamp);
            }
            Choice::Nothing => {
                let is_armed = desk.armed.as_ref() == Some(tag);
                self.saying(desk, Action::Armed((!is_armed).then(|| tag.clone())), stamp);
            }
        }
    }

    fn end_stepped(
        &mut self,
        desk: &Desk,
        piece: Option<usize>,
        (end, way): (End, Way),
        stamp: Stamp,
    ) {
        let Some(mark) = desk.chosen() else {
            return;
        };
        let text = desk.document().article().text();
        let pieces = mark.spans.as_slice();
        let outer = match end {
            End::Start => 0,
            End::End => pieces.len() - 1,
        };
        let place = piece.unwrap_or(outer);
        let Some(piece) = pieces.get(place) else {
            return;
        };
        let (at, edge) = match end {
            End::Start => (piece.start(), Edge::Start),
            End::End => (piece.end(), Edge::End),
        };
        if let Some(to) = step(text, at.index(), edge, way) {
            let to = ByteOffset(u32::try_from(to).unwrap_or(u32::MAX));
            let step = edit::move_edge(desk.document(), mark.id, place, end, to, stamp.now);
            self.step(desk, step, stamp);
        }
    }

    /// Deletes a mark. What had the focus may go with it: the next mark gets it, else the one
    /// before, else the article.
    fn delete_mark(&mut self, desk: &Desk, id: Id, stamp: Stamp) {
        let document = desk.document();
        let marks = document.annotations();
        let at = document.place_of(id);
        let neighbour = at.and_then(|at| marks.get(at + 1).or(marks.get(at.checked_sub(1)?)));
        let spot = neighbour.and_then(|mark| Spot::of(mark, document.article()));
        let desk = &Desk {
            place: desk.words_in_hand().or(desk.place),
            ..desk.clone()
        };
        let step = edit::delete(document, id);
        let links: Vec<String> = linked(document, id);
        if links.is_empty() {
            self.step(desk, step, stamp);
        } else {
            let sentence = format!("Also deleted: {}.", links.join("; "));
            self.step_told(desk, step, sentence, stamp);
        }
        self.ask(Request::Focus(spot));
    }

    /// The text box of a note has the focus: it shows what is typed there, and nothing else.
    fn begin_note(&mut self, desk: &Desk, id: Id) {
        let Some(mark) = desk.document().annotation(id) else {
            return;
        };
        let is_in_hand = |note: &NoteInHand| note.mark == id && note.is_typed;
        if desk.note_in_hand.as_ref().is_some_and(is_in_hand) {
            // The window has the focus again.
            return;
        }
        self.desk = Some(Rc::new(Desk {
            note_in_hand: Some(NoteInHand {
                mark: id,
                text: mark.note.as_str().into(),
                is_typed: false,
            }),
            ..desk.clone()
        }));
    }

    /// Keeps the note of a mark as it reads in the text box, whatever another tab has made of
    /// it.
    fn write_note(&mut self, desk: &Desk, id: Id, note: String, stamp: Stamp) {
        let step = edit::write_note(desk.document(), id, note.clone(), stamp.now);
        let desk = Desk {
            note_in_hand: Some(NoteInHand {
                mark: id,
                text: note.into(),
                is_typed: true,
            }),
            ..desk.clone()
        };
        self.desk = Some(Rc::new(desk.clone()));
        self.step(&desk, step, stamp);
    }

    /// Adds the chosen words to the mark that was chosen last.
    fn add_piece(&mut self, desk: &Desk, stamp: Stamp) {
        let (Choice::Words(span), Some(id)) = (&desk.choice, desk.last) else {
            return self.say("Choose a mark first, then further words of it");
        };
        let step = edit::add_piece(desk.document(), id, *span, stamp.now);
        let desk = Desk {
            choice: Choice::Marks {
                all: Rc::new([id]),
                at: id,
            },
            ..desk.clone()
        };
        self.step(&desk, step, stamp);
    }

    /// Does a step on the open article and keeps it; or says why not.
    pub(super) fn step(
        &mut self,
        desk: &Desk,
        step: Result<Transaction, CommandError>,
        stamp: Stamp,
    ) {
        let done = step.and_then(|step| Ok(desk.history.step(&step, stamp.seal())?));
        match done {
            Ok((history, entry)) => {
                self.say(entry.step.name.clone());
                self.put_step(desk, history, entry, stamp);
            }
            Err(error) => self.refuse(&error),
        }
    }

    fn refuse(&mut self, error: &CommandError) {
        if let Some(sentence) = sentence::of_command_error(error) {
            self.tell(true, sentence, Vec::new());
        }
    }

    fn travel(&mut self, desk: &Desk, back: bool, stamp: Stamp) {
        let moved = if back {
            desk.history.undo(stamp.seal())
        } else {
            desk.history.redo(stamp.seal())
        };
        match moved {
            Ok(Some((history, entry))) => {
                let verb = if back { "Undone" } else { "Redone" };
                self.say(format!("{verb}: {}", entry.step.name));
                self.put_step(desk, history, entry, stamp);
            }
            Ok(None) => {}
            Err(error) => self.refuse(&error.into()),
        }
    }

    fn put_step(&mut self, desk: &Desk, history: History, entry: Rc<Entry>, stamp: Stamp) {
        let after = Desk {
            history: history.clone(),
            ..desk.clone()
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
        let is_stale = |offer: &Offer| matches!(*offer.action, Action::UndoOf(of, _) if of == id);
        self.notices
            .retain(|notice| !notice.offers.iter().any(is_stale));
        self.desk = Some(Rc::new(after));
        self.shelve_after(&document, stamp);
        self.ask_for_older(&history);
        self.enter(id, entry, history);
    }

    /// Asks for the entries that undo needs next, where they are not at hand.
    pub(super) fn ask_for_older(&mut self, history: &History) {
        let first = history.first();
        if first > 1 && history.wants_older() {
            let article = history.document().article().clone();
            self.ask(Request::ReadOlder(article, first));
        }
    }

    fn export(&mut self, desk: &Desk) {
        // The one that holds everything.
        let is_kept = self.saved_state() == SavedState::Saved;
        let latest = desk.history.latest().filter(|_| is_kept);
        // One without steps has no name that tells it from another of the same id.
        let kept = latest.map(|latest| (desk.history.number(), Some(latest)));
        let article = desk.document().article();
        let work = Work::Writing(article.id, article.title.clone());
        self.under_way.push(work);
        self.ask(Request::Export(0, desk.document().clone(), kept));
    }

    pub(super) fn downloaded(&mut self, id: Id, asked: Moment, result: Result<(), String>) {
        self.done(|work| matches!(work, Work::Writing(other, _) if *other == id));
        if let Err(reason) = result {
            return self.not_written(&reason);
        }
        self.copied([(id, asked)].into_iter());
        self.say("Exported");
    }

    pub(super) fn with_panel(&mut self, desk: &Desk, change: impl FnOnce(&mut crate::app::Panel)) {
        let mut desk = desk.clone();
        change(&mut desk.panel);
        self.desk = Some(Rc::new(desk));
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
    desk: &Desk,
    (id, piece): (Id, usize),
    end: End,
    to: Utf16Offset,
    is_exact: bool,
) -> Option<ByteOffset> {
    let article = desk.document().article();
    let mark = desk.document().annotation(id)?;
    let to = article.offsets().from_utf16(to)?.index();
    let piece = mark.spans.as_slice().get(piece)?;
    let range = match end {
        End::Start => to..piece.end().index(),
        End::End => piece.start().index()..to,
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
        End::Start => span.start(),
        End::End => span.end(),
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
        step(text, before, Edge::Start, Way::Forward)?
    };
    let char = text[start..].chars().next()?;
    snap(text, start..start + char.len_utf8())
}

/// The words that are swept after this stride; `None` at the ends of the text.
fn strode(article: &Article, span: Span, stride: Stride) -> Option<Span> {
    let text = article.text();
    let (start, end) = (span.start().index(), span.end().index());
    match stride {
        Stride::Word(Way::Forward) => word_from(text, end),
        Stride::Word(Way::Back) => {
            let start = step(text, start, Edge::Start, Way::Back)?;
            word_from(text, start)
        }
        Stride::Reach(way) => {
            let end = step(text, end, Edge::End, way)?;
            (end > start).then(|| exact(text, start..end))?
        }
        Stride::Block(way) => {
            let blocks = article.blocks();
            let at = blocks.partition_point(|block| block.span.end() <= span.start());
            let place = match way {
                Way::Forward => at + 1,
                Way::Back => at.checked_sub(1)?,
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
