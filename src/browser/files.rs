//! Files in and out.

use super::{backup, said};
use crate::app::Backup;
use gloo::file::futures::read_as_bytes;
use gloo::timers::callback::Timeout;
use js_sys::Array;
use pullquote_core::formats::{SIZE_LIMIT, is_backup};
use std::rc::Rc;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{
    Blob, BlobPropertyBag, DragEvent, Element, FileList, HtmlAnchorElement, HtmlInputElement, Node,
};

/// A file that was opened.
pub enum Opened {
    /// It was read, or could not be: its name, and its content or why not.
    Read(String, Result<Rc<[u8]>, String>),
    /// It is a backup, which is not read as a whole.
    Backup(Backup),
}

/// Reads the files that were chosen in a file input, and empties the input so
/// that the same file can be chosen again.
pub fn of_input(input: Option<Node>, read: impl Fn(Opened, bool) + 'static) {
    let Some(Ok(input)) = input.map(|node| node.dyn_into::<HtmlInputElement>()) else {
        return;
    };
    let files = input.files().map(names_and_files).unwrap_or_default();
    input.set_value("");
    read_all(files, read);
}

/// Reads the files that were dropped on the page, or the text that was.
pub fn of_drop(
    event: &DragEvent,
    read: impl Fn(Opened, bool) + 'static,
    text: impl FnOnce(String),
) {
    let Some(data) = event.data_transfer() else {
        return;
    };
    let files = data.files().map(names_and_files).unwrap_or_default();
    if !files.is_empty() {
        read_all(files, read);
    } else if let Ok(dropped) = data.get_data("text/plain")
        && !dropped.is_empty()
    {
        text(dropped);
    }
}

/// Whether something is dragged over a text box, which takes it itself.
#[must_use]
pub fn goes_into_a_box(event: &DragEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.matches("textarea, input").unwrap_or(false))
}

fn names_and_files(files: FileList) -> Vec<web_sys::File> {
    (0..files.length())
        .filter_map(|place| files.item(place))
        .collect()
}

fn read_all(files: Vec<web_sys::File>, read: impl Fn(Opened, bool) + 'static) {
    let alone = files.len() == 1;
    wasm_bindgen_futures::spawn_local(async move {
        for file in files {
            let beginning = file.slice_with_f64_and_f64(0.0, 64.0);
            let beginning = match beginning {
                Ok(part) => bytes_of(part).await,
                Err(error) => Err(said(&error)),
            };
            if beginning.is_ok_and(|beginning| is_backup(&beginning)) {
                read(Opened::Backup(backup::hold(file)), alone);
                continue;
            }
            let name = file.name();
            read(Opened::Read(name, bytes(file).await), alone);
        }
    });
}

/// The bytes of a file. Of one that is over the limit only as many as show it.
async fn bytes(file: web_sys::File) -> Result<Rc<[u8]>, String> {
    let most = (SIZE_LIMIT + 1) as f64;
    let part = if file.size() > most {
        file.slice_with_f64_and_f64(0.0, most)
            .map_err(|error| said(&error))?
    } else {
        file.into()
    };
    bytes_of(part).await.map(Into::into)
}

/// The bytes of a part of a file.
pub(super) async fn bytes_of(part: Blob) -> Result<Vec<u8>, String> {
    let bytes = read_as_bytes(&gloo::file::Blob::from(part)).await;
    bytes.map_err(|error| format!("the browser says {error}"))
}

/// Gives the user a file, as a download.
pub fn download(name: &str, media_type: &str, text: &str) -> Result<(), String> {
    let blob = blob_of(media_type, &Array::of1(&text.into())).map_err(|error| said(&error))?;
    download_blob(name, &blob)
}

pub(super) fn download_blob(name: &str, blob: &Blob) -> Result<(), String> {
    let url = web_sys::Url::create_object_url_with_blob(blob).map_err(|error| said(&error))?;
    let document = gloo::utils::document();
    let link: HtmlAnchorElement = document
        .create_element("a")
        .map_err(|error| said(&error))?
        .dyn_into()
        .map_err(|_| "there are no links".to_owned())?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The browser reads the address after this task; a minute is enough for it.
    Timeout::new(60_000, move || {
        let _ = web_sys::Url::revoke_object_url(&url);
    })
    .forget();
    Ok(())
}

/// An address from which the browser reads `text`.
pub(super) fn address_of(media_type: &str, text: &str) -> Result<String, JsValue> {
    web_sys::Url::create_object_url_with_blob(&blob_of(media_type, &Array::of1(&text.into()))?)
}

/// A file of these parts, texts or files, one after the other.
pub(super) fn blob_of(media_type: &str, parts: &Array) -> Result<Blob, JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type(media_type);
    Blob::new_with_blob_sequence_and_options(parts, &kind)
}
