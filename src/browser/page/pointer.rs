//! What the user selects or clicks in the article.
//!
//! The selection is read once, in the task after the pointer or the key is released. Of a
//! finger a page sees no release, since the browser's own handles do the selecting: its
//! selection is read when it has not changed for a while. If a key is pressed before that, as
//! the key of a tag by a fast coder, the selection is read at once.

use crate::browser::page::{dom, selection, sweep_state};
use pullquote_core::model::id::Id;
use pullquote_core::text::offset::Utf16Offset;

use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Timeout;

use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::rc::Rc;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, Event, EventTarget, KeyboardEvent, Node, PointerEvent};

/// What was done in the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gesture {
    /// Words were selected.
    Words {
        /// Which.
        range: Range<Utf16Offset>,
        /// The keys that were held.
        modifiers: SweepModifiers,
    },
    /// A point was clicked: the marks there, outermost first.
    Marks(Vec<Id>),
}

/// The keys that were held while words were selected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SweepModifiers {
    /// Alt: exactly these characters are meant.
    pub exact: bool,
    /// Control or Command: the words are added to those selected before.
    pub more: bool,
}

/// How long the selection of a finger must not change before it is read, in milliseconds.
const REST: u32 = 400;

/// How far a hand moves at most between press and release of a click, in pixels.
const CLICK: i32 = 4;

/// The marks around the target of an event, outermost first.
#[must_use]
pub fn marks_of(target: Option<EventTarget>) -> Vec<Id> {
    marks_at(target.and_then(|target| target.dyn_into::<Node>().ok()))
}

fn marks_at(node: Option<Node>) -> Vec<Id> {
    node.map_or_else(Vec::new, |node| dom::marks_around(&node))
}

/// Listens until the returned listeners are dropped.
#[must_use]
pub fn listen(
    article: impl Fn() -> Option<Node> + 'static,
    on_gesture: impl Fn(Gesture) + 'static,
) -> Vec<EventListener> {
    let reader = Rc::new(Reader {
        article: Box::new(article),
        on_gesture: Box::new(on_gesture),
    });
    let sweep = Rc::new(Sweep {
        reader,
        is_down: Cell::new(false),
        began: Cell::new(None),
        pressed: Cell::new((0, 0)),
        unfocused: UnfocusedMarks::default(),
        released: DelayedRead::default(),
        resting: DelayedRead::default(),
    });
    // Before any other listener: what a key means depends on what is selected.
    let first = EventListenerOptions::run_in_capture_phase();
    let usual = EventListenerOptions::default();
    let listeners: [(&str, EventListenerOptions, Handler); 7] = [
        ("pointerdown", usual, Sweep::press),
        ("pointermove", usual, Sweep::follow),
        ("pointercancel", usual, Sweep::cancel),
        ("pointerup", usual, Sweep::release),
        ("keydown", first, Sweep::press_key),
        ("keyup", usual, Sweep::release_key),
        ("selectionchange", usual, Sweep::follow_finger),
    ];
    let document = gloo::utils::document();
    let listeners = listeners.into_iter().map(|(name, options, handle)| {
        let sweep = sweep.clone();
        EventListener::new_with_options(&document, name, options, move |event| {
            handle(&sweep, event);
        })
    });
    listeners.collect()
}

/// Handles an event.
type Handler = fn(&Sweep, &Event);

/// The article, and who hears what is done in it.
struct Reader {
    article: Box<dyn Fn() -> Option<Node>>,
    on_gesture: Box<dyn Fn(Gesture)>,
}

impl Reader {
    fn article(&self) -> Option<Node> {
        (self.article)()
    }

    fn report_words(&self, range: Range<Utf16Offset>, modifiers: SweepModifiers) {
        (self.on_gesture)(Gesture::Words { range, modifiers });
    }

    /// Reads the selection, and reports it if there is one.
    fn read(&self, modifiers: SweepModifiers) {
        if let Some(range) = selection::read(self.article()) {
            self.report_words(range, modifiers);
        }
    }

    /// Reads the selection after a release.
    fn read_release(&self, release: Release) {
        sweep_state::set_sweeping(false);
        let (x, y) = release.point;
        let article = self.article();
        let is_moved = |began: &Utf16Offset| Some(*began) != selection::anchor(self.article());
        let is_inside = release.node.is_some()
            && article.is_some_and(|article| article.contains(release.node.as_ref()));
        let range = if let Some(began) = release.began.filter(is_moved) {
            let end = selection::at_point(self.article(), x, y);
            end.map(|end| began.min(end)..began.max(end))
                .filter(|range| range.start < range.end)
        } else if is_inside {
            selection::read(self.article())
        } else {
            selection::read_to(self.article(), x, y)
        };
        match range {
            Some(range) if release.is_click && !release.modifiers.exact => {
                let word = selection::clicked_word(self.article(), range, x, y);
                self.report_words(word, release.modifiers);
            }
            Some(range) => self.report_words(range, release.modifiers),
            None => (self.on_gesture)(Gesture::Marks(marks_at(release.node))),
        }
    }
}

/// A pointer that was released.
struct Release {
    /// Where the selection began, if that is known.
    began: Option<Utf16Offset>,
    node: Option<Node>,
    /// In pixels of the window.
    point: (f32, f32),
    is_click: bool,
    modifiers: SweepModifiers,
}

