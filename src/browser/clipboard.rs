//! The clipboard.

use crate::browser::error::BrowserError;
use crate::browser::js;

/// Writes a text to the clipboard.
///
/// Errors: the browser has no clipboard for this page, or the user does not allow it.
pub async fn copy(text: &str) -> Result<(), BrowserError> {
    let navigator = gloo::utils::window().navigator();
    let clipboard = js::field(&navigator, "clipboard");
    if clipboard.is_undefined() {
        return Err(BrowserError::NoClipboard);
    }
    js::call_method(&clipboard, "writeText", &[text.into()]).await?;
    Ok(())
}
