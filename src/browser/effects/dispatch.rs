//! How outcomes come back to the app.

use pullquote_app::action::Action;
use pullquote_app::browser_reason::BrowserReason;

use std::pin::Pin;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// Sends an action to the app.
pub type Dispatch = Rc<dyn Fn(Action)>;

/// Does the work in the background, and dispatches the action that it returns.
pub(crate) fn dispatch_later(dispatch: &Dispatch, work: impl Future<Output = Action> + 'static) {
    // Boxed, so that all effects share one task type.
    spawn(dispatch.clone(), Box::pin(work));
}

fn spawn(dispatch: Dispatch, work: Pin<Box<dyn Future<Output = Action>>>) {
    spawn_local(async move { dispatch(work.await) });
}

/// A refusal of the browser, as actions carry it.
pub(crate) fn browser_reason(error: impl std::error::Error) -> BrowserReason {
    BrowserReason(reason(error))
}

/// The reason of a failure, as actions carry it.
pub(crate) fn reason(error: impl std::error::Error) -> String {
    error.to_string()
}
