//! Downloads: how the user gets a file.

use crate::browser::clock;
use crate::browser::error::BrowserError;
use crate::browser::files::blob;

use wasm_bindgen::JsCast as _;
use web_sys::{Blob, HtmlAnchorElement, Url};

/// How long the address of a download stays valid, in milliseconds: the browser reads it after
/// the click has been handled.
const VALIDITY: u32 = 60_000;

/// Downloads a text as a file of this name.
pub fn text(name: &str, media_type: &str, text: &str) -> Result<(), BrowserError> {
    file(name, &blob::of_text(media_type, text)?)
}

/// Downloads a blob as a file of this name.
pub(crate) fn file(name: &str, content: &Blob) -> Result<(), BrowserError> {
    let url = blob::object_url(content)?;
    let element = gloo::utils::document().create_element("a")?;
    let link: HtmlAnchorElement = element.dyn_into().map_err(|_| BrowserError::NoLink)?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    let revoke = move || {
        // An address that is still held costs memory only.
        let _ = Url::revoke_object_url(&url);
    };
    clock::after(VALIDITY, revoke).forget();
    Ok(())
}
