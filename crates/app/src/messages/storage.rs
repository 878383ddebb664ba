//! Errors of the storage as sentences.

use crate::messages::Sentence;
use crate::store::article::{Loss, OpenError};
use crate::store::error::StoreError;

/// Why the storage did not do what was asked of it. A whole sentence, to follow a colon.
#[must_use]
pub fn store_error(error: &StoreError) -> Sentence {
    match error {
        StoreError::Full => "the browser’s storage is full.".to_owned(),
        StoreError::DiskFull => {
            "the disk is full, and with it the browser’s storage is full.".to_owned()
        }
        StoreError::Conflict(_) => "another tab saved its changes first.".to_owned(),
        StoreError::Deleted(_) => "this article was deleted for good in another tab.".to_owned(),
        StoreError::AlreadyExists(_) => {
            "another tab has added this article. Reload this page.".to_owned()
        }
        StoreError::Newer => {
            "the stored data was written by a newer Pullquote. Reload this page to get it."
                .to_owned()
        }
        StoreError::Failed(reason) => reason.clone(),
    }
}

/// Why an article cannot be read. A whole sentence, to follow a colon.
#[must_use]
pub fn open_error(error: &OpenError) -> Sentence {
    match error {
        OpenError::NotStored => "it is not in this browser.".to_owned(),
        OpenError::Damaged(error) => format!("its record is damaged: {error}."),
        OpenError::Store(error) => store_error(error),
    }
}

/// What is lost of an article, as a phrase.
#[must_use]
pub fn loss(loss: &Loss) -> String {
    match loss {
        Loss::StepDamaged(number) => format!("step {number} is damaged"),
        Loss::StepMissing(number) => format!("step {number} is missing"),
        Loss::StepIncomplete(number) => format!("step {number} could be repeated only in part"),
    }
}

/// What is lost of an article, as phrases with semicolons between them.
#[must_use]
pub fn losses(lost: &[Loss]) -> String {
    lost.iter().map(loss).collect::<Vec<_>>().join("; ")
}
