//! Effects that back up the library and restore backups.

use crate::browser::effects::dispatch::{Dispatch, dispatch_later, reason};
use crate::browser::files::backup;
use pullquote_app::action::Action;
use pullquote_app::backup::action::BackupAction;
use pullquote_app::backup::state::BackupSource;

pub(crate) fn back_up(dispatch: &Dispatch) {
    let progress = dispatch.clone();
    dispatch_later(dispatch, async move {
        let on_progress = move |done, all| {
            progress(Action::Backup(BackupAction::Progressed { done, all }));
        };
        let written = backup::back_up(on_progress).await;
        Action::Backup(BackupAction::Written(written.map_err(reason)))
    });
}

pub(crate) fn survey(dispatch: &Dispatch, source: BackupSource) {
    dispatch_later(dispatch, async move {
        let result = backup::survey(&source).await.map_err(reason);
        let backup = source;
        Action::Backup(BackupAction::Surveyed { backup, result })
    });
}

pub(crate) fn restore(dispatch: &Dispatch, source: BackupSource) {
    let progress = dispatch.clone();
    dispatch_later(dispatch, async move {
        let on_progress = move |done| {
            progress(Action::Backup(BackupAction::RestoreProgressed { done }));
        };
        let result = backup::restore(&source, on_progress).await;
        let result = result.map_err(reason);
        let backup = source;
        Action::Backup(BackupAction::Restored { backup, result })
    });
}
