//! What the user wants for every article. It is in `localStorage`: it is small, and no work is
//! lost with it.

use crate::browser::error::BrowserError;
use crate::browser::storage::local_storage;
use crate::browser::storage::local_storage::{
    CODEBOOK, FORMATS, HAS_ARTICLES, ORDER, local_storage,
};
use pullquote_app::library::view::LibraryOrder;
use pullquote_core::model::codebook::Codebook;
use pullquote_formats::codebook_file::{read_codebook, write_codebook};

use std::rc::Rc;

/// The codebook that new articles begin with; `None` for the one of news.
#[must_use]
pub fn codebook() -> Option<Rc<Codebook>> {
    let file = local_storage::value(CODEBOOK)?;
    read_codebook(file.as_bytes()).ok().map(Rc::new)
}

/// Sets the codebook that new articles begin with; `None` for the one of news.
///
/// Errors: there is no room, or no storage.
pub fn set_codebook(codebook: Option<&Codebook>) -> Result<(), BrowserError> {
    let storage = local_storage().ok_or(BrowserError::NoLocalStorage)?;
    match codebook {
        Some(codebook) => storage.set_item(CODEBOOK, &write_codebook(codebook))?,
        None => storage.remove_item(CODEBOOK)?,
    }
    Ok(())
}

/// The order in which the library was sorted last; `None` if it was never chosen.
#[must_use]
pub fn library_order() -> Option<LibraryOrder> {
    Some(LibraryOrder::of_name(&local_storage::value(ORDER)?))
}

/// Remembers the order in which the library is sorted. Where there is no room, it is forgotten.
pub fn set_library_order(order: LibraryOrder) {
    local_storage::set(ORDER, &order.name());
}

/// Whether the library had articles when it was last seen. The first page and the app ask before
/// the storage has answered, so that they draw at once what stays. `boot.js` reads the same.
#[must_use]
pub fn has_articles() -> bool {
    // Components are also rendered without a browser, in tests.
    cfg!(target_arch = "wasm32") && local_storage::value(HAS_ARTICLES).is_some()
}

/// Remembers whether the library has articles.
pub fn set_has_articles(has_articles: bool) {
    match has_articles {
        true => local_storage::set(HAS_ARTICLES, "yes"),
        false => local_storage::remove(HAS_ARTICLES),
    }
}

/// The ids of the formats that were exported last, the last one first.
#[must_use]
pub fn recent_formats() -> Vec<String> {
    let ids = local_storage::value(FORMATS).unwrap_or_default();
    ids.split_whitespace().map(str::to_owned).collect()
}

/// Remembers the ids of the formats that were exported last. Without room or storage they are
/// known until the page is closed.
pub fn set_recent_formats(ids: &[&str]) {
    local_storage::set(FORMATS, &ids.join(" "));
}
