//! When the program breaks: the user is told, and gets the work as a file.

use crate::browser::files::open;
use pullquote_core::model::document::Document;
use pullquote_formats::document_file::{EXTENSION, MEDIA_TYPE, write_document};
use pullquote_formats::file_name::file_name;

use std::cell::{Cell, RefCell};
use std::panic::PanicHookInfo;
use std::rc::Rc;
use web_sys::Document as Page;

thread_local! {
    static OPEN: RefCell<Option<Rc<Document>>> = const { RefCell::new(None) };
    static BROKEN: Cell<bool> = const { Cell::new(false) };
}

/// Keeps hold of the open document, for the case of a break.
pub fn hold(document: Option<Rc<Document>>) {
    OPEN.with(|open| {
        if let Ok(mut open) = open.try_borrow_mut() {
            *open = document;
        }
    });
}

/// What a panic says, and where it was.
#[must_use]
pub fn words_of(broken: &PanicHookInfo) -> String {
    let said = broken.payload_as_str().unwrap_or("no reason was given");
    let place = broken.location().map_or_else(String::new, |location| {
        let file = location.file().rsplit(['/', '\\']).next();
        let file = file.unwrap_or_default();
        format!(" ({file}, line {})", location.line())
    });
    format!("{said}{place}")
}

/// Shows what happened, and offers the open article as a file, in the section
/// `stopped` of `index.html`. Only the first time: what breaks after that breaks
/// because of it.
pub fn stopped(said: &str) {
    if BROKEN.with(|flag| flag.replace(true)) {
        return;
    }
    let page = gloo::utils::document();
    show(&page, said);
    offer(&page);
}

/// Shows the section first: should the rest break too, the sentence stands.
fn show(page: &Page, said: &str) {
    if let Some(reason) = page.get_element_by_id("stopped-reason") {
        reason.set_text_content(Some(said));
    }
    if let Some(section) = page.get_element_by_id("stopped") {
        let _ = section.remove_attribute("hidden");
    }
}

fn offer(page: &Page) {
    let open = OPEN.with(|open| open.try_borrow().ok().and_then(|open| open.clone()));
    let Some(document) = open else { return };
    let text = write_document(&document);
    let link = page.get_element_by_id("stopped-file");
    if let (Some(link), Ok(url)) = (link, open::address_of(MEDIA_TYPE, &text)) {
        let name = file_name(&document.article().title, EXTENSION);
        let _ = link.set_attribute("download", &name);
        let _ = link.set_attribute("href", &url);
        let _ = link.remove_attribute("hidden");
    }
}
