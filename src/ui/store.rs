//! The reducer that holds the state of the app.

use pullquote_app::action::Action;
use pullquote_app::stamp::Stamp;
use pullquote_app::state::State;
use std::rc::Rc;
use yew::Reducible;

/// The state. An action that changes nothing leaves the same `Rc`, so that nothing is drawn.
pub(crate) struct Store(pub(crate) State);

impl Reducible for Store {
    type Action = (Action, Stamp);

    fn reduce(self: Rc<Self>, (action, stamp): Self::Action) -> Rc<Self> {
        match self.0.update(action, stamp) {
            Some(state) => Rc::new(Self(state)),
            None => self,
        }
    }
}
