//! What is said about saving, and about other tabs.

use crate::messages::Sentence;
use crate::messages::storage::store_error;
use crate::store::error::StoreError;
use pullquote_core::text::shortened::shortened;

/// The open article was deleted in another tab; it can be restored.
pub(crate) const DELETED_ELSEWHERE: &str =
    "This article was deleted in another tab. Your marks are still saved in it.";

/// Changes were not saved.
pub(crate) fn not_saved(error: &StoreError) -> Sentence {
    let way_out = match error {
        StoreError::Full => {
            "Your work is still on this screen. Export it, or delete articles for good in the \
             library, or give the browser more room on the disk; then try again."
        }
        StoreError::DiskFull => {
            "Your work is still on this screen. Export it to another disk, or free at least 32 MB \
             on this one; then try again."
        }
        StoreError::Conflict(_)
        | StoreError::Deleted(_)
        | StoreError::AlreadyExists(_)
        | StoreError::Newer
        | StoreError::Failed(_) => {
            "Your work is still on this screen: export it before you close this tab."
        }
    };
    format!("Not saved: {} {way_out}", store_error(error))
}

/// An article that is open here was deleted for good in another tab.
pub(crate) fn deleted_for_good_elsewhere(title: &str) -> Sentence {
    format!(
        "“{title}” was deleted for good in another tab. Export it, or save it as a new article; \
         otherwise it is lost when you leave this page."
    )
}

/// Another tab made a step.
pub(crate) fn step_elsewhere(step: &str) -> Sentence {
    format!("In another tab: {step}")
}

/// A step could be repeated only in part after the changes of another tab.
pub(crate) fn step_done_in_part(step: &str) -> Sentence {
    format!(
        "“{step}” could not be done as a whole: what it changes was deleted or changed in another \
         tab."
    )
}

/// The note that the user is typing was changed in another tab.
pub(crate) fn note_changed_elsewhere(there: &str, here: &str) -> Sentence {
    format!(
        "This note was changed in another tab too. There: “{}”. Here: “{}”. The last change is \
         kept.",
        shortened(there, 120),
        shortened(here, 120)
    )
}

/// The data of the site was deleted, and with it `count` articles.
pub(crate) fn site_data_deleted(count: usize) -> Sentence {
    let articles = match count {
        1 => "the article that was here is".to_owned(),
        count => format!("the {count} articles that were here are"),
    };
    format!(
        "The data of this site was deleted in your browser: {articles} gone. Restore a backup if \
         you have one."
    )
}

/// The data of the site was deleted, but an open article is saved again.
pub(crate) fn saved_again(title: &str) -> Sentence {
    format!(
        "The data of this site was deleted in your browser. “{title}” is still on this screen and \
         is saved again from it. Export a copy now."
    )
}
