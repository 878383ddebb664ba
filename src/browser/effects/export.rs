//! Effects that write an article or a dataset into a file.

use crate::browser::clock;
use crate::browser::effects::dispatch::{Dispatch, browser_reason, dispatch_later, reason};
use crate::browser::files::export;
use crate::browser::worker::datasets;
use crate::browser::worker::datasets::{DatasetUse, Source};
use pullquote_app::action::Action;
use pullquote_app::export::action::ExportAction;
use pullquote_app::export::settings::ExportSettings;
use pullquote_core::edit::journal_entry::JournalHead;
use pullquote_core::model::document::Document;

use std::rc::Rc;

/// Downloads the file of a document. The action has the time when the file was asked for.
pub(crate) fn export(
    dispatch: &Dispatch,
    document: Rc<Document>,
    stored: Option<(u64, Option<JournalHead>)>,
) {
    let asked = clock::now();
    dispatch_later(dispatch, async move {
        let result = export::export(&document, stored).await;
        Action::Export(ExportAction::ArticleFileWritten {
            id: document.article().id,
            asked,
            result: result.map_err(browser_reason),
        })
    });
}

/// Makes the dataset of this number. If the effect `gives` it, the user gets the file.
pub(crate) fn make_dataset(
    dispatch: &Dispatch,
    number: u64,
    settings: ExportSettings,
    source: Option<Source>,
    gives: bool,
) {
    let progress = dispatch.clone();
    dispatch_later(dispatch, async move {
        let on_progress = move |done, all| {
            let action = ExportAction::DatasetProgressed { number, done, all };
            progress(Action::Export(action));
        };
        let purpose = match gives {
            true => DatasetUse::Download,
            false => DatasetUse::Preview,
        };
        let result = datasets::make(settings, source, purpose, on_progress).await;
        let result = result.map_err(reason);
        Action::Export(ExportAction::DatasetBuilt { number, result })
    });
}
