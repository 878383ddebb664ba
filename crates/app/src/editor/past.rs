//! Earlier states of the open article: looked at, and brought back.

use crate::action::{Action, Stamp};
use crate::editor::state::{Editor, Mode, Preview, Selection};
use crate::effect::Effect;
use crate::state::State;
use pullquote_core::edit::change::Edit;
use pullquote_core::edit::diff;
use pullquote_core::edit::transaction::Transaction;

use std::rc::Rc;

impl State {
    /// Shows the article as it was after an entry; `None`: as it is.
    pub(crate) fn look_back(&mut self, desk: &Editor, number: Option<u64>) {
        let history = &desk.history;
        let preview = match number.filter(|number| *number != history.number()) {
            None => None,
            Some(number) => match history.state_at(number) {
                Ok(Some(document)) => Some(Preview { number, document }),
                Ok(None) => return,
                Err(error) => {
                    let sentence = format!("That state cannot be shown: {error}.");
                    return self.tell(true, sentence, Vec::new());
                }
            },
        };
        let mut desk = desk.clone();
        // There is no room for the words beside the steps.
        if self.narrow && preview.is_some() {
            desk.panel.open = false;
        }
        self.desk = Some(Rc::new(Editor {
            preview,
            choice: Selection::Nothing,
            doing: Mode::Nothing,
            ..desk
        }));
    }

    /// Makes the state that is looked at the present one: a step like any other.
    pub(crate) fn bring_back(&mut self, desk: &Editor, stamp: Stamp) {
        let Some(preview) = &desk.preview else {
            return;
        };
        let entries = desk.history.entries().iter();
        let last = entries.filter(|entry| entry.number == preview.number);
        let name = match last.map(|entry| &entry.step.name).next() {
            Some(name) => format!("bring back the state after “{name}”"),
            None => "bring back the article as it was added".to_owned(),
        };
        let step = diff::diff(desk.document(), &preview.document, name);
        let now = Editor {
            preview: None,
            ..desk.clone()
        };
        self.desk = Some(Rc::new(now.clone()));
        if step.edits.is_empty() {
            return self.say("That state is the present one");
        }
        self.step(&now, Ok(step), stamp);
    }

    /// Asks for the steps before those that are at hand.
    pub(crate) fn ask_for_past(&mut self, desk: &Editor) {
        let history = &desk.history;
        let first = history.first();
        if first > 1 {
            let article = history.document().article().clone();
            self.ask(Effect::ReadOlder(article, first));
        }
    }

    /// From now on this person is at work.
    pub(crate) fn name_coder(&mut self, desk: &Editor, name: &str, stamp: Stamp) {
        let name = name.trim();
        if name == desk.document().coder {
            return;
        }
        let said = match name {
            "" => "work without a name".to_owned(),
            name => format!("work as {name}"),
        };
        let step = Transaction::new(said, vec![Edit::PutCoder(name.to_owned())]);
        self.step(desk, Ok(step), stamp);
    }
}

/// Whether an action may be done while an earlier state is shown.
pub(crate) fn suits_the_past(action: &Action) -> bool {
    matches!(
        action,
        Action::Cleared
            | Action::Escaped
            | Action::TableOf(_)
            | Action::TableSorted(_)
            | Action::TableFiltered(_)
            | Action::TableCopied
            | Action::TableExported
            | Action::BookExported
            | Action::Settled
            | Action::Export
            | Action::Print
            | Action::PanelTurned
            | Action::PanelShows(_)
            | Action::LookedBack(_)
            | Action::BroughtBack
            | Action::PastWanted
    )
}
