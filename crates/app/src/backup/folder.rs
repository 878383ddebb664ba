//! The backup folder: a folder on the disk that gets a file for each article.

use pullquote_core::model::id::Id;
use pullquote_core::model::library_entry::LibraryEntry;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::sorted::VecMap;
use std::rc::Rc;

/// The backup folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Folder {
    /// The browser cannot write to folders.
    #[default]
    Unsupported,
    /// No folder was chosen.
    Nothing,
    /// A folder with this name was chosen, but the browser wants to ask the user for permission
    /// before it is written to.
    Asks(Rc<str>),
    /// Changed articles are written to the folder automatically.
    Open {
        /// Its name.
        name: Rc<str>,
        /// When the folder last had everything.
        at: Option<Timestamp>,
        /// Why an article could not be written, as a sentence.
        failed: Option<Rc<str>>,
    },
}

/// The file of an article in the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderCopy {
    /// The file's name.
    pub name: String,
    /// When the article was last changed, as of this file.
    pub changed: Timestamp,
}

/// The result of updating the folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FolderUpdate {
    /// The articles that were written, each with the time when it was read.
    pub articles: Vec<(Id, Timestamp)>,
    /// Why the others could not be written, as a sentence.
    pub failed: Option<String>,
    /// Whether the browser wants to ask the user for permission first.
    pub asks: bool,
}

/// The articles whose files in the folder are missing or out of date, in the order of the library.
/// Files of deleted articles stay as they are.
#[must_use]
pub fn due<'a>(
    entries: &'a [LibraryEntry],
    written: &VecMap<Id, FolderCopy>,
) -> Vec<&'a LibraryEntry> {
    let is_due = |entry: &&LibraryEntry| {
        let file = written.get(&entry.id);
        entry.deleted.is_none() && file.is_none_or(|file| file.changed != entry.changed)
    };
    entries.iter().filter(is_due).collect()
}
