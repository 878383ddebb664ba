//! The folder outside the browser that is kept up to date.

use pullquote_core::model::id::Id;
use pullquote_core::model::library_entry::LibraryEntry;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::sorted::VecMap;
use std::rc::Rc;

/// The folder outside that is kept up to date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Folder {
    /// The browser has no way to it.
    #[default]
    Unsupported,
    /// None was chosen.
    Nothing,
    /// One was chosen; the browser wants to ask the user again before it is written to.
    Asks(Rc<str>),
    /// Articles that were changed go into it by themselves.
    Open {
        /// Its name.
        name: Rc<str>,
        /// When everything was last in it.
        at: Option<Timestamp>,
        /// Why something could not be written, in words.
        failed: Option<Rc<str>>,
    },
}

/// What was written of an article into the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderCopy {
    /// The file's name.
    pub name: String,
    /// The article's last change in it.
    pub changed: Timestamp,
}

/// What a round of copies into the folder came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FolderUpdate {
    /// The articles, each with the time when it was read.
    pub articles: Vec<(Id, Timestamp)>,
    /// Why the others could not be written, in words.
    pub failed: Option<String>,
    /// Whether the browser wants to ask the user before anything is written.
    pub asks: bool,
}

/// The articles that the folder does not have as they are, in the order of the library.
/// What is deleted stays in the folder as it is.
#[must_use]
pub fn due<'a>(
    lines: &'a [LibraryEntry],
    written: &VecMap<Id, FolderCopy>,
) -> Vec<&'a LibraryEntry> {
    let is_due = |line: &&LibraryEntry| {
        let there = written.get(&line.id);
        line.deleted.is_none() && there.is_none_or(|there| there.changed != line.changed)
    };
    lines.iter().filter(is_due).collect()
}
