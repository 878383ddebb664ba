//! IndexedDB as an ordered map of records.

use crate::browser::clock;
use crate::browser::js::{name_of, said};
use crate::browser::storage::{disk_full, pending_log};
use gloo::timers::callback::Timeout;
use js_sys::{Array, Function, Object, Promise, Reflect};
use pullquote_app::store::batch::{Check, StoreBatch, Write};
use pullquote_app::store::error::StoreError;
use pullquote_app::store::records::{Records, VERSION};
use pullquote_app::store::upgrade::{Version1, upgraded};
use pullquote_core::model::id::Id;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_formats::records::envelope::label_of;
use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::pin::Pin;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    IdbDatabase, IdbFactory, IdbKeyRange, IdbObjectStore, IdbOpenDbRequest, IdbRequest,
    IdbTransaction, IdbVersionChangeEvent,
};

const NAME: &str = "pullquote";
const RECORDS: &str = "records";

/// How long another tab may be in the way of an opening, in milliseconds.
const PATIENCE: u32 = 3_000;

/// How often, and after how many milliseconds each time, it is opened again where the browser
/// has closed it.
const TRIES: u32 = 25;
const NEXT_TRY: u32 = 200;

thread_local! {
    static OPEN: RefCell<Option<Database>> = const { RefCell::new(None) };
    // Whether the browser has closed it by itself, and it was not opened since.
    static WAS_CLOSED: Cell<bool> = const { Cell::new(false) };
    // When that was last, by the clock of the page.
    static CLOSED_AT: Cell<Option<Timestamp>> = const { Cell::new(None) };
    // What waits for the storage, to be told that it was closed.
    static WAITING: RefCell<Vec<Function>> = const { RefCell::new(Vec::new()) };
    static ON_CLOSE: RefCell<Option<Rc<dyn Fn()>>> = const { RefCell::new(None) };
}

/// Calls `closed` when the browser closes the database by itself: it could not go on, or the
/// data of the site was deleted.
pub(crate) fn listen_to_closing(closed: impl Fn() + 'static) {
    ON_CLOSE.set(Some(Rc::new(closed)));
}

fn tell_of_closing() {
    let closed = ON_CLOSE.with_borrow(Clone::clone);
    if let Some(closed) = closed {
        closed();
    }
}

/// The open database.
#[derive(Clone)]
pub(crate) struct Database(IdbDatabase);

impl Database {
    /// The database, opened once. Boxed: its callers share its code.
    pub(crate) fn open() -> Pin<Box<dyn Future<Output = Result<Self, StoreError>>>> {
        Box::pin(async {
            if let Some(open) = OPEN.with_borrow(Clone::clone) {
                return Ok(open);
            }
            let mut tries = 0;
            let database = loop {
                match open().await {
                    Ok(database) => break Self(database),
                    Err(refusal) if !WAS_CLOSED.get() || tries == TRIES => return Err(refusal),
                    // While Chromium deletes the data of the site, it opens nothing.
                    Err(_) => tries += 1,
                }
                crate::browser::storage::documents::wait(NEXT_TRY).await;
            };
            WAS_CLOSED.set(false);
            OPEN.with_borrow_mut(|open| *open = Some(database.clone()));
            Ok(database)
        })
    }

    /// The database, opened anew.
    pub(crate) async fn open_anew() -> Result<Self, StoreError> {
        if let Some(open) = OPEN.take() {
            open.0.close();
        }
        Self::open().await
    }

    /// Checks and writes all of it or nothing.
    pub(crate) async fn put(&self, parts: Vec<StoreBatch>) -> Result<(), StoreError> {
        let transaction = self.begin().map_err(|error| write_failure(&error))?;
        settle(&transaction, parts).await
    }

