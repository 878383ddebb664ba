//! IndexedDB, as futures: open, read, and one transaction that is kept whole.

use crate::browser::said;
use js_sys::{Array, Function, Object, Promise, Reflect};
use std::cell::RefCell;
use std::pin::Pin;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbKeyRange, IdbOpenDbRequest, IdbRequest, IdbTransaction};

const NAME: &str = "pullquote";
const VERSION: u32 = 1;
const STORES: [&str; 3] = ["shelf", "snapshots", "journal"];

thread_local! {
    static OPEN: RefCell<Option<Database>> = const { RefCell::new(None) };
}

/// The open database. Records are strings; keys are strings, or pairs of a string
/// and a number.
#[derive(Clone)]
pub(super) struct Database(IdbDatabase);

/// One write of a transaction.
pub(super) struct Write {
    store: &'static str,
    deed: Deed,
}

enum Deed {
    /// Puts the record in, in the stead of another.
    Put(JsValue, String),
    /// Puts the record in where there is none; the same is there already: well.
    Add(JsValue, String),
    /// Drops the record of a key.
    Drop(JsValue),
    /// Drops the numbered records of a key, up to this number.
    DropNumbered(String, u64),
}

/// The key of a numbered record. Numbers are exact up to 2^53.
fn numbered_key(key: &str, number: u64) -> JsValue {
    Array::of2(&JsValue::from_str(key), &JsValue::from_f64(number as f64)).into()
}

/// Keys of the numbered records up to `last`.
fn range_up_to(key: &str, last: u64) -> Result<IdbKeyRange, JsValue> {
    IdbKeyRange::bound(&numbered_key(key, 0), &numbered_key(key, last))
}

impl Write {
    pub(super) fn put(store: &'static str, key: &str, record: String) -> Self {
        let deed = Deed::Put(JsValue::from_str(key), record);
        Self { store, deed }
    }

    pub(super) fn put_numbered(
        store: &'static str,
        key: &str,
        number: u64,
        record: String,
    ) -> Self {
        let deed = Deed::Put(numbered_key(key, number), record);
        Self { store, deed }
    }

    pub(super) fn add_numbered(
        store: &'static str,
        key: &str,
        number: u64,
        record: String,
    ) -> Self {
        let deed = Deed::Add(numbered_key(key, number), record);
        Self { store, deed }
    }

    pub(super) fn add(store: &'static str, key: &str, record: String) -> Self {
        let deed = Deed::Add(JsValue::from_str(key), record);
        Self { store, deed }
    }

    pub(super) fn drop(store: &'static str, key: &str) -> Self {
        let deed = Deed::Drop(JsValue::from_str(key));
        Self { store, deed }
    }

    /// Drops the numbered records up to `last`.
    pub(super) fn drop_numbered(store: &'static str, key: &str, last: u64) -> Self {
        let deed = Deed::DropNumbered(key.to_owned(), last);
        Self { store, deed }
    }
}

impl Database {
    /// The database, opened once. Boxed: three callers share its code.
    pub(super) fn open() -> Pin<Box<dyn Future<Output = Result<Self, String>>>> {
        Box::pin(async {
            if let Some(open) = OPEN.with_borrow(Clone::clone) {
                return Ok(open);
            }
            let database = Self(open().await?);
            OPEN.with_borrow_mut(|open| *open = Some(database.clone()));
            Ok(database)
        })
    }

    /// Every record of a store, in the order of the keys.
    pub(super) async fn all(&self, store: &str) -> Result<Vec<String>, String> {
        let request = self.store(store).and_then(|store| store.get_all());
        let records = Array::from(&done(request).await?);
        Ok(records
            .iter()
            .filter_map(|record| record.as_string())
            .collect())
    }

    /// One record.
    pub(super) async fn one(&self, store: &str, key: &str) -> Result<Option<String>, String> {
        let request = self
            .store(store)
            .and_then(|store| store.get(&JsValue::from_str(key)));
        Ok(done(request).await?.as_string())
    }

    /// The numbered records of a key, by number.
    pub(super) async fn numbered(
        &self,
        store: &str,
        key: &str,
    ) -> Result<Vec<(u64, String)>, String> {
        let requests = self.store(store).and_then(|store| {
            let range = range_up_to(key, u64::MAX)?;
            Ok((
                store.get_all_keys_with_key(&range)?,
                store.get_all_with_key(&range)?,
            ))
        });
        let (keys, records) = requests.map_err(|error| read_failure(&error))?;
        let keys = Array::from(&done(Ok(keys)).await?);
        let records = Array::from(&done(Ok(records)).await?);
        let numbered = keys.iter().zip(records.iter()).filter_map(|(key, record)| {
            let number = Array::from(&key).get(1).as_f64()?;
            Some((number as u64, record.as_string().unwrap_or_default()))
        });
        Ok(numbered.collect())
    }

