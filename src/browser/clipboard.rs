//! The clipboard.

use crate::browser::js::{answer_of, said};
use js_sys::Reflect;

/// Puts a text into the clipboard.
///
/// Errors: the browser has none for this page, or the user does not allow it; in words.
pub async fn copy(text: &str) -> Result<(), String> {
    let navigator = gloo::utils::window().navigator();
    // Absent where the page is not served over TLS or from this machine.
    let clipboard = Reflect::get(&navigator, &"clipboard".into()).unwrap_or_default();
    if clipboard.is_undefined() {
        return Err("this browser has no clipboard for this page. Use the file.".to_owned());
    }
    let copied = answer_of(&clipboard, "writeText", &[text.into()]).await;
    copied.map(drop).map_err(|error| said(&error))
}
