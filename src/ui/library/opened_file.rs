//! What a file that the user opened stands for.

use crate::browser::files::open::{FileContent, OpenedFile};
use pullquote_app::action::Action;
use pullquote_app::backup::action::BackupAction;
use pullquote_app::browser_reason::BrowserReason;
use pullquote_app::codebook::action::CodebookAction;
use pullquote_app::library::action::LibraryAction;

/// The action for an opened file, which depends on its content.
pub(crate) fn opened_file_action(file: OpenedFile) -> Action {
    let alone = file.is_alone;
    match file.content {
        FileContent::Read { name, read } => {
            Action::Library(LibraryAction::FileRead { name, read, alone })
        }
        FileContent::Codebook { name, read } => {
            Action::Codebook(CodebookAction::FileRead { name, read })
        }
        FileContent::Reading { name } => Action::Library(LibraryAction::FileReadStarted(name)),
        FileContent::Unreadable { name, error } => {
            let reason = BrowserReason(error.to_string());
            Action::Library(LibraryAction::FileReadFailed { name, reason })
        }
        FileContent::Backup(backup) => Action::Backup(BackupAction::FileOpened(backup)),
    }
}
