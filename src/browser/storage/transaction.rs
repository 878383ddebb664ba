//! Batches of checks and writes in one transaction of IndexedDB.

use crate::browser::storage::opening::RECORDS;
use crate::browser::storage::request::{completed, read_error, write_error};
use pullquote_app::store::batch::{Check, StoreBatch, Write};
use pullquote_app::store::error::StoreError;
use pullquote_formats::records::envelope::label_of;

use js_sys::Promise;

use std::ops::Range;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbKeyRange, IdbObjectStore, IdbTransaction};

/// Checks and writes all batches in this transaction, or none. Returns when the transaction is
/// complete.
pub(crate) async fn commit(
    transaction: &IdbTransaction,
    batches: Vec<StoreBatch>,
) -> Result<(), StoreError> {
    let settled = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    let error = match transaction.object_store(RECORDS) {
        Ok(store) => write_batches(&store, batches).await.err(),
        Err(error) => Some(write_error(&error)),
    };
    if error.is_some() {
        // Fails only if the transaction is aborted already.
        let _ = transaction.abort();
    }
    let settled = JsFuture::from(settled).await;
    transaction.set_oncomplete(None);
    transaction.set_onabort(None);
    match (settled, error) {
        (Ok(_), None) => Ok(()),
        (_, Some(error)) => Err(error),
        (Err(_), None) => {
            let error = transaction.error();
            let error = error.map_or(JsValue::UNDEFINED, JsValue::from);
            Err(write_error(&error))
        }
    }
}

async fn write_batches(store: &IdbObjectStore, batches: Vec<StoreBatch>) -> Result<(), StoreError> {
    for batch in batches {
        let mut is_new = true;
        for check in batch.checks {
            is_new &= passes(store, check).await?;
        }
        if !is_new {
            continue;
        }
        for write in batch.writes {
            match write {
                Write::Put(key, record) => {
                    store.put_with_key(&JsValue::from_str(&record), &JsValue::from_str(&key))
                }
                // An empty range is an error to the browser.
                Write::Drop(range) if range.start >= range.end => continue,
                Write::Drop(range) => store.delete(&key_range(&range)?),
            }
            .map_err(|error| write_error(&error))?;
        }
    }
    Ok(())
}

/// Whether a check passes; `false` if its batch was written before.
///
/// Errors: the error that the check names.
async fn passes(store: &IdbObjectStore, check: Check) -> Result<bool, StoreError> {
    match check {
        Check::Nothing(range, error) => match is_empty(store, &range).await? {
            true => Ok(true),
            false => Err(error),
        },
        Check::Something(range, error) => match is_empty(store, &range).await? {
            true => Err(error),
            false => Ok(true),
        },
        Check::Free(key, label, error) => match get(store, &key).await? {
            None => Ok(true),
            Some(record) if label_of(&record) == label => Ok(false),
            Some(_) => Err(error),
        },
        Check::Is(key, label, error) => match get(store, &key).await? {
            Some(record) if label_of(&record) == label => Ok(true),
            Some(_) | None => Err(error),
        },
    }
}

async fn is_empty(store: &IdbObjectStore, range: &Range<String>) -> Result<bool, StoreError> {
    let first = completed(store.get_key(&key_range(range)?)).await?;
    Ok(first.is_undefined())
}

async fn get(store: &IdbObjectStore, key: &str) -> Result<Option<String>, StoreError> {
    Ok(completed(store.get(&JsValue::from_str(key)))
        .await?
        .as_string())
}

/// The range as IndexedDB takes it: with its start, without its end.
pub(crate) fn key_range(range: &Range<String>) -> Result<JsValue, StoreError> {
    let start = JsValue::from_str(&range.start);
    let end = JsValue::from_str(&range.end);
    IdbKeyRange::bound_with_lower_open_and_upper_open(&start, &end, false, true)
        .map(JsValue::from)
        .map_err(|error| read_error(&error))
}
