//! A folder outside the browser that is kept up to date, where the browser offers File
//! System Access: one file an article, written anew after the article was changed.
//!
//! The folder's handle stands in an IndexedDB of its own, `pullquote-folder`: it is of this
//! browser, and no part of the library. What was written into the folder, and when, is
//! noted in `localStorage`, `pullquote.folder.…`: lost, the files are written once more.

use crate::browser::clock;
use crate::browser::files::open;
use crate::browser::js::{answer_of, file_in, local_storage, name_of, object, said};
use crate::browser::storage::database::{done, open_store};
use crate::browser::storage::{disk_full, documents};
use js_sys::Reflect;
use pullquote_app::backup::folder::{Folder, FolderCopy, FolderUpdate, due};
use pullquote_app::job::Job;
use pullquote_app::store::error::StoreError;
use pullquote_core::model::id::Id;
use pullquote_core::model::library_entry::LibraryEntry;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::sorted;
use pullquote_core::sorted::VecMap;
use pullquote_formats::document_file::EXTENSION;
use pullquote_formats::file_name::file_name;
use std::cell::{Cell, RefCell};
use wasm_bindgen::JsValue;
use web_sys::{IdbDatabase, IdbObjectStore, IdbTransactionMode};

const NAME: &str = "pullquote-folder";
const STORE: &str = "folder";
const HANDLE: &str = "handle";
const LAST: &str = "last";
const NOTE: &str = "pullquote.folder.";

/// How long the folder waits for further changes, in milliseconds.
const PATIENCE: u32 = 2_000;

/// The bytes that a word has in a file, about.
const WORD: usize = 8;

thread_local! {
    static OPEN: RefCell<Option<IdbDatabase>> = const { RefCell::new(None) };
    static WISHES: Cell<u64> = const { Cell::new(0) };
    static CHOICES: Cell<u64> = const { Cell::new(0) };
    static AT_WORK: Cell<bool> = const { Cell::new(false) };
}

/// The folder, as far as it is known.
pub async fn read() -> Folder {
    if !has_picker() {
        return Folder::Unsupported;
    }
    match handle().await {
        Some(handle) => state_of(&handle).await,
        None => Folder::Nothing,
    }
}

/// Lets the user choose a folder; `None` where they did not.
pub async fn choose() -> Option<Result<Folder, String>> {
    let options = object(&[("mode", "readwrite".into()), ("id", "pullquote".into())]);
    let window: JsValue = gloo::utils::window().into();
    let handle = match answer_of(&window, "showDirectoryPicker", &[options]).await {
        Ok(handle) => handle,
        Err(error) if name_of(&error).as_deref() == Some("AbortError") => return None,
        Err(error) => return Some(Err(format!("the browser says {}.", said(&error)))),
    };
    let kept = keep(&handle).await;
    Some(match kept {
        Ok(()) => Ok(state_of(&handle).await),
        Err(error) => Err(format!("the browser says {}.", said(&error))),
    })
}

/// Lets the browser ask the user whether the folder may be written to.
pub async fn allow() -> Folder {
    if let Some(handle) = handle().await {
        let mode = object(&[("mode", "readwrite".into())]);
        // Refused, it is still to be asked for.
        let _ = answer_of(&handle, "requestPermission", &[mode]).await;
    }
    read().await
}

/// Forgets the folder. What is in it stays.
pub async fn leave() {
    forget_notes();
    if let Ok(store) = store(IdbTransactionMode::Readwrite).await
        && let Ok(request) = store.clear()
    {
        let _ = done(Ok(request)).await;
    }
}

/// Writes into the folder what it does not have; `None` where a later wish does it.
pub async fn copy_out() -> Option<FolderUpdate> {
    let wish = WISHES.get() + 1;
    WISHES.set(wish);
    documents::wait(PATIENCE).await;
    while AT_WORK.get() && WISHES.get() == wish {
        documents::wait(PATIENCE / 4).await;
    }
    if WISHES.get() != wish {
        return None;
    }
    AT_WORK.set(true);
    let mut copied = FolderUpdate::default();
    if let Err(reason) = copy_all(&mut copied).await {
        copied.failed = Some(reason);
    }
    AT_WORK.set(false);
    Some(copied)
}

async fn copy_all(copied: &mut FolderUpdate) -> Result<(), String> {
    let browser = |error: JsValue| format!("the browser says {}.", said(&error));
    let choice = CHOICES.get();
    let folder = kept().await.map_err(browser)?;
    if !folder.is_object() {
        return Err("it is not known any more: choose it again.".to_owned());
    }
    if !is_allowed(&folder).await {
        copied.asks = true;
        return Ok(());
    }
    let listing = documents::read_shelf().await;
    let listing = listing.map_err(|refusal| refusal.to_string())?;
    let written = written();
    let mut failed = None;
    for line in due(&listing.lines, &written) {
        if CHOICES.get() != choice {
            return Ok(());
        }
        let now = clock::now();
        let old = written.get(&line.id);
        match copy_one(&folder, line, old.map(|old| old.name.as_str())).await {
            Ok(name) => {
                note(
                    choice,
                    &line.id.to_string(),
                    &format!("{} {name}", line.changed.0),
                );
                copied.articles.push((line.id, now));
            }
            // The others go there all the same.
            Err(reason) => failed = Some(reason),
        }
    }
    if let Some(reason) = failed {
        return Err(reason);
    }
    note(choice, LAST, &clock::now().0.to_string());
    Ok(())
}

