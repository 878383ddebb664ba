//! The records of the app, as the browser keeps them: the database, the pending log beside it,
//! and the repair after a full disk before anything else is written.

use crate::browser::storage::database::Database;
use crate::browser::storage::{disk_full, disk_repair, pending_log};
use pullquote_app::store::batch::StoreBatch;
use pullquote_app::store::error::StoreError;
use pullquote_app::store::records::Records;
use pullquote_core::model::id::Id;

use std::ops::Range;

/// The records of the app.
pub(crate) struct StoredRecords(Database);

impl StoredRecords {
    /// The records; opens the database at the first call.
    pub(crate) async fn open() -> Result<Self, StoreError> {
        Database::open().await.map(Self)
    }
}

impl Records for StoredRecords {
    async fn keys(&self, range: Range<String>) -> Result<Vec<String>, StoreError> {
        self.0.keys(range).await
    }

    async fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.0.get(key).await
    }

    async fn all(&self, range: Range<String>) -> Result<Vec<(String, String)>, StoreError> {
        self.0.all(range).await
    }

    async fn write(&self, batches: Vec<StoreBatch>) -> Result<(), StoreError> {
        if disk_full::is_noted() {
            disk_repair::repair_if_needed().await?;
            // The repair has opened another connection.
            return Database::open().await?.put(batches).await;
        }
        self.0.write(batches).await
    }

    fn hold(&self, key: &str, record: &str) {
        pending_log::write(key, record);
    }

    fn release(&self, key: &str) {
        pending_log::remove(key);
    }

    fn held(&self, article: Id) -> Vec<(String, String)> {
        pending_log::entries(&format!("{article}."))
    }
}
