//! Where the reader left each article, and returning there.

use crate::browser::clock;
use crate::browser::page::viewport::TOP;
use crate::browser::page::{blocks, dom, viewport};
use crate::browser::storage::local_storage;
use crate::browser::storage::local_storage::{local_storage, reading_position_key};
use pullquote_core::model::id::Id;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;

use std::cell::{Cell, RefCell};
use web_sys::Element;

/// How long the page must not have been scrolled before the position is noted, in milliseconds.
const REST: u32 = 150;

/// How often the position is corrected while the article is drawn, and after how many
/// milliseconds each time.
const TRIES: u32 = 100;
const NEXT_TRY: u32 = 40;

/// Returning to a position.
#[derive(Clone, Copy)]
struct Return {
    /// A later return, or a scroll by the user, has another number.
    number: u32,
    /// While it is active, the positions that are scrolled past are not noted.
    is_active: bool,
}

thread_local! {
    static RETURN: Cell<Return> = const {
        Cell::new(Return { number: 0, is_active: false })
    };
}

/// Notes the position after each scroll, until the listeners are dropped. If the user scrolls
/// while the position is being restored, they stay where they are.
pub fn remember(article: Id) -> Vec<EventListener> {
    let waiting: RefCell<Option<Timeout>> = RefCell::new(None);
    let window = gloo::utils::window();
    let on_scroll = EventListener::new(&window, "scroll", move |_| {
        *waiting.borrow_mut() = Some(clock::after(REST, move || note(article)));
    });
    // Another width moves every line: the reader stays at the same block.
    let width = Cell::new(viewport::width());
    let on_resize = viewport::listen_to_resize(move || {
        let now = viewport::width();
        if width.replace(now) != now && noted(article).is_some() {
            restore(article);
        }
    });
    let leave = |name| EventListener::new(&window, name, |_| cancel());
    let leaving = ["wheel", "touchstart", "pointerdown", "keydown"].map(leave);
    [on_scroll, on_resize].into_iter().chain(leaving).collect()
}

/// A position: the offset of the block at the top, and how many pixels of it are above the top.
type Position = (u32, i32);

fn note(article: Id) {
    if RETURN.get().is_active {
        return;
    }
    let Some(storage) = local_storage() else {
        return;
    };
    let at_top = dom::article().and_then(|article| blocks::block_below(&article, TOP));
    if let Some((block, rect)) = at_top
        && let Some(start) = blocks::start_of(&block)
    {
        let position = format!("{start} {}", (TOP - rect.top()).round() as i32);
        // Without room for it, the article opens at its beginning.
        let _ = storage.set_item(&reading_position_key(article), &position);
    }
}

fn noted(article: Id) -> Option<Position> {
    let position = local_storage::value(&reading_position_key(article))?;
    let (start, above) = position.split_once(' ')?;
    Some((start.parse().ok()?, above.parse().ok()?))
}

/// The UTF-16 offset of the block at the top where the reader left the article.
#[must_use]
pub fn block_start(article: Id) -> Option<u32> {
    noted(article).map(|(start, _)| start)
}

/// Scrolls to where the reader left the article, or to the beginning of the page.
pub fn restore(article: Id) {
    let found = noted(article).and_then(|(start, above)| {
        let block = blocks::block_at(&dom::article()?, start)?;
        Some((block, above))
    });
    match found {
        Some((block, above)) => {
            let number = RETURN.get().number + 1;
            let is_active = true;
            RETURN.set(Return { number, is_active });
            settle(number, block, f64::from(above), 0);
        }
        None => viewport::scroll_to_top(),
    }
}

/// The user goes somewhere else: a return that is active ends.
pub(crate) fn cancel() {
    RETURN.set(Return {
        number: RETURN.get().number + 1,
        is_active: false,
    });
}

/// Scrolls until the block is where it was: sections that `content-visibility` skips get their
/// true height only when they come near, and others may not be drawn yet.
fn settle(number: u32, block: Element, above: f64, tries: u32) {
    if RETURN.get().number != number {
        return;
    }
    let distance = block.get_bounding_client_rect().top() + above - TOP;
    let is_there = distance.abs() < 2.0;
    // Marks change the height of a section as well as its text does.
    let is_drawn = dom::article()
        .and_then(|article| article.query_selector(".plain").ok())
        .is_some_and(|plain| plain.is_none());
    let is_active = !is_there && tries < TRIES;
    RETURN.set(Return { number, is_active });
    if is_there && is_drawn && tries > 2 {
        return;
    }
    viewport::scroll_by(distance);
    if tries < TRIES {
        let again = move || settle(number, block, above, tries + 1);
        clock::after(NEXT_TRY, again).forget();
    }
}
