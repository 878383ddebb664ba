//! The state where Yew keeps it.

use crate::app::{Action, Stamp, State};
use std::rc::Rc;
use yew::Reducible;

/// The state, as a reducer.
pub(super) struct Store(pub(super) State);

impl Reducible for Store {
    type Action = (Action, Stamp);

    fn reduce(self: Rc<Self>, (action, stamp): Self::Action) -> Rc<Self> {
        Rc::new(Self(self.0.update(action, stamp)))
    }
}
