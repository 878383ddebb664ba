//! The page that stands in `index.html` until the program is loaded, and what the user did
//! on it. `boot.js` listens to its buttons and notes what is asked for.

use crate::browser::files::open;
use crate::browser::files::open::Opened;
use crate::browser::page::dom;
use crate::browser::worker::client;

use js_sys::Array;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, File, HtmlTextAreaElement, ScrollLogicalPosition};

/// What the user asked for before the program was there.
pub enum Asked {
    /// This file was chosen or dropped, and whether alone.
    File(Opened, bool),
    /// This text is to be added as an article.
    Text(String),
    /// The sample.
    Sample,
}

/// The elements that can have the focus on both pages, in the same order.
const FOCUSABLE: &str = ".bar .name, .intake button";

/// The text in the box of the page, if the box is open; `None` once the page is gone.
#[must_use]
pub fn draft() -> Option<String> {
    // Components are also drawn without a browser, for the tests.
    if cfg!(not(target_arch = "wasm32")) {
        return None;
    }
    text_box().map(|text| text.value())
}

/// Moves what is typed in the box of the page to the text box that takes its place, with the
/// caret and the focus. Returns the text; `None` if there was no box to take over.
pub fn hand_over(successor: &str) -> Option<String> {
    let old = text_box()?;
    let found = gloo::utils::document().query_selector(successor).ok()??;
    let new: HtmlTextAreaElement = found.dyn_into().ok()?;
    let text = old.value();
    new.set_value(&text);
    let start = old.selection_start().ok().flatten();
    let end = old.selection_end().ok().flatten();
    if let (Some(start), Some(end)) = (start, end) {
        // A text box always takes a selection.
        let _ = new.set_selection_range(start, end);
    }
    new.set_scroll_top(old.scroll_top());
    let has_focus = gloo::utils::document().active_element().as_ref() == Some(old.as_ref());
    if has_focus {
        dom::focus_node_in_place(&new);
        dom::bring(&new, ScrollLogicalPosition::Nearest);
    }
    // What is typed from now on is typed in the new one.
    old.remove();
    Some(text)
}

/// Removes the page: the app stands under it. The focus goes to the same button of the app;
/// `asked` is told what the user asked for, in order.
pub fn leave(asked: impl Fn(Asked) + Clone + 'static) {
    let Some(shell) = shell() else { return };
    let focused = focused_in(&shell);
    shell.remove();
    if let Some(place) = focused
        && let Some(app) = dom::mount_point()
        && let Ok(all) = app.query_selector_all(FOCUSABLE)
        && let Some(element) = all.item(place)
        && let Ok(element) = element.dyn_into::<Element>()
    {
        dom::focus_node_in_place(&element);
    }
    let noted = client::field(&js_sys::global(), "pullquoteAsked");
    let noted = noted.dyn_into::<Array>().unwrap_or_default();
    let mut all = Vec::new();
    for thing in noted.iter() {
        match (thing.as_string(), thing.dyn_into::<File>()) {
            (Some(text), _) => asked(Asked::Text(text)),
            (None, Ok(file)) => all.push(file),
            (None, Err(_)) => asked(Asked::Sample),
        }
    }
    open::read_all(all, move |file, alone| asked(Asked::File(file, alone)));
}

fn shell() -> Option<Element> {
    gloo::utils::document().get_element_by_id("shell")
}

fn text_box() -> Option<HtmlTextAreaElement> {
    let found = shell()?.query_selector(".paste:not([hidden]) textarea");
    found.ok()??.dyn_into().ok()
}

/// Which of the elements that can have the focus has it.
fn focused_in(shell: &Element) -> Option<u32> {
    let active: web_sys::Node = gloo::utils::document().active_element()?.into();
    let all = shell.query_selector_all(FOCUSABLE).ok()?;
    (0..all.length()).find(|place| all.item(*place).is_some_and(|node| node == active))
}
