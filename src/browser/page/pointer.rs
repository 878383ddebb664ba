//! What the pointer and the keys select in the article.
//!
//! The selection is read once, when the pointer or the key is released. A finger
//! has no release that a page can see (the browser's own handles do the work):
//! there each change of the selection is read. A key that comes before that is done
//! (a tag's, from a fast coder) has it done at once.

use crate::browser::page::{dom, selection};
use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Timeout;
use pullquote_core::model::id::Id;
use pullquote_core::text::offset::Utf16Offset;

use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::rc::Rc;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, Event, EventTarget, KeyboardEvent, Node, PointerEvent};

/// What was done in the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Swept {
    /// Words were selected, and how.
    Words(Range<Utf16Offset>, How),
    /// A place was clicked: the marks there, outer first.
    Marks(Vec<Id>),
}

/// How words were selected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct How {
    /// Exactly these characters (Alt).
    pub exact: bool,
    /// Beside what was selected before (Control, Command).
    pub more: bool,
}

/// How long a finger's selection must not change, to be taken as a sweep: in milliseconds.
const RESTS: u32 = 400;

/// The marks around the target of an event, outer first.
#[must_use]
pub fn marks_of(target: Option<EventTarget>) -> Vec<Id> {
    let node = target.and_then(|target| target.dyn_into::<Node>().ok());
    node.map_or_else(Vec::new, |node| dom::marks_around(&node))
}

/// Listens until what it gives back is dropped.
#[must_use]
pub fn listen(
    article: impl Fn() -> Option<Node> + 'static,
    swept: impl Fn(Swept) + 'static,
) -> Vec<EventListener> {
    let document = gloo::utils::document();
    let article = Rc::new(article);
    let swept = Rc::new(swept);
    let down = Rc::new(Cell::new(false));
    let began = Rc::new(Cell::new(None::<Utf16Offset>));
    let pressed = Rc::new(Cell::new((0, 0)));

    let unfocused = Rc::new(Unfocused::default());
    let (released, resting) = (Rc::new(Waiting::default()), Rc::new(Waiting::default()));

    let press = {
        let (article, down) = (article.clone(), down.clone());
        let (unfocused, began, pressed) = (unfocused.clone(), began.clone(), pressed.clone());
        EventListener::new(&document, "pointerdown", move |event| {
            let Some(event) = event.dyn_ref::<PointerEvent>() else {
                return;
            };
            FINGER.set(event.pointer_type() == "touch");
            pressed.set((event.client_x(), event.client_y()));
            let node = node_of(event);
            unfocused.take(node.as_ref());
            down.set(event.button() == 0 && article().is_some() && !is_control(node.as_ref()));
            if down.get() && !event.shift_key() {
                // A press into a selection begins a new sweep; the browser would
                // begin to drag the selected text.
                selection::clear_now();
            }
            began.set(None);
            SWEEPING.set(down.get());
        })
    };
    // What is drawn anew while a sweep goes on can move or end the browser's selection: where it
    // began is remembered.
    let moving = {
        let (article, down, began) = (article.clone(), down.clone(), began.clone());
        EventListener::new(&document, "pointermove", move |_| {
            if down.get() && began.get().is_none() {
                began.set(selection::anchor(article()));
            }
        })
    };
    let cancel = {
        let unfocused = unfocused.clone();
        EventListener::new(&document, "pointercancel", move |_| {
            SWEEPING.set(false);
            unfocused.give_back();
        })
    };
    let release = {
        let (article, swept) = (article.clone(), swept.clone());
        let (down, released) = (down.clone(), released.clone());
        EventListener::new(&document, "pointerup", move |event| {
            let Some(event) = event.dyn_ref::<PointerEvent>() else {
                return;
            };
            unfocused.give_back();
            if !down.replace(false) {
                SWEEPING.set(false);
                return;
            }
            let began = began.take();
            let (article, swept) = (article.clone(), swept.clone());
            let how = How {
                exact: event.alt_key(),
                more: event.ctrl_key() || event.meta_key(),
            };
            let node = node_of(event);
            let point = (event.client_x() as f32, event.client_y() as f32);
            // A hand that clicks twice moves a little.
            let (x, y) = pressed.get();
            let is_click = (event.client_x() - x).abs() < 4 && (event.client_y() - y).abs() < 4;
            // A click into a selection takes it away only after this event: read
            // in the next task.
            released.read_after(0, move || {
                SWEEPING.set(false);
                let is_inside = selection::is_in(article(), node.as_ref());
                let is_moved = began.is_some() && began != selection::anchor(article());
                let range = if let Some(began) = began.filter(|_| is_moved) {
                    let end = selection::at_point(article(), point.0, point.1);
                    end.map(|end| began.min(end)..began.max(end))
                        .filter(|range| range.start < range.end)
                } else if is_inside {
                    selection::read(article())
                } else {
                    selection::read_to(article(), point.0, point.1)
                };
                if let Some(range) = range {
                    let range = match is_click && !how.exact {
                        true => selection::clicked(article(), range, point.0, point.1),
                        false => range,
                    };
                    swept(Swept::Words(range, how));
                } else {
                    let marks = node.map_or_else(Vec::new, |node| dom::marks_around(&node));
                    swept(Swept::Marks(marks));
                }
            });
        })
    };
    let key_down = {
        let (article, swept) = (article.clone(), swept.clone());
        let resting = resting.clone();
        // Before any other listener: what the key means depends on what was swept.
        let options = EventListenerOptions::run_in_capture_phase();
        EventListener::new_with_options(&document, "keydown", options, move |event| {
            released.read_now();
            resting.read_now();
            // A tag's key while the button is still held ends the sweep.
            if down.get()
                && event.dyn_ref().is_some_and(types_a_letter)
                && let Some(range) = selection::read(article())
            {
                down.set(false);
                SWEEPING.set(false);
                swept(Swept::Words(range, How::default()));
            }
        })
    };
    let key = {
        let (article, swept) = (article.clone(), swept.clone());
        EventListener::new(&document, "keyup", move |event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
                return;
            };
            if event.key() == "Shift"
                && let Some(range) = selection::read(article())
            {
                let how = How {
                    exact: event.alt_key(),
                    more: event.ctrl_key() || event.meta_key(),
                };
                swept(Swept::Words(range, how));
            }
        })
    };
    let change = EventListener::new(&document, "selectionchange", move |_| {
        if !by_finger() {
            return;
        }
        // The browser's own handles move it letter by letter: it is read when it rests.
        let (article, swept) = (article.clone(), swept.clone());
        let read = move || {
            if let Some(range) = selection::read(article()) {
                swept(Swept::Words(range, How::default()));
            }
        };
        resting.read_after(RESTS, read);
    });
    vec![press, moving, cancel, release, key_down, key, change]
}

