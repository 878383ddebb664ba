//! Undo and redo, earlier states, and the name of the coder.

use crate::editor::action::HistoryAction;
use crate::editor::state::{Editor, Mode, Preview, Selection};
use crate::effect::Effect;
use crate::messages::step_names::step_name;
use crate::stamp::Stamp;
use crate::state::State;
use pullquote_core::edit::change::Edit;
use pullquote_core::edit::diff;
use pullquote_core::edit::history::History;
use pullquote_core::edit::step_name::StepName;
use pullquote_core::edit::transaction::Transaction;
use std::rc::Rc;

impl State {
    /// Handles a step back or forth in the history.
    pub(crate) fn history_action(&mut self, editor: &Editor, action: HistoryAction, stamp: Stamp) {
        let document = editor.document();
        match action {
            HistoryAction::PreviewShown(number) => self.look_back(editor, number),
            HistoryAction::PreviewRestored => self.bring_back(editor, stamp),
            HistoryAction::OlderRequested => self.ask_for_past(editor),
            HistoryAction::CoderNamed(name) => self.name_coder(editor, &name, stamp),
            HistoryAction::Undo => self.undo_or_redo(editor, true, stamp),
            HistoryAction::UndoOf { article, number } => {
                if document.article().id == article && editor.history.number() == number {
                    self.undo_or_redo(editor, true, stamp);
                } else {
                    self.announce("Other steps came after it: take those back first, in the bar");
                }
            }
            HistoryAction::Redo => self.undo_or_redo(editor, false, stamp),
        }
    }

    fn undo_or_redo(&mut self, editor: &Editor, back: bool, stamp: Stamp) {
        let moved = if back {
            editor.history.undo(stamp.entry_stamp())
        } else {
            editor.history.redo(stamp.entry_stamp())
        };
        match moved {
            Ok(Some((history, entry))) => {
                let verb = if back { "Undone" } else { "Redone" };
                self.announce(format!("{verb}: {}", step_name(&entry.step.name)));
                self.put_step(editor, history, entry, stamp);
            }
            Ok(None) => {}
            Err(error) => self.refuse(&error.into()),
        }
    }

    /// Asks for the entries that undo needs next, where they are not at hand.
    pub(crate) fn ask_for_older(&mut self, history: &History) {
        let first = history.first();
        if first > 1 && history.wants_older() {
            let article = history.document().article().clone();
            self.request(Effect::ReadOlder(article, first));
        }
    }

    /// Shows the article as it was after an entry; `None`: as it is.
    pub(crate) fn look_back(&mut self, editor: &Editor, number: Option<u64>) {
        let history = &editor.history;
        let preview = match number.filter(|number| *number != history.number()) {
            None => None,
            Some(number) => match history.state_at(number) {
                Ok(Some(document)) => Some(Preview { number, document }),
                Ok(None) => return,
                Err(error) => {
                    let sentence = format!("That state cannot be shown: {error}.");
                    return self.notify(true, sentence, Vec::new());
                }
            },
        };
        let mut editor = editor.clone();
        // There is no room for the words beside the steps.
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

    /// Makes the state that is looked at the present one: a step like any other.
    pub(crate) fn bring_back(&mut self, editor: &Editor, stamp: Stamp) {
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
            return self.announce("That state is the present one");
        }
        self.step(&now, Ok(step), stamp);
    }

    /// Asks for the steps before those that are at hand.
    pub(crate) fn ask_for_past(&mut self, editor: &Editor) {
        let history = &editor.history;
        let first = history.first();
        if first > 1 {
            let article = history.document().article().clone();
            self.request(Effect::ReadOlder(article, first));
        }
    }

    /// From now on this person is at work.
    pub(crate) fn name_coder(&mut self, editor: &Editor, name: &str, stamp: Stamp) {
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
