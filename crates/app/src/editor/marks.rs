//! Marks are made, changed and deleted; their fields are answered; relations link them.

use crate::editor::action::MarkAction;
use crate::editor::mark_location::MarkLocation;
use crate::editor::panel::listed;
use crate::editor::state::{Editor, Linking, Mode, NoteDraft, Selection};
use crate::editor::view::fields::{FieldKind, candidates, fields, pressed_at};
use crate::effect::Effect;
use crate::messages::counts::counted;
use crate::stamp::Stamp;
use crate::state::State;
use pullquote_core::analysis::ledger::name_of;
use pullquote_core::edit::commands::marks::{CommandError, MarkEnd};
use pullquote_core::edit::commands::{bulk, marks, relations, spans};
use pullquote_core::model::document::Document;
use pullquote_core::model::id::{Id, Slug};
use pullquote_core::model::value::Value;
use pullquote_core::text::offset::{ByteOffset, Utf16Offset};
use pullquote_core::text::shortened::shortened;
use pullquote_core::text::snapping::{MoveDirection, WordEdge, exact, snap, step};
use std::rc::Rc;

impl State {
    /// Handles a change of marks, answers or relations.
    pub(crate) fn mark_action(&mut self, editor: &Editor, action: MarkAction, stamp: Stamp) {
        let document = editor.document();
        let now = stamp.now;
        match action {
            MarkAction::TagGiven(tag) => self.tag_given(editor, &tag, stamp),
            MarkAction::NoteFocused(id) => self.begin_note(editor, id),
            MarkAction::NoteWritten { id, note } => self.write_note(editor, id, note, stamp),
            MarkAction::FlagToggled(id) => {
                self.step(editor, marks::flag(document, id, stamp.now), stamp)
            }
            MarkAction::EndDragged {
                id,
                index,
                end,
                to,
                exact,
            } => {
                if let Some(to) = dragged_to(editor, (id, index), end, to, exact) {
                    let step = spans::move_end_of_span(document, id, index, end, to, stamp.now);
                    self.step(editor, step, stamp);
                }
            }
            MarkAction::EndStepped {
                index: piece,
                end,
                direction: way,
            } => {
                self.end_stepped(editor, piece, (end, way), stamp);
            }
            MarkAction::SpanAdded => self.add_piece(editor, stamp),
            MarkAction::EditingFinished => {
                let mut settled = (*editor).clone();
                settled.history = settled.history.settled();
                settled.note_draft = None;
                self.editor = Some(Rc::new(settled));
            }
            MarkAction::Deleted(id) => self.delete_mark(editor, id, stamp),
            MarkAction::TagArmed(tag) => self.arm(editor, tag),
            MarkAction::AnswerGiven {
                id,
                attribute,
                value,
            } => self.answer(editor, id, &attribute, value, stamp),
            MarkAction::QuestionAnswered { question, value } => {
                let step = relations::answer_question(document, &question, value);
                self.step(editor, step, stamp);
            }
            MarkAction::FieldKeyPressed { index: number } => {
                self.field_keyed(editor, number, stamp)
            }
            MarkAction::RelationStarted {
                id,
                kind,
                backwards,
            } => self.start_relation(editor, id, kind, backwards),
            MarkAction::RelationCompleted(other) => self.complete_relation(editor, other, stamp),
            MarkAction::RelationDeleted(id) => {
                self.step(editor, relations::unrelate(document, id), stamp)
            }
            MarkAction::SpanRequested => {
                self.begin(editor, Mode::Piecing);
                self.announce("Select the words that belong to it too");
            }
            MarkAction::SpanRemoved { id, index: place } => {
                let step = spans::remove_span(document, id, place, now);
                self.step(editor, step, stamp);
            }
            MarkAction::ListedRetagged(tag) => {
                let marks = listed(editor);
                let step = bulk::retag_all(document, &marks, &tag, now);
                let said = step
                    .as_ref()
                    .map(|step| step.name.clone())
                    .unwrap_or_default();
                self.step_with_notice(editor, step, format!("Done: {said}."), stamp);
            }
            MarkAction::ListedDeleted => {
                let marks = listed(editor);
                let count = marks.len();
                let step = bulk::delete_all(document, &marks);
                let sentence = format!("{} deleted.", counted(count, "mark was", "marks were"));
                self.step_with_notice(editor, step, sentence, stamp);
            }
        }
    }

