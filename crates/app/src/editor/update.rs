//! What all changes of the open article share.

use crate::action::Action;
use crate::editor::action::HistoryAction;
use crate::editor::state::{Editor, Mode, Selection};
use crate::messages::errors;
use crate::notice::Offer;
use crate::stamp::Stamp;
use crate::state::State;
use pullquote_core::edit::commands::marks::CommandError;
use pullquote_core::edit::history::History;
use pullquote_core::edit::journal_entry::JournalEntry;
use pullquote_core::edit::transaction::Transaction;
use pullquote_formats::records::journal_entry::write_entry;
use std::rc::Rc;

impl State {
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

    pub(crate) fn refuse(&mut self, error: &CommandError) {
        if let Some(sentence) = errors::of_command_error(error) {
            self.notify(true, sentence, Vec::new());
        }
    }

    pub(crate) fn put_step(
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

    /// Does a step that is told of, with the way back while nothing came after it.
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
            let undo = Action::History(HistoryAction::UndoOf {
                article: editor.document().article().id,
                number: after,
            });
            self.notify(false, sentence, vec![Offer::new("Undo", undo)]);
        }
    }

    pub(crate) fn begin(&mut self, editor: &Editor, mode: Mode) {
        self.editor = Some(Rc::new(Editor {
            mode,
            history: editor.history.settled(),
            ..editor.clone()
        }));
    }

    /// What was being done is done, whatever becomes of its step.
    pub(crate) fn done_with(&mut self, editor: &Editor) -> Editor {
        let done = Editor {
            mode: Mode::Nothing,
            ..editor.clone()
        };
        self.editor = Some(Rc::new(done.clone()));
        done
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
}
