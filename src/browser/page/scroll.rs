//! Scrolling to marks and words of the article.

use crate::browser::clock;
use crate::browser::page::text_position::dom_range;
use crate::browser::page::viewport::TOP;
use crate::browser::page::{blocks, dom, focus, reading_position, selection, viewport};
use pullquote_app::editor::mark_location::MarkLocation;
use pullquote_core::text::offset::Utf16Offset;

use std::ops::Range;
use web_sys::{DomRect, ScrollLogicalPosition};

/// After how many milliseconds a mark is scrolled to for the second time. A far jump ends beside
/// the mark in two engines, until the sections on the way have their true height.
const SECOND_TIME: u32 = 60;

/// How often a mark that is not drawn yet is looked for, and after how many milliseconds each
/// time.
const TRIES: u32 = 60;
const NEXT_TRY: u32 = 30;

/// Scrolls to the first words of a mark and gives them the focus.
pub fn reveal(mark: MarkLocation) {
    reading_position::cancel();
    selection::clear();
    go_to(mark, 0);
    focus::mark(&mark);
    clock::after(SECOND_TIME, move || go_to(mark, 1)).forget();
}

/// Scrolls to words of the text, if they are not in view.
pub fn reveal_words(words: &Range<Utf16Offset>) {
    reading_position::cancel();
    let Some(article) = dom::article() else {
        return;
    };
    let rect = || {
        let rect = dom_range(&article, words)?.get_bounding_client_rect();
        // Words in a section that is skipped have no lines.
        Some(rect).filter(|rect| rect.height() > 0.0)
    };
    if rect().is_some_and(|rect| is_in_view(&rect)) {
        return;
    }
    let start = words.start.0;
    let block = blocks::block_at(&article, start).or_else(|| blocks::section_at(&article, start));
    if let Some(block) = block {
        viewport::scroll_to(&block, ScrollLogicalPosition::Center);
    }
    if let Some(rect) = rect()
        && !is_in_view(&rect)
    {
        viewport::scroll_by(rect.top() - viewport::height() / 2.0);
    }
}

/// Whether a rectangle is in the middle of the window: as far from its foot as from its top.
fn is_in_view(rect: &DomRect) -> bool {
    rect.top() >= TOP && rect.bottom() <= viewport::height() - TOP
}

fn go_to(mark: MarkLocation, tries: u32) {
    let Some(article) = dom::article() else {
        return;
    };
    let ends = blocks::ends_of(&article, &mark);
    if ends.is_none() && tries > 0 && tries < TRIES {
        let again = move || {
            go_to(mark, tries + 1);
            focus::mark(&mark);
        };
        clock::after(NEXT_TRY, again).forget();
    }
    // Until the mark is drawn: its block, or the section where that will be.
    let start = mark.first.0;
    let Some(element) = ends
        .map(|(first, _)| first)
        .or_else(|| blocks::block_at(&article, start))
        .or_else(|| blocks::section_at(&article, start))
    else {
        return;
    };
    if !is_in_view(&element.get_bounding_client_rect()) {
        viewport::scroll_to(&element, ScrollLogicalPosition::Center);
    }
}
