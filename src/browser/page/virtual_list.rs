//! A long list in a box that scrolls. Only some of its lines are mounted; spacers above and
//! below have the height of the others.

use crate::browser::page::{dom, focus, viewport};
use pullquote_app::editor::view::window::Viewport;
use pullquote_core::model::id::Id;

use gloo::events::EventListener;

use web_sys::{DomRectReadOnly, Element, Node};

const LINE: &str = ".line";

/// How many rows before the first line in view may be the first row in view: headings are lines
/// as well, so a row has a smaller index among the rows.
const HEADINGS: usize = 16;

/// Measures which lines of the list are in view.
#[must_use]
pub fn measure(scroller: Option<Node>) -> Option<Viewport> {
    let scroller = dom::element(scroller)?;
    let frame = scroller.get_bounding_client_rect();
    let lines = scroller.query_selector_all(LINE).ok()?;
    let rect = |index: u32| Some(dom::element(lines.item(index))?.get_bounding_client_rect());
    // Lines are below each other: the number of those with an edge above a height.
    let count_above = |height: f64, edge: fn(&DomRectReadOnly) -> f64| {
        let is_above = |index| rect(index).is_some_and(|rect| edge(&rect) <= height);
        dom::partition_point(lines.length(), is_above) as usize
    };
    let first = count_above(frame.top(), DomRectReadOnly::bottom);
    let end = count_above(frame.bottom(), DomRectReadOnly::top);
    Some(Viewport {
        view: f64::from(scroller.client_height()),
        scrolled: f64::from(scroller.scroll_top()),
        lines: (first < end).then_some(first..end),
        at_end: scroller.scroll_top() + scroller.client_height() >= scroller.scroll_height() - 2,
    })
}

/// The average height of the mounted lines, in pixels.
#[must_use]
pub fn line_height(scroller: Option<Node>) -> Option<f64> {
    let scroller = dom::element(scroller)?;
    let lines = scroller.query_selector_all(LINE).ok()?;
    let count = lines.length();
    let first = dom::element(lines.item(0))?.get_bounding_client_rect();
    let last = dom::element(lines.item(count - 1))?.get_bounding_client_rect();
    Some((last.bottom() - first.top()) / f64::from(count))
}

/// A row and where it is on the screen, to keep it there while other lines are mounted.
pub struct RowPosition {
    row: String,
    top: f64,
}

/// The first row in view.
#[must_use]
pub fn first_row(scroller: Option<Node>) -> Option<RowPosition> {
    let list = dom::element(scroller.clone())?;
    let seen = measure(scroller)?.lines?;
    let rows = list.query_selector_all("[data-row]").ok()?;
    let top = list.get_bounding_client_rect().top();
    (seen.start.saturating_sub(HEADINGS)..=seen.end).find_map(|index| {
        let row: Element = dom::element(rows.item(u32::try_from(index).ok()?))?;
        let rect = row.get_bounding_client_rect();
        (rect.bottom() > top).then_some(RowPosition {
            row: row.get_attribute("data-row")?,
            top: rect.top(),
        })
    })
}

/// Scrolls so that a row is where it was; other lines may be mounted above it now.
pub fn restore_row(scroller: Option<Node>, position: &RowPosition) {
    let Some(scroller) = dom::element(scroller) else {
        return;
    };
    let selector = format!("[data-row=\"{}\"]", position.row);
    if let Ok(Some(row)) = scroller.query_selector(&selector) {
        let moved = row.get_bounding_client_rect().top() - position.top;
        if moved.abs() >= 1.0 {
            scroller.set_scroll_top(scroller.scroll_top() + moved.round() as i32);
        }
    }
}

/// Whether the list or something in it has the focus.
#[must_use]
pub fn has_focus(scroller: Option<Node>) -> bool {
    let active = gloo::utils::document().active_element();
    scroller.is_some_and(|scroller| scroller.contains(active.as_deref()))
}

/// Gives the list the focus, if the line that had it is no longer mounted.
pub fn take_focus(scroller: Option<Node>) {
    if !has_focus(scroller.clone())
        && let Some(scroller) = dom::element(scroller)
    {
        focus::element_without_scrolling(&scroller);
    }
}

/// Scrolls the list just as far as the row of a mark needs to be in view.
pub fn show(scroller: Option<Node>, id: Id) {
    let Some(list) = dom::element(scroller) else {
        return;
    };
    if let Ok(Some(row)) = list.query_selector(&format!("[data-row=\"{id}\"]")) {
        let row = row.get_bounding_client_rect();
        let frame = list.get_bounding_client_rect();
        if row.top() < frame.top() {
            list.set_scroll_top(list.scroll_top() - (frame.top() - row.top()) as i32 - 8);
        } else if row.bottom() > frame.bottom() {
            list.set_scroll_top(list.scroll_top() + (row.bottom() - frame.bottom()) as i32 + 8);
        }
    }
}

/// Scrolls the list to its end.
pub fn scroll_to_end(scroller: Option<Node>) {
    if let Some(scroller) = dom::element(scroller) {
        scroller.set_scroll_top(scroller.scroll_height());
    }
}

/// Scrolls the list to its beginning.
pub fn scroll_to_top(scroller: Option<Node>) {
    if let Some(scroller) = dom::element(scroller) {
        scroller.set_scroll_top(0);
    }
}

/// Sets the height of a spacer, in pixels.
pub fn set_height(spacer: Option<Node>, pixels: f64) {
    if let Some(spacer) = dom::html_element(spacer) {
        // Setting a length never fails.
        let _ = spacer
            .style()
            .set_property("height", &format!("{}px", pixels.round()));
    }
}

/// Calls `on_change` whenever the list is scrolled, or the window gets another size.
pub fn listen(
    scroller: Option<Node>,
    on_change: impl Fn() + Clone + 'static,
) -> [Option<EventListener>; 2] {
    let on_scroll = on_change.clone();
    [
        scroller.map(|node| EventListener::new(&node, "scroll", move |_| on_scroll())),
        Some(viewport::listen_to_resize(on_change)),
    ]
}