/// Whether a key types a letter by itself, with neither Control, Command nor Alt.
fn types_a_letter(event: &KeyboardEvent) -> bool {
    let is_held = event.ctrl_key() || event.meta_key() || event.alt_key();
    !is_held && event.key().chars().count() == 1
}

/// What reads a selection, once.
type Read = Box<dyn FnOnce()>;

/// A selection that is read a little later, or as soon as a key is pressed.
#[derive(Default)]
struct Waiting {
    read: Rc<RefCell<Option<Read>>>,
    timer: RefCell<Option<Timeout>>,
}

impl Waiting {
    /// Reads after so many milliseconds, in the stead of what waited before.
    fn read_after(&self, milliseconds: u32, read: impl FnOnce() + 'static) {
        self.read.replace(Some(Box::new(read)));
        let waiting = self.read.clone();
        let due = move || run(&waiting);
        self.timer.replace(Some(Timeout::new(milliseconds, due)));
    }

    /// Reads now what waits, if anything does.
    fn read_now(&self) {
        run(&self.read);
    }
}

fn run(waiting: &RefCell<Option<Read>>) {
    let read = waiting.borrow_mut().take();
    if let Some(read) = read {
        read();
    }
}

/// The marks under a pressed pointer, which must not take the focus meanwhile: in
/// Chromium 156 a sweep that begins at the first letter of an element that can
/// take the focus selects nothing.
#[derive(Default)]
struct Unfocused(RefCell<Vec<(Element, String)>>);

impl Unfocused {
    fn take(&self, node: Option<&Node>) {
        let mut taken = self.0.borrow_mut();
        let mut element = node.and_then(|node| node.dyn_ref::<Element>().cloned());
        while let Some(here) = element {
            if here.matches("article, article mark").unwrap_or(false)
                && let Some(index) = here.get_attribute("tabindex")
                && here.remove_attribute("tabindex").is_ok()
            {
                taken.push((here.clone(), index));
            }
            element = here.parent_element();
        }
    }

    fn give_back(&self) {
        for (mark, index) in self.0.borrow_mut().drain(..) {
            // An attribute of this name can always be set.
            let _ = mark.set_attribute("tabindex", &index);
        }
    }
}

/// Whether a press on a node is for something that lies over or beside the text.
fn is_control(node: Option<&Node>) -> bool {
    let element = node.and_then(|node| node.dyn_ref::<Element>());
    element.is_none_or(|element| {
        let controls = "button, input, textarea, a, .card, .panel, .palette, .bar, .notices";
        element.closest(controls).is_ok_and(|found| found.is_some())
    })
}

/// Whether words are being swept: the pointer is down in the article, or its release is not
/// read yet.
#[must_use]
pub(crate) fn is_sweeping() -> bool {
    SWEEPING.get()
}

/// Whether the last press was a finger's.
#[must_use]
pub fn by_finger() -> bool {
    FINGER.get()
}

thread_local! {
    static FINGER: Cell<bool> = const { Cell::new(false) };
    static SWEEPING: Cell<bool> = const { Cell::new(false) };
}

fn node_of(event: &Event) -> Option<Node> {
    event.target()?.dyn_into().ok()
}

/// A handle that the pointer holds.
#[derive(Clone, Copy, Debug)]
pub struct Hold {
    /// Where it was taken, in pixels of the window.
    y: i32,
    /// How far that is below the middle of the handle's line.
    below: i32,
    finger: bool,
}

impl Hold {
    /// The place that the pointer means now. A mouse that has left the height where
    /// it took the knob points at the words themselves; a finger covers them, and
    /// means the line above it all the way.
    #[must_use]
    pub fn place(&self, event: &PointerEvent) -> (f32, f32) {
        let has_left = (event.client_y() - self.y).abs() > 12;
        let below = if has_left && !self.finger {
            0
        } else {
            self.below
        };
        (event.client_x() as f32, (event.client_y() - below) as f32)
    }
}

/// Takes hold of a handle: the pointer's events go to it until it is released.
#[must_use]
pub fn take_hold(event: &PointerEvent) -> Option<Hold> {
    // The target is the knob; the framework's own listener stands further out.
    let knob: Element = event.target()?.dyn_into().ok()?;
    let handle = knob.closest(".handle").ok().flatten()?;
    // Refused only for a pointer that is already gone.
    let _ = knob.set_pointer_capture(event.pointer_id());
    let line = handle.get_bounding_client_rect();
    Some(Hold {
        y: event.client_y(),
        below: event.client_y() - (line.top() + line.height() / 2.0) as i32,
        finger: event.pointer_type() == "touch",
    })
}
