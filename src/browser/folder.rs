//! A folder outside the browser that is kept up to date, where the browser offers File
//! System Access: one file an article, written anew after the article was changed.
//!
//! The folder's handle, and what was written into it, stand in an IndexedDB of their own,
//! `pullquote-folder`: they are of this browser, and no part of the library.

use super::storage::{self, done, open_store};
use super::{answer_of, clock, name_of, said};
use crate::app::records::{self, Kept};
use crate::app::{CopiedOut, Folder, Written, due};
use js_sys::{Object, Reflect};
use pullquote_core::formats::{EXPORTERS, file_name};
use pullquote_core::model::{Holding, Id, Moment};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use wasm_bindgen::JsValue;
use web_sys::{IdbDatabase, IdbObjectStore, IdbTransactionMode};

const NAME: &str = "pullquote-folder";
const STORE: &str = "folder";
const HANDLE: &str = "handle";
const LAST: &str = "last";

/// How long the folder waits for further changes, in milliseconds.
const PATIENCE: u32 = 2_000;

thread_local! {
    static OPEN: RefCell<Option<IdbDatabase>> = const { RefCell::new(None) };
    static WISHES: Cell<u64> = const { Cell::new(0) };
    static AT_WORK: Cell<bool> = const { Cell::new(false) };
}

/// The folder, as far as it is known.
pub async fn read() -> Folder {
    if picker().is_none() {
        return Folder::Unsupported;
    }
    match handle().await {
        Some(handle) => state_of(&handle).await,
        None => Folder::Nothing,
    }
}

/// Lets the user choose a folder; `None` where they did not.
pub async fn choose() -> Option<Result<Folder, String>> {
    let options = object(&[("mode", "readwrite"), ("id", "pullquote")]);
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
        let mode = object(&[("mode", "readwrite")]);
        // Refused, it is still to be asked for.
        let _ = answer_of(&handle, "requestPermission", &[mode]).await;
    }
    read().await
}

/// Forgets the folder. What is in it stays.
pub async fn leave() {
    if let Ok(store) = store(IdbTransactionMode::Readwrite).await
        && let Ok(request) = store.clear()
    {
        let _ = done(Ok(request)).await;
    }
}

/// Writes into the folder what it does not have; `None` where a later wish does it.
pub async fn copy_out() -> Option<CopiedOut> {
    let wish = WISHES.get() + 1;
    WISHES.set(wish);
    storage::wait(PATIENCE).await;
    while AT_WORK.get() && WISHES.get() == wish {
        storage::wait(PATIENCE / 4).await;
    }
    if WISHES.get() != wish {
        return None;
    }
    AT_WORK.set(true);
    let mut copied = CopiedOut::default();
    if let Err(reason) = copy_all(&mut copied).await {
        copied.failed = Some(reason);
    }
    AT_WORK.set(false);
    Some(copied)
}

async fn copy_all(copied: &mut CopiedOut) -> Result<(), String> {
    let browser = |error: JsValue| format!("the browser says {}.", said(&error));
    let folder = handle()
        .await
        .ok_or("it is not known any more: choose it again.")?;
    if !is_allowed(&folder).await {
        return Err("the browser wants you to allow it again, in the library.".to_owned());
    }
    let listing = storage::read_shelf().await;
    let listing = listing.map_err(|refusal| refusal.to_string())?;
    let written = written().await.map_err(browser)?;
    for line in due(&listing.lines, &written) {
        let now = clock::now();
        let kept = storage::read_document(line.id).await;
        let kept = kept.map_err(|reason| format!("“{}”: {reason}", line.title))?;
        let name = name_in_folder(line);
        write(&folder, &name, &kept).await.map_err(browser)?;
        let there = written.get(&line.id);
        if let Some(old) = there.filter(|old| old.name != name) {
            // It was written here; somebody may have taken it away.
            let _ = answer_of(&folder, "removeEntry", &[old.name.as_str().into()]).await;
        }
        note(line, &name).await.map_err(browser)?;
        copied.articles.push((line.id, now));
    }
    put(LAST, &JsValue::from_f64(clock::now().0 as f64))
        .await
        .map_err(browser)
}