    fn begin(&self) -> Result<IdbTransaction, JsValue> {
        // `durability` is stable in all engines; its binding is not yet.
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &"strict".into())?;
        let transaction: Function = Reflect::get(&self.0, &"transaction".into())?.dyn_into()?;
        transaction
            .call3(&self.0, &RECORDS.into(), &"readwrite".into(), &options)?
            .dyn_into()
    }

    fn records(&self) -> Result<IdbObjectStore, StoreError> {
        let transaction = self.0.transaction_with_str(RECORDS).map_err(|error| {
            // The browser may have closed the connection: the next try opens anew.
            OPEN.with_borrow_mut(|open| *open = None);
            read_failure(&error)
        })?;
        let store = transaction.object_store(RECORDS);
        store.map_err(|error| read_failure(&error))
    }
}

impl Records for Database {
    async fn keys(&self, range: Range<String>) -> Result<Vec<String>, StoreError> {
        let request = self.records()?.get_all_keys_with_key(&of(&range)?);
        Ok(texts(&done(request).await?))
    }

    async fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        let request = self.records()?.get(&JsValue::from_str(key));
        Ok(done(request).await?.as_string())
    }

    async fn all(&self, range: Range<String>) -> Result<Vec<(String, String)>, StoreError> {
        let (store, range) = (self.records()?, of(&range)?);
        let keys = store.get_all_keys_with_key(&range);
        let records = store.get_all_with_key(&range);
        let keys = texts(&done(keys).await?);
        let records = Array::from(&done(records).await?);
        let records = records.iter().map(|it| it.as_string().unwrap_or_default());
        Ok(keys.into_iter().zip(records).collect())
    }

    async fn write(&self, parts: Vec<StoreBatch>) -> Result<(), StoreError> {
        if disk_full::is_wounded() {
            disk_full::heal().await?;
            return Self::open().await?.put(parts).await;
        }
        match self.begin() {
            Ok(transaction) => {
                unless_closed(async move { settle(&transaction, parts).await }).await
            }
            // The browser has closed the connection: a newer Pullquote wants it, or it
            // could not go on. Another one may work.
            Err(_) => {
                OPEN.set(None);
                Self::open().await?.put(parts).await
            }
        }
    }

    fn hold(&self, key: &str, record: &str) {
        pending_log::hold(key, record);
    }

    fn release(&self, key: &str) {
        pending_log::release(key);
    }

    fn held(&self, article: Id) -> Vec<(String, String)> {
        pending_log::held(&format!("{article}."))
    }
}

/// How long a transaction has, after its connection was closed, to answer; in milliseconds.
const ANSWERS: u32 = 1_500;

/// For how long after it was closed a failure of the storage may pass by itself, in milliseconds.
const LATELY: u64 = 10_000;

/// Whether the browser has closed the database by itself a moment ago: what fails now may not
/// fail if it is tried again.
pub(crate) fn was_closed_lately() -> bool {
    let now = clock::now();
    CLOSED_AT.get().is_some_and(|at| now.since(at) < LATELY)
}

/// Settles when `work` does, or fails a moment after the connection was closed.
async fn unless_closed(
    work: impl Future<Output = Result<(), StoreError>> + 'static,
) -> Result<(), StoreError> {
    let outcome = Rc::new(Cell::new(None));
    let made = outcome.clone();
    let work = wasm_bindgen_futures::future_to_promise(async move {
        made.set(Some(work.await));
        Ok(JsValue::UNDEFINED)
    });
    let closed = Promise::new(&mut |resolve, _| {
        WAITING.with_borrow_mut(|waiting| {
            // Those that have settled are told for nothing: few are remembered.
            if waiting.len() >= 64 {
                waiting.remove(0);
            }
            waiting.push(resolve);
        });
    });
    // Neither is ever rejected.
    let _ = JsFuture::from(Promise::race(&Array::of2(&work, &closed))).await;
    outcome.take().unwrap_or_else(|| {
        Err(StoreError::Failed(
            "the browser closed its storage.".to_owned(),
        ))
    })
}