    pub(crate) fn tag_given(&mut self, editor: &Editor, tag: &Slug, stamp: Stamp) {
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
                self.arm(editor, (!is_armed).then(|| tag.clone()));
            }
        }
    }

    pub(crate) fn arm(&mut self, editor: &Editor, tag: Option<Slug>) {
        let name = tag
            .as_ref()
            .and_then(|tag| editor.document().codebook().tag(tag));
        let said = match name {
            Some(tag) => format!(
                "Every sweep is tagged as {} until you press Escape",
                tag.name
            ),
            None => "Sweeps are not tagged any more".to_owned(),
        };
        self.announce(said);
        self.editor = Some(Rc::new(Editor {
            armed: tag,
            selection: Selection::Nothing,
            mode: Mode::Nothing,
            ..editor.clone()
        }));
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

    /// Answers a field of a mark, or removes its answer.
    fn answer(
        &mut self,
        editor: &Editor,
        id: Id,
        attribute: &Slug,
        value: Option<Value>,
        stamp: Stamp,
    ) {
        let step = relations::answer(editor.document(), id, attribute, value, stamp.now);
        let done = self.done_with(editor);
        self.step(&done, step, stamp);
    }

    /// Starts to look for the other end of a relation.
    fn start_relation(&mut self, editor: &Editor, mark: Id, kind: Slug, back: bool) {
        self.begin(editor, Mode::Linking(Linking { mark, kind, back }));
    }

    /// A digit: of a field of the card, or of an answer to the one that was asked for.
    fn field_keyed(&mut self, editor: &Editor, number: usize, stamp: Stamp) {
        let Some(mark) = editor.chosen() else { return };
        let fields = fields(editor.document(), mark);
        let Some(place) = number.checked_sub(1) else {
            return self.begin(editor, Mode::Nothing);
        };
        if let Mode::Asked(asked) = editor.mode {
            let Some(FieldKind::Answer { attribute, value }) =
                fields.get(asked).map(|field| &field.kind)
            else {
                return self.begin(editor, Mode::Nothing);
            };
            if let Some(answer) = pressed_at(attribute, value.as_ref(), place) {
                self.answer(editor, mark.id, &attribute.id, answer, stamp);
            }
            return;
        }
        match fields.get(place).map(|field| &field.kind) {
            Some(FieldKind::Link { kind, .. }) => {
                self.start_relation(editor, mark.id, kind.id.clone(), false);
            }
            Some(FieldKind::Answer { .. }) => self.begin(editor, Mode::Asked(place)),
            None => {}
        }
    }

    /// The other end of the link that is being made.
    pub(crate) fn complete_relation(&mut self, editor: &Editor, other: Id, stamp: Stamp) {
        let Mode::Linking(linking) = &editor.mode else {
            return;
        };
        let document = editor.document();
        let (from, to) = if linking.back {
            (other, linking.mark)
        } else {
            (linking.mark, other)
        };
        let all = candidates(document, linking, "");
        if !all.iter().any(|it| it.marks.contains(&other)) {
            let kind = document.codebook().relation(&linking.kind);
            let name = kind.map(|kind| kind.name.clone()).unwrap_or_default();
            return self.announce(format!("That mark cannot be “{name}” of this one"));
        }
        let step = relations::relate(document, stamp.id(0), &linking.kind, from, to);
        let done = self.done_with(editor);
        self.step(&done, step, stamp);
    }
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
