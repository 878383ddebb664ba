//! Elements of the page: finding, reading and clicking them.

use pullquote_core::model::id::Id;

use wasm_bindgen::JsCast as _;
use web_sys::{Element, Event, HtmlElement, MouseEvent, Node};

/// The element that the app is mounted in.
#[must_use]
pub fn mount_point() -> Option<Element> {
    gloo::utils::document().get_element_by_id("app")
}

/// The article that is shown.
pub(crate) fn article() -> Option<Element> {
    let found = gloo::utils::document().query_selector("article");
    found.ok().flatten()
}

/// The first element that matches the selector.
pub(crate) fn found(selector: &str) -> Option<HtmlElement> {
    let found = gloo::utils::document().query_selector(selector);
    found.ok()??.dyn_into().ok()
}

/// The node as an element, if it is one.
pub(crate) fn element(node: Option<Node>) -> Option<Element> {
    node?.dyn_into().ok()
}

/// The node as an HTML element, if it is one.
pub(crate) fn html_element(node: Option<Node>) -> Option<HtmlElement> {
    node?.dyn_into().ok()
}

/// The node that an event is dispatched to.
pub(crate) fn target_of(event: &Event) -> Option<Node> {
    event.target()?.dyn_into().ok()
}

/// Whether a click is the second or third of a double or triple click.
#[must_use]
pub fn is_repeated_click(event: &MouseEvent) -> bool {
    event.detail() > 1
}

/// Clicks an element, as if the user had.
pub fn click(node: Option<Node>) {
    if let Some(element) = html_element(node) {
        element.click();
    }
}

/// Clicks the first of these elements that exists.
pub fn click_first(selectors: &[&str]) {
    if let Some(element) = selectors.iter().find_map(|selector| found(selector)) {
        element.click();
    }
}

/// The marks that a node lies in, outermost first.
#[must_use]
pub fn marks_around(node: &Node) -> Vec<Id> {
    let mut ids = Vec::new();
    let mut element = match node.dyn_ref::<Element>() {
        Some(element) => Some(element.clone()),
        None => node.parent_element(),
    };
    while let Some(current) = element {
        if current.matches("mark[data-annotation]").unwrap_or(false)
            && let Some(id) = current.get_attribute("data-annotation")
            && let Ok(id) = id.parse()
        {
            ids.push(id);
        }
        element = current.parent_element();
    }
    ids.reverse();
    ids
}

/// Binary search: the number of leading items, of `count`, for which `is_before` holds (like
/// `slice::partition_point`).
pub(crate) fn partition_point(count: u32, is_before: impl Fn(u32) -> bool) -> u32 {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low + (high - low) / 2;
        if is_before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}
