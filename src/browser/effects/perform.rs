//! The match over all effects.

use crate::browser::clipboard;
use crate::browser::effects::dispatch::{Dispatch, browser_reason, dispatch_later};
use crate::browser::effects::{backup, export, folder, storage};
use crate::browser::files::download;
use crate::browser::page::{address, focus, print, scroll};
use crate::browser::storage::{preferences, saving};
use crate::browser::worker::client;
use crate::browser::worker::datasets;
use pullquote_app::action::Action;
use pullquote_app::codebook::action::CodebookAction;
use pullquote_app::editor::mark_location::MarkLocation;
use pullquote_app::effect::Effect;
use pullquote_app::export::action::ExportAction;
use pullquote_app::library::action::LibraryAction;
use pullquote_core::model::codebook::Codebook;

/// Performs one effect.
pub fn perform(effect: &Effect, dispatch: &Dispatch) {
    match effect.clone() {
        Effect::ReadLibrary => storage::read_library(dispatch),
        Effect::ReadEntry(id) => storage::read_library_entry(dispatch, id),
        Effect::ReadNewEntries {
            article,
            after: number,
        } => {
            storage::read_later_entries(dispatch, article, number);
        }
        Effect::ReadOlderEntries {
            article,
            before: number,
        } => {
            storage::read_older_entries(dispatch, article, number);
        }
        Effect::ReadDocument { id, purpose } => storage::read_document(dispatch, id, purpose),
        Effect::LogPending { article, entry } => saving::hold(&article, &entry),
        Effect::ForgetPending { article, entry } => saving::release(article, entry),
        Effect::Save { ticket, changes } => storage::save(dispatch, ticket, changes),
        Effect::MeasureJournal(id) => storage::measure(dispatch, id),
        Effect::DownloadRecords(only) => storage::download_records(dispatch, only),
        Effect::ReadStorageStatus => storage::read_status(dispatch),
        Effect::Persist => storage::persist(dispatch),

        Effect::WriteArticleFile { document, stored } => {
            export::export(dispatch, document, stored);
        }
        Effect::BuildDataset {
            number,
            settings,
            source,
            download: gives,
        } => {
            export::make_dataset(dispatch, number, *settings, source, gives);
        }
        Effect::StopDataset => datasets::stop(),
        Effect::CopyText(text) => copy(dispatch, text),
        Effect::DownloadFile {
            name,
            media_type,
            text,
        } => {
            if let Err(error) = download::text(&name, media_type, &text) {
                dispatch(Action::FileNotWritten(browser_reason(error)));
            }
        }

        Effect::WriteBackup => backup::back_up(dispatch),
        Effect::SurveyBackup(source) => backup::survey(dispatch, source),
        Effect::RestoreBackup(source) => backup::restore(dispatch, source),

        Effect::ReadFolder => folder::read(dispatch),
        Effect::ChooseFolder => folder::choose(dispatch),
        Effect::AllowFolder => folder::allow(dispatch),
        Effect::ForgetFolder => folder::forget(),
        Effect::UpdateFolder => folder::update(dispatch),

        Effect::ChangeRoute(route) => address::go(route),
        Effect::Print(article) => print::print(article.blocks().len()),
        Effect::RevealMark(mark) => scroll::reveal(mark),
        Effect::RevealWords(words) => scroll::reveal_words(&words),
        Effect::Focus(mark) => restore_focus(mark.as_ref()),

        Effect::ReadLibraryOrder => {
            if let Some(order) = preferences::library_order() {
                dispatch(Action::Library(LibraryAction::OrderRead(order)));
            }
        }
        Effect::SaveLibraryOrder(order) => preferences::set_library_order(order),
        Effect::ReadDefaultCodebook => read_codebook(dispatch),
        Effect::ReadShippedCodebooks => read_shipped_codebooks(dispatch),
        Effect::SaveDefaultCodebook(codebook) => set_codebook(dispatch, codebook.as_deref()),
        Effect::ReadRecentFormats => {
            let recent = ExportAction::RecentRead(preferences::recent_formats());
            dispatch(Action::Export(recent));
        }
        Effect::SaveRecentFormats(ids) => preferences::set_recent_formats(&ids),
    }
}

fn copy(dispatch: &Dispatch, text: String) {
    dispatch_later(dispatch, async move {
        Action::TextCopied(clipboard::copy(&text).await.map_err(browser_reason))
    });
}

/// Gives the focus to a mark, or to the article, if nothing has it.
fn restore_focus(mark: Option<&MarkLocation>) {
    if focus::is_lost() {
        match mark {
            Some(mark) => focus::mark(mark),
            None => focus::without_scrolling("article"),
        }
    }
}

fn read_codebook(dispatch: &Dispatch) {
    let action = CodebookAction::DefaultRead(preferences::codebook());
    dispatch(Action::Codebook(action));
}

fn read_shipped_codebooks(dispatch: &Dispatch) {
    dispatch_later(dispatch, async move {
        let read = client::shipped_codebooks().await.map_err(browser_reason);
        Action::Codebook(CodebookAction::ShippedRead(read))
    });
}

fn set_codebook(dispatch: &Dispatch, codebook: Option<&Codebook>) {
    if let Err(error) = preferences::set_codebook(codebook) {
        let action = CodebookAction::DefaultNotSaved(browser_reason(error));
        dispatch(Action::Codebook(action));
    }
}
