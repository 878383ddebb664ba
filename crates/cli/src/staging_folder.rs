//! The hidden, locked folder in which a run creates its files, and the removal of folders that
//! killed runs left behind.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// The file that a run keeps locked. The system releases the lock when the run is killed.
const LOCK: &str = ".lock";

/// Creates a new folder in `beside` and locks it. Returns both.
pub(crate) fn create(beside: &Path) -> io::Result<(PathBuf, File)> {
    let process = std::process::id();
    let mut number = 0;
    loop {
        let folder = beside.join(format!(".pullquote-{process}-{number}"));
        number += 1;
        match fs::create_dir(&folder) {
            // A process with the same number left it, and it could not be removed.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
            made => made?,
        }
        let lock = File::create(folder.join(LOCK));
        match lock {
            // Another run may have just removed it as abandoned.
            Ok(lock) if lock.try_lock().is_ok() && folder.join(LOCK).exists() => {
                return Ok((folder, lock));
            }
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                let _ = fs::remove_dir_all(&folder);
                return Err(error);
            }
            // A file system without locks: `is_abandoned` protects the folder for an hour.
            Ok(lock) if folder.join(LOCK).exists() => return Ok((folder, lock)),
            _ => {}
        }
    }
}

/// Removes the folders in `beside` that killed runs left. Ignores those that cannot be removed.
pub(crate) fn remove_abandoned(beside: &Path) {
    for entry in fs::read_dir(beside).into_iter().flatten().flatten() {
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_folder
            && is_staging_name(&entry.file_name().to_string_lossy())
            && is_abandoned(&entry.path())
        {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Whether a name is that of a staging folder, such as `.pullquote-4711-0`.
fn is_staging_name(name: &str) -> bool {
    let numbers = name.strip_prefix(".pullquote-");
    let numbers = numbers.and_then(|numbers| numbers.split_once('-'));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    numbers.is_some_and(|(process, number)| is_number(process) && is_number(number))
}

/// Whether no run uses this folder any more: nobody holds its lock. A folder without a lock file
/// may be new or of an older version, and counts as abandoned after an hour.
fn is_abandoned(folder: &Path) -> bool {
    let path = folder.join(LOCK);
    match File::open(&path) {
        Ok(lock) => lock.try_lock().is_ok(),
        Err(_) => {
            let changed = fs::metadata(folder).and_then(|about| about.modified());
            let age = changed.ok().and_then(|changed| changed.elapsed().ok());
            age.is_some_and(|age| age.as_secs() > 3_600)
        }
    }
}
