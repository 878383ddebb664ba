//! What is dragged onto the page and dropped there.

use crate::browser::files::open;
use crate::browser::files::open::OpenedFile;

use wasm_bindgen::JsCast as _;
use web_sys::{DataTransfer, DragEvent, Element, Event, File};

/// Whether something is dragged over a text box, or pasted into one, which handles it itself.
#[must_use]
pub fn is_text_box(event: &Event) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| {
        let handles = "textarea, input:not([type=file], [type=checkbox])";
        target.matches(handles).unwrap_or(false)
    })
}

/// Reads the files that were dropped on the page and passes them to `on_file`; without files,
/// passes the text that was dropped to `on_text`.
pub fn take(
    event: &DragEvent,
    on_file: impl Fn(OpenedFile) + 'static,
    on_text: impl FnOnce(String),
) {
    if let Some(data) = event.data_transfer() {
        take_data(&data, on_file, on_text);
    }
}

/// Takes what a drag or the clipboard holds: its files, or else its text. A program that copies
/// text may add a picture of it: then the text counts.
pub(crate) fn take_data(
    data: &DataTransfer,
    on_file: impl Fn(OpenedFile) + 'static,
    on_text: impl FnOnce(String),
) {
    let files = data.files().map(open::files_in).unwrap_or_default();
    let text = data.get_data("text/plain").unwrap_or_default();
    // One word may be the name of the picture, or its address.
    let is_word = text.split_whitespace().count() < 2 && !files.is_empty();
    let has_text = !text.trim().is_empty() && !is_word;
    let is_picture = |file: &File| file.type_().starts_with("image/");
    let are_pictures = files.iter().all(is_picture);
    if has_text && are_pictures {
        on_text(text);
    } else {
        open::read_all(files, on_file);
    }
}