/// Checks and writes all of it in this transaction, or nothing.
async fn settle(transaction: &IdbTransaction, parts: Vec<StoreBatch>) -> Result<(), StoreError> {
    let settled = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    let refusal = match transaction.object_store(RECORDS) {
        Ok(store) => carry_out(&store, parts).await.err(),
        Err(error) => Some(write_failure(&error)),
    };
    if refusal.is_some() {
        // Fails only where the transaction is aborted already.
        let _ = transaction.abort();
    }
    let settled = JsFuture::from(settled).await;
    transaction.set_oncomplete(None);
    transaction.set_onabort(None);
    match (settled, refusal) {
        (Ok(_), None) => Ok(()),
        (_, Some(refusal)) => Err(refusal),
        (Err(_), None) => {
            let error = transaction.error();
            Err(write_failure(
                &error.map_or(JsValue::UNDEFINED, JsValue::from),
            ))
        }
    }
}

async fn carry_out(store: &IdbObjectStore, parts: Vec<StoreBatch>) -> Result<(), StoreError> {
    for part in parts {
        let mut is_new = true;
        for check in part.checks {
            is_new &= passes(store, check).await?;
        }
        if !is_new {
            continue;
        }
        for write in part.writes {
            match write {
                Write::Put(key, record) => {
                    store.put_with_key(&JsValue::from_str(&record), &JsValue::from_str(&key))
                }
                // An empty range is an error to the browser.
                Write::Drop(range) if range.start >= range.end => continue,
                Write::Drop(range) => store.delete(&of(&range)?),
            }
            .map_err(|error| write_failure(&error))?;
        }
    }
    Ok(())
}

/// Whether a check passes; `false`: its part was written before.
async fn passes(store: &IdbObjectStore, check: Check) -> Result<bool, StoreError> {
    match check {
        Check::Nothing(range, refusal) => {
            let first = done(store.get_key(&of(&range)?)).await?;
            first.is_undefined().then_some(true).ok_or(refusal)
        }
        Check::Something(range, refusal) => {
            let first = done(store.get_key(&of(&range)?)).await?;
            (!first.is_undefined()).then_some(true).ok_or(refusal)
        }
        Check::Free(key, label, refusal) => {
            match done(store.get(&JsValue::from_str(&key))).await?.as_string() {
                None => Ok(true),
                Some(record) if label_of(&record) == label => Ok(false),
                Some(_) => Err(refusal),
            }
        }
        Check::Is(key, label, refusal) => {
            let record = done(store.get(&JsValue::from_str(&key))).await?.as_string();
            let is_it = record.is_some_and(|record| label_of(&record) == label);
            is_it.then_some(true).ok_or(refusal)
        }
    }
}

fn of(range: &Range<String>) -> Result<JsValue, StoreError> {
    let (from, to) = (
        JsValue::from_str(&range.start),
        JsValue::from_str(&range.end),
    );
    IdbKeyRange::bound_with_lower_open_and_upper_open(&from, &to, false, true)
        .map(JsValue::from)
        .map_err(|error| read_failure(&error))
}

fn texts(list: &JsValue) -> Vec<String> {
    let list = Array::from(list);
    list.iter().filter_map(|text| text.as_string()).collect()
}

