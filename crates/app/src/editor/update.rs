//! Steps on the open article: what all changes of it share.

use crate::action::Action;
use crate::editor::action::HistoryAction;
use crate::editor::state::{Editor, Mode, Selection};
use crate::messages::step_names::step_name;
use crate::messages::{editor, offers};
use crate::notice::{NoticeKind, Offer};
use crate::stamp::Stamp;
use crate::state::State;
use pullquote_core::edit::commands::marks::CommandError;
use pullquote_core::edit::history::History;
use pullquote_core::edit::journal_entry::JournalEntry;
use pullquote_core::edit::transaction::Transaction;
use pullquote_formats::records::journal_entry::write_entry;
use std::rc::Rc;

impl State {
    /// Applies a step to the open article and saves it, or says why it cannot be applied.
    pub(crate) fn step(
        &mut self,
        editor: &Editor,
        step: Result<Transaction, CommandError>,
        stamp: Stamp,
    ) {
        let done = step.and_then(|step| Ok(editor.history.step(&step, stamp.entry_stamp())?));
        match done {
            Ok((history, entry)) => {
                self.announce(step_name(&entry.step.name));
                self.put_step(editor, history, entry, stamp);
            }
            Err(error) => self.refuse(&error),
        }
    }

    /// Says why a step cannot be applied, if there is something to say.
    pub(crate) fn refuse(&mut self, error: &CommandError) {
        if let Some(sentence) = editor::command_error(error) {
            self.alarm(sentence);
        }
    }

    /// Shows the document after a step, and saves the step.
    pub(crate) fn put_step(
        &mut self,
        editor: &Editor,
        history: History,
        entry: Rc<JournalEntry>,
        stamp: Stamp,
    ) {
        let after = Editor {
            history: history.clone(),
            sought: None,
            ..editor.clone()
        };
        let mut after = after.without_deleted();
        let document = history.document().clone();
        if let Some(size) = &mut after.size {
            let record = write_entry(&entry, document.article());
            size.entries += 1;
            size.bytes += record.len() as u64;
        }
        let id = document.article().id;
        // Earlier steps cannot be undone by their notices any more.
        self.withdraw_offers(|offered| {
            matches!(offered, Action::History(HistoryAction::UndoOf { article, .. }) if *article == id)
        });
        self.editor = Some(Rc::new(after));
        self.update_entry(&document, stamp);
        self.ask_for_older(&history);
        self.append_to_journal(id, entry, history);
    }

    /// Applies a step, and shows a notice with a button that undoes it until the next step.
    pub(crate) fn step_with_notice(
        &mut self,
        editor: &Editor,
        step: Result<Transaction, CommandError>,
        sentence: String,
        stamp: Stamp,
    ) {
        let before = editor.history.number();
        self.step(editor, step, stamp);
        let after = self.editor.as_ref().map(|editor| editor.history.number());
        if let Some(after) = after.filter(|after| *after != before) {
            let article = editor.document().article().id;
            let undo = move || {
                Action::History(HistoryAction::UndoOf {
                    article,
                    number: after,
                })
            };
            let undo = Offer::new(offers::UNDO, undo);
            self.notify(NoticeKind::Information, sentence, vec![undo]);
        }
    }

    /// Changes the mode.
    pub(crate) fn begin(&mut self, editor: &Editor, mode: Mode) {
        self.editor = Some(Rc::new(Editor {
            mode,
            history: editor.history.settled(),
            ..editor.clone()
        }));
    }

    /// Ends the mode, and returns the editor without it. The step that follows may still fail.
    pub(crate) fn end_mode(&mut self, editor: &Editor) -> Editor {
        let done = Editor {
            mode: Mode::Nothing,
            ..editor.clone()
        };
        self.editor = Some(Rc::new(done.clone()));
        done
    }

    /// Changes the selection, and ends the mode.
    pub(crate) fn choose(&mut self, editor: &Editor, selection: Selection) {
        if editor.selection == selection && editor.mode == Mode::Nothing {
            return;
        }
        self.editor = Some(Rc::new(Editor {
            last: editor.chosen().map(|mark| mark.id).or(editor.last),
            selection,
            mode: Mode::Nothing,
            sought: None,
            by_keys: false,
            note_draft: None,
            history: editor.history.settled(),
            ..editor.clone()
        }));
    }
}
