//! The address bar, and leaving the page.

use crate::browser::page::selection;
use pullquote_app::route::Route;

use gloo::events::{EventListener, EventListenerOptions};

/// Whether leaving the page would lose something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaving {
    /// Nothing is lost.
    Safe,
    /// Something is not saved.
    LosesWork,
}

/// The screen that the address names.
#[must_use]
pub fn route() -> Route {
    let hash = gloo::utils::window().location().hash();
    Route::of_hash(&hash.unwrap_or_default())
}

/// Sets the address to a screen; [`listen`] reports it.
pub fn go(route: Route) {
    // Refused only where scripts may not navigate; then the screen stays.
    let _ = gloo::utils::window()
        .location()
        .set_hash(&route.to_string());
}

/// Calls `on_route` whenever the address names another screen.
pub fn listen(on_route: impl Fn(Route) + 'static) -> EventListener {
    EventListener::new(&gloo::utils::window(), "hashchange", move |_| {
        selection::clear();
        on_route(route());
    })
}

/// Calls `on_visible` whenever the tab becomes visible again.
pub fn listen_to_visibility(on_visible: impl Fn() + 'static) -> EventListener {
    let page = gloo::utils::document();
    EventListener::new(&page.clone(), "visibilitychange", move |_| {
        if !page.hidden() {
            on_visible();
        }
    })
}

/// Calls `on_leave` when the user is about to leave the page. If work would be lost, the browser
/// asks the user first.
pub fn guard(on_leave: impl Fn() -> Leaving + 'static) -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    let window = gloo::utils::window();
    EventListener::new_with_options(&window, "beforeunload", options, move |event| {
        if on_leave() == Leaving::LosesWork {
            event.prevent_default();
        }
    })
}

/// Sets the title of the page, in the tab and in the list of windows.
pub fn set_title(title: &str) {
    gloo::utils::document().set_title(title);
}