    /// Writes all or nothing; `Ok` when it is on the disk.
    ///
    /// A record that may only be added, and stands there already with another
    /// content, was written by another tab: then nothing is written.
    pub(super) async fn write(&self, writes: Vec<Write>) -> Result<(), String> {
        let transaction = self.begin().map_err(|error| {
            // The browser may have closed the connection: the next try opens anew.
            OPEN.with_borrow_mut(|open| *open = None);
            write_failure(&error)
        })?;
        let settled = Promise::new(&mut |resolve, reject| {
            transaction.set_oncomplete(Some(&resolve));
            transaction.set_onabort(Some(&reject));
        });
        for write in writes {
            if let Err(reason) = carry_out(&transaction, write).await {
                // Fails only where the transaction is aborted already.
                let _ = transaction.abort();
                let _ = JsFuture::from(settled).await;
                return Err(reason);
            }
        }
        let settled = JsFuture::from(settled).await;
        settled.map(|_| ()).map_err(|_| {
            let error = transaction.error();
            write_failure(&error.map_or(JsValue::UNDEFINED, JsValue::from))
        })
    }

    fn begin(&self) -> Result<IdbTransaction, JsValue> {
        let names: Array = STORES.iter().map(|&name| JsValue::from_str(name)).collect();
        // `durability` is stable in all engines; its binding is not yet.
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &"strict".into())?;
        let transaction: Function = Reflect::get(&self.0, &"transaction".into())?.dyn_into()?;
        transaction
            .call3(&self.0, &names, &"readwrite".into(), &options)?
            .dyn_into()
    }

    fn store(&self, name: &str) -> Result<web_sys::IdbObjectStore, JsValue> {
        self.0.transaction_with_str(name)?.object_store(name)
    }
}

async fn carry_out(transaction: &IdbTransaction, write: Write) -> Result<(), String> {
    let failure = |error: JsValue| write_failure(&error);
    let store = transaction.object_store(write.store).map_err(failure)?;
    match write.deed {
        Deed::Put(key, record) => store.put_with_key(&JsValue::from_str(&record), &key),
        Deed::Add(key, record) => {
            let there = done(store.get(&key)).await?.as_string();
            if there.as_ref() == Some(&record) {
                return Ok(());
            }
            if there.is_some() {
                return Err(
                    "this article was changed in another tab. Export what is here, then \
                            reload this page."
                        .to_owned(),
                );
            }
            store.put_with_key(&JsValue::from_str(&record), &key)
        }
        Deed::Drop(key) => store.delete(&key),
        Deed::DropNumbered(key, last) => {
            range_up_to(&key, last).and_then(|range| store.delete(&range))
        }
    }
    .map(|_| ())
    .map_err(failure)
}

async fn open() -> Result<IdbDatabase, String> {
    let factory = gloo::utils::window().indexed_db().ok().flatten();
    let factory = factory.ok_or("this browser gives this page no storage.")?;
    let request: IdbOpenDbRequest = factory
        .open_with_u32(NAME, VERSION)
        .map_err(|error| format!("the browser refused its storage ({}).", said(&error)))?;
    let upgrading = request.clone();
    let upgrade = Closure::once_into_js(move || {
        let database = upgrading.result().ok();
        if let Some(database) = database.and_then(|it| it.dyn_into::<IdbDatabase>().ok()) {
            for store in STORES {
                if !database.object_store_names().contains(store) {
                    // Fails only for a name that is there; then all is well.
                    let _ = database.create_object_store(store);
                }
            }
        }
    });
    request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
    let opened = done(Ok(request.into())).await?;
    let database: IdbDatabase = opened
        .dyn_into()
        .map_err(|_| "the browser gave something else than a database.".to_owned())?;
    // A newer Pullquote in another tab may need another version: let it.
    let old = database.clone();
    let make_way = Closure::once_into_js(move || {
        old.close();
        OPEN.with_borrow_mut(|open| *open = None);
    });
    database.set_onversionchange(Some(make_way.unchecked_ref()));
    Ok(database)
}

/// The result of a request.
async fn done(request: Result<IdbRequest, JsValue>) -> Result<JsValue, String> {
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
        Err(_) => {
            let error = request.error().ok().flatten();
            Err(read_failure(
                &error.map_or(JsValue::UNDEFINED, JsValue::from),
            ))
        }
    }
}

fn name_of(error: &JsValue) -> Option<String> {
    error
        .dyn_ref::<web_sys::DomException>()
        .map(web_sys::DomException::name)
}

fn read_failure(error: &JsValue) -> String {
    match name_of(error).as_deref() {
        Some("VersionError") => "what is kept here was written by a newer Pullquote. Reload this \
                                 page to get the newer one."
            .to_owned(),
        _ => format!("the browser could not read its storage ({}).", said(error)),
    }
}

fn write_failure(error: &JsValue) -> String {
    match name_of(error).as_deref() {
        Some("QuotaExceededError") => "the browser’s storage is full.".to_owned(),
        _ => format!(
            "the browser could not write to its storage ({}).",
            said(error)
        ),
    }
}
