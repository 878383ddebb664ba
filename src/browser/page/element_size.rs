//! The sizes of elements.

use crate::browser::page::dom;

use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{DomRect, Node, ResizeObserver};

/// Watches the size of an element until it is dropped.
pub struct SizeWatch {
    observer: ResizeObserver,
    _callback: Closure<dyn FnMut()>,
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Calls `on_change` with the width of an element in pixels, soon and whenever its width or
/// height changes; `None` if the element does not exist.
pub fn watch(node: Option<Node>, on_change: impl Fn(i32) + 'static) -> Option<SizeWatch> {
    let element = dom::element(node)?;
    let watched = element.clone();
    let callback: Closure<dyn FnMut()> = Closure::new(move || on_change(watched.client_width()));
    let observer = ResizeObserver::new(callback.as_ref().unchecked_ref()).ok()?;
    observer.observe(&element);
    Some(SizeWatch {
        observer,
        _callback: callback,
    })
}

/// How many of the children of `parent` that match fit into its first `rows` rows, with
/// `reserve` pixels left at the end of the last row for a button that leads to the others;
/// `usize::MAX` if all fit.
#[must_use]
pub fn fitting_children(parent: Option<Node>, selector: &str, rows: usize, reserve: f64) -> usize {
    let Some(parent) = dom::element(parent) else {
        return usize::MAX;
    };
    let children = parent.children();
    let rects: Vec<DomRect> = (0..children.length())
        .filter_map(|index| children.item(index))
        .filter(|child| child.matches(selector).unwrap_or(false))
        .map(|child| child.get_bounding_client_rect())
        .collect();
    let tops = row_tops(&rects);
    let Some(end) = tops.get(rows) else {
        return usize::MAX;
    };
    // Rows run from left to right or from right to left, as the page does.
    let frame = parent.get_bounding_client_rect();
    let is_rtl = rects.len() > 1 && tops.len() < rects.len() && rects[0].left() > rects[1].left();
    let leaves_reserve = |rect: &DomRect| {
        let left_over = if is_rtl {
            rect.left() - frame.left()
        } else {
            frame.right() - rect.right()
        };
        left_over >= reserve
    };
    let last = tops[rows - 1];
    let fits = |rect: &&DomRect| {
        rect.top() < last - 1.0 || (rect.top() < end - 1.0 && leaves_reserve(rect))
    };
    rects.iter().take_while(fits).count()
}

/// The top of each row of elements, which are in order.
fn row_tops(rects: &[DomRect]) -> Vec<f64> {
    let mut tops: Vec<f64> = Vec::new();
    for rect in rects {
        if tops.last().is_none_or(|last| rect.top() > *last + 1.0) {
            tops.push(rect.top());
        }
    }
    tops
}
