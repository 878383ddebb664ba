//! The address bar.

use crate::browser::page::selection;
use pullquote_app::route::Route;

use gloo::events::EventListener;

/// The screen that the address asks for.
#[must_use]
pub fn route() -> Route {
    let hash = gloo::utils::window().location().hash();
    Route::of_hash(&hash.unwrap_or_default())
}

/// Goes to a screen; `listen` hears of it.
pub fn go(route: Route) {
    // Refused only where scripts may not navigate; then the screen stays.
    let _ = gloo::utils::window()
        .location()
        .set_hash(&route.to_string());
}

/// Calls `went` whenever the address asks for another screen.
pub fn listen(went: impl Fn(Route) + 'static) -> EventListener {
    EventListener::new(&gloo::utils::window(), "hashchange", move |_| {
        selection::clear();
        went(route());
    })
}

/// Calls `looked` whenever the tab is looked at again.
pub fn listen_to_looks(looked: impl Fn() + 'static) -> EventListener {
    let page = gloo::utils::document();
    EventListener::new(&page.clone(), "visibilitychange", move |_| {
        if !page.hidden() {
            looked();
        }
    })
}

/// Calls `unsaved` when the page is about to be left; where it says so, the
/// browser asks the user first.
pub fn guard(unsaved: impl Fn() -> bool + 'static) -> EventListener {
    let options = gloo::events::EventListenerOptions::enable_prevent_default();
    let window = gloo::utils::window();
    EventListener::new_with_options(&window, "beforeunload", options, move |event| {
        if unsaved() {
            event.prevent_default();
        }
    })
}

/// Names the page, in the tab and in the list of windows.
pub fn name_page(title: &str) {
    gloo::utils::document().set_title(title);
}
