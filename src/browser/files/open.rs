//! Files in and out.

use crate::browser::clock;
use crate::browser::files::backup;
use crate::browser::js::said;
use crate::browser::storage::documents;
use crate::browser::worker::client;
use crate::browser::worker::jobs::file_of;
use pullquote_app::backup::state::BackupSource;
use pullquote_app::job::Job;
use pullquote_app::library::incoming::{
    Incoming, codebook_of, imported_codebook, incoming, too_large,
};
use pullquote_core::edit::journal_entry::JournalHead;
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::document::Document;
use pullquote_formats::backup_file::is_backup;
use pullquote_formats::codebook_file::is_codebook;
use pullquote_formats::document_file::EXTENSION;
use pullquote_formats::error::SIZE_LIMIT;
use pullquote_formats::file_name::file_name;
use pullquote_formats::records::snapshot::write_snapshot;

use gloo::file::futures::read_as_bytes;
use gloo::timers::callback::Timeout;
use js_sys::Array;

use std::rc::Rc;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{
    Blob, BlobPropertyBag, DragEvent, Element, FileList, HtmlAnchorElement, HtmlInputElement, Node,
};

/// What is read and written in the window, in bytes: it takes less time than a worker.
const SMALL: usize = 100_000;

/// How much of a file is read to see what it is, in bytes.
const BEGINNING: f64 = 4_096.0;

/// The bytes that a mark has in a file, about.
const MARK: usize = 500;

/// Whether the file of a text of so many bytes with so many marks is written in the window.
pub(crate) fn is_small(text: usize, marks: usize) -> bool {
    text + marks * MARK < SMALL
}

/// A file that was opened.
pub enum Opened {
    /// It was read: its name, and what is in it, or the sentence that says why not.
    Read(String, Result<Rc<Incoming>, String>),
    /// It is being read, which may take a while: its name.
    Begun(String),
    /// It is a codebook, or should be: its name, and the sentence that says why it is not.
    Codebook(String, Result<Rc<Codebook>, String>),
    /// It could not be read: its name, and what the browser says.
    Failed(String, String),
    /// It is a backup, which is not read as a whole.
    Backup(BackupSource),
}

/// Reads the files that were chosen in a file input, and empties the input so
/// that the same file can be chosen again.
pub fn of_input(input: Option<Node>, read: impl Fn(Opened, bool) + 'static) {
    read_all(chosen_in(input), read);
}

/// Reads the codebook in the file that was chosen in a file input, whatever kind of file that
/// is, and empties the input.
pub fn codebook_of_input(input: Option<Node>, read: impl Fn(Opened, bool) + 'static) {
    wasm_bindgen_futures::spawn_local(async move {
        for file in chosen_in(input) {
            let name = file.name();
            // The beginning of a file that is too large says what it is.
            let size = file.size() as usize;
            let most = size.min(SIZE_LIMIT) as f64;
            let part = file.slice_with_f64_and_f64(0.0, most);
            let bytes = match part {
                Ok(part) => bytes_of(part).await,
                Err(error) => Err(said(&error)),
            };
            let opened = match bytes {
                Ok(bytes) => {
                    let book = match too_large(&name, size, &bytes) {
                        Some(sentence) => Err(sentence),
                        None => imported_codebook(&name, &bytes),
                    };
                    Opened::Codebook(name, book)
                }
                Err(reason) => Opened::Failed(name, reason),
            };
            read(opened, true);
        }
    });
}

