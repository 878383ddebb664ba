//! What the browser lacks or refuses.

use pullquote_app::messages::storage::{open_error, store_error};
use pullquote_app::store::article::OpenError;
use pullquote_app::store::error::StoreError;

use gloo::file::FileReadError;
use thiserror::Error;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::DomException;

/// A value that JavaScript threw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// The name of a `DOMException`, such as `QuotaExceededError`; `None` for any other value.
    pub name: Option<String>,
    /// The message of a `DOMException` or an `Error`; any other value as Rust debugs it.
    pub message: String,
}

impl Exception {
    /// Reads a thrown value.
    pub(crate) fn new(thrown: &JsValue) -> Self {
        if let Some(exception) = thrown.dyn_ref::<DomException>() {
            return Self {
                name: Some(exception.name()),
                message: exception.message(),
            };
        }
        let error = thrown.dyn_ref::<js_sys::Error>();
        let message = error.map_or_else(
            || format!("{thrown:?}"),
            |error| String::from(error.message()),
        );
        Self {
            name: None,
            message,
        }
    }

    /// Whether it is the `DOMException` of this name.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name.as_deref() == Some(name)
    }
}

impl std::fmt::Display for Exception {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(name) = &self.name {
            f.write_str(name)?;
            f.write_str(": ")?;
        }
        f.write_str(&self.message)
    }
}

/// Why the browser did not do something.
#[derive(Debug, Error)]
pub enum BrowserError {
    /// It threw an exception.
    #[error("{0}")]
    Exception(Exception),
    /// It could not read a file.
    #[error("the browser says {0}")]
    FileUnreadable(FileReadError),
    /// Its storage failed.
    #[error("{}", store_error(.0))]
    Store(StoreError),
    /// An article in its storage cannot be read.
    #[error("{}", open_error(.0))]
    ArticleUnreadable(OpenError),
    /// It has no clipboard for this page: the page is served neither over TLS nor from this
    /// machine.
    #[error("this browser has no clipboard for this page. Use the file.")]
    NoClipboard,
    /// It has no `localStorage` for this page.
    #[error("it has no storage for this page")]
    NoLocalStorage,
    /// It made something else than a link, with which files are downloaded.
    #[error("there are no links")]
    NoLink,
    /// It no longer holds the file of a backup.
    #[error("it is not at hand any more. Open it again.")]
    BackupGone,
}

impl From<JsValue> for BrowserError {
    fn from(thrown: JsValue) -> Self {
        Self::Exception(Exception::new(&thrown))
    }
}

impl From<StoreError> for BrowserError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<OpenError> for BrowserError {
    fn from(error: OpenError) -> Self {
        Self::ArticleUnreadable(error)
    }
}
