//! Errors of the storage.

use pullquote_core::model::id::Id;
use thiserror::Error;

/// Why the storage refuses a batch, or does not answer.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum StoreError {
    /// The browser allows no more data.
    #[error("the storage is full")]
    Full,
    /// The disk was full during a write. Nothing is written until there is room.
    #[error("the disk is full")]
    DiskFull,
    /// Another tab wrote first: the journal of this article has entries that are unknown here.
    #[error("another tab wrote to the journal of {0} first")]
    Conflict(Id),
    /// This article was deleted for good.
    #[error("the article {0} was deleted for good")]
    Deleted(Id),
    /// An article with this id exists already.
    #[error("an article {0} exists already")]
    AlreadyExists(Id),
    /// A newer version of Pullquote wrote the stored data.
    #[error("a newer version wrote the stored data")]
    Newer,
    /// Any other failure, in the browser's words.
    #[error("{0}")]
    Failed(String),
}
