//! The only side effects: what the browser has and does.
//!
//! Invariants of the folder: every function reads the outside into a value, or
//! does one thing outside; none sees the app's state. What the browser may lack
//! or refuse comes back as `None` or an error, never as a panic.

pub mod address;
pub mod channel;
pub mod clock;
pub mod colours;
pub mod files;
pub mod keys;
pub mod outline;
pub mod place;
pub mod pointer;
pub mod rescue;
pub mod scroll;
pub mod selection;
pub mod storage;

use wasm_bindgen::JsValue;

/// What the browser says of an error, on one line.
fn said(error: &JsValue) -> String {
    use wasm_bindgen::JsCast as _;
    if let Some(exception) = error.dyn_ref::<web_sys::DomException>() {
        return format!("{}: {}", exception.name(), exception.message());
    }
    error.dyn_ref::<js_sys::Error>().map_or_else(
        || format!("{error:?}"),
        |error| String::from(error.message()),
    )
}
