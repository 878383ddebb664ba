//! The window: its size, and scrolling elements into view.

use crate::browser::page::dom;

use gloo::events::EventListener;

use std::cell::Cell;
use web_sys::{Element, ScrollBehavior, ScrollIntoViewOptions, ScrollLogicalPosition};

/// The height of what the bar and the palette cover at the top of the window, in pixels.
pub(crate) const TOP: f64 = 120.0;

/// Below this width, in pixels, the side panel lies over the article. The style sheets have the
/// same number.
const NARROW: f64 = 900.0;

/// How wide the window is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowWidth {
    /// As narrow as a phone or a small tablet: the side panel lies over the article.
    Narrow,
    /// Wide enough for the article and the side panel.
    Wide,
}

fn window_width() -> WindowWidth {
    match width().is_some_and(|width| width < NARROW) {
        true => WindowWidth::Narrow,
        false => WindowWidth::Wide,
    }
}

/// Calls `on_change` when the window becomes narrow or wide; and at once if it is narrow now.
pub fn listen_to_width(on_change: impl Fn(WindowWidth) + 'static) -> EventListener {
    let last = Cell::new(window_width());
    if last.get() == WindowWidth::Narrow {
        on_change(WindowWidth::Narrow);
    }
    listen_to_resize(move || {
        let width = window_width();
        if last.replace(width) != width {
            on_change(width);
        }
    })
}

/// Calls `on_resize` when the window gets another size.
pub fn listen_to_resize(on_resize: impl Fn() + 'static) -> EventListener {
    EventListener::new(&gloo::utils::window(), "resize", move |_| on_resize())
}

/// The height of the window, in pixels; 600 if the browser does not say.
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

/// Scrolls the page down by this many pixels.
pub(crate) fn scroll_by(pixels: f64) {
    gloo::utils::window().scroll_by_with_x_and_y(0.0, pixels);
}

/// How far the first element that matches is below the top of the window, in pixels.
#[must_use]
pub fn top_of(selector: &str) -> Option<f64> {
    Some(dom::found(selector)?.get_bounding_client_rect().top())
}

/// Scrolls to the beginning of the page.
pub fn scroll_to_top() {
    gloo::utils::window().scroll_to_with_x_and_y(0.0, 0.0);
}

/// Scrolls just as far as the first element that matches needs to be in view.
pub fn show(selector: &str) {
    if let Some(element) = dom::found(selector) {
        scroll_to(&element, ScrollLogicalPosition::Nearest);
    }
}

/// Scrolls at once, so that an element is at this position of the box that it scrolls in.
pub(crate) fn scroll_to(element: &Element, position: ScrollLogicalPosition) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(position);
    options.set_behavior(ScrollBehavior::Instant);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}