/// Writes one article; gives the name of its file.
async fn copy_one(
    folder: &JsValue,
    line: &LibraryEntry,
    old: Option<&str>,
) -> Result<String, String> {
    let marks: usize = line.counts.iter().map(|count| count.count).sum();
    let is_small = open::is_small(line.words * WORD, marks);
    let written = open::written(Job::WriteKept(line.id, None), is_small).await;
    let (lost, file) = written.map_err(|reason| {
        let reason = reason.trim_end_matches('.');
        format!("“{}”: {reason}.", line.title)
    })?;
    if !lost.is_empty() {
        let lost = lost.join("; ");
        return Err(format!(
            "“{}” is damaged in part ({lost}): its file there was left as it is.",
            line.title
        ));
    }
    let name = name_in_folder(line);
    let done = write(folder, &name, &file.into()).await;
    done.map_err(|error| format!("“{}”: the browser says {}.", line.title, said(&error)))?;
    // On some systems two names that differ in case only are one file.
    let is_other = |old: &&str| old.to_lowercase() != name.to_lowercase();
    if let Some(old) = old.filter(is_other) {
        // It was written here; somebody may have taken it away.
        let _ = answer_of(folder, "removeEntry", &[old.into()]).await;
    }
    Ok(name)
}

/// The article's title, and enough of its id to tell it from another of that title.
fn name_in_folder(line: &LibraryEntry) -> String {
    let id = line.id.to_string();
    let end = &id[id.len() - 8..];
    file_name(&line.title, &format!("{end}.{}", EXTENSION))
}

async fn write(folder: &JsValue, name: &str, content: &JsValue) -> Result<(), JsValue> {
    let file = file_in(folder, name).await?;
    // What is written takes the old content's place as a whole when it is closed.
    let stream = answer_of(&file, "createWritable", &[]).await?;
    answer_of(&stream, "write", std::slice::from_ref(content)).await?;
    answer_of(&stream, "close", &[]).await?;
    Ok(())
}

async fn state_of(handle: &JsValue) -> Folder {
    let name = Reflect::get(handle, &"name".into()).ok();
    let name = name.and_then(|name| name.as_string()).unwrap_or_default();
    if !is_allowed(handle).await {
        return Folder::Asks(name.into());
    }
    let last = noted(LAST).and_then(|last| last.parse().ok());
    Folder::Open {
        name: name.into(),
        at: last.map(Timestamp),
        failed: None,
    }
}

async fn is_allowed(handle: &JsValue) -> bool {
    let mode = object(&[("mode", "readwrite".into())]);
    let answer = answer_of(handle, "queryPermission", &[mode]).await;
    answer.is_ok_and(|answer| answer == "granted")
}

fn has_picker() -> bool {
    let window: JsValue = gloo::utils::window().into();
    let picker = Reflect::get(&window, &"showDirectoryPicker".into());
    picker.is_ok_and(|picker| picker.is_function())
}

/// The handle that was kept.
async fn handle() -> Option<JsValue> {
    kept().await.ok().filter(|handle| handle.is_object())
}

/// Keeps a handle; what was written into another folder is no longer of interest.
async fn keep(handle: &JsValue) -> Result<(), JsValue> {
    forget_notes();
    let store = store(IdbTransactionMode::Readwrite).await?;
    let request = store.put_with_key(handle, &HANDLE.into());
    done(request).await.map(drop).map_err(refused)
}

/// Notes what was written, unless another folder was chosen meanwhile.
fn note(choice: u64, key: &str, text: &str) {
    if CHOICES.get() == choice
        && let Some(notes) = local_storage()
    {
        // Lost, it is written once more.
        let _ = notes.set_item(&format!("{NOTE}{key}"), text);
    }
}

fn noted(key: &str) -> Option<String> {
    local_storage()?
        .get_item(&format!("{NOTE}{key}"))
        .ok()
        .flatten()
}

/// What is noted of each article.
fn written() -> VecMap<Id, FolderCopy> {
    let Some(notes) = local_storage() else {
        return VecMap::new();
    };
    let names = (0..notes.length().unwrap_or(0)).filter_map(|place| notes.key(place).ok()?);
    let read = |name: String| {
        let id: Id = name.strip_prefix(NOTE)?.parse().ok()?;
        let note = notes.get_item(&name).ok()??;
        let (changed, name) = note.split_once(' ')?;
        let name = name.to_owned();
        let changed = Timestamp(changed.parse().ok()?);
        Some((id, FolderCopy { name, changed }))
    };
    sorted::vec_map(names.filter_map(read))
}

/// Forgets what was written: another folder was chosen, or none.
fn forget_notes() {
    CHOICES.set(CHOICES.get() + 1);
    let Some(notes) = local_storage() else {
        return;
    };
    for id in written().keys() {
        let _ = notes.remove_item(&format!("{NOTE}{id}"));
    }
    let _ = notes.remove_item(&format!("{NOTE}{LAST}"));
}

async fn kept() -> Result<JsValue, JsValue> {
    let store = store(IdbTransactionMode::Readonly).await?;
    done(store.get(&HANDLE.into())).await.map_err(refused)
}

fn refused(refusal: StoreError) -> JsValue {
    JsValue::from_str(&refusal.to_string())
}

async fn store(mode: IdbTransactionMode) -> Result<IdbObjectStore, JsValue> {
    // It shares its log with the library, see `storage::wound`.
    if mode == IdbTransactionMode::Readwrite && disk_full::is_wounded() {
        return Err(JsValue::from_str("that the disk is full"));
    }
    let open = OPEN.with_borrow(Clone::clone);
    let database = match open {
        Some(database) => database,
        None => {
            let database = open_store(NAME, STORE).await.map_err(refused)?;
            OPEN.set(Some(database.clone()));
            database
        }
    };
    let transaction = database.transaction_with_str_and_mode(STORE, mode);
    if transaction.is_err() {
        OPEN.set(None);
    }
    transaction?.object_store(STORE)
}
