//! Small things to do to elements.

use crate::browser::page::blocks;
use pullquote_app::editor::mark_location::MarkLocation;
use pullquote_core::model::id::Id;

use gloo::events::EventListener;

use std::cell::Cell;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{
    DomRect, Element, EventTarget, HtmlElement, HtmlInputElement, HtmlSelectElement,
    HtmlTextAreaElement, MouseEvent, Node, ScrollBehavior, ScrollIntoViewOptions,
    ScrollLogicalPosition,
};

/// The element that the app is mounted in.
#[must_use]
pub fn mount_point() -> Option<Element> {
    gloo::utils::document().get_element_by_id("app")
}

/// The text in the text box that an event comes from, or the value chosen in the list.
#[must_use]
pub fn typed(target: Option<EventTarget>) -> String {
    let Some(target) = target else {
        return String::new();
    };
    let area = target.dyn_ref().map(HtmlTextAreaElement::value);
    let input = || target.dyn_ref().map(HtmlInputElement::value);
    let list = || target.dyn_ref().map(HtmlSelectElement::value);
    area.or_else(input).or_else(list).unwrap_or_default()
}

/// Whether a click is the second or third of a double or triple click.
#[must_use]
pub fn is_repeated(event: &MouseEvent) -> bool {
    event.detail() > 1
}

/// Clicks an element, as if the user had.
pub fn click(node: Option<Node>) {
    if let Some(Ok(element)) = node.map(|node| node.dyn_into::<HtmlElement>()) {
        element.click();
    }
}

/// Calls `turned` when the window becomes as narrow as a phone or a small tablet,
/// or wide again; and at once if it is narrow now.
pub fn listen_to_width(turned: impl Fn(bool) + 'static) -> EventListener {
    let was = Cell::new(is_narrow());
    if was.get() {
        turned(true);
    }
    EventListener::new(&gloo::utils::window(), "resize", move |_| {
        let narrow = is_narrow();
        if was.replace(narrow) != narrow {
            turned(narrow);
        }
    })
}

/// The height of the window, in pixels; a usual one where the browser does not say.
#[must_use]
pub fn height() -> f64 {
    let height = gloo::utils::window().inner_height().ok();
    height.and_then(|height| height.as_f64()).unwrap_or(600.0)
}

/// The width of the window, in pixels.
#[must_use]
pub fn width() -> Option<f64> {
    gloo::utils::window().inner_width().ok()?.as_f64()
}

/// Watches the size of an element until it is dropped.
pub struct SizeWatch {
    observer: web_sys::ResizeObserver,
    _called: Closure<dyn FnMut()>,
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Calls `changed` with the width of an element, in pixels, soon and whenever its width or height
/// changes; `None` where the element is not there.
pub fn watch_size(node: Option<Node>, changed: impl Fn(i32) + 'static) -> Option<SizeWatch> {
    let element = node?.dyn_into::<Element>().ok()?;
    let watched = element.clone();
    let called: Closure<dyn FnMut()> = Closure::new(move || changed(watched.client_width()));
    let observer = web_sys::ResizeObserver::new(called.as_ref().unchecked_ref()).ok()?;
    observer.observe(&element);
    Some(SizeWatch {
        observer,
        _called: called,
    })
}

/// How many of the children of `parent` that match have room in its first `rows` rows, with
/// `reserve` pixels left at the end of the last for a button that leads to the others; all, where
/// all have.
#[must_use]
pub fn fitting(parent: Option<Node>, selector: &str, rows: usize, reserve: f64) -> usize {
    let Some(Ok(parent)) = parent.map(|node| node.dyn_into::<Element>()) else {
        return usize::MAX;
    };
    let children = parent.children();
    let children = (0..children.length()).filter_map(|place| children.item(place));
    let children = children.filter(|it| it.matches(selector).unwrap_or(false));
    let rects: Vec<_> = children.map(|it| it.get_bounding_client_rect()).collect();
    let mut tops: Vec<f64> = Vec::new();
    for rect in &rects {
        if tops.last().is_none_or(|last| rect.top() > *last + 1.0) {
            tops.push(rect.top());
        }
    }
    let Some(after) = tops.get(rows) else {
        return usize::MAX;
    };
    // From left to right or from right to left, as the page runs.
    let frame = parent.get_bounding_client_rect();
    let is_rtl = rects.len() > 1 && tops.len() < rects.len() && rects[0].left() > rects[1].left();
    let has_room = |rect: &DomRect| {
        let left = if is_rtl {
            rect.left() - frame.left()
        } else {
            frame.right() - rect.right()
        };
        left >= reserve
    };
    let last = tops[rows - 1];
    rects
        .iter()
        .take_while(|rect| rect.top() < last - 1.0 || (rect.top() < after - 1.0 && has_room(rect)))
        .count()
}

/// Clicks the first of these that is there.
pub fn press_first(selectors: &[&str]) {
    if let Some(element) = selectors.iter().find_map(|selector| found(selector)) {
        element.click();
    }
}

/// Gives the focus to the next of the elements in `list` that match, or to the one before: to
/// the first where none of them has it.
pub fn focus_beside(list: Option<Node>, selector: &str, forward: bool) {
    let Some(Ok(list)) = list.map(|node| node.dyn_into::<Element>()) else {
        return;
    };
    let Ok(found) = list.query_selector_all(selector) else {
        return;
    };
    let active = gloo::utils::document().active_element();
    let all: Vec<Node> = (0..found.length())
        .filter_map(|place| found.item(place))
        .collect();
    let at = all.iter().position(|node| active.as_deref() == Some(node));
    let next = match (at, forward) {
        (None, _) => Some(0),
        (Some(at), true) => Some((at + 1).min(all.len().saturating_sub(1))),
        (Some(at), false) => Some(at.saturating_sub(1)),
    };
    focus_node(next.and_then(|next| all.get(next)).cloned());
}

fn is_narrow() -> bool {
    width().is_some_and(|width| width < NARROW)
}

/// Below this width, in pixels, the side panel lies over the article. The style
/// sheets have the same number.
const NARROW: f64 = 900.0;

/// Gives an element the focus, if it is there and can have it.
pub fn focus(selector: &str) {
    if let Some(element) = found(selector) {
        let _ = element.focus();
    }
}

/// Gives a text box the focus, with all its text selected.
pub fn focus_whole(selector: &str) {
    if let Some(element) = found(selector) {
        let _ = element.focus();
        if let Some(input) = element.dyn_ref::<web_sys::HtmlInputElement>() {
            input.select();
        }
    }
}

/// Gives an element that is in sight the focus; nothing moves.
pub fn focus_in_place(selector: &str) {
    if let Some(element) = found(selector) {
        focus_still(&element);
    }
}

/// Gives this element the focus; nothing moves.
pub(crate) fn focus_node_in_place(element: &Element) {
    if let Some(element) = element.dyn_ref() {
        focus_still(element);
    }
}

/// Takes the focus away from what has it.
pub fn blur() {
    let active = gloo::utils::document().active_element();
    if let Some(element) = active.and_then(|active| active.dyn_into::<HtmlElement>().ok()) {
        let _ = element.blur();
    }
}

/// Brings an element into view in the box that it scrolls in.
pub fn show(selector: &str) {
    if let Some(element) = found(selector) {
        bring(&element, ScrollLogicalPosition::Nearest);
    }
}

/// Scrolls at once, so that an element stands at this place of what it scrolls in.
pub(crate) fn bring(element: &Element, place: ScrollLogicalPosition) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(place);
    options.set_behavior(ScrollBehavior::Instant);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Writes a text back into a text box, as it was before something was typed that is not
/// taken.
pub fn put_back(target: Option<EventTarget>, text: &str) {
    if let Some(input) = target.and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
        input.set_value(text);
    }
}

