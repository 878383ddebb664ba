//! The keyboard focus. An element that cannot have it changes nothing.

use crate::browser::page::{blocks, dom};
use pullquote_app::editor::mark_location::MarkLocation;

use wasm_bindgen::JsCast as _;
use web_sys::{Element, EventTarget, FocusOptions, HtmlElement, HtmlInputElement, Node};

/// Which of two neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Neighbour {
    /// The one before.
    Previous,
    /// The one after.
    Next,
}

/// Gives the focus to the first element that matches.
pub fn element(selector: &str) {
    if let Some(element) = dom::found(selector) {
        let _ = element.focus();
    }
}

/// Gives the focus to a node.
pub fn node(node: Option<Node>) {
    if let Some(element) = dom::html_element(node) {
        let _ = element.focus();
    }
}

/// Gives the focus to a node, without scrolling to it.
pub fn node_without_scrolling(node: Option<Node>) {
    if let Some(element) = dom::html_element(node) {
        html_element_without_scrolling(&element);
    }
}

/// Gives the focus to a text box and selects all its text.
pub fn and_select(selector: &str) {
    if let Some(element) = dom::found(selector) {
        let _ = element.focus();
        if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
            input.select();
        }
    }
}

/// Gives the focus to the first element that matches, without scrolling to it.
pub fn without_scrolling(selector: &str) {
    if let Some(element) = dom::found(selector) {
        html_element_without_scrolling(&element);
    }
}

/// Gives the focus to an element, without scrolling to it.
pub(crate) fn element_without_scrolling(element: &Element) {
    if let Some(element) = element.dyn_ref() {
        html_element_without_scrolling(element);
    }
}

fn html_element_without_scrolling(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// Gives the focus to the first words of a mark, without scrolling to them.
pub fn mark(location: &MarkLocation) {
    let found = dom::article().and_then(|article| blocks::ends_of(&article, location));
    if let Some((first, _)) = found {
        element_without_scrolling(&first);
    }
}

/// Moves the focus among the elements in `list` that match: to the neighbour of the one that
/// has it, or to the first if none has it. The first and the last keep it at the ends.
pub fn neighbour(list: Option<Node>, selector: &str, which: Neighbour) {
    let Some(list) = dom::element(list) else {
        return;
    };
    let Ok(found) = list.query_selector_all(selector) else {
        return;
    };
    let active = gloo::utils::document().active_element();
    let all: Vec<Node> = (0..found.length())
        .filter_map(|index| found.item(index))
        .collect();
    let index = all.iter().position(|node| active.as_deref() == Some(node));
    let next = match (index, which) {
        (None, _) => 0,
        (Some(index), Neighbour::Next) => (index + 1).min(all.len().saturating_sub(1)),
        (Some(index), Neighbour::Previous) => index.saturating_sub(1),
    };
    node(all.get(next).cloned());
}

/// Gives the focus to what matches in the row after this one, or before it if it is the last,
/// for this one is about to be removed; in the only row, to the first element of the page that
/// matches `otherwise`.
pub fn row_beside(row: Option<Node>, selector: &str, otherwise: &str) {
    let row = dom::element(row);
    let beside = row.and_then(|row| {
        let next = row.next_element_sibling();
        next.or_else(|| row.previous_element_sibling())
    });
    match beside.and_then(|row| row.query_selector(selector).ok()?) {
        Some(found) => node(Some(found.into())),
        None => element(otherwise),
    }
}

/// Takes the focus away from the element that has it.
pub fn remove() {
    let active = gloo::utils::document().active_element();
    if let Some(element) = active.and_then(|active| active.dyn_into::<HtmlElement>().ok()) {
        let _ = element.blur();
    }
}

/// Whether no element has the focus, such as after the one that had it was removed.
#[must_use]
pub fn is_lost() -> bool {
    let active = gloo::utils::document().active_element();
    active.is_none_or(|active| active.matches("body, html").unwrap_or(false))
}

/// Whether the focus moved from an element to another one of the page. When the window loses
/// the focus, its element keeps it.
#[must_use]
pub fn has_moved(target: Option<EventTarget>) -> bool {
    let element = target.and_then(|target| target.dyn_into::<Element>().ok());
    element != gloo::utils::document().active_element()
}

/// Whether an element that matches has the focus.
#[must_use]
pub fn is_on(selector: &str) -> bool {
    let active = gloo::utils::document().active_element();
    active.is_some_and(|active| active.matches(selector).unwrap_or(false))
}
