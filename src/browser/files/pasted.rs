//! What is pasted into the page while no text box has the focus.

use crate::browser::files::drop_target::{is_text_box, take_data};
use crate::browser::files::open::OpenedFile;

use gloo::events::EventListener;
use wasm_bindgen::JsCast as _;
use web_sys::ClipboardEvent;

/// Passes the files that are pasted to `on_file`, or the text to `on_text`, as for a drop.
pub fn listen(
    on_file: impl Fn(OpenedFile) + Clone + 'static,
    on_text: impl Fn(String) + 'static,
) -> EventListener {
    let document = gloo::utils::document();
    EventListener::new(&document, "paste", move |event| {
        let clipboard = event.dyn_ref::<ClipboardEvent>();
        let data = clipboard.and_then(ClipboardEvent::clipboard_data);
        if let Some(data) = data.filter(|_| !is_text_box(event)) {
            take_data(&data, on_file.clone(), &on_text);
        }
    })
}
