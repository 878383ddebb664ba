//! Printing the article.

use crate::browser::clock;
use crate::browser::page::dom;

use gloo::events::EventListener;

use web_sys::{Element, Event};

/// How often to check whether the article is drawn: every 20 ms for half a minute.
const PAUSE: u32 = 20;
const CHECKS: u32 = 1_500;

/// Calls `on_print` before the page is printed.
pub fn listen(on_print: impl Fn() + 'static) -> EventListener {
    EventListener::new(&gloo::utils::window(), "beforeprint", move |_| on_print())
}

/// Prints the page once all of the article is drawn: this number of blocks, with their marks.
/// After half a minute, prints what is drawn.
pub fn print(blocks: usize) {
    check(blocks, CHECKS);
}

fn check(blocks: usize, checks: u32) {
    if is_drawn(blocks) || checks == 0 {
        // Refused only where scripts may open no dialogs; then there is none.
        let _ = gloo::utils::window().print();
        return;
    }
    draw_for_print();
    clock::after(PAUSE, move || check(blocks, checks - 1)).forget();
}

/// Dispatches the event that the browser sends before it prints, at which everything is drawn.
fn draw_for_print() {
    if let Ok(event) = Event::new("beforeprint") {
        // Nobody cancels it.
        let _ = gloo::utils::window().dispatch_event(&event);
    }
}

fn is_drawn(blocks: usize) -> bool {
    let is_complete = |article: Element| {
        let plain = article.query_selector(".section.plain").ok()?;
        let drawn = article.query_selector_all("[data-start]").ok()?.length();
        Some(plain.is_none() && drawn as usize == blocks)
    };
    dom::article().and_then(is_complete).unwrap_or(false)
}
