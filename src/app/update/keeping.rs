//! What is handed to the storage, and what becomes of its answers.

use crate::app::{Action, Change, Offer, Request, SavedState, State, Ticket};
use std::rc::Rc;

impl State {
    /// Hands changes to the storage. While some are refused, later ones wait
    /// behind them: an entry must not be kept without the one before it.
    pub(super) fn keep(&mut self, changes: Vec<Change>) {
        let changes: Vec<Rc<Change>> = changes.into_iter().map(Rc::new).collect();
        if self.keeping.refused.is_empty() {
            self.hand_over(changes);
        } else {
            self.keeping.refused.extend(changes);
        }
    }

    pub(super) fn keep_again(&mut self) {
        let refused = std::mem::take(&mut self.keeping.refused);
        self.keeping.reason = None;
        if !refused.is_empty() {
            self.hand_over(refused);
        }
    }

    fn hand_over(&mut self, changes: Vec<Rc<Change>>) {
        let ticket: Ticket = self.next_number();
        self.keeping.waiting.push((ticket, changes.clone()));
        self.ask(Request::Keep(ticket, changes));
    }

    pub(super) fn answered(&mut self, ticket: Ticket, result: Result<(), String>) {
        let waiting = &mut self.keeping.waiting;
        let Some(place) = waiting.iter().position(|(other, _)| *other == ticket) else {
            return;
        };
        let (_, changes) = waiting.remove(place);
        let Err(reason) = result else {
            if self.keeping.saved_state() == SavedState::Saved {
                self.parked.clear();
            }
            return;
        };
        // What was handed over after it may be refused or kept; kept again it
        // does no harm, for an entry is kept under its number.
        let later = std::mem::take(&mut self.keeping.waiting);
        self.keeping.refused.extend(changes);
        let later = later.into_iter().flat_map(|(_, changes)| changes);
        self.keeping.refused.extend(later);
        self.keeping.reason = Some(reason.clone());
        self.tell(
            true,
            format!(
                "Not saved: {reason} Your work is still on this screen: export it before you close \
                 this tab."
            ),
            Some(Offer {
                label: "Try again",
                action: Box::new(Action::KeepAgain),
            }),
        );
    }
}
