//! Updates of the history: undo and redo, earlier versions, and the name of the coder.

use crate::editor::action::HistoryAction;
use crate::editor::mark_location::MarkLocation;
use crate::editor::state::{Editor, Mode, Preview, Selection};
use crate::effect::Effect;
use crate::messages;
use crate::messages::step_names::step_name;
use crate::stamp::Stamp;
use crate::state::State;
use pullquote_core::edit::change::Edit;
use pullquote_core::edit::commands::marks;
use pullquote_core::edit::diff;
use pullquote_core::edit::history::History;
use pullquote_core::edit::step_name::StepName;
use pullquote_core::edit::transaction::Transaction;
use std::rc::Rc;

impl State {
    /// Handles what happened to the history.
    pub(crate) fn history_action(&mut self, editor: &Editor, action: HistoryAction, stamp: Stamp) {
        let document = editor.document();
        match action {
            HistoryAction::PreviewShown(number) => self.show_preview(editor, number),
            HistoryAction::PreviewRestored => self.restore_preview(editor, stamp),
            HistoryAction::OlderRequested => self.request_older(&editor.history),
            HistoryAction::CoderNamed(name) => self.name_coder(editor, &name, stamp),
            HistoryAction::SourceDescribed(source) => {
                let step = marks::describe_source(document, source);
                self.step(editor, step, stamp);
            }
            HistoryAction::Undo => self.undo(editor, stamp),
            HistoryAction::UndoOf { article, number } => {
                if document.article().id == article && editor.history.number() == number {
                    self.undo(editor, stamp);
                } else {
                    self.announce(messages::editor::NOT_THE_LAST_STEP);
                }
            }
            HistoryAction::Redo => self.redo(editor, stamp),
        }
    }

    fn undo(&mut self, editor: &Editor, stamp: Stamp) {
        match editor.history.undo(stamp.entry_stamp()) {
            Ok(Some((history, entry))) => {
                self.announce(messages::editor::undone(&step_name(&entry.step.name)));
                let edits = entry.step.edits.clone();
                self.put_step(editor, history, entry, stamp);
                self.show_undone(editor, &edits);
            }
            Ok(None) => {}
            Err(error) => self.refuse(&error.into()),
        }
    }

    /// Goes to what the undoing of a step on one mark changed: a mark that was deleted gets the
    /// focus, and the words of a mark that was made are selected as before.
    fn show_undone(&mut self, before: &Editor, edits: &[Edit]) {
        let mut marks = edits.iter().filter_map(|edit| match edit {
            Edit::PutAnnotation(mark) => Some(mark.id),
            Edit::DropAnnotation(id) => Some(*id),
            _ => None,
        });
        let (Some(id), None, Some(editor)) = (marks.next(), marks.next(), self.editor.clone())
        else {
            return;
        };
        match (
            before.document().annotation(id),
            editor.document().annotation(id),
        ) {
            (Some(made), None) if before.chosen().is_some_and(|chosen| chosen.id == id) => {
                let span = made.spans.as_slice()[0];
                self.choose(&editor, Selection::Words(span));
                if let Some(editor) = &mut self.editor {
                    let editor = Rc::make_mut(editor);
                    (editor.by_keys, editor.cursor) = (before.by_keys, Some(span));
                }
            }
            (None, Some(back)) => {
                let article = editor.document().article();
                self.request(Effect::Focus(MarkLocation::new(back, article)));
            }
            _ => {}
        }
    }

    fn redo(&mut self, editor: &Editor, stamp: Stamp) {
        match editor.history.redo(stamp.entry_stamp()) {
            Ok(Some((history, entry))) => {
                self.announce(messages::editor::redone(&step_name(&entry.step.name)));
                self.put_step(editor, history, entry, stamp);
            }
            Ok(None) => {}
            Err(error) => self.refuse(&error.into()),
        }
    }

    /// Requests the entries that undo needs next, if they are not in memory.
    pub(crate) fn ask_for_older(&mut self, history: &History) {
        if history.wants_older() {
            self.request_older(history);
        }
    }

    /// Requests the entries before those in memory, if there can be any.
    fn request_older(&mut self, history: &History) {
        let first = history.first();
        if first > 1 {
            let article = history.document().article().clone();
            self.request(Effect::ReadOlderEntries {
                article,
                before: first,
            });
        }
    }

    /// Shows the article as it was after the entry `number`, or as it is now if that is `None`.
    pub(crate) fn show_preview(&mut self, editor: &Editor, number: Option<u64>) {
        let history = &editor.history;
        let preview = match number.filter(|number| *number != history.number()) {
            None => None,
            Some(number) => match history.state_at(number) {
                Ok(Some(document)) => Some(Preview { number, document }),
                Ok(None) => return,
                Err(error) => return self.alarm(messages::editor::no_preview(&error)),
            },
        };
        let mut editor = editor.clone();
        // There is no room for the text beside the list of steps.
        if self.narrow && preview.is_some() {
            editor.panel.open = false;
        }
        self.editor = Some(Rc::new(Editor {
            preview,
            selection: Selection::Nothing,
            mode: Mode::Nothing,
            ..editor
        }));
    }

    /// Makes the version in the preview the current one. This is a step like any other.
    fn restore_preview(&mut self, editor: &Editor, stamp: Stamp) {
        let Some(preview) = &editor.preview else {
            return;
        };
        let entries = editor.history.entries().iter();
        let last = entries.filter(|entry| entry.number == preview.number);
        let name = match last.map(|entry| &entry.step.name).next() {
            Some(name) => StepName::BringBack {
                after: name.clone(),
            },
            None => StepName::BringBackFirst,
        };
        let step = diff::diff(editor.document(), &preview.document, name);
        let now = Editor {
            preview: None,
            ..editor.clone()
        };
        self.editor = Some(Rc::new(now.clone()));
        if step.edits.is_empty() {
            return self.announce(messages::editor::IS_CURRENT);
        }
        self.step(&now, Ok(step), stamp);
    }

    /// Sets the name of the coder, which later steps carry.
    fn name_coder(&mut self, editor: &Editor, name: &str, stamp: Stamp) {
        let name = name.trim();
        if name == editor.document().coder {
            return;
        }
        let coder = name.to_owned();
        let edits = vec![Edit::PutCoder(coder.clone())];
        let step = Transaction::new(StepName::ChangeCoder { coder }, edits);
        self.step(editor, Ok(step), stamp);
    }
}