/// A selection that may be under way.
struct Sweep {
    reader: Rc<Reader>,
    /// Whether the pointer is down in the article.
    is_down: Cell<bool>,
    /// Where the selection began. What is drawn meanwhile can move or end the selection of the
    /// browser.
    began: Cell<Option<Utf16Offset>>,
    /// Where the pointer was pressed, in pixels of the window.
    pressed: Cell<(i32, i32)>,
    unfocused: UnfocusedMarks,
    /// Reads the selection after a release.
    released: DelayedRead,
    /// Reads the selection of a finger that rests.
    resting: DelayedRead,
}

impl Sweep {
    fn press(&self, event: &Event) {
        let Some(event) = event.dyn_ref::<PointerEvent>() else {
            return;
        };
        sweep_state::set_finger(event.pointer_type() == "touch");
        self.pressed.set((event.client_x(), event.client_y()));
        let node = dom::target_of(event);
        self.unfocused.take(node.as_ref());
        let is_primary = event.button() == 0;
        let is_down = is_primary && self.reader.article().is_some() && !is_control(node.as_ref());
        self.is_down.set(is_down);
        if is_down && !event.shift_key() {
            // A press into a selection begins a new one. Without this, the browser would drag
            // the selected text.
            selection::clear_now();
        }
        self.began.set(None);
        sweep_state::set_sweeping(is_down);
    }

    fn follow(&self, _: &Event) {
        if self.is_down.get() && self.began.get().is_none() {
            self.began.set(selection::anchor(self.reader.article()));
        }
    }

    fn cancel(&self, _: &Event) {
        sweep_state::set_sweeping(false);
        self.unfocused.restore();
    }

    fn release(&self, event: &Event) {
        let Some(event) = event.dyn_ref::<PointerEvent>() else {
            return;
        };
        self.unfocused.restore();
        if !self.is_down.replace(false) {
            sweep_state::set_sweeping(false);
            return;
        }
        let (x, y) = self.pressed.get();
        let is_near = |from: i32, to: i32| (to - from).abs() < CLICK;
        let release = Release {
            began: self.began.take(),
            node: dom::target_of(event),
            point: (event.client_x() as f32, event.client_y() as f32),
            is_click: is_near(x, event.client_x()) && is_near(y, event.client_y()),
            modifiers: SweepModifiers {
                exact: event.alt_key(),
                more: event.ctrl_key() || event.meta_key(),
            },
        };
        let reader = self.reader.clone();
        // A click into a selection clears it only after this event: it is read in the next
        // task.
        self.released
            .read_after(0, move || reader.read_release(release));
    }

    fn press_key(&self, event: &Event) {
        self.released.read_now();
        self.resting.read_now();
        // The key of a tag, while the button is still held, ends the selection.
        if self.is_down.get()
            && event.dyn_ref().is_some_and(types_a_letter)
            && let Some(range) = selection::read(self.reader.article())
        {
            self.is_down.set(false);
            sweep_state::set_sweeping(false);
            self.reader.report_words(range, SweepModifiers::default());
        }
    }

    fn release_key(&self, event: &Event) {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        if event.key() == "Shift" {
            self.reader.read(SweepModifiers {
                exact: event.alt_key(),
                more: event.ctrl_key() || event.meta_key(),
            });
        }
    }

    fn follow_finger(&self, _: &Event) {
        if !sweep_state::is_finger() {
            return;
        }
        // The browser's own handles move letter by letter: the selection is read when they
        // rest.
        let reader = self.reader.clone();
        let read = move || reader.read(SweepModifiers::default());
        self.resting.read_after(REST, read);
    }
}

/// Whether a key types a letter by itself, with neither Control, Command nor Alt.
fn types_a_letter(event: &KeyboardEvent) -> bool {
    let is_modified = event.ctrl_key() || event.meta_key() || event.alt_key();
    !is_modified && event.key().chars().count() == 1
}

/// Reads a selection, once.
type Read = Box<dyn FnOnce()>;

/// A selection that is read a little later, or as soon as a key is pressed.
#[derive(Default)]
struct DelayedRead {
    read: Rc<RefCell<Option<Read>>>,
    timer: RefCell<Option<Timeout>>,
}

impl DelayedRead {
    /// Reads after this many milliseconds, in place of what waited before.
    fn read_after(&self, millis: u32, read: impl FnOnce() + 'static) {
        self.read.replace(Some(Box::new(read)));
        let waiting = self.read.clone();
        let due = move || run(&waiting);
        self.timer.replace(Some(Timeout::new(millis, due)));
    }

    /// Reads now, if a selection waits.
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

/// The marks under a pressed pointer, which must not be able to take the focus meanwhile: in
/// Chromium 156 a sweep that begins at the first letter of an element that can take the focus
/// selects nothing.
#[derive(Default)]
struct UnfocusedMarks(RefCell<Vec<(Element, String)>>);

impl UnfocusedMarks {
    /// Takes `tabindex` away from the elements around a node.
    fn take(&self, node: Option<&Node>) {
        let mut taken = self.0.borrow_mut();
        let mut element = node.and_then(|node| node.dyn_ref::<Element>().cloned());
        while let Some(current) = element {
            if current.matches("article, article mark").unwrap_or(false)
                && let Some(index) = current.get_attribute("tabindex")
                && current.remove_attribute("tabindex").is_ok()
            {
                taken.push((current.clone(), index));
            }
            element = current.parent_element();
        }
    }

    fn restore(&self) {
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
