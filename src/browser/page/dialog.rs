//! Dialogs: sheets over the page that keep the focus until they are closed.

use wasm_bindgen::JsCast as _;
use web_sys::{Event, HtmlDialogElement, Node};

/// Shows a dialog. Everything else on the page is inert until it is closed.
pub fn show(dialog: Option<Node>) {
    if let Some(dialog) = element(dialog) {
        // Only a dialog that is already open refuses.
        let _ = dialog.show_modal();
    }
}

/// Closes a dialog. The focus goes back to where it was.
pub fn close(dialog: Option<Node>) {
    if let Some(dialog) = element(dialog) {
        dialog.close();
    }
}

/// Whether an event is on the dialog itself and not on its content, such as a click on what is
/// around it.
#[must_use]
pub fn is_on_backdrop(event: &Event) -> bool {
    let target = event.target();
    target.is_some_and(|target| target.has_type::<HtmlDialogElement>())
}

fn element(node: Option<Node>) -> Option<HtmlDialogElement> {
    node?.dyn_into().ok()
}
