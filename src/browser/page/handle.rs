//! Dragging a handle at an end of a mark.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, PointerEvent};

/// How far a mouse must have moved up or down, in pixels, to point at the words themselves.
const LEAVES: i32 = 12;

/// A handle that is being dragged.
#[derive(Clone, Copy, Debug)]
pub struct HeldHandle {
    /// Where it was taken, in pixels of the window.
    y: i32,
    /// How far that is below the middle of the line of the handle.
    below: i32,
    is_finger: bool,
}

impl HeldHandle {
    /// The point of the window that the pointer means now. A mouse that has moved away from the
    /// height of the knob points at the words themselves. A finger covers the words, and means
    /// the line above it all the way.
    #[must_use]
    pub fn point(&self, event: &PointerEvent) -> (f32, f32) {
        let has_left = (event.client_y() - self.y).abs() > LEAVES;
        let below = if has_left && !self.is_finger {
            0
        } else {
            self.below
        };
        (event.client_x() as f32, (event.client_y() - below) as f32)
    }
}

/// Takes hold of a handle: it gets the events of the pointer until the release.
#[must_use]
pub fn take(event: &PointerEvent) -> Option<HeldHandle> {
    // The target is the knob; Yew listens further out.
    let knob: Element = event.target()?.dyn_into().ok()?;
    let handle = knob.closest(".handle").ok().flatten()?;
    // Refused only for a pointer that is already gone.
    let _ = knob.set_pointer_capture(event.pointer_id());
    let line = handle.get_bounding_client_rect();
    Some(HeldHandle {
        y: event.client_y(),
        below: event.client_y() - (line.top() + line.height() / 2.0) as i32,
        is_finger: event.pointer_type() == "touch",
    })
}
