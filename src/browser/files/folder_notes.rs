//! What was written into the folder, noted in `localStorage`. Where notes are lost, files are
//! written once more.

use crate::browser::storage::local_storage;
use crate::browser::storage::local_storage::{FOLDER, local_storage};
use pullquote_app::backup::folder::FolderCopy;
use pullquote_core::model::id::Id;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::sorted;
use pullquote_core::sorted::VecMap;

use std::cell::Cell;

/// The note of when everything was last in the folder.
const LAST: &str = "last";

thread_local! {
    static GENERATION: Cell<u64> = const { Cell::new(0) };
}

/// Changes whenever the notes are cleared: what was begun before concerns another folder.
pub(crate) fn generation() -> u64 {
    GENERATION.get()
}

/// Notes that an article as of its last change is in the file of this name.
pub(crate) fn note_article(generation: u64, article: Id, changed: Timestamp, name: &str) {
    note(
        generation,
        &article.to_string(),
        &format!("{} {name}", changed.0),
    );
}

/// Notes that everything is in the folder now.
pub(crate) fn note_complete(generation: u64, now: Timestamp) {
    note(generation, LAST, &now.0.to_string());
}

/// Writes a note, unless another folder was chosen meanwhile.
fn note(generation: u64, key: &str, text: &str) {
    if GENERATION.get() == generation
        && let Some(storage) = local_storage()
    {
        // Where there is no room for it, the file is written once more.
        let _ = storage.set_item(&format!("{FOLDER}{key}"), text);
    }
}

/// When everything was last in the folder.
pub(crate) fn last_complete() -> Option<Timestamp> {
    let last = local_storage::value(&format!("{FOLDER}{LAST}"))?;
    last.parse().ok().map(Timestamp)
}

/// What is noted of each article.
pub(crate) fn copies() -> VecMap<Id, FolderCopy> {
    let Some(storage) = local_storage() else {
        return VecMap::new();
    };
    let read = |key: String| {
        let id: Id = key.strip_prefix(FOLDER)?.parse().ok()?;
        let note = storage.get_item(&key).ok()??;
        let (changed, name) = note.split_once(' ')?;
        let name = name.to_owned();
        let changed = Timestamp(changed.parse().ok()?);
        Some((id, FolderCopy { name, changed }))
    };
    sorted::vec_map(local_storage::keys(&storage).filter_map(read))
}

/// Removes all notes: another folder was chosen, or none.
pub(crate) fn clear() {
    GENERATION.set(GENERATION.get() + 1);
    for id in copies().keys() {
        local_storage::remove(&format!("{FOLDER}{id}"));
    }
    local_storage::remove(&format!("{FOLDER}{LAST}"));
}
