//! A folder outside the browser that is kept up to date: one file for each article, rewritten
//! after the article was changed. It needs File System Access, which Chromium has, and Firefox
//! and Safari do not.

use crate::browser::clock;
use crate::browser::error::Exception;
use crate::browser::files::export::Runner;
use crate::browser::files::folder_handle::FolderError;
use crate::browser::files::{export, folder_handle, folder_notes};
use crate::browser::storage::documents;
use crate::browser::{file_system, js};
use pullquote_app::backup::folder::{Folder, FolderUpdate, due};
use pullquote_app::job::Job;
use pullquote_core::model::library_entry::LibraryEntry;
use pullquote_formats::document_file::EXTENSION;
use pullquote_formats::file_name::file_name;

use std::cell::Cell;
use wasm_bindgen::JsValue;

/// How long to wait for further changes before the folder is updated, in milliseconds.
const DELAY: u32 = 2_000;

/// About how many bytes of a file one word takes.
const WORD: usize = 8;

thread_local! {
    /// How many updates were asked for.
    static ASKED: Cell<u64> = const { Cell::new(0) };
    static IS_UPDATING: Cell<bool> = const { Cell::new(false) };
}

/// The state of the folder.
pub async fn read() -> Folder {
    if !has_picker() {
        return Folder::Unsupported;
    }
    match folder_handle::read().await {
        Ok(Some(handle)) => state_of(&handle).await,
        Ok(None) | Err(_) => Folder::Nothing,
    }
}

/// Lets the user choose a folder; `None` if they cancelled.
pub async fn choose() -> Option<Result<Folder, FolderError>> {
    let options = js::object(&[("mode", "readwrite".into()), ("id", "pullquote".into())]);
    let window: JsValue = gloo::utils::window().into();
    let handle = match js::call_method(&window, "showDirectoryPicker", &[options]).await {
        Ok(handle) => handle,
        Err(error) => {
            let exception = Exception::new(&error);
            let is_cancelled = exception.is("AbortError");
            return (!is_cancelled).then_some(Err(FolderError::Refused(exception)));
        }
    };
    // What was written into another folder does not count for this one.
    folder_notes::clear();
    Some(match folder_handle::write(&handle).await {
        Ok(()) => Ok(state_of(&handle).await),
        Err(error) => Err(error),
    })
}

/// Lets the browser ask the user whether the folder may be written to.
pub async fn allow() -> Folder {
    if let Ok(Some(handle)) = folder_handle::read().await {
        let mode = js::object(&[("mode", "readwrite".into())]);
        // If the user refuses, `read` returns that permission is still needed.
        let _ = js::call_method(&handle, "requestPermission", &[mode]).await;
    }
    read().await
}

/// Forgets the folder. Its files stay.
pub async fn forget() {
    folder_notes::clear();
    // Where this fails, the folder is known again after a reload.
    let _ = folder_handle::clear().await;
}

/// Writes the articles that the folder does not have as they are; `None` where a later call
/// does it.
pub async fn update() -> Option<FolderUpdate> {
    let asked = ASKED.get() + 1;
    ASKED.set(asked);
    clock::wait(DELAY).await;
    while IS_UPDATING.get() && ASKED.get() == asked {
        clock::wait(DELAY / 4).await;
    }
    if ASKED.get() != asked {
        return None;
    }
    IS_UPDATING.set(true);
    let mut update = FolderUpdate::default();
    if let Err(error) = write_due(&mut update).await {
        update.failed = Some(error.to_string());
    }
    IS_UPDATING.set(false);
    Some(update)
}

async fn write_due(update: &mut FolderUpdate) -> Result<(), FolderError> {
    let generation = folder_notes::generation();
    let folder = folder_handle::read().await?;
    let folder = folder.ok_or(FolderError::Unknown)?;
    if !is_allowed(&folder).await {
        update.asks = true;
        return Ok(());
    }
    let listing = documents::read_library().await?;
    let copies = folder_notes::copies();
    let mut failed = None;
    for entry in due(&listing.entries, &copies) {
        if folder_notes::generation() != generation {
            return Ok(());
        }
        let now = clock::now();
        let old = copies.get(&entry.id);
        match write_article(&folder, entry, old.map(|old| old.name.as_str())).await {
            Ok(name) => {
                folder_notes::note_article(generation, entry.id, entry.changed, &name);
                update.articles.push((entry.id, now));
            }
            // The other articles are written all the same.
            Err(error) => failed = Some(error),
        }
    }
    if let Some(error) = failed {
        return Err(error);
    }
    folder_notes::note_complete(generation, clock::now());
    Ok(())
}

/// Writes one article, whose file had the name `old` before. Returns the name of its file.
async fn write_article(
    folder: &JsValue,
    entry: &LibraryEntry,
    old: Option<&str>,
) -> Result<String, FolderError> {
    let title = || entry.title.clone();
    let marks: usize = entry.counts.iter().map(|count| count.count).sum();
    let runner = Runner::for_size(entry.words * WORD, marks);
    let written = export::write(Job::WriteKept(entry.id, None), runner).await;
    let written = written.map_err(|error| FolderError::ArticleNotMade {
        title: title(),
        reason: error.to_string(),
    })?;
    if !written.lost.is_empty() {
        return Err(FolderError::ArticleDamaged {
            title: title(),
            lost: written.lost,
        });
    }
    let name = name_in_folder(entry);
    let done = write_file(folder, &name, &written.file.into()).await;
    done.map_err(|error| FolderError::ArticleNotWritten {
        title: title(),
        exception: Exception::new(&error),
    })?;
    // On some systems two names that differ only in case are one file.
    let is_other = |old: &&str| old.to_lowercase() != name.to_lowercase();
    if let Some(old) = old.filter(is_other) {
        // The user may have removed it already.
        let _ = js::call_method(folder, "removeEntry", &[old.into()]).await;
    }
    Ok(name)
}

/// The title of the article, and enough of its id to tell it from others of that title.
fn name_in_folder(entry: &LibraryEntry) -> String {
    let id = entry.id.to_string();
    let end = &id[id.len() - 8..];
    file_name(&entry.title, &format!("{end}.{EXTENSION}"))
}

/// Writes a file. Its old content is replaced as a whole when the stream is closed.
async fn write_file(folder: &JsValue, name: &str, content: &JsValue) -> Result<(), JsValue> {
    let file = file_system::file_in(folder, name).await?;
    let stream = js::call_method(&file, "createWritable", &[]).await?;
    js::call_method(&stream, "write", std::slice::from_ref(content)).await?;
    js::call_method(&stream, "close", &[]).await?;
    Ok(())
}

async fn state_of(handle: &JsValue) -> Folder {
    let name = js::field(handle, "name").as_string().unwrap_or_default();
    if !is_allowed(handle).await {
        return Folder::Asks(name.into());
    }
    Folder::Open {
        name: name.into(),
        at: folder_notes::last_complete(),
        failed: None,
    }
}

async fn is_allowed(handle: &JsValue) -> bool {
    let mode = js::object(&[("mode", "readwrite".into())]);
    let answer = js::call_method(handle, "queryPermission", &[mode]).await;
    answer.is_ok_and(|answer| answer == "granted")
}

fn has_picker() -> bool {
    let window: JsValue = gloo::utils::window().into();
    js::field(&window, "showDirectoryPicker").is_function()
}
