//! Blobs: bytes that the browser holds.

use crate::browser::error::BrowserError;
use pullquote_core::model::document::Document;
use pullquote_formats::document_file::{MEDIA_TYPE, write_document};

use gloo::file::futures::read_as_bytes;
use js_sys::{Array, Uint8Array};

use wasm_bindgen::JsValue;
use web_sys::{Blob, BlobPropertyBag, Url};

/// A blob of these parts (strings, byte arrays or blobs), one after the other.
pub(crate) fn of_parts(media_type: &str, parts: &Array) -> Result<Blob, JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    Blob::new_with_blob_sequence_and_options(parts, &options)
}

/// A blob of a text in UTF-8.
pub(crate) fn of_text(media_type: &str, text: &str) -> Result<Blob, JsValue> {
    of_parts(media_type, &Array::of1(&text.into()))
}

/// The file of a document, in our own format.
pub(crate) fn of_document(document: &Document) -> Result<Blob, JsValue> {
    of_text(MEDIA_TYPE, &write_document(document))
}

/// A blob of bytes.
pub(crate) fn of_bytes(media_type: &str, bytes: &[u8]) -> Result<Blob, JsValue> {
    of_parts(media_type, &Array::of1(&Uint8Array::from(bytes)))
}

/// Reads the bytes of a blob.
pub(crate) async fn bytes_of(blob: Blob) -> Result<Vec<u8>, BrowserError> {
    let bytes = read_as_bytes(&gloo::file::Blob::from(blob)).await;
    bytes.map_err(BrowserError::FileUnreadable)
}

/// Reads the bytes from `start` to `end` of a blob. Offsets are numbers of JavaScript.
pub(crate) async fn slice_of(blob: &Blob, start: f64, end: f64) -> Result<Vec<u8>, BrowserError> {
    bytes_of(blob.slice_with_f64_and_f64(start, end)?).await
}

/// An address from which the browser reads a blob, until it is revoked.
pub(crate) fn object_url(blob: &Blob) -> Result<String, JsValue> {
    Url::create_object_url_with_blob(blob)
}