/// Whether there is a text box with more than white space in it.
#[must_use]
pub fn has_text(selector: &str) -> bool {
    let text = found(selector).map(|element| typed(Some(element.into())));
    text.is_some_and(|text| !text.trim().is_empty())
}

/// Whether nothing has the focus: what had it is gone, or nothing had it.
#[must_use]
pub fn is_focus_lost() -> bool {
    let active = gloo::utils::document().active_element();
    active.is_none_or(|active| active.matches("body, html").unwrap_or(false))
}

/// Whether the focus went from an element to another one, and not with its window.
#[must_use]
pub fn is_left(target: Option<EventTarget>) -> bool {
    let element = target.and_then(|target| target.dyn_into::<Element>().ok());
    element != gloo::utils::document().active_element()
}

/// Whether an element has the focus.
#[must_use]
pub fn has_focus(selector: &str) -> bool {
    let active = gloo::utils::document().active_element();
    active.is_some_and(|active| active.matches(selector).unwrap_or(false))
}

fn found(selector: &str) -> Option<HtmlElement> {
    let found = gloo::utils::document().query_selector(selector);
    found.ok()??.dyn_into().ok()
}

fn focus_still(element: &HtmlElement) {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// Gives an element the focus, as if the user had gone there.
pub fn focus_node(node: Option<Node>) {
    if let Some(Ok(element)) = node.map(|node| node.dyn_into::<HtmlElement>()) {
        let _ = element.focus();
    }
}

/// The article that is shown.
pub(crate) fn article() -> Option<Element> {
    let found = gloo::utils::document().query_selector("article");
    found.ok().flatten()
}

/// Calls `printing` before the page is printed.
pub fn listen_to_print(printing: impl Fn() + 'static) -> EventListener {
    EventListener::new(&gloo::utils::window(), "beforeprint", move |_| printing())
}

/// Has all be drawn that is needed on paper, as before the browser prints.
pub(crate) fn draw_for_print() {
    if let Ok(event) = web_sys::Event::new("beforeprint") {
        // Nobody cancels it.
        let _ = gloo::utils::window().dispatch_event(&event);
    }
}

/// Gives the first words of a mark the focus, without scrolling.
pub fn focus_mark(spot: &MarkLocation) {
    let found = article().and_then(|article| blocks::ends_of(&article, spot));
    if let Some((mark, _)) = found
        && let Ok(mark) = mark.dyn_into::<HtmlElement>()
    {
        focus_still(&mark);
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