async fn open() -> Result<IdbDatabase, StoreError> {
    let factory = factory()?;
    let request: IdbOpenDbRequest = factory.open_with_u32(NAME, VERSION).map_err(|error| {
        StoreError::Failed(format!(
            "the browser refused its storage ({}).",
            said(&error)
        ))
    })?;
    let upgrading = request.clone();
    let tail_of_1 = Rc::new(Cell::new(Vec::new()));
    let taken = tail_of_1.clone();
    let upgrade = Closure::once_into_js(move |event: IdbVersionChangeEvent| {
        let database = upgrading.result().ok();
        let database = database.and_then(|it| it.dyn_into::<IdbDatabase>().ok());
        let (Some(database), Some(transaction)) = (database, upgrading.transaction()) else {
            return;
        };
        // Fails only for a name that is there; then all is well.
        let _ = database.create_object_store(RECORDS);
        if event.old_version() == 1.0 {
            spawn_local(async move {
                match from_1(&database, &transaction).await {
                    Ok(held) => taken.set(held),
                    // Everything is as it was before, and the opening fails.
                    Err(_) => drop(transaction.abort()),
                }
            });
        }
    });
    request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
    let opened = opened(&request).await?;
    for key in tail_of_1.take() {
        pending_log::release(&key);
    }
    let database: IdbDatabase = opened.dyn_into().map_err(|_| {
        StoreError::Failed("the browser gave something else than a database.".to_owned())
    })?;
    // A newer Pullquote in another tab may need another version: let it.
    let old = database.clone();
    let make_way = Closure::once_into_js(move || {
        old.close();
        OPEN.with_borrow_mut(|open| *open = None);
    });
    database.set_onversionchange(Some(make_way.unchecked_ref()));
    // The browser closes it by itself where it could not go on.
    let broken = Closure::once_into_js(|| {
        OPEN.set(None);
        WAS_CLOSED.set(true);
        CLOSED_AT.set(Some(clock::now()));
        for told in WAITING.take() {
            // A transaction of a connection that is closed may never answer.
            Timeout::new(ANSWERS, move || drop(told.call0(&JsValue::NULL))).forget();
        }
        tell_of_closing();
    });
    database.set_onclose(Some(broken.unchecked_ref()));
    Ok(database)
}

/// What an opening gives. Where a tab that does not answer, of another version, is in its
/// way, that is said after a while.
async fn opened(request: &IdbOpenDbRequest) -> Result<JsValue, StoreError> {
    let blocked = request.clone();
    let held = Promise::new(&mut |resolve, _| {
        let late = Closure::once_into_js(move || {
            let late = move || drop(resolve.call0(&JsValue::NULL));
            Timeout::new(PATIENCE, late).forget();
        });
        blocked.set_onblocked(Some(late.unchecked_ref()));
    });
    let opening = request.clone();
    let opened = wasm_bindgen_futures::future_to_promise(async move {
        let opened = done(Ok(opening.into())).await;
        opened.map_err(|refusal| JsValue::from_str(&refusal.to_string()))
    });
    // What it says of an error is in the request.
    let first = JsFuture::from(Promise::race(&Array::of2(&opened, &held))).await;
    match first {
        Ok(database) if database.is_object() => Ok(database),
        Ok(_) => {
            // Should it be opened after all, it must not be in the way of others.
            let late = request.clone();
            let close = Closure::once_into_js(move || {
                let late = late.result().ok().and_then(|it| it.dyn_into().ok());
                let _ = late.map(|late: IdbDatabase| late.close());
            });
            request.set_onsuccess(Some(close.unchecked_ref()));
            Err(StoreError::Failed(
                "another tab holds what is kept here, and does not answer. Close the other tabs \
                 of Pullquote and reload this page."
                    .to_owned(),
            ))
        }
        Err(_) => Err(failure_of(request)),
    }
}

