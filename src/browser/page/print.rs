//! The article on paper.

use crate::browser::clock;
use crate::browser::page::dom;

/// How often it is looked whether the article is drawn, and how long at most: every 20 ms for
/// half a minute.
const PAUSE: u32 = 20;
const LOOKS: u32 = 1_500;

/// Prints the page once the article on it is drawn to its end: all of its `blocks`, with
/// their marks.
pub fn print(blocks: usize) {
    look(blocks, LOOKS);
}

fn look(blocks: usize, looks: u32) {
    if is_whole(blocks) || looks == 0 {
        // Refused only where scripts may open no dialogs; then there is none.
        let _ = gloo::utils::window().print();
        return;
    }
    dom::draw_for_print();
    clock::after(PAUSE, move || look(blocks, looks - 1)).forget();
}

fn is_whole(blocks: usize) -> bool {
    let is_drawn = |article: web_sys::Element| {
        let plain = article.query_selector(".section.plain").ok()?;
        let drawn = article.query_selector_all("[data-start]").ok()?.length();
        Some(plain.is_none() && drawn as usize == blocks)
    };
    dom::article().and_then(is_drawn).unwrap_or(false)
}
