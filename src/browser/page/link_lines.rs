//! Threads between linked marks: behind the text, so that they cover none of it.

use crate::browser::page::{blocks, dom, selection};
use pullquote_app::editor::mark_location::MarkLocation;
use pullquote_core::model::id::Id;

use gloo::events::EventListener;

use wasm_bindgen::JsCast as _;
use web_sys::{DomRect, Element, Node};

const SVG: &str = "http://www.w3.org/2000/svg";

/// Draws a thread from the first of each pair to the second, into an empty drawing that lies
/// over the whole of the column. A mark that is not drawn yet has none.
pub fn draw(drawing: Option<Node>, pairs: &[(MarkLocation, MarkLocation)]) {
    let Some(drawing) = selection::element(drawing) else {
        return;
    };
    drawing.set_text_content(None);
    let Some(article) = dom::article() else {
        return;
    };
    let frame = drawing.get_bounding_client_rect();
    let first_line = |spot: &MarkLocation| {
        let (first, _) = blocks::ends_of(&article, spot)?;
        let rects = first.get_client_rects();
        (0..rects.length())
            .filter_map(|place| rects.item(place))
            .find(|rect| rect.width() > 0.5)
    };
    for (from, to) in pairs {
        if let (Some(from), Some(to)) = (first_line(from), first_line(to)) {
            for part in thread(&frame, &from, &to) {
                let _ = drawing.append_child(&part);
            }
        }
    }
}

/// A curve from under the one to the nearer edge of the other, with a knot at its end.
fn thread(frame: &DomRect, from: &DomRect, to: &DomRect) -> Vec<Element> {
    let middle = |rect: &DomRect| rect.left() + rect.width() / 2.0 - frame.left();
    let is_below = to.top() > from.bottom();
    let is_above = to.bottom() < from.top();
    let start = if is_above { from.top() } else { from.bottom() } - frame.top();
    let end = if is_below { to.top() } else { to.bottom() } - frame.top();
    let (x, y) = (middle(from), middle(to));
    let bend = ((end - start).abs() / 2.0).clamp(14.0, 60.0);
    let out = if is_above { start - bend } else { start + bend };
    let back = if is_below { end - bend } else { end + bend };
    let path = format!("M{x:.0} {start:.0}C{x:.0} {out:.0} {y:.0} {back:.0} {y:.0} {end:.0}");
    let knot = [
        ("cx", format!("{y:.0}")),
        ("cy", format!("{end:.0}")),
        ("r", "4".to_owned()),
    ];
    [element("path", &[("d", path)]), element("circle", &knot)]
        .into_iter()
        .flatten()
        .collect()
}

fn element(name: &str, attributes: &[(&str, String)]) -> Option<Element> {
    let element = gloo::utils::document()
        .create_element_ns(Some(SVG), name)
        .ok()?;
    for (name, value) in attributes {
        // Attributes of these names can always be set.
        let _ = element.set_attribute(name, value);
    }
    Some(element)
}

/// Calls `over` with the mark that the pointer comes over, or that gets the focus, or with
/// none.
pub fn listen(over: impl Fn(Option<Id>) + Clone + 'static) -> [EventListener; 2] {
    ["pointerover", "focusin"].map(|name| listen_to(name, over.clone()))
}

fn listen_to(name: &'static str, over: impl Fn(Option<Id>) + 'static) -> EventListener {
    EventListener::new(&gloo::utils::document(), name, move |event| {
        let node = event
            .target()
            .and_then(|target| target.dyn_into::<Node>().ok());
        over(node.and_then(|node| dom::marks_around(&node).pop()));
    })
}
