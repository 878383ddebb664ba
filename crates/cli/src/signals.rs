//! Removes the files of an unfinished run when Ctrl-C or the system ends it.
//!
//! A killed run cannot clean up; the next one in the same place does, see `staging_folder`.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The folders to remove when the program is ended. Code that creates them, or moves files out
/// of them, holds this lock, so that files are moved completely or not at all.
static LEFT: Mutex<Left> = Mutex::new(Left {
    staging: None,
    goal: None,
});

/// Folders that a run has created and that must not stay.
#[derive(Clone, Debug, Default)]
pub(crate) struct Left {
    /// The hidden folder in which files are created.
    pub(crate) staging: Option<PathBuf>,
    /// The destination folder, if this run created it. It stays once it has files.
    pub(crate) goal: Option<PathBuf>,
}

impl Left {
    /// Removes the folders. Ignores those that cannot be removed.
    pub(crate) fn clear(&self) {
        if let Some(path) = &self.staging {
            // Another thread may still create files in it.
            let _ = (0..100).find(|_| std::fs::remove_dir_all(path).is_ok() || !path.exists());
        }
        if let Some(path) = &self.goal {
            let _ = std::fs::remove_dir(path);
        }
    }
}

fn left() -> MutexGuard<'static, Left> {
    // The value is complete at any moment, also after a panic.
    LEFT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Creates folders that are removed when the program is ended, or when `make` fails.
pub(crate) fn making<T, E>(make: impl FnOnce(&mut Left) -> Result<T, E>) -> Result<T, E> {
    let made = make(&mut left());
    if made.is_err() {
        clear();
    }
    made
}

/// Removes the folders.
pub(crate) fn clear() {
    std::mem::take(&mut *left()).clear();
}

/// While the returned guard is held, signals do not end the program.
pub(crate) fn hold() -> impl Drop {
    left()
}

/// Removes the folders when a signal ends the program. The shell sees the same signal as
/// without this.
#[cfg(unix)]
pub(crate) fn listen() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    // Without a handler everything works, but a signal leaves the folders.
    let Ok(mut signals) = Signals::new([SIGINT, SIGTERM, SIGHUP]) else {
        return;
    };
    std::thread::spawn(move || {
        for signal in signals.forever() {
            // Held until the program ends, so that no more files are moved.
            let left = left();
            left.clear();
            // This ends the program.
            let _ = emulate_default_handler(signal);
        }
    });
}

/// On other systems the next run in the same place removes the folders.
#[cfg(not(unix))]
pub(crate) fn listen() {}
