//! The page in `index.html` until the program is loaded, and what the user did on it. `boot.js`
//! listens to its buttons and notes what the user asks for.

use crate::browser::files::open;
use crate::browser::files::open::OpenedFile;
use crate::browser::js;
use crate::browser::page::{dom, focus, viewport};

use js_sys::Array;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, File, HtmlTextAreaElement, Node, ScrollLogicalPosition};

/// What the user asked for before the program was loaded.
pub enum EarlyRequest {
    /// A file was chosen or dropped.
    File(OpenedFile),
    /// A text is to be added as an article.
    Text(String),
    /// The sample article is wanted.
    Sample,
}

/// The elements that can have the focus on both pages, in the same order.
const FOCUSABLE: &str = ".bar .name, .intake button";

/// The text in the text box of the page, if it is open; `None` once the page is gone.
#[must_use]
pub fn draft() -> Option<String> {
    // Components are also rendered without a browser, in tests.
    if cfg!(not(target_arch = "wasm32")) {
        return None;
    }
    text_box().map(|text| text.value())
}

/// Moves what is typed in the text box of the page to the text box `successor` of the app, with
/// the caret and the focus. Returns the text; `None` if there was no text box to take over.
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
        focus::element_without_scrolling(&new);
        viewport::scroll_to(&new, ScrollLogicalPosition::Nearest);
    }
    // What is typed from now on goes into the new one.
    old.remove();
    Some(text)
}

/// Removes the page: the app is under it. The focus moves to the same button of the app.
/// `on_request` hears what the user asked for, in order.
pub fn leave(on_request: impl Fn(EarlyRequest) + Clone + 'static) {
    let Some(page) = page() else { return };
    let focused = index_of_focus(&page);
    page.remove();
    if let Some(index) = focused
        && let Some(app) = dom::mount_point()
        && let Ok(all) = app.query_selector_all(FOCUSABLE)
        && let Some(element) = dom::element(all.item(index))
    {
        focus::element_without_scrolling(&element);
    }
    // Texts and files, and `null` for the sample.
    let requests = js::field(&js_sys::global(), "pullquoteAsked");
    let requests = requests.dyn_into::<Array>().unwrap_or_default();
    let mut files = Vec::new();
    for request in requests.iter() {
        match (request.as_string(), request.dyn_into::<File>()) {
            (Some(text), _) => on_request(EarlyRequest::Text(text)),
            (None, Ok(file)) => files.push(file),
            (None, Err(_)) => on_request(EarlyRequest::Sample),
        }
    }
    open::read_all(files, move |file| on_request(EarlyRequest::File(file)));
}

fn page() -> Option<Element> {
    gloo::utils::document().get_element_by_id("shell")
}

fn text_box() -> Option<HtmlTextAreaElement> {
    let found = page()?.query_selector(".paste:not([hidden]) textarea");
    found.ok()??.dyn_into().ok()
}

/// The index, among the elements that can have the focus, of the one that has it.
fn index_of_focus(page: &Element) -> Option<u32> {
    let active: Node = gloo::utils::document().active_element()?.into();
    let all = page.query_selector_all(FOCUSABLE).ok()?;
    (0..all.length()).find(|index| all.item(*index).is_some_and(|node| node == active))
}
