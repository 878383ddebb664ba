//! What the user wants of every article: kept in `localStorage`, as it is small and no work
//! is lost with it.

use crate::browser::js::{local_storage, said};
use pullquote_core::model::codebook::Codebook;
use pullquote_formats::codebook_file::{read_codebook, write_codebook};

use std::rc::Rc;

const CODEBOOK: &str = "pullquote.codebook";

/// The codebook that new articles begin with, where another than that of the news was wanted.
#[must_use]
pub fn codebook() -> Option<Rc<Codebook>> {
    let file = local_storage()?.get_item(CODEBOOK).ok()??;
    read_codebook(file.as_bytes()).ok().map(Rc::new)
}

/// Keeps it; `None`: that of the news again.
///
/// Errors: there is no room, or no storage; in words.
pub fn keep_codebook(book: Option<&Codebook>) -> Result<(), String> {
    let storage = local_storage().ok_or_else(|| "it has no storage for this page".to_owned())?;
    let kept = match book {
        Some(book) => storage.set_item(CODEBOOK, &write_codebook(book)),
        None => storage.remove_item(CODEBOOK),
    };
    kept.map_err(|error| said(&error))
}
