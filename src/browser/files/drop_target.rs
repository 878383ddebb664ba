//! What is dragged onto the page and dropped there.

use crate::browser::files::open;
use crate::browser::files::open::OpenedFile;

use wasm_bindgen::JsCast as _;
use web_sys::{DragEvent, Element};

/// Whether something is dragged over a text box, which handles it itself.
#[must_use]
pub fn is_text_box(event: &DragEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.matches("textarea, input").unwrap_or(false))
}

/// Reads the files that were dropped on the page and passes them to `on_file`; without files,
/// passes the text that was dropped to `on_text`.
pub fn take(
    event: &DragEvent,
    on_file: impl Fn(OpenedFile) + 'static,
    on_text: impl FnOnce(String),
) {
    let Some(data) = event.data_transfer() else {
        return;
    };
    let files = data.files().map(open::files_in).unwrap_or_default();
    if !files.is_empty() {
        open::read_all(files, on_file);
    } else if let Ok(text) = data.get_data("text/plain")
        && !text.is_empty()
    {
        on_text(text);
    }
}
