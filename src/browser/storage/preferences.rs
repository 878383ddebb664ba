//! What the user wants for every article. It is in `localStorage`: it is small, and no work is
//! lost with it.

use crate::browser::error::BrowserError;
use crate::browser::storage::local_storage;
use crate::browser::storage::local_storage::{CODEBOOK, FORMATS, local_storage};
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

/// The ids of the formats that were exported last, the last one first.
#[must_use]
pub fn recent_formats() -> Vec<String> {
    let ids = local_storage::value(FORMATS).unwrap_or_default();
    ids.split_whitespace().map(str::to_owned).collect()
}

/// Remembers the ids of the formats that were exported last. Without room or storage they are
/// known until the page is closed.
pub fn set_recent_formats(ids: &[&str]) {
    if let Some(storage) = local_storage() {
        let _ = storage.set_item(FORMATS, &ids.join(" "));
    }
}
