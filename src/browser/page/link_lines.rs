//! Lines between linked marks. They are drawn behind the text, so that they cover none of it.

use crate::browser::page::{blocks, dom};
use pullquote_app::editor::mark_location::MarkLocation;
use pullquote_core::model::id::Id;

use gloo::events::EventListener;

use web_sys::{DomRect, Element, Node};

const SVG: &str = "http://www.w3.org/2000/svg";

/// Replaces what is in the drawing, which lies over the whole column, by a line from the first
/// mark of each pair to the second. A mark that is not drawn yet has no line.
pub fn draw(drawing: Option<Node>, pairs: &[(MarkLocation, MarkLocation)]) {
    let Some(drawing) = dom::element(drawing) else {
        return;
    };
    drawing.set_text_content(None);
    let Some(article) = dom::article() else {
        return;
    };
    let frame = drawing.get_bounding_client_rect();
    let first_line = |mark: &MarkLocation| {
        let (first, _) = blocks::ends_of(&article, mark)?;
        let rects = first.get_client_rects();
        (0..rects.length())
            .filter_map(|index| rects.item(index))
            .find(|rect| rect.width() > 0.5)
    };
    for (from, to) in pairs {
        if let (Some(from), Some(to)) = (first_line(from), first_line(to)) {
            for element in line(&frame, &from, &to) {
                let _ = drawing.append_child(&element);
            }
        }
    }
}

/// A curve from the nearer edge of one rectangle to the nearer edge of the other, with a dot at
/// its end.
fn line(frame: &DomRect, from: &DomRect, to: &DomRect) -> Vec<Element> {
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
    let dot = [
        ("cx", format!("{y:.0}")),
        ("cy", format!("{end:.0}")),
        ("r", "4".to_owned()),
    ];
    [svg("path", &[("d", path)]), svg("circle", &dot)]
        .into_iter()
        .flatten()
        .collect()
}

fn svg(name: &str, attributes: &[(&str, String)]) -> Option<Element> {
    let element = gloo::utils::document()
        .create_element_ns(Some(SVG), name)
        .ok()?;
    for (name, value) in attributes {
        // Attributes of these names can always be set.
        let _ = element.set_attribute(name, value);
    }
    Some(element)
}

/// Calls `on_mark` with the mark that the pointer moves over or that gets the focus; with `None`
/// if it is no mark.
pub fn listen(on_mark: impl Fn(Option<Id>) + Clone + 'static) -> [EventListener; 2] {
    let document = gloo::utils::document();
    ["pointerover", "focusin"].map(|name| {
        let on_mark = on_mark.clone();
        EventListener::new(&document, name, move |event| {
            let node = dom::target_of(event);
            on_mark(node.and_then(|node| dom::marks_around(&node).pop()));
        })
    })
}
