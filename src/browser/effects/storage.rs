//! Effects on the storage: reading, saving, and what the browser promises of it.

use crate::browser::effects::dispatch::{Dispatch, browser_reason, dispatch_later};
use crate::browser::error::BrowserError;
use crate::browser::files::download;
use crate::browser::storage::{documents, persistence, saving};
use pullquote_app::action::Action;
use pullquote_app::backup::action::BackupAction;
use pullquote_app::library::action::LibraryAction;
use pullquote_app::library::read_purpose::ReadPurpose;
use pullquote_app::saving::action::SavingAction;
use pullquote_app::saving::ticket::Ticket;
use pullquote_app::store::change::StoreChange;
use pullquote_core::model::article::Article;
use pullquote_core::model::id::Id;
use pullquote_formats::records::envelope::write_asides;

use std::rc::Rc;

pub(crate) fn read_library(dispatch: &Dispatch) {
    dispatch_later(dispatch, async {
        Action::Library(LibraryAction::LibraryRead(documents::read_library().await))
    });
}

pub(crate) fn read_library_entry(dispatch: &Dispatch, id: Id) {
    dispatch_later(dispatch, async move {
        let result = documents::read_library_entry(id).await;
        Action::Library(LibraryAction::EntryRead { id, result })
    });
}

pub(crate) fn read_document(dispatch: &Dispatch, id: Id, purpose: ReadPurpose) {
    dispatch_later(dispatch, async move {
        let result = documents::read_document(id).await;
        Action::Library(LibraryAction::DocumentRead {
            id,
            purpose,
            result,
        })
    });
}

pub(crate) fn read_later_entries(dispatch: &Dispatch, article: Rc<Article>, number: u64) {
    dispatch_later(dispatch, async move {
        let result = documents::read_later_entries(&article, number).await;
        let id = article.id;
        Action::Saving(SavingAction::JournalRead { id, result })
    });
}

pub(crate) fn read_older_entries(dispatch: &Dispatch, article: Rc<Article>, number: u64) {
    dispatch_later(dispatch, async move {
        let result = documents::read_older_entries(&article, number).await;
        let id = article.id;
        Action::Saving(SavingAction::OlderEntriesRead { id, result })
    });
}

pub(crate) fn save(dispatch: &Dispatch, ticket: Ticket, changes: Vec<Rc<StoreChange>>) {
    dispatch_later(dispatch, async move {
        let result = saving::save(changes).await;
        Action::Saving(SavingAction::StoreAnswered { ticket, result })
    });
}

pub(crate) fn measure(dispatch: &Dispatch, id: Id) {
    dispatch_later(dispatch, async move {
        let size = documents::measure(id).await;
        Action::Saving(SavingAction::JournalMeasured { id, size })
    });
}

/// Downloads the records that were set aside, or all records of one article.
pub(crate) fn download_records(dispatch: &Dispatch, only: Option<Id>) {
    dispatch_later(dispatch, async move {
        let result = download_raw(only).await.map_err(browser_reason);
        let article = only;
        Action::Backup(BackupAction::RecordsDownloaded { article, result })
    });
}

async fn download_raw(only: Option<Id>) -> Result<(), BrowserError> {
    let records = documents::read_raw(only).await?;
    let text = write_asides(&records);
    download::text("pullquote-records.json", "application/json", &text)
}

pub(crate) fn read_status(dispatch: &Dispatch) {
    dispatch_later(dispatch, async {
        Action::Backup(BackupAction::StorageStatusRead(persistence::read().await))
    });
}

pub(crate) fn persist(dispatch: &Dispatch) {
    dispatch_later(dispatch, async {
        let answer = persistence::persist().await;
        Action::Backup(BackupAction::PersistenceAnswered {
            status: answer.status,
            changed: answer.is_new,
        })
    });
}
