//! What each action makes of the state.

mod article;
mod keeping;
mod library;

use super::{Action, Desk, NOTICE_LIFE, Notice, Purpose, Request, Route, SavedState, Stamp, State};
use pullquote_core::model::Id;
use std::rc::Rc;

impl State {
    /// The state after `action`, which happened at `stamp`. Pure: the same
    /// arguments always give the same state.
    #[must_use]
    pub fn update(&self, action: Action, stamp: Stamp) -> Self {
        let mut state = self.clone();
        state.now = stamp.now;
        let is_old = |notice: &Notice| stamp.now.since(notice.at) >= u64::from(NOTICE_LIFE);
        state
            .notices
            .retain(|notice| notice.alarm || !is_old(notice));
        state.act(action, stamp);
        state
    }

    fn act(&mut self, action: Action, stamp: Stamp) {
        match action {
            Action::Tick => {}
            Action::Narrow(narrow) => {
                self.narrow = narrow;
                if self
                    .desk
                    .as_ref()
                    .is_some_and(|desk| desk.panel.open == narrow)
                {
                    self.at_desk(Action::PanelTurned, stamp);
                }
            }
            Action::Taken(number) => self.requests.retain(|(other, _)| *other > number),
            Action::Went(route) => self.go(route),
            Action::Dismissed(number) => self.notices.retain(|notice| notice.number != number),

            Action::ShelfRead(result) => self.shelf_read(result),
            Action::DocumentRead(id, purpose, result) => {
                self.document_read(id, purpose, result, stamp);
            }
            Action::Answered(ticket, result) => self.answered(ticket, result),
            Action::KeepAgain => self.keep_again(),

            Action::FileRead { name, bytes, alone } => {
                self.file_read(&name, &bytes, alone, stamp);
            }
            Action::FileFailed { name, reason } => self.tell(
                true,
                format!("“{name}” could not be read: {reason}. Try opening it again."),
                None,
            ),
            Action::Pasted(text) => self.pasted(&text, stamp),
            Action::SampleWanted => self.add(Rc::new(super::sample(&stamp)), true, stamp),
            Action::Rename(id, title) => self.rename(id, title, stamp),
            Action::DeleteArticle(id) => self.delete_article(id, stamp),
            Action::Downloaded(id, result) => self.downloaded(id, result, stamp),
            Action::RestoreArticle(id) => self.restore_article(id),
            Action::PurgeArticle(id) => self.purge_article(id),

            Action::Undo if self.route == Route::Library => self.restore_latest(),
            on_the_desk => self.at_desk(on_the_desk, stamp),
        }
    }

    fn go(&mut self, route: Route) {
        if route == self.route {
            return;
        }
        self.route = route;
        self.missing = None;
        self.leave_desk();
        if let Route::Article(id) = route {
            self.desk = self.take_parked(id);
            if self.desk.is_none() {
                self.ask(Request::ReadDocument(id, Purpose::Open));
            }
        }
    }

    /// Puts the open article away. While the storage has not confirmed everything,
    /// it is kept at hand: it may hold the only copy of its last steps.
    fn leave_desk(&mut self) {
        if let Some(desk) = self.desk.take()
            && self.keeping.saved_state() != SavedState::Saved
        {
            self.parked.push(desk);
        }
    }

    /// The desk of an article that was put away, if it is at hand.
    fn take_parked(&mut self, id: Id) -> Option<Rc<Desk>> {
        let is_it = |desk: &Rc<Desk>| desk.document().article().id == id;
        let place = self.parked.iter().position(is_it)?;
        Some(self.parked.remove(place))
    }
}
