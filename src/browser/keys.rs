//! Keys that the whole page listens to.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, KeyboardEvent};

/// A key that was pressed, as a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Press {
    /// `KeyboardEvent.key`.
    pub key: String,
    /// Control, or Command.
    pub command: bool,
    /// Shift.
    pub shift: bool,
    /// Alt, or Option.
    pub alt: bool,
    /// Whether the key goes into a text box.
    pub typing: bool,
    /// Whether that is a search box, which Escape empties.
    pub searching: bool,
    /// Whether nothing that takes keys has the focus: neither a control nor a mark.
    pub nowhere: bool,
}

/// Calls `pressed` for every key. Where it gives `true` the key is used up.
pub fn listen(pressed: impl Fn(Press) -> bool + 'static) -> EventListener {
    let document = gloo::utils::document();
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&document, "keydown", options, move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        if event.is_composing() {
            return;
        }
        if pressed(press(event)) {
            event.prevent_default();
        }
    })
}

fn press(event: &KeyboardEvent) -> Press {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let matches = |selector: &str| {
        target
            .as_ref()
            .is_some_and(|target| target.matches(selector).unwrap_or(false))
    };
    Press {
        key: event.key(),
        command: event.ctrl_key() || event.meta_key(),
        shift: event.shift_key(),
        alt: event.alt_key(),
        typing: matches(
            "textarea, input:not([type=file], [type=checkbox]), select, [contenteditable]",
        ),
        nowhere: !matches(
            "button, a, summary, input, select, textarea, mark, .card, .panel-scroll",
        ),
        searching: matches("input[type=search]"),
    }
}
