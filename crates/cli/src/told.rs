//! What is said on standard error. A reader that has gone, or a full disk behind it, stops
//! nothing: `eprintln!` would panic.

use std::fmt::Display;
use std::io::{self, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

static QUIET: AtomicBool = AtomicBool::new(false);

static SAID: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// From now on nothing but errors is said.
pub(crate) fn be_quiet() {
    QUIET.store(true, Ordering::Relaxed);
}

/// Whether nothing but errors is said.
pub(crate) fn is_quiet() -> bool {
    QUIET.load(Ordering::Relaxed)
}

/// Says an error.
pub(crate) fn error(text: impl Display) {
    // There is nowhere left to say that this failed.
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Says what happened, unless only errors are wanted, and once: what is divided is read twice.
pub(crate) fn note(text: impl Display) {
    let text = text.to_string();
    let mut said = SAID.lock().unwrap_or_else(PoisonError::into_inner);
    if !is_quiet() && !said.contains(&text) {
        error(&text);
        said.push(text);
    }
}
