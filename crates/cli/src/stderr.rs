//! Standard error. A closed pipe or a full disk behind it does not stop the program;
//! `eprintln!` would panic.

use std::fmt::Display;
use std::io::{self, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

static QUIET: AtomicBool = AtomicBool::new(false);

static PRINTED: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Suppresses everything but errors from now on.
pub(crate) fn be_quiet() {
    QUIET.store(true, Ordering::Relaxed);
}

/// Whether everything but errors is suppressed.
pub(crate) fn is_quiet() -> bool {
    QUIET.load(Ordering::Relaxed)
}

/// Prints an error.
pub(crate) fn error(text: impl Display) {
    // There is nowhere left to report that this failed.
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Prints a note, unless only errors are wanted. Prints each text once, because `split` and
/// `package` read their inputs twice.
pub(crate) fn note(text: impl Display) {
    let text = text.to_string();
    let mut printed = PRINTED.lock().unwrap_or_else(PoisonError::into_inner);
    if !is_quiet() && !printed.contains(&text) {
        error(&text);
        printed.push(text);
    }
}
