//! Whether the user is selecting words right now, and with a finger.

use std::cell::Cell;

thread_local! {
    static IS_SWEEPING: Cell<bool> = const { Cell::new(false) };
    static IS_FINGER: Cell<bool> = const { Cell::new(false) };
}

/// Whether words are being selected: the pointer is down in the article, or its release is not
/// handled yet.
pub(crate) fn is_sweeping() -> bool {
    IS_SWEEPING.get()
}

/// The selection of words begins or ends.
pub(crate) fn set_sweeping(is_sweeping: bool) {
    IS_SWEEPING.set(is_sweeping);
}

/// Whether the last press was by a finger.
#[must_use]
pub fn is_finger() -> bool {
    IS_FINGER.get()
}

/// Something pressed: a finger, a mouse or a pen.
pub(crate) fn set_finger(is_finger: bool) {
    IS_FINGER.set(is_finger);
}