/// The files that were chosen in an input, which is emptied.
fn chosen_in(input: Option<Node>) -> Vec<web_sys::File> {
    let Some(Ok(input)) = input.map(|node| node.dyn_into::<HtmlInputElement>()) else {
        return Vec::new();
    };
    let files = input.files().map(names_and_files).unwrap_or_default();
    input.set_value("");
    files
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

/// Reads these files one after the other; `read` hears of each, and whether it came alone.
pub(crate) fn read_all(files: Vec<web_sys::File>, read: impl Fn(Opened, bool) + 'static) {
    let alone = files.len() == 1;
    wasm_bindgen_futures::spawn_local(async move {
        for file in files {
            // What cannot be read says why when all of it is read.
            let beginning = match file.slice_with_f64_and_f64(0.0, BEGINNING) {
                Ok(part) => bytes_of(part).await.unwrap_or_default(),
                Err(_) => Vec::new(),
            };
            if is_backup(&beginning) {
                read(Opened::Backup(backup::hold(file)), alone);
                continue;
            }
            let name = file.name();
            if let Some(sentence) = too_large(&name, file.size() as usize, &beginning) {
                read(Opened::Read(name, Err(sentence)), alone);
                continue;
            }
            if is_codebook(&String::from_utf8_lossy(&beginning))
                && let Ok(bytes) = bytes_of(file.clone().into()).await
                && let Some(book) = codebook_of(&name, &bytes)
            {
                read(Opened::Codebook(name, book), alone);
                continue;
            }
            if file.size() > SMALL as f64 {
                read(Opened::Begun(name.clone()), alone);
            }
            let opened = match incoming_of(file).await {
                Ok(incoming) => Opened::Read(name, incoming),
                Err(reason) => Opened::Failed(name, reason),
            };
            read(opened, alone);
        }
    });
}

/// What is in a file. A large one is read beside the window.
async fn incoming_of(file: web_sys::File) -> Result<Result<Rc<Incoming>, String>, String> {
    let name = file.name();
    if file.size() > SMALL as f64 {
        let (read, _) = client::run(Job::Read(name), Some(file), client::no_progress()).await?;
        // To take it in was work enough for one turn: it is shown in the next.
        documents::wait(0).await;
        return read;
    }
    let bytes = bytes_of(file.into()).await?;
    Ok(incoming(&name, &bytes, &clock::stamp()))
}

/// Gives the user the file of a document. A large one is written beside the window, and
/// where it is `kept` as it is, read there as well.
pub async fn export(
    document: &Document,
    kept: Option<(u64, Option<JournalHead>)>,
) -> Result<(), String> {
    let article = document.article();
    let file = if is_small(article.text().len(), document.annotations().len()) {
        file_of(document)?
    } else {
        let kept = match kept {
            Some(_) => written(Job::WriteKept(article.id, kept), false).await.ok(),
            None => None,
        };
        match kept {
            Some((lost, file)) if lost.is_empty() => file,
            // What is at hand is whole.
            _ => {
                let record = write_snapshot(document, 0, None);
                written(Job::Write(record), false).await?.1
            }
        }
    };
    download_blob(&file_name(&article.title, EXTENSION), &file)
}

/// What a job writes, and what it could not; in the window where it is small.
pub(crate) async fn written(job: Job, is_small: bool) -> Result<(Vec<String>, Blob), String> {
    let (lost, file) = if is_small {
        client::run_here(job).await?
    } else {
        client::run::<Result<Vec<String>, String>>(job, None, client::no_progress()).await?
    };
    let file = file.ok_or_else(|| "the browser gave no file.".to_owned());
    lost.and_then(|lost| Ok((lost, file?)))
}

/// The bytes of a part of a file.
pub(crate) async fn bytes_of(part: Blob) -> Result<Vec<u8>, String> {
    let bytes = read_as_bytes(&gloo::file::Blob::from(part)).await;
    bytes.map_err(|error| format!("the browser says {error}"))
}

/// Gives the user a file, as a download.
pub fn download(name: &str, media_type: &str, text: &str) -> Result<(), String> {
    let blob = blob_of(media_type, &Array::of1(&text.into())).map_err(|error| said(&error))?;
    download_blob(name, &blob)
}

pub(crate) fn download_blob(name: &str, blob: &Blob) -> Result<(), String> {
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
pub(crate) fn address_of(media_type: &str, text: &str) -> Result<String, JsValue> {
    web_sys::Url::create_object_url_with_blob(&blob_of(media_type, &Array::of1(&text.into()))?)
}

/// A file of these parts, texts or files, one after the other.
pub(crate) fn blob_of(media_type: &str, parts: &Array) -> Result<Blob, JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type(media_type);
    Blob::new_with_blob_sequence_and_options(parts, &kind)
}
