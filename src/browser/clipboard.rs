//! The clipboard.

use super::said;
use js_sys::Reflect;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Puts a text into the clipboard.
///
/// Errors: the browser has none for this page, or the user does not allow it; in words.
pub async fn copy(text: &str) -> Result<(), String> {
    let navigator = gloo::utils::window().navigator();
    // Absent where the page is not served over TLS or from this machine.
    let clipboard = Reflect::get(&navigator, &"clipboard".into()).unwrap_or_default();
    let write = Reflect::get(&clipboard, &"writeText".into()).unwrap_or_default();
    let Some(write) = write.dyn_ref::<js_sys::Function>() else {
        return Err("this browser has no clipboard for this page. Use the file.".to_owned());
    };
    let done = write.call1(&clipboard, &JsValue::from_str(text));
    let done = done.map_err(|error| said(&error))?;
    JsFuture::from(js_sys::Promise::resolve(&done))
        .await
        .map(drop)
        .map_err(|error| said(&error))
}
