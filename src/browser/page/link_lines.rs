//! Lines between linked marks, in the margin beside the text, so that they strike through none of
//! its words.

use crate::browser::page::{blocks, dom};
use pullquote_app::editor::mark_location::MarkLocation;
use pullquote_core::model::id::Id;

use gloo::events::EventListener;

use web_sys::{Element, Node};

const SVG: &str = "http://www.w3.org/2000/svg";

/// How far from the text the first line is, and how far each further one, in pixels.
const FIRST: f64 = 9.0;
const NEXT: f64 = 6.0;

/// Up to this distance there is no line, in pixels: about two lines of text.
const NEAR: f64 = 80.0;

/// The most lines beside each other: further ones share the room.
const MOST: usize = 4;

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
    let text = article.get_bounding_client_rect();
    // Lines begin at the right of a text that is read from the right.
    let is_rtl = article.get_attribute("dir").is_some_and(|dir| dir == "rtl");
    let (edge, out) = match is_rtl {
        true => (text.right() - frame.left(), 1.0),
        false => (text.left() - frame.left(), -1.0),
    };
    let middle = |mark: &MarkLocation| {
        let (first, _) = blocks::ends_of(&article, mark)?;
        let rects = first.get_client_rects();
        let mut rects = (0..rects.length()).filter_map(|index| rects.item(index));
        let rect = rects.find(|rect| rect.width() > 0.5)?;
        Some(rect.top() + rect.height() / 2.0 - frame.top())
    };
    let ends = pairs.iter();
    let ends = ends.filter_map(|(from, to)| Some((middle(from)?, middle(to)?)));
    let mut index = 0;
    // A narrow window has a narrow margin.
    let room = if is_rtl {
        frame.right() - text.right()
    } else {
        edge
    } - 5.0;
    for (from, to) in ends {
        // Marks that are near are told by their outlines.
        if (from - to).abs() > NEAR {
            let away = (FIRST + NEXT * (index % MOST) as f64).min(room);
            for element in line(edge + out * 3.0, out * away, from, to) {
                let _ = drawing.append_child(&element);
            }
            index += 1;
        }
    }
}

/// A bracket from the height `from` to the height `to`, `away` from the edge of the text, with a
/// dot at its end.
fn line(edge: f64, away: f64, from: f64, to: f64) -> Vec<Element> {
    let path = format!("M{edge:.0} {from:.0}h{away:.0}V{to:.0}h{:.0}", -away);
    let dot = [
        ("cx", format!("{edge:.0}")),
        ("cy", format!("{to:.0}")),
        ("r", "3.5".to_owned()),
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
