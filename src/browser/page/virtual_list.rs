//! A long list in a box that scrolls, of whose lines only some are mounted: spacers above
//! and below stand for the others.

use crate::browser::page::blocks::count;
use crate::browser::page::{dom, selection};
use pullquote_app::editor::view::window::Viewport;
use pullquote_core::model::id::Id;

use gloo::events::EventListener;

use wasm_bindgen::JsCast as _;
use web_sys::{DomRectReadOnly, Element, HtmlElement, Node};

const LINE: &str = ".line";

/// What is seen of the list in `scroller`.
#[must_use]
pub fn look(scroller: Option<Node>) -> Option<Viewport> {
    let scroller = selection::element(scroller)?;
    let frame = scroller.get_bounding_client_rect();
    let lines = scroller.query_selector_all(LINE).ok()?;
    let rect = |place: u32| Some(element(lines.item(place)?)?.get_bounding_client_rect());
    // Lines stand under each other: those that begin above a height come first.
    let above = |height: f64, of: fn(&DomRectReadOnly) -> f64| {
        let begins = |place| rect(place).is_some_and(|rect| of(&rect) <= height);
        count(lines.length(), begins) as usize
    };
    let first = above(frame.top(), DomRectReadOnly::bottom);
    let after = above(frame.bottom(), DomRectReadOnly::top);
    Some(Viewport {
        view: f64::from(scroller.client_height()),
        scrolled: f64::from(scroller.scroll_top()),
        lines: (first < after).then_some(first..after),
        at_end: scroller.scroll_top() + scroller.client_height() >= scroller.scroll_height() - 2,
    })
}

/// The height of a mounted line, on average.
#[must_use]
pub fn height_of_line(scroller: Option<Node>) -> Option<f64> {
    let scroller = selection::element(scroller)?;
    let lines = scroller.query_selector_all(LINE).ok()?;
    let count = lines.length();
    let first = element(lines.item(0)?)?.get_bounding_client_rect();
    let last = element(lines.item(count - 1)?)?.get_bounding_client_rect();
    Some((last.bottom() - first.top()) / f64::from(count))
}

/// A line and where it stands, to find it there again.
pub struct Anchor {
    line: String,
    top: f64,
}

/// The first line that is in view.
#[must_use]
pub fn anchor(scroller: Option<Node>) -> Option<Anchor> {
    let element = selection::element(scroller.clone())?;
    let seen = look(scroller)?.lines?;
    let lines = element.query_selector_all("[data-row]").ok()?;
    let top = element.get_bounding_client_rect().top();
    (seen.start.saturating_sub(16)..=seen.end).find_map(|place| {
        let line = lines.item(u32::try_from(place).ok()?)?;
        let line: Element = line.dyn_into().ok()?;
        let rect = line.get_bounding_client_rect();
        (rect.bottom() > top).then_some(Anchor {
            line: line.get_attribute("data-row")?,
            top: rect.top(),
        })
    })
}

/// Whether something in the list has the focus, or the list itself.
#[must_use]
pub fn has_focus(scroller: Option<Node>) -> bool {
    let active = gloo::utils::document().active_element();
    scroller.is_some_and(|scroller| scroller.contains(active.as_deref()))
}

/// Gives the list the focus, where the line that had it is far away and gone.
pub fn take_focus(scroller: Option<Node>) {
    if !has_focus(scroller.clone())
        && let Some(scroller) = selection::element(scroller)
    {
        dom::focus_node_in_place(&scroller);
    }
}

/// Scrolls so that the line stands where it stood; the lines above it may be others now.
pub fn hold(scroller: Option<Node>, anchor: &Anchor) {
    let Some(scroller) = selection::element(scroller) else {
        return;
    };
    let selector = format!("[data-row=\"{}\"]", anchor.line);
    if let Ok(Some(line)) = scroller.query_selector(&selector) {
        let moved = line.get_bounding_client_rect().top() - anchor.top;
        if moved.abs() >= 1.0 {
            scroller.set_scroll_top(scroller.scroll_top() + moved.round() as i32);
        }
    }
}

/// Brings the row of a mark into view, moving only the list.
pub fn show(scroller: Option<Node>, id: Id) {
    let Some(list) = selection::element(scroller) else {
        return;
    };
    if let Ok(Some(row)) = list.query_selector(&format!("[data-row=\"{id}\"]")) {
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

/// Scrolls the list to its end.
pub fn to_end(scroller: Option<Node>) {
    if let Some(scroller) = selection::element(scroller) {
        scroller.set_scroll_top(scroller.scroll_height());
    }
}

/// Scrolls the list to its beginning.
pub fn to_top(scroller: Option<Node>) {
    if let Some(scroller) = selection::element(scroller) {
        scroller.set_scroll_top(0);
    }
}

/// Makes a spacer so high.
pub fn space(spacer: Option<Node>, pixels: f64) {
    if let Some(spacer) = spacer.and_then(|node| node.dyn_into::<HtmlElement>().ok()) {
        // Setting a length never fails.
        let _ = spacer
            .style()
            .set_property("height", &format!("{}px", pixels.round()));
    }
}

/// Calls `scrolled` whenever the list is scrolled, or the window gets another size.
pub fn listen(
    scroller: Option<Node>,
    scrolled: impl Fn() + Clone + 'static,
) -> [Option<EventListener>; 2] {
    let again = scrolled.clone();
    let window = gloo::utils::window();
    [
        scroller.map(|node| EventListener::new(&node, "scroll", move |_| scrolled())),
        Some(EventListener::new(&window, "resize", move |_| again())),
    ]
}

fn element(node: Node) -> Option<Element> {
    node.dyn_into().ok()
}
