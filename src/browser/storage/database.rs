//! The database of the app: an ordered map of records in IndexedDB.

use crate::browser::clock;
use crate::browser::js::strings;
use crate::browser::storage::opening::RECORDS;
use crate::browser::storage::request::{completed, read_error, write_error};
use crate::browser::storage::{closing, opening, transaction};
use pullquote_app::store::batch::StoreBatch;
use pullquote_app::store::error::StoreError;

use js_sys::{Array, Function, Object, Reflect};

use std::cell::RefCell;
use std::ops::Range;
use std::pin::Pin;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{IdbDatabase, IdbObjectStore, IdbTransaction};

/// How often, and after how many milliseconds each time, it is opened again after the browser
/// has closed it.
const TRIES: u32 = 25;
const NEXT_TRY: u32 = 200;

thread_local! {
    static OPEN: RefCell<Option<Database>> = const { RefCell::new(None) };
}

/// The next call opens a new connection.
fn forget() {
    OPEN.set(None);
}

/// The open database.
#[derive(Clone)]
pub(crate) struct Database(IdbDatabase);

impl Database {
    /// The open database; opens it at the first call. The future is boxed, so that its callers
    /// share its code.
    pub(crate) fn open() -> Pin<Box<dyn Future<Output = Result<Self, StoreError>>>> {
        Box::pin(async {
            if let Some(open) = OPEN.with_borrow(Clone::clone) {
                return Ok(open);
            }
            let mut tries = 0;
            let database = loop {
                match opening::open(forget).await {
                    Ok(database) => break Self(database),
                    Err(error) if !closing::is_closed() || tries == TRIES => return Err(error),
                    // While Chromium deletes the data of the site, it opens nothing.
                    Err(_) => tries += 1,
                }
                clock::wait(NEXT_TRY).await;
            };
            closing::note_reopened();
            OPEN.set(Some(database.clone()));
            Ok(database)
        })
    }

    /// Closes the database if it is open, and opens it again.
    pub(crate) async fn open_anew() -> Result<Self, StoreError> {
        if let Some(open) = OPEN.take() {
            open.0.close();
        }
        Self::open().await
    }

    /// The keys of a range, in order.
    pub(crate) async fn keys(&self, range: Range<String>) -> Result<Vec<String>, StoreError> {
        let range = transaction::key_range(&range)?;
        let request = self.records()?.get_all_keys_with_key(&range);
        Ok(strings(&Array::from(&completed(request).await?)))
    }

    /// One record.
    pub(crate) async fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        let request = self.records()?.get(&JsValue::from_str(key));
        Ok(completed(request).await?.as_string())
    }

    /// The records of a range, by key.
    pub(crate) async fn all(
        &self,
        range: Range<String>,
    ) -> Result<Vec<(String, String)>, StoreError> {
        let (store, range) = (self.records()?, transaction::key_range(&range)?);
        let keys = store.get_all_keys_with_key(&range);
        let records = store.get_all_with_key(&range);
        let keys = strings(&Array::from(&completed(keys).await?));
        let records = Array::from(&completed(records).await?);
        let records = records.iter().map(|record| record.as_string());
        let records = records.map(Option::unwrap_or_default);
        Ok(keys.into_iter().zip(records).collect())
    }

    /// Checks and writes all batches or none. A full disk is only noted: see `disk_repair`.
    pub(crate) async fn write(&self, batches: Vec<StoreBatch>) -> Result<(), StoreError> {
        match self.begin() {
            Ok(transaction) => {
                let work = async move { transaction::commit(&transaction, batches).await };
                closing::unless_closed(work).await
            }
            // The browser has closed the connection: a newer Pullquote needs it, or the browser
            // could not go on. A new connection may work.
            Err(_) => {
                forget();
                Self::open().await?.put(batches).await
            }
        }
    }

    /// Checks and writes all batches or none, on this connection.
    pub(crate) async fn put(&self, batches: Vec<StoreBatch>) -> Result<(), StoreError> {
        let transaction = self.begin().map_err(|error| write_error(&error))?;
        transaction::commit(&transaction, batches).await
    }

    fn begin(&self) -> Result<IdbTransaction, JsValue> {
        // All engines have the option `durability`; web-sys binds it as unstable only.
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &"strict".into())?;
        let transaction: Function = Reflect::get(&self.0, &"transaction".into())?.dyn_into()?;
        transaction
            .call3(&self.0, &RECORDS.into(), &"readwrite".into(), &options)?
            .dyn_into()
    }

    fn records(&self) -> Result<IdbObjectStore, StoreError> {
        let transaction = self.0.transaction_with_str(RECORDS).map_err(|error| {
            // The browser may have closed the connection: the next call opens a new one.
            forget();
            read_error(&error)
        })?;
        let store = transaction.object_store(RECORDS);
        store.map_err(|error| read_error(&error))
    }
}
