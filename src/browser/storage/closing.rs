//! What happens when the browser closes the database by itself: it could not go on, or the
//! data of the site was deleted.

use crate::browser::{clock, js};
use pullquote_app::store::error::StoreError;
use pullquote_core::model::timestamp::Timestamp;

use js_sys::{Function, Promise};

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::future_to_promise;

/// How long a transaction may take to answer after its connection was closed, in
/// milliseconds. It may never answer.
const ANSWER_TIME: u32 = 1_500;

/// How many transactions are remembered at most; most of them have an answer already.
const WAITING_LIMIT: usize = 64;

/// For how long after the closing a failure of the storage may pass by itself, in
/// milliseconds.
const RECENT: u64 = 10_000;

/// How often, and after how many milliseconds each time, a failed operation is tried again
/// after a closing.
const TRIES: u32 = 12;
const NEXT_TRY: u32 = 300;

thread_local! {
    /// Whether the browser has closed the database, and it was not opened since.
    static IS_CLOSED: Cell<bool> = const { Cell::new(false) };
    /// When the browser last closed the database.
    static CLOSED_AT: Cell<Option<Timestamp>> = const { Cell::new(None) };
    /// Called when the database is closed, for the transactions that wait for an answer.
    static WAITING: RefCell<Vec<Function>> = const { RefCell::new(Vec::new()) };
    static LISTENER: RefCell<Option<Rc<dyn Fn()>>> = const { RefCell::new(None) };
}

/// Calls `on_close` whenever the browser closes the database by itself.
pub fn listen(on_close: impl Fn() + 'static) {
    LISTENER.set(Some(Rc::new(on_close)));
}

/// The browser has closed the database.
pub(crate) fn note() {
    IS_CLOSED.set(true);
    CLOSED_AT.set(Some(clock::now()));
    for resolve in WAITING.take() {
        // The resolving function of a promise never throws.
        let give_up = move || drop(resolve.call0(&JsValue::NULL));
        clock::after(ANSWER_TIME, give_up).forget();
    }
    let listener = LISTENER.with_borrow(Clone::clone);
    if let Some(listener) = listener {
        listener();
    }
}

/// Whether the browser has closed the database, and it was not opened since.
pub(crate) fn is_closed() -> bool {
    IS_CLOSED.get()
}

/// The database is open again.
pub(crate) fn note_reopened() {
    IS_CLOSED.set(false);
}

/// Whether the browser closed the database a moment ago: what fails now may succeed soon.
fn was_recent() -> bool {
    let now = clock::now();
    CLOSED_AT.get().is_some_and(|at| now.since(at) < RECENT)
}

/// Does the work. Fails if it has no result a moment after the database was closed.
pub(crate) async fn unless_closed(
    work: impl Future<Output = Result<(), StoreError>> + 'static,
) -> Result<(), StoreError> {
    let outcome = Rc::new(Cell::new(None));
    let result = outcome.clone();
    let work = future_to_promise(async move {
        result.set(Some(work.await));
        Ok(JsValue::UNDEFINED)
    });
    let closed = Promise::new(&mut |resolve, _| {
        WAITING.with_borrow_mut(|waiting| {
            if waiting.len() >= WAITING_LIMIT {
                waiting.remove(0);
            }
            waiting.push(resolve);
        });
    });
    // Neither is ever rejected.
    let _ = js::race(&work, &closed).await;
    outcome.take().unwrap_or_else(|| {
        Err(StoreError::Failed(
            "the browser closed its storage.".to_owned(),
        ))
    })
}

/// Does the work; tries it again where it fails shortly after the database was closed, as
/// while the browser deletes the data of the site.
pub(crate) async fn retry<T>(
    work: impl AsyncFn() -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let mut tries = 0;
    loop {
        let result = work().await;
        let may_pass = matches!(result, Err(StoreError::Failed(_))) && tries < TRIES;
        if !may_pass {
            return result;
        }
        clock::wait(NEXT_TRY).await;
        if !was_recent() {
            return result;
        }
        tries += 1;
    }
}
