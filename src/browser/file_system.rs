//! Folders and files of the File System API: one that the user chose, and the private ones of
//! the origin.

use crate::browser::js;

use wasm_bindgen::JsValue;

/// The handle of the file of this name in a folder; the file is made if there is none.
pub(crate) async fn file_in(folder: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    let options = js::object(&[("create", true.into())]);
    js::call_method(folder, "getFileHandle", &[name.into(), options]).await
}
