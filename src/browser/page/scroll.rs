//! Where the reader is, and how to get to a mark.

use crate::browser::js::local_storage;
use crate::browser::page::selection::TOP;
use crate::browser::page::{blocks, dom, selection};
use pullquote_app::editor::mark_location::MarkLocation;
use pullquote_core::model::id::Id;
use pullquote_core::text::offset::Utf16Offset;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;

use std::cell::{Cell, RefCell};
use std::ops::Range;
use web_sys::{Element, ScrollLogicalPosition};

fn key(article: Id) -> String {
    format!("pullquote.place.{article}")
}

/// Remembers, after each scroll, which block of the article is at the top; and lets the
/// user go, who scrolls while that is being found again.
pub fn remember(article: Id) -> Vec<EventListener> {
    let waiting: RefCell<Option<Timeout>> = RefCell::new(None);
    let window = gloo::utils::window();
    let scrolled = EventListener::new(&window, "scroll", move |_| {
        *waiting.borrow_mut() = Some(Timeout::new(150, move || note_place(article)));
    });
    // A width that changes moves every line: the reader stays where they were.
    let width = Cell::new(dom::width());
    let turned = EventListener::new(&window, "resize", move |_| {
        if width.replace(dom::width()) != dom::width() && left(article).is_some() {
            return_to(article);
        }
    });
    let goes = |name| EventListener::new(&window, name, |_| stop_settling());
    let moves = ["wheel", "touchstart", "pointerdown", "keydown"].map(goes);
    [scrolled, turned].into_iter().chain(moves).collect()
}

fn note_place(article: Id) {
    if SETTLING.get().1 {
        return;
    }
    let Some(storage) = local_storage() else {
        return;
    };
    let at_top = dom::article().and_then(|article| blocks::block_below(&article, TOP));
    if let Some((block, rect)) = at_top
        && let Some(start) = blocks::start_of(&block)
    {
        let place = format!("{start} {}", (TOP - rect.top()).round() as i32);
        // The place in an article is a comfort: without room for it, none is kept.
        let _ = storage.set_item(&key(article), &place);
    }
}

/// Where the article was left: the block that was at the top, and how far it was above.
fn left(article: Id) -> Option<(u32, i32)> {
    let place = local_storage()?.get_item(&key(article)).ok()??;
    let (start, below) = place.split_once(' ')?;
    Some((start.parse().ok()?, below.parse().ok()?))
}

/// Where the article was left: the UTF-16 offset of the block that was at the top.
#[must_use]
pub fn left_at(article: Id) -> Option<u32> {
    left(article).map(|(start, _)| start)
}

/// Goes to the beginning of the page.
pub fn to_the_top() {
    gloo::utils::window().scroll_to_with_x_and_y(0.0, 0.0);
}

/// Goes to where the article was left, or to its beginning.
pub fn return_to(article: Id) {
    let window = gloo::utils::window();
    let found = left(article).and_then(|(start, below)| {
        let block = blocks::block_before(&dom::article()?, start, true)?;
        Some((block, below))
    });
    match found {
        Some((block, below)) => {
            let settling = SETTLING.get().0 + 1;
            SETTLING.set((settling, true));
            settle(settling, block, f64::from(below), 0);
        }
        None => window.scroll_to_with_x_and_y(0.0, 0.0),
    }
}

thread_local! {
    // The number of the last search for a place, and whether it goes on: while it does,
    // what is scrolled past is not noted.
    static SETTLING: Cell<(u32, bool)> = const { Cell::new((0, false)) };
}

/// The user goes somewhere else: the place where they were is not searched any further.
fn stop_settling() {
    SETTLING.set((SETTLING.get().0 + 1, false));
}

/// How often the place is looked at, every 40 milliseconds, while the rest is drawn.
const TRIES: u32 = 100;

/// Scrolls until the block stands where it was left: sections that were skipped get
/// their true height only when they come near, and others may still be drawn.
fn settle(settling: u32, block: Element, below: f64, tries: u32) {
    if SETTLING.get().0 != settling {
        return;
    }
    let top = block.get_bounding_client_rect().top() + below - TOP;
    let is_there = top.abs() < 2.0;
    // Marks change the height of a section as well as its text does.
    let is_whole = dom::article()
        .and_then(|article| article.query_selector(".plain").ok())
        .is_some_and(|plain| plain.is_none());
    SETTLING.set((settling, !is_there && tries < TRIES));
    if is_there && is_whole && tries > 2 {
        return;
    }
    gloo::utils::window().scroll_by_with_x_and_y(0.0, top);
    if tries < TRIES {
        Timeout::new(40, move || settle(settling, block, below, tries + 1)).forget();
    }
}

/// Brings the first words of a mark into view and gives them the focus.
pub fn reveal(spot: MarkLocation) {
    stop_settling();
    selection::clear();
    go_to(spot, 0);
    dom::focus_mark(&spot);
    // A far jump lands beside the place in two engines until the sections on the
    // way have their true height: once more.
    Timeout::new(60, move || go_to(spot, 1)).forget();
}

/// Brings words of the text into view.
pub fn reveal_words(words: &Range<Utf16Offset>) {
    stop_settling();
    let Some(article) = dom::article() else {
        return;
    };
    // A skipped section has no lines: it is gone to first.
    let is_seen = |words: &Range<Utf16Offset>| {
        let range = selection::range_of(&article, words)?;
        let rect = range.get_bounding_client_rect();
        Some(rect.height() > 0.0 && rect.top() >= TOP && rect.bottom() <= dom::height() - TOP)
    };
    if is_seen(words) == Some(true) {
        return;
    }
    let block = blocks::block_before(&article, words.start.0, true)
        .or_else(|| blocks::section_at(&article, words.start.0));
    if let Some(block) = block {
        dom::bring(&block, ScrollLogicalPosition::Center);
    }
    let rect = selection::range_of(&article, words).map(|it| it.get_bounding_client_rect());
    if let Some(rect) = rect.filter(|rect| rect.height() > 0.0) {
        let off = rect.top() - dom::height() / 2.0;
        if rect.top() < TOP || rect.bottom() > dom::height() - TOP {
            gloo::utils::window().scroll_by_with_x_and_y(0.0, off);
        }
    }
}

/// How often a mark is looked for that is not mounted yet.
const LOOKS: u32 = 60;

fn go_to(spot: MarkLocation, looks: u32) {
    let Some(article) = dom::article() else {
        return;
    };
    let mark = blocks::ends_of(&article, &spot);
    if mark.is_none() && looks > 0 && looks < LOOKS {
        let again = move || {
            go_to(spot, looks + 1);
            dom::focus_mark(&spot);
        };
        Timeout::new(30, again).forget();
    }
    // Until the mark is drawn: its block, or the section where that will be.
    let Some(mark) = mark
        .map(|(first, _)| first)
        .or_else(|| blocks::block_before(&article, spot.first.0, true))
        .or_else(|| blocks::section_at(&article, spot.first.0))
    else {
        return;
    };
    let rect = mark.get_bounding_client_rect();
    if rect.top() < TOP || rect.bottom() > dom::height() - TOP {
        dom::bring(&mark, ScrollLogicalPosition::Center);
    }
}
