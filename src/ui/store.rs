//! The reducer that holds the state of the app.

use pullquote_app::action::Action;
use pullquote_app::stamp::Stamp;
use pullquote_app::state::State;
use std::rc::Rc;
use yew::Reducible;

/// The state. Yew replaces it with the result of each action.
pub(crate) struct Store(pub(crate) State);

impl Reducible for Store {
    type Action = (Action, Stamp);

    fn reduce(self: Rc<Self>, (action, stamp): Self::Action) -> Rc<Self> {
        Rc::new(Self(self.0.update(action, stamp)))
    }
}
