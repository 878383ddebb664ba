//! What a run leaves behind that is broken off: nothing, also where Ctrl-C or the system ends it.
//!
//! A run that is killed cannot clear up; the next one in the same place does, see
//! [`Workshop`](crate::output::Workshop).

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What goes when the program is ended. Whoever has the lock is making it, or moves what is in
/// it to its place: files are moved whole, or not at all.
static LEFT: Mutex<Left> = Mutex::new(Left {
    workshop: None,
    goal: None,
});

/// Folders that a run has made, and that would be left.
#[derive(Clone, Debug, Default)]
pub(crate) struct Left {
    /// The one in which files come into being.
    pub(crate) workshop: Option<PathBuf>,
    /// The one they go to, if it was not there before; it stays as soon as something is in it.
    pub(crate) goal: Option<PathBuf>,
}

impl Left {
    /// Clears them away. What cannot be is in nobody's way.
    pub(crate) fn clear(&self) {
        if let Some(path) = &self.workshop {
            // Files may still come into being while it goes.
            let _ = (0..100).find(|_| std::fs::remove_dir_all(path).is_ok() || !path.exists());
        }
        if let Some(path) = &self.goal {
            let _ = std::fs::remove_dir(path);
        }
    }
}

fn left() -> MutexGuard<'static, Left> {
    // What is in it is whole at any moment.
    LEFT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Makes folders that go when the program is ended, or when not all can be made.
pub(crate) fn making<T, E>(make: impl FnOnce(&mut Left) -> Result<T, E>) -> Result<T, E> {
    let made = make(&mut left());
    if made.is_err() {
        clear();
    }
    made
}

/// Clears the folders away.
pub(crate) fn clear() {
    std::mem::take(&mut *left()).clear();
}

/// While this is held the program is not ended.
pub(crate) fn hold() -> impl Drop {
    left()
}

/// Ends the program, when it is asked to end, without leaving a folder. What the shell sees is
/// the same as without this.
#[cfg(unix)]
pub(crate) fn listen() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    // Without this the program does the same, but for clearing up.
    let Ok(mut signals) = Signals::new([SIGINT, SIGTERM, SIGHUP]) else {
        return;
    };
    std::thread::spawn(move || {
        for signal in signals.forever() {
            // Held until the end: nothing is moved any more.
            let left = left();
            left.clear();
            // It does not come back.
            let _ = emulate_default_handler(signal);
        }
    });
}

/// Elsewhere the next run in the same place clears up.
#[cfg(not(unix))]
pub(crate) fn listen() {}
