//! Updates of marks, of the answers in their fields, and of their relations.

use crate::editor::action::MarkAction;
use crate::editor::mark_location::MarkLocation;
use crate::editor::panel::listed;
use crate::editor::state::{Editor, Linking, Mode, NoteDraft, Selection};
use crate::editor::view::fields::{FieldKind, candidates, fields, pressed_at};
use crate::effect::Effect;
use crate::messages;
use crate::stamp::Stamp;
use crate::state::State;
use pullquote_core::analysis::ledger::name_of;
use pullquote_core::edit::commands::marks::{CommandError, MarkEnd};
use pullquote_core::edit::commands::{bulk, marks, relations, spans};
use pullquote_core::edit::step_name::StepName;
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
            MarkAction::NoteFocused(id) => self.note_focused(editor, id),
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
                index,
                end,
                direction,
            } => {
                self.end_stepped(editor, index, (end, direction), stamp);
            }
            MarkAction::SpanAdded => self.add_span(editor, stamp),
            MarkAction::EditingFinished => {
                let history = editor.history.settled();
                if history != editor.history || editor.note_draft.is_some() {
                    self.editor = Some(Rc::new(Editor {
                        history,
                        note_draft: None,
                        ..editor.clone()
                    }));
                }
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
                self.field_key_pressed(editor, number, stamp);
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
                self.begin(editor, Mode::AddingSpan);
                self.announce(messages::editor::SELECT_PART);
            }
            MarkAction::SpanRemoved { id, index } => {
                let step = spans::remove_span(document, id, index, now);
                self.step(editor, step, stamp);
            }
            MarkAction::ListedRetagged(tag) => {
                let marks = listed(editor);
                let step = bulk::retag_all(document, &marks, &tag, now);
                let name = document.codebook().tag(&tag).map(|tag| tag.name.clone());
                let name = name.unwrap_or_default();
                let sentence = messages::editor::marks_retagged(marks.len(), &name);
                self.step_with_notice(editor, step, sentence, stamp);
            }
            MarkAction::ListedDeleted => {
                let marks = listed(editor);
                let count = marks.len();
                let step = bulk::delete_all(document, &marks);
                let sentence = messages::editor::marks_deleted(count);
                self.step_with_notice(editor, step, sentence, stamp);
            }
        }
    }

    /// Gives a tag to the selected words or to the chosen mark. If nothing is selected, arms it.
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
                        self.inform(messages::editor::already_marked(&name));
                        self.choose_mark(editor, same, false);
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
                let editor = editor.clone().remembering(tag);
                let lost = step.as_ref().ok().and_then(|step| match &*step.name {
                    StepName::Retag {
                        to,
                        details,
                        relations,
                        ..
                    } if details + relations > 0 => {
                        Some(messages::editor::retagged(to, *details, *relations))
                    }
                    _ => None,
                });
                match lost {
                    Some(sentence) => self.step_with_notice(&editor, step, sentence, stamp),
                    None => self.step(&editor, step, stamp),
                }
            }
            Selection::Nothing => {
                let is_armed = editor.armed.as_ref() == Some(tag);
                self.arm(editor, (!is_armed).then(|| tag.clone()));
            }
        }
    }

    /// Arms a tag, or disarms it.
    pub(crate) fn arm(&mut self, editor: &Editor, tag: Option<Slug>) {
        let name = tag
            .as_ref()
            .and_then(|tag| editor.document().codebook().tag(tag));
        match name {
            Some(tag) => self.announce(messages::editor::armed(&tag.name)),
            None => self.announce(messages::editor::DISARMED),
        }
        self.editor = Some(Rc::new(Editor {
            armed: tag,
            selection: Selection::Nothing,
            mode: Mode::Nothing,
            ..editor.clone()
        }));
    }

    /// Moves an end of the chosen mark by a word. `index`: the span whose end is moved; `None` means
    /// the outermost.
    fn end_stepped(
        &mut self,
        editor: &Editor,
        index: Option<usize>,
        (end, direction): (MarkEnd, MoveDirection),
        stamp: Stamp,
    ) {
        let Some(mark) = editor.chosen() else {
            return;
        };
        let text = editor.document().article().text();
        let spans = mark.spans.as_slice();
        let outermost = match end {
            MarkEnd::Start => 0,
            MarkEnd::End => spans.len() - 1,
        };
        let index = index.unwrap_or(outermost);
        let Some(span) = spans.get(index) else {
            return;
        };
        let (at, edge) = match end {
            MarkEnd::Start => (span.start(), WordEdge::Start),
            MarkEnd::End => (span.end(), WordEdge::End),
        };
        if let Some(to) = step(text, at.index(), edge, direction) {
            let to = ByteOffset(u32::try_from(to).unwrap_or(u32::MAX));
            let step =
                spans::move_end_of_span(editor.document(), mark.id, index, end, to, stamp.now);
            self.step(editor, step, stamp);
        }
    }

    /// Deletes a mark. If the focus was on it, the next mark gets the focus, or the previous one, or
    /// the article.
    fn delete_mark(&mut self, editor: &Editor, id: Id, stamp: Stamp) {
        let document = editor.document();
        let marks = document.annotations();
        let at = document.index_of(id);
        let neighbour = at.and_then(|at| marks.get(at + 1).or(marks.get(at.checked_sub(1)?)));
        let location = neighbour.and_then(|mark| MarkLocation::new(mark, document.article()));
        let editor = &Editor {
            cursor: editor.words_at_cursor().or(editor.cursor),
            ..editor.clone()
        };
        let step = marks::delete(document, id);
        let relations = relations_in_words(document, id);
        if relations.is_empty() {
            self.step(editor, step, stamp);
        } else {
            let sentence = messages::editor::relations_deleted(&relations);
            self.step_with_notice(editor, step, sentence, stamp);
        }
        self.request(Effect::Focus(location));
    }

    /// The text box of a note got the focus: from now on it shows only what is typed there.
    fn note_focused(&mut self, editor: &Editor, id: Id) {
        let Some(mark) = editor.document().annotation(id) else {
            return;
        };
        let is_same = |note: &NoteDraft| note.mark == id && note.is_typed;
        if editor.note_draft.as_ref().is_some_and(is_same) {
            // The window got the focus again.
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

    /// Saves the note of a mark as it is in the text box. This replaces changes of other tabs.
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

    /// Adds the selected words to the mark that was chosen last.
    fn add_span(&mut self, editor: &Editor, stamp: Stamp) {
        let (Selection::Words(span), Some(id)) = (&editor.selection, editor.last) else {
            return self.announce(messages::editor::CHOOSE_MARK_FIRST);
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
        let done = self.end_mode(editor);
        self.step(&done, step, stamp);
    }

    /// Starts to choose the other end of a relation.
    fn start_relation(&mut self, editor: &Editor, mark: Id, kind: Slug, backwards: bool) {
        let linking = Linking {
            mark,
            kind,
            backwards,
        };
        self.begin(editor, Mode::Linking(linking));
    }

    /// Scrolls back to the chosen mark, if the user looked for another one far away.
    pub(crate) fn reveal_chosen(&mut self, editor: &Editor) {
        let mark = editor.chosen();
        let location = mark.and_then(|mark| MarkLocation::new(mark, editor.document().article()));
        if let Some(location) = location {
            self.request(Effect::RevealMark(location));
        }
    }

    /// A digit was pressed: it chooses a field of the card, or an answer to the chosen field. Zero
    /// ends the mode.
    fn field_key_pressed(&mut self, editor: &Editor, number: usize, stamp: Stamp) {
        let Some(mark) = editor.chosen() else { return };
        let fields = fields(editor.document(), mark);
        let Some(index) = number.checked_sub(1) else {
            return self.begin(editor, Mode::Nothing);
        };
        if let Mode::Asked(asked) = editor.mode {
            let Some(FieldKind::Answer { attribute, value }) =
                fields.get(asked).map(|field| &field.kind)
            else {
                return self.begin(editor, Mode::Nothing);
            };
            if let Some(answer) = pressed_at(attribute, value.as_ref(), index) {
                self.answer(editor, mark.id, &attribute.id, answer, stamp);
            }
            return;
        }
        match fields.get(index).map(|field| &field.kind) {
            Some(FieldKind::Link { kind, .. }) => {
                self.start_relation(editor, mark.id, kind.id.clone(), false);
            }
            Some(FieldKind::Answer { .. }) => self.begin(editor, Mode::Asked(index)),
            None => {}
        }
    }

    /// The other end of the relation was chosen.
    pub(crate) fn complete_relation(&mut self, editor: &Editor, other: Id, stamp: Stamp) {
        let Mode::Linking(linking) = &editor.mode else {
            return;
        };
        let document = editor.document();
        let (from, to) = if linking.backwards {
            (other, linking.mark)
        } else {
            (linking.mark, other)
        };
        let all = candidates(document, linking, "");
        if !all.iter().any(|candidate| candidate.marks.contains(&other)) {
            let kind = document.codebook().relation(&linking.kind);
            let name = kind.map(|kind| kind.name.clone()).unwrap_or_default();
            return self.announce(messages::editor::cannot_relate(&name));
        }
        let step = relations::relate(document, stamp.id(0), &linking.kind, from, to);
        let done = self.end_mode(editor);
        self.step(&done, step, stamp);
        self.reveal_chosen(editor);
    }
}

/// The new offset of the end of a span that was dragged to `to`: exactly there, or at the edge of
/// the word. `None` if the span would be empty.
fn dragged_to(
    editor: &Editor,
    (id, index): (Id, usize),
    end: MarkEnd,
    to: Utf16Offset,
    is_exact: bool,
) -> Option<ByteOffset> {
    let article = editor.document().article();
    let mark = editor.document().annotation(id)?;
    let to = article.offsets().from_utf16(to)?.index();
    let span = mark.spans.as_slice().get(index)?;
    let range = match end {
        MarkEnd::Start => to..span.end().index(),
        MarkEnd::End => span.start().index()..to,
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

/// The relations of a mark in words.
fn relations_in_words(document: &Document, id: Id) -> Vec<String> {
    let name = |id: Id| {
        let mark = document.annotation(id);
        let name = mark.map(|mark| name_of(document, mark)).unwrap_or_default();
        shortened(&name, 40)
    };
    let relations = document.relations_of(id).map(|relation| {
        let kind = document.codebook().relation(&relation.kind);
        let kind = kind.map(|kind| kind.name.as_str()).unwrap_or_default();
        messages::editor::relation(&name(relation.from), kind, &name(relation.to))
    });
    relations.collect()
}
