//! The handle of the folder (`FileSystemDirectoryHandle`), kept in an IndexedDB of its own,
//! `pullquote-folder`: it belongs to this browser and is no part of the library.

use crate::browser::error::Exception;
use crate::browser::storage::request::completed;
use crate::browser::storage::{disk_full, opening};
use pullquote_app::store::error::StoreError;

use std::cell::RefCell;
use thiserror::Error;
use wasm_bindgen::JsValue;
use web_sys::{IdbDatabase, IdbObjectStore, IdbTransactionMode};

const DATABASE: &str = "pullquote-folder";
const STORE: &str = "folder";
const HANDLE: &str = "handle";

thread_local! {
    static OPEN: RefCell<Option<IdbDatabase>> = const { RefCell::new(None) };
}

/// Why the folder cannot be used.
#[derive(Debug, Error)]
pub enum FolderError {
    /// The browser refused something.
    #[error("the browser says {0}.")]
    Refused(Exception),
    /// Its storage failed.
    #[error("{0}")]
    Store(StoreError),
    /// The disk was full, and nothing may be written to IndexedDB before that is repaired.
    #[error("the browser says that the disk is full.")]
    DiskFull,
    /// The browser no longer has the folder that was chosen.
    #[error("it is not known any more: choose it again.")]
    Unknown,
    /// An article could not be read or its file could not be made.
    #[error("“{title}”: {}.", .reason.trim_end_matches('.'))]
    ArticleNotMade {
        /// The title of the article.
        title: String,
        /// Why.
        reason: String,
    },
    /// A part of an article cannot be read.
    #[error("“{title}” is damaged in part ({}): its file there was left as it is.", .lost.join("; "))]
    ArticleDamaged {
        /// The title of the article.
        title: String,
        /// What cannot be read, in sentences.
        lost: Vec<String>,
    },
    /// The browser could not write the file of an article.
    #[error("“{title}”: the browser says {exception}.")]
    ArticleNotWritten {
        /// The title of the article.
        title: String,
        /// What the browser says.
        exception: Exception,
    },
}

impl From<JsValue> for FolderError {
    fn from(thrown: JsValue) -> Self {
        Self::Refused(Exception::new(&thrown))
    }
}

impl From<StoreError> for FolderError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Reads the handle; `None` where no folder was chosen.
pub(crate) async fn read() -> Result<Option<JsValue>, FolderError> {
    let store = store(IdbTransactionMode::Readonly).await?;
    let handle = completed(store.get(&HANDLE.into())).await?;
    Ok(Some(handle).filter(JsValue::is_object))
}

/// Keeps a handle.
pub(crate) async fn write(handle: &JsValue) -> Result<(), FolderError> {
    let store = store(IdbTransactionMode::Readwrite).await?;
    completed(store.put_with_key(handle, &HANDLE.into())).await?;
    Ok(())
}

/// Forgets the handle.
///
/// Errors: the folder is still known, and is offered again at the next start.
pub(crate) async fn clear() -> Result<(), FolderError> {
    let store = store(IdbTransactionMode::Readwrite).await?;
    completed(store.clear()).await?;
    Ok(())
}

async fn store(mode: IdbTransactionMode) -> Result<IdbObjectStore, FolderError> {
    // This database shares its log with the library, see `disk_full`.
    if mode == IdbTransactionMode::Readwrite && disk_full::is_noted() {
        return Err(FolderError::DiskFull);
    }
    let open = OPEN.with_borrow(Clone::clone);
    let database = match open {
        Some(database) => database,
        None => {
            let database = opening::open_with_store(DATABASE, STORE).await?;
            OPEN.set(Some(database.clone()));
            database
        }
    };
    let transaction = database.transaction_with_str_and_mode(STORE, mode);
    if transaction.is_err() {
        // The browser has closed the connection: the next call opens a new one.
        OPEN.set(None);
    }
    Ok(transaction?.object_store(STORE)?)
}
