//! Reading articles and the library from the storage.

use crate::browser::storage::closing::retry;
use crate::browser::storage::records::StoredRecords;
use pullquote_app::store::article::{JournalSize, JournalTail, LoadedArticle, OpenError};
use pullquote_app::store::error::StoreError;
use pullquote_app::store::library::Listing;
use pullquote_app::store::{article, library};
use pullquote_core::edit::journal_entry::JournalEntry;
use pullquote_core::model::article::Article;
use pullquote_core::model::id::Id;
use pullquote_core::model::library_entry::LibraryEntry;

use std::rc::Rc;

/// How many older journal entries are read at once.
const PAGE: u64 = 400;

/// Reads the entries of the library.
pub async fn read_library() -> Result<Listing, StoreError> {
    retry(async || library::listing(&StoredRecords::open().await?, None).await).await
}

/// Reads the library entry of one article, if it has one.
pub async fn read_library_entry(id: Id) -> Result<Option<Box<LibraryEntry>>, StoreError> {
    let listing = library::listing(&StoredRecords::open().await?, Some(id)).await?;
    Ok(listing.lines.into_iter().next().map(Box::new))
}

/// Reads one article in its last state.
pub async fn read_document(id: Id) -> Result<Box<LoadedArticle>, OpenError> {
    let records = StoredRecords::open().await?;
    article::open(&records, id).await
}

/// Reads what follows the journal entry of this number.
pub async fn read_later_entries(article: &Article, number: u64) -> Result<JournalTail, StoreError> {
    retry(async || article::later(&StoredRecords::open().await?, article, number).await).await
}

/// Reads the journal entries right before the one of this number, up to 400.
pub async fn read_older_entries(
    article: &Article,
    number: u64,
) -> Result<Vec<Rc<JournalEntry>>, StoreError> {
    article::older(&StoredRecords::open().await?, article, number, PAGE).await
}

/// Reads the records that were set aside, each with the key under which it was found; or all
/// records of one article.
pub async fn read_raw(only: Option<Id>) -> Result<Vec<(String, String)>, StoreError> {
    library::raw(&StoredRecords::open().await?, only).await
}

/// The number of entries in the journal of an article, and their size in bytes.
pub async fn measure(article: Id) -> Result<JournalSize, StoreError> {
    article::measure(&StoredRecords::open().await?, article).await
}
