//! The upgrade of a database of version 1, in which each kind of record had a store of its own.

use crate::browser::js::strings;
use crate::browser::storage::pending_log;
use crate::browser::storage::request::completed;
use pullquote_app::store::error::StoreError;
use pullquote_app::store::upgrade::{Version1, upgraded};

use js_sys::Array;

use wasm_bindgen::JsValue;
use web_sys::{IdbDatabase, IdbRequest, IdbTransaction};

/// The requests for the keys and for the records of a store.
type StoreRequests = (IdbRequest, IdbRequest);

/// Moves all records into the new store `records`, in the transaction of the upgrade: all or
/// nothing. Returns the keys of the pending entries, which are among the records now.
pub(crate) async fn upgrade(
    database: &IdbDatabase,
    transaction: &IdbTransaction,
    records: &str,
) -> Result<Vec<String>, JsValue> {
    let request = |name: &str| {
        let store = transaction.object_store(name)?;
        Ok::<StoreRequests, JsValue>((store.get_all_keys()?, store.get_all()?))
    };
    let (shelf, snapshots, journal) = (
        request("shelf")?,
        request("snapshots")?,
        request("journal")?,
    );
    let mut old = Version1 {
        shelf: read_texts(shelf).await.map_err(thrown)?,
        snapshots: read_texts(snapshots).await.map_err(thrown)?,
        journal: read_journal(journal).await.map_err(thrown)?,
    };
    let mut pending = Vec::new();
    for (key, record) in pending_log::entries("") {
        if let Some((article, number)) = key.split_once('.')
            && let Ok(number) = number.parse()
        {
            old.journal.push((article.to_owned(), number, record));
            pending.push(key);
        }
    }
    let store = transaction.object_store(records)?;
    for (key, record) in upgraded(&old) {
        store.put_with_key(&JsValue::from_str(&record), &JsValue::from_str(&key))?;
    }
    for name in ["shelf", "snapshots", "journal"] {
        database.delete_object_store(name)?;
    }
    Ok(pending)
}

async fn read_texts((keys, records): StoreRequests) -> Result<Vec<(String, String)>, StoreError> {
    let keys = strings(&Array::from(&completed(Ok(keys)).await?));
    let records = strings(&Array::from(&completed(Ok(records)).await?));
    Ok(keys.into_iter().zip(records).collect())
}

/// The entries of the journal: article, number, record. Their keys are arrays of the first two.
async fn read_journal(
    (keys, records): StoreRequests,
) -> Result<Vec<(String, u64, String)>, StoreError> {
    let keys = Array::from(&completed(Ok(keys)).await?);
    let records = Array::from(&completed(Ok(records)).await?);
    let entries = keys.iter().zip(records.iter()).map(|(key, record)| {
        let key = Array::from(&key);
        let article = key.get(0).as_string().unwrap_or_default();
        let number = key.get(1).as_f64().unwrap_or_default() as u64;
        (article, number, record.as_string().unwrap_or_default())
    });
    Ok(entries.collect())
}

fn thrown(error: StoreError) -> JsValue {
    JsValue::from_str(&error.to_string())
}
