//! The buttons of notices.

/// Asks again whether two marks mention the same entity.
pub(crate) const ASK_AGAIN: &str = "Ask again";
/// Restores an article that was deleted.
pub(crate) const RESTORE: &str = "Restore article";
/// Creates a tag although another has nearly the same name.
pub(crate) const CREATE_ANYWAY: &str = "Create it";
/// Exports the open article as a file.
pub(crate) const EXPORT: &str = "Export";
/// Opens the article that the notice is about.
pub(crate) const OPEN: &str = "Open";
/// Saves the open article as a new one.
pub(crate) const SAVE_AS_NEW: &str = "Save as new";
/// Goes to the library.
pub(crate) const LIBRARY: &str = "Library";
/// Goes to the library, to delete articles.
pub(crate) const MAKE_ROOM: &str = "Make room";
/// Saves again what was not saved.
pub(crate) const TRY_AGAIN: &str = "Try again";
/// Undoes the step that the notice is about.
pub(crate) const UNDO: &str = "Undo";
/// Replaces the note with that of the other tab.
pub(crate) const USE_OTHER_NOTE: &str = "Use the other";
/// Keeps the note of this tab.
pub(crate) const USE_THIS_NOTE: &str = "Use this one";
