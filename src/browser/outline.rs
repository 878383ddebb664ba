//! Small things to do to elements.

use pullquote_core::model::Id;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement, Node};

/// Gives an element the focus, if it is there and can have it.
pub fn focus(selector: &str) {
    let found = gloo::utils::document().query_selector(selector);
    if let Ok(Some(element)) = found
        && let Ok(element) = element.dyn_into::<HtmlElement>()
    {
        let _ = element.focus();
    }
}

/// Brings a row of the list into view, moving only the list.
pub fn show_row(id: Id) {
    let selector = format!("[data-row=\"{id}\"]");
    let found = gloo::utils::document().query_selector(&selector);
    if let Ok(Some(row)) = found
        && let Ok(Some(list)) = row.closest(".panel-scroll")
    {
        let (row, frame) = (
            row.get_bounding_client_rect(),
            list.get_bounding_client_rect(),
        );
        if row.top() < frame.top() {
            list.set_scroll_top(list.scroll_top() - (frame.top() - row.top()) as i32 - 8);
        } else if row.bottom() > frame.bottom() {
            list.set_scroll_top(list.scroll_top() + (row.bottom() - frame.bottom()) as i32 + 8);
        }
    }
}

/// The marks that a node lies in, outer first.
#[must_use]
pub fn marks_around(node: &Node) -> Vec<Id> {
    let mut ids = Vec::new();
    let mut element = match node.dyn_ref::<Element>() {
        Some(element) => Some(element.clone()),
        None => node.parent_element(),
    };
    while let Some(here) = element {
        if here.matches("mark[data-annotation]").unwrap_or(false)
            && let Some(id) = here.get_attribute("data-annotation")
            && let Ok(id) = id.parse()
        {
            ids.push(id);
        }
        element = here.parent_element();
    }
    ids.reverse();
    ids
}
