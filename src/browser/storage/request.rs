//! Requests to IndexedDB, and why they fail.

use crate::browser::error::Exception;
use crate::browser::storage::disk_full;
use pullquote_app::store::error::StoreError;

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::IdbRequest;

/// Waits for a request and returns its result.
pub(crate) async fn completed(request: Result<IdbRequest, JsValue>) -> Result<JsValue, StoreError> {
    let request = request.map_err(|error| read_error(&error))?;
    let settled = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    let settled = JsFuture::from(settled).await;
    request.set_onsuccess(None);
    request.set_onerror(None);
    match settled {
        Ok(_) => request.result().map_err(|error| read_error(&error)),
        Err(_) => Err(error_of(&request)),
    }
}

/// Why a request failed.
pub(crate) fn error_of(request: &IdbRequest) -> StoreError {
    let error = request.error().ok().flatten();
    read_error(&error.map_or(JsValue::UNDEFINED, JsValue::from))
}

/// The error of something that was read, or opened.
pub(crate) fn read_error(error: &JsValue) -> StoreError {
    let exception = Exception::new(error);
    if exception.is("VersionError") {
        return StoreError::Newer;
    }
    StoreError::Failed(format!(
        "the browser could not read its storage ({exception})."
    ))
}

/// The error of a write. Notes it if the disk is full.
pub(crate) fn write_error(error: &JsValue) -> StoreError {
    let exception = Exception::new(error);
    let text = exception.to_string();
    // Chromium reports a full disk, as opposed to a full quota, as `UnknownError: … IO error:
    // … FILE_ERROR_NO_SPACE` (measured in 156, on a file system of 160 MB).
    if text.contains("NO_SPACE") {
        disk_full::note();
        return StoreError::DiskFull;
    }
    if exception.is("QuotaExceededError") {
        return StoreError::Full;
    }
    StoreError::Failed(format!(
        "the browser could not write to its storage ({text})."
    ))
}