/// The article's title, and enough of its id to tell it from another of that title.
fn name_in_folder(line: &Holding) -> String {
    let id = line.id.to_string();
    let end = &id[id.len() - 8..];
    file_name(&line.title, &format!("{end}.{}", EXPORTERS[0].extension))
}

async fn write(folder: &JsValue, name: &str, kept: &Kept) -> Result<(), JsValue> {
    let text = (EXPORTERS[0].write)(&records::with_tail(kept));
    let options = Object::new();
    Reflect::set(&options, &"create".into(), &true.into())?;
    let file = answer_of(folder, "getFileHandle", &[name.into(), options.into()]).await?;
    // What is written takes the old content's place as a whole when it is closed.
    let stream = answer_of(&file, "createWritable", &[]).await?;
    answer_of(&stream, "write", &[JsValue::from_str(&text)]).await?;
    answer_of(&stream, "close", &[]).await?;
    Ok(())
}

async fn state_of(handle: &JsValue) -> Folder {
    let name = Reflect::get(handle, &"name".into()).ok();
    let name = name.and_then(|name| name.as_string()).unwrap_or_default();
    if !is_allowed(handle).await {
        return Folder::Asks(name.into());
    }
    let last = get(LAST).await.ok().and_then(|last| last.as_f64());
    Folder::Open {
        name: name.into(),
        at: last.map(|last| Moment(last as i64)),
        failed: None,
    }
}

async fn is_allowed(handle: &JsValue) -> bool {
    let mode = object(&[("mode", "readwrite")]);
    let answer = answer_of(handle, "queryPermission", &[mode]).await;
    answer.is_ok_and(|answer| answer == "granted")
}

fn picker() -> Option<JsValue> {
    let window: JsValue = gloo::utils::window().into();
    let picker = Reflect::get(&window, &"showDirectoryPicker".into()).ok()?;
    picker.is_function().then_some(picker)
}

fn object(fields: &[(&str, &str)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        // Setting a field of a plain object never fails.
        let _ = Reflect::set(&object, &(*name).into(), &(*value).into());
    }
    object.into()
}

/// The handle that was kept.
async fn handle() -> Option<JsValue> {
    get(HANDLE).await.ok().filter(|handle| handle.is_object())
}

/// Keeps a handle; what was written into another folder is no longer of interest.
async fn keep(handle: &JsValue) -> Result<(), JsValue> {
    let store = store(IdbTransactionMode::Readwrite).await?;
    store.clear()?;
    let request = store.put_with_key(handle, &HANDLE.into());
    done(request).await.map(drop).map_err(refused)
}

async fn note(line: &Holding, name: &str) -> Result<(), JsValue> {
    let text = format!("{} {name}", line.changed.0);
    put(&line.id.to_string(), &text.into()).await
}

async fn written() -> Result<BTreeMap<Id, Written>, JsValue> {
    let store = store(IdbTransactionMode::Readonly).await?;
    let (keys, notes) = (store.get_all_keys(), store.get_all());
    let keys = js_sys::Array::from(&done(keys).await.map_err(refused)?);
    let notes = js_sys::Array::from(&done(notes).await.map_err(refused)?);
    let read = |(key, note): (JsValue, JsValue)| {
        let id: Id = key.as_string()?.parse().ok()?;
        let note = note.as_string()?;
        let (changed, name) = note.split_once(' ')?;
        let name = name.to_owned();
        let changed = Moment(changed.parse().ok()?);
        Some((id, Written { name, changed }))
    };
    Ok(keys.iter().zip(notes.iter()).filter_map(read).collect())
}

async fn get(key: &str) -> Result<JsValue, JsValue> {
    let store = store(IdbTransactionMode::Readonly).await?;
    done(store.get(&key.into())).await.map_err(refused)
}

async fn put(key: &str, value: &JsValue) -> Result<(), JsValue> {
    let store = store(IdbTransactionMode::Readwrite).await?;
    let request = store.put_with_key(value, &key.into());
    done(request).await.map(drop).map_err(refused)
}

fn refused(refusal: records::Refusal) -> JsValue {
    JsValue::from_str(&refusal.to_string())
}

async fn store(mode: IdbTransactionMode) -> Result<IdbObjectStore, JsValue> {
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
