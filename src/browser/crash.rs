//! When the program stops working: the user is told, and can save the open article as a file.

use crate::browser::files::blob;
use pullquote_core::model::document::Document;
use pullquote_formats::document_file::EXTENSION;
use pullquote_formats::file_name::file_name;

use std::cell::{Cell, RefCell};
use std::panic::PanicHookInfo;
use std::rc::Rc;
use web_sys::Document as Page;

thread_local! {
    static OPEN_DOCUMENT: RefCell<Option<Rc<Document>>> = const { RefCell::new(None) };
    static HAS_CRASHED: Cell<bool> = const { Cell::new(false) };
}

/// Remembers the open document, to offer it after a crash.
pub fn remember(document: Option<Rc<Document>>) {
    OPEN_DOCUMENT.with(|open| {
        if let Ok(mut open) = open.try_borrow_mut() {
            *open = document;
        }
    });
}

/// The message of a panic, with its file and line.
#[must_use]
pub fn describe(panic: &PanicHookInfo) -> String {
    let message = panic.payload_as_str().unwrap_or("no reason was given");
    let location = panic.location().map_or_else(String::new, |location| {
        let file = location.file().rsplit(['/', '\\']).next();
        let file = file.unwrap_or_default();
        format!(" ({file}, line {})", location.line())
    });
    format!("{message}{location}")
}

/// Shows what happened in the section `stopped` of `index.html`, with a link to the open
/// article as a file. Does so only the first time: later panics follow from the first.
pub fn report(message: &str) {
    if HAS_CRASHED.with(|crashed| crashed.replace(true)) {
        return;
    }
    let page = gloo::utils::document();
    // The section first: it is there even if making the file fails as well.
    show_section(&page, message);
    offer_document(&page);
}

fn show_section(page: &Page, message: &str) {
    if let Some(reason) = page.get_element_by_id("stopped-reason") {
        reason.set_text_content(Some(message));
    }
    if let Some(section) = page.get_element_by_id("stopped") {
        let _ = section.remove_attribute("hidden");
    }
}

fn offer_document(page: &Page) {
    let open = OPEN_DOCUMENT.with(|open| open.try_borrow().ok().and_then(|open| open.clone()));
    let Some(document) = open else { return };
    let link = page.get_element_by_id("stopped-file");
    let url = blob::of_document(&document).and_then(|blob| blob::object_url(&blob));
    if let (Some(link), Ok(url)) = (link, url) {
        let name = file_name(&document.article().title, EXTENSION);
        let _ = link.set_attribute("download", &name);
        let _ = link.set_attribute("href", &url);
        let _ = link.remove_attribute("hidden");
    }
}
