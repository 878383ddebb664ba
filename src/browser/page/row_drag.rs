//! Dragging a row of a list to another place.

use crate::browser::page::{dom, viewport};

use wasm_bindgen::JsCast as _;
use web_sys::{Element, Node, PointerEvent};

/// Near the top of the window, below the bar, and near its bottom the page scrolls.
const EDGES: (f64, f64) = (90.0, 50.0);
/// How far it scrolls with each movement of the pointer, in pixels.
const STEP: f64 = 14.0;

/// Takes hold of a row: what was pressed gets the events of the pointer until the release.
pub fn take(event: &PointerEvent) {
    let pressed: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
    if let Some(pressed) = pressed {
        // Refused only for a pointer that is already gone.
        let _ = pressed.set_pointer_capture(event.pointer_id());
    }
}

/// The place between the rows of a list that the pointer means: 0 before the first row. `rows` is
/// the selector of what is as high as a row. Near the edges of the window the page scrolls.
#[must_use]
pub fn place(list: Option<Node>, rows: &str, event: &PointerEvent) -> Option<usize> {
    let rows = dom::element(list)?.query_selector_all(rows).ok()?;
    let y = f64::from(event.client_y());
    if y < EDGES.0 {
        viewport::scroll_by(-STEP);
    } else if y > viewport::height() - EDGES.1 {
        viewport::scroll_by(STEP);
    }
    let is_above = |index: u32| {
        let row = dom::element(rows.item(index));
        let rect = row.map(|row| row.get_bounding_client_rect());
        rect.is_some_and(|rect| rect.top() + rect.height() / 2.0 < y)
    };
    Some(dom::partition_point(rows.length(), is_above) as usize)
}
