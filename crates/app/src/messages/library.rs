//! What is said about articles of the library.

use crate::messages::Sentence;
use crate::messages::storage::{losses, open_error};
use crate::store::article::{Loss, OpenError};

/// A pasted text contains nothing.
pub(crate) const NOTHING_PASTED: &str = "There is no text to paste.";

/// What a pasted text is called in sentences about files.
pub(crate) const PASTED_TEXT: &str = "The pasted text";

/// A file became an article while the user was working on another one.
pub(crate) fn added_in_background(name: &str) -> Sentence {
    format!("“{name}” was read: it is in the library.")
}

/// An article was added.
pub(crate) fn added(title: &str) -> Sentence {
    format!("Opened {title}")
}

/// An article has no library entry, and cannot be read to make one.
pub(crate) fn not_listed(error: &OpenError) -> Sentence {
    format!(
        "One article of the library cannot be read: {} Its data was left as it is.",
        open_error(error)
    )
}

/// An article was not renamed because parts of it are damaged.
pub(crate) fn not_renamed_damaged(lost: &[Loss]) -> Sentence {
    format!(
        "The article was not renamed: parts of it are damaged: {}.",
        losses(lost)
    )
}

/// An article was not renamed because it cannot be read.
pub(crate) fn not_renamed(error: &OpenError) -> Sentence {
    format!("The article was not renamed: {}", open_error(error))
}

/// An article was duplicated.
pub(crate) fn duplicated(title: &str) -> Sentence {
    format!("“{title}” was duplicated, with its marks.")
}

/// An article was not duplicated because parts of it are damaged.
pub(crate) fn not_duplicated_damaged(lost: &[Loss]) -> Sentence {
    format!(
        "The article was not duplicated: parts of it are damaged: {}.",
        losses(lost)
    )
}

/// An article was not duplicated because it cannot be read.
pub(crate) fn not_duplicated(error: &OpenError) -> Sentence {
    format!("The article was not duplicated: {}", open_error(error))
}

/// The user is done with an article, or no longer.
pub(crate) fn done(title: &str, done: bool) -> Sentence {
    match done {
        true => format!("{title} is done"),
        false => format!("{title} is not done"),
    }
}

/// The article that was opened is already in the library, unchanged.
pub(crate) fn same_article(title: &str) -> Sentence {
    format!("“{title}” is here already, with the same marks.")
}

/// The article that was opened is already in the library, with other marks.
pub(crate) fn copied_beside(title: &str) -> Sentence {
    format!("“{title}” is here already, with other marks. The file was opened as a copy.")
}

/// The article that was opened is already in the library, but cannot be compared.
pub(crate) fn copied_beside_unreadable(title: &str, error: &OpenError) -> Sentence {
    format!(
        "“{title}” is here already and could not be read: {} The file was opened as a copy.",
        open_error(error)
    )
}

/// The title of a copy.
pub(crate) fn copy_title(title: &str) -> String {
    format!("{title} (copy)")
}

/// Parts of an article that was opened are damaged.
pub(crate) fn opened_damaged(lost: &[Loss]) -> Sentence {
    format!(
        "Parts of this article are damaged: {}. Everything else is here; the damaged records were \
         set aside. Export the article now.",
        losses(lost)
    )
}

/// A file has fields that this version does not know; `fields`: where they are.
pub(crate) fn unknown_fields(name: &str, fields: &[String]) -> Sentence {
    const SHOWN: usize = 3;
    let mut shown = fields[..fields.len().min(SHOWN)].join(", ");
    if fields.len() > SHOWN {
        shown += &format!(" and {} more", fields.len() - SHOWN);
    }
    let count = match fields.len() {
        1 => "1 field".to_owned(),
        count => format!("{count} fields"),
    };
    format!("“{name}” has {count} that this version does not know and cannot keep: {shown}.")
}

/// An article was deleted; it can be restored.
pub(crate) fn deleted(title: &str) -> Sentence {
    format!("“{title}” was deleted.")
}

/// An article was restored.
pub(crate) fn restored(title: &str) -> Sentence {
    format!("{title} was restored")
}

/// An article was deleted for good.
pub(crate) fn purged(title: &str) -> Sentence {
    format!("{title} was deleted for good")
}
