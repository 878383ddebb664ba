//! Why the storage did not do what was asked of it.

use pullquote_core::model::id::Id;
use thiserror::Error;

/// Why the storage does not take a batch, or does not answer.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum StoreError {
    /// The browser gives no more room.
    #[error("the browser’s storage is full.")]
    Full,
    /// The disk was full during a write. Nothing is written until it has room.
    #[error("the disk is full, and with it the browser’s storage is full.")]
    Disk,
    /// Another tab wrote first: the journal of this article has entries not known here.
    #[error("another tab was first.")]
    Behind(Id),
    /// This article was deleted for good.
    #[error("this article was deleted for good in another tab.")]
    Gone(Id),
    /// An article with this id exists already.
    #[error("another tab has added this article. Reload this page.")]
    Twin(Id),
    /// A newer version of Pullquote wrote what is stored.
    #[error("what is kept here is of a newer Pullquote. Reload this page to get it.")]
    Newer,
    /// Any other failure, in the browser's words.
    #[error("{0}")]
    Failed(String),
}