/// Makes the records of today from the stores of version 1, in the transaction of the
/// upgrade: all or nothing. Gives the keys of the tail that are in them now.
async fn from_1(
    database: &IdbDatabase,
    transaction: &IdbTransaction,
) -> Result<Vec<String>, JsValue> {
    let failed = |refusal: StoreError| JsValue::from_str(&refusal.to_string());
    let of_store = |name: &str| {
        let store = transaction.object_store(name)?;
        Ok::<_, JsValue>((store.get_all_keys()?, store.get_all()?))
    };
    let (shelf, snapshots) = (of_store("shelf")?, of_store("snapshots")?);
    let journal = of_store("journal")?;
    let mut old = Version1::default();
    for ((keys, records), list) in [(shelf, &mut old.shelf), (snapshots, &mut old.snapshots)] {
        let keys = texts(&done(Ok(keys)).await.map_err(failed)?);
        let records = texts(&done(Ok(records)).await.map_err(failed)?);
        *list = keys.into_iter().zip(records).collect();
    }
    let keys = Array::from(&done(Ok(journal.0)).await.map_err(failed)?);
    let records = Array::from(&done(Ok(journal.1)).await.map_err(failed)?);
    for (key, record) in keys.iter().zip(records.iter()) {
        let key = Array::from(&key);
        let number = key.get(1).as_f64().unwrap_or_default() as u64;
        let record = record.as_string().unwrap_or_default();
        let name = key.get(0).as_string().unwrap_or_default();
        old.journal.push((name, number, record));
    }
    let mut held = Vec::new();
    for (key, record) in pending_log::held("") {
        if let Some((article, number)) = key.split_once('.')
            && let Ok(number) = number.parse()
        {
            old.journal.push((article.to_owned(), number, record));
            held.push(key);
        }
    }
    let store = transaction.object_store(RECORDS)?;
    for (key, record) in upgraded(&old) {
        store.put_with_key(&JsValue::from_str(&record), &JsValue::from_str(&key))?;
    }
    for name in ["shelf", "snapshots", "journal"] {
        database.delete_object_store(name)?;
    }
    Ok(held)
}

/// Of a window or a worker.
fn factory() -> Result<IdbFactory, StoreError> {
    let factory = Reflect::get(&js_sys::global(), &"indexedDB".into()).ok();
    let factory = factory.and_then(|factory| factory.dyn_into().ok());
    factory.ok_or_else(|| StoreError::Failed("this browser gives this page no storage.".to_owned()))
}

/// Another database, of one store; made where it is not there.
pub(crate) async fn open_store(name: &str, store: &'static str) -> Result<IdbDatabase, StoreError> {
    let factory = factory()?;
    let request = factory.open_with_u32(name, 1);
    let request = request.map_err(|error| read_failure(&error))?;
    let making = request.clone();
    let make = Closure::once_into_js(move || {
        let database = making.result().ok();
        let database = database.and_then(|it| it.dyn_into::<IdbDatabase>().ok());
        // Fails only for a name that is there; then all is well.
        let _ = database.map(|database| database.create_object_store(store));
    });
    request.set_onupgradeneeded(Some(make.unchecked_ref()));
    let opened = done(Ok(request.into())).await?;
    opened.dyn_into().map_err(|_| {
        StoreError::Failed("the browser gave something else than a database.".to_owned())
    })
}

/// The result of a request.
pub(crate) async fn done(request: Result<IdbRequest, JsValue>) -> Result<JsValue, StoreError> {
    let request = request.map_err(|error| read_failure(&error))?;
    let settled = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    let settled = JsFuture::from(settled).await;
    request.set_onsuccess(None);
    request.set_onerror(None);
    match settled {
        Ok(_) => request.result().map_err(|error| read_failure(&error)),
        Err(_) => Err(failure_of(&request)),
    }
}

/// Why a request failed.
fn failure_of(request: &IdbRequest) -> StoreError {
    let error = request.error().ok().flatten();
    read_failure(&error.map_or(JsValue::UNDEFINED, JsValue::from))
}

fn read_failure(error: &JsValue) -> StoreError {
    match name_of(error).as_deref() {
        Some("VersionError") => StoreError::Newer,
        _ => StoreError::Failed(format!(
            "the browser could not read its storage ({}).",
            said(error)
        )),
    }
}

pub(crate) fn write_failure(error: &JsValue) -> StoreError {
    let said = said(error);
    // Chromium says of a full disk, as against a full quota, `UnknownError: … IO error: …
    // FILE_ERROR_NO_SPACE` (seen in 156, on a file system of 160 MB).
    if said.contains("NO_SPACE") {
        disk_full::wound();
        return StoreError::Disk;
    }
    if name_of(error).as_deref() == Some("QuotaExceededError") {
        return StoreError::Full;
    }
    StoreError::Failed(format!(
        "the browser could not write to its storage ({said})."
    ))
}
