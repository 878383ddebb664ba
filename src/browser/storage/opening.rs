//! Opening databases of IndexedDB.

use crate::browser::error::Exception;
use crate::browser::storage::request::{completed, error_of, read_error};
use crate::browser::storage::{closing, pending_log, upgrade_1};
use crate::browser::{clock, js};
use pullquote_app::store::error::StoreError;
use pullquote_app::store::records::VERSION;

use js_sys::Promise;

use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::{future_to_promise, spawn_local};
use web_sys::{IdbDatabase, IdbFactory, IdbOpenDbRequest, IdbVersionChangeEvent};

const NAME: &str = "pullquote";

/// The store of all records.
pub(crate) const RECORDS: &str = "records";

/// How long another tab may block the opening, in milliseconds.
const BLOCKED_TIME: u32 = 3_000;

/// Opens the database of the app, upgraded to the present version. `on_close` is called when
/// the connection is closed, by a newer Pullquote or by the browser.
pub(crate) async fn open(on_close: fn()) -> Result<IdbDatabase, StoreError> {
    let request = factory()?.open_with_u32(NAME, VERSION);
    let request: IdbOpenDbRequest = request.map_err(|error| {
        let exception = Exception::new(&error);
        StoreError::Failed(format!("the browser refused its storage ({exception})."))
    })?;
    let upgraded_entries = Rc::new(Cell::new(Vec::new()));
    upgrade_when_needed(&request, upgraded_entries.clone());
    let opened = unless_blocked(&request).await?;
    // These entries are in the database now.
    for key in upgraded_entries.take() {
        pending_log::remove(&key);
    }
    let database = database_of(opened)?;
    listen(&database, on_close);
    Ok(database)
}

/// Makes the store of records when the database is new or of version 1. The keys of the
/// pending entries that the upgrade wrote are put into `upgraded_entries`.
fn upgrade_when_needed(request: &IdbOpenDbRequest, upgraded_entries: Rc<Cell<Vec<String>>>) {
    let upgrading = request.clone();
    let upgrade = Closure::once_into_js(move |event: IdbVersionChangeEvent| {
        let database = upgrading.result().ok();
        let database = database.and_then(|result| result.dyn_into::<IdbDatabase>().ok());
        let (Some(database), Some(transaction)) = (database, upgrading.transaction()) else {
            return;
        };
        // Fails only if the store is there already.
        let _ = database.create_object_store(RECORDS);
        if event.old_version() == 1.0 {
            spawn_local(async move {
                match upgrade_1::upgrade(&database, &transaction, RECORDS).await {
                    Ok(keys) => upgraded_entries.set(keys),
                    // Everything stays as it was, and the opening fails.
                    Err(_) => drop(transaction.abort()),
                }
            });
        }
    });
    request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
}

fn listen(database: &IdbDatabase, on_close: fn()) {
    // A newer Pullquote in another tab may need another version: make way for it.
    let old = database.clone();
    let make_way = Closure::once_into_js(move || {
        old.close();
        on_close();
    });
    database.set_onversionchange(Some(make_way.unchecked_ref()));
    let closed = Closure::once_into_js(move || {
        on_close();
        closing::note();
    });
    database.set_onclose(Some(closed.unchecked_ref()));
}

/// Waits for the result of an opening.
///
/// Errors: the opening failed; a tab with another version does not close its connection.
async fn unless_blocked(request: &IdbOpenDbRequest) -> Result<JsValue, StoreError> {
    let blocked_request = request.clone();
    let blocked = Promise::new(&mut |resolve, _| {
        let on_blocked = Closure::once_into_js(move || {
            // The resolving function of a promise never throws.
            let give_up = move || drop(resolve.call0(&JsValue::NULL));
            clock::after(BLOCKED_TIME, give_up).forget();
        });
        blocked_request.set_onblocked(Some(on_blocked.unchecked_ref()));
    });
    let opening = request.clone();
    let opened = future_to_promise(async move {
        // Why it failed is read from the request below.
        let opened = completed(Ok(opening.into())).await;
        opened.map_err(|_| JsValue::UNDEFINED)
    });
    match js::race(&opened, &blocked).await {
        Ok(database) if database.is_object() => Ok(database),
        Ok(_) => {
            close_when_opened(request);
            Err(StoreError::Failed(
                "another tab holds what is kept here, and does not answer. Close the other tabs \
                 of Pullquote and reload this page."
                    .to_owned(),
            ))
        }
        Err(_) => Err(error_of(request)),
    }
}

/// Closes a database that is opened too late, so that it does not block others.
fn close_when_opened(request: &IdbOpenDbRequest) {
    let late = request.clone();
    let close = Closure::once_into_js(move || {
        let database = late.result().ok();
        let database = database.and_then(|result| result.dyn_into::<IdbDatabase>().ok());
        if let Some(database) = database {
            database.close();
        }
    });
    request.set_onsuccess(Some(close.unchecked_ref()));
}

/// Opens another database, which has one store.
pub(crate) async fn open_with_store(
    name: &str,
    store: &'static str,
) -> Result<IdbDatabase, StoreError> {
    let request = factory()?.open_with_u32(name, 1);
    let request = request.map_err(|error| read_error(&error))?;
    let upgrading = request.clone();
    let upgrade = Closure::once_into_js(move || {
        let database = upgrading.result().ok();
        let database = database.and_then(|result| result.dyn_into::<IdbDatabase>().ok());
        // Fails only if the store is there already.
        let _ = database.map(|database| database.create_object_store(store));
    });
    request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
    database_of(completed(Ok(request.into())).await?)
}

fn database_of(result: JsValue) -> Result<IdbDatabase, StoreError> {
    result.dyn_into().map_err(|_| {
        StoreError::Failed("the browser gave something else than a database.".to_owned())
    })
}

/// The factory of the window, or of the worker.
fn factory() -> Result<IdbFactory, StoreError> {
    let factory = js::field(&js_sys::global(), "indexedDB").dyn_into();
    factory.map_err(|_| StoreError::Failed("this browser gives this page no storage.".to_owned()))
}
