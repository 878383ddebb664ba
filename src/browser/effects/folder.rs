//! Effects on the folder that is kept up to date.

use crate::browser::effects::dispatch::{Dispatch, browser_reason, dispatch_later};
use crate::browser::files::folder;
use pullquote_app::action::Action;
use pullquote_app::backup::action::BackupAction;

use wasm_bindgen_futures::spawn_local;

pub(crate) fn read(dispatch: &Dispatch) {
    dispatch_later(dispatch, async {
        Action::Backup(BackupAction::FolderRead(folder::read().await))
    });
}

/// Lets the user choose a folder. No action follows if they cancel.
pub(crate) fn choose(dispatch: &Dispatch) {
    let dispatch = dispatch.clone();
    spawn_local(async move {
        if let Some(chosen) = folder::choose().await {
            dispatch(Action::Backup(match chosen {
                Ok(folder) => BackupAction::FolderRead(folder),
                Err(error) => BackupAction::FolderRefused(browser_reason(error)),
            }));
        }
    });
}

pub(crate) fn allow(dispatch: &Dispatch) {
    dispatch_later(dispatch, async {
        Action::Backup(BackupAction::FolderRead(folder::allow().await))
    });
}

pub(crate) fn forget() {
    spawn_local(folder::forget());
}

/// Updates the folder. No action follows if a later update does it.
pub(crate) fn update(dispatch: &Dispatch) {
    let dispatch = dispatch.clone();
    spawn_local(async move {
        if let Some(update) = folder::update().await {
            dispatch(Action::Backup(BackupAction::FolderUpdated(update)));
        }
    });
}
