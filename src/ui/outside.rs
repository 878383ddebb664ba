//! Requests of the app, handed to the browser; outcomes come back as actions.

use crate::app::{Action, Request};
use crate::browser::{
    address, backup, clipboard, clock, datasets, files, folder, outline, preferences, print,
    scroll, shelter, storage,
};
use pullquote_core::formats::write_asides;
use yew::Callback;
use yew::platform::spawn_local;

/// Does one thing outside.
pub(super) fn carry_out(request: &Request, on: &Callback<Action>) {
    match request.clone() {
        Request::ReadShelf => {
            let on = on.clone();
            spawn_local(async move {
                on.emit(Action::ShelfRead(storage::read_shelf().await));
            });
        }
        Request::ReadLine(id) => {
            let on = on.clone();
            spawn_local(async move {
                on.emit(Action::LineRead(id, storage::read_line(id).await));
            });
        }
        Request::ReadLater(article, number) => {
            let on = on.clone();
            spawn_local(async move {
                let later = storage::read_later(&article, number).await;
                on.emit(Action::LaterRead(article.id, later));
            });
        }
        Request::ReadOlder(article, number) => {
            let on = on.clone();
            spawn_local(async move {
                let older = storage::read_older(&article, number).await;
                on.emit(Action::OlderRead(article.id, older));
            });
        }
        Request::ReadDocument(id, purpose) => {
            let on = on.clone();
            spawn_local(async move {
                let read = storage::read_document(id).await;
                on.emit(Action::DocumentRead(id, purpose, read));
            });
        }
        Request::Hold(article, entry) => storage::hold(&article, &entry),
        Request::Release(article, entry) => storage::release(article, entry),
        Request::Keep(ticket, changes) => {
            let on = on.clone();
            spawn_local(async move {
                on.emit(Action::Answered(ticket, storage::keep(changes).await));
            });
        }
        Request::Export(exporter, document, kept) => {
            let on = on.clone();
            let asked = clock::now();
            spawn_local(async move {
                let result = files::export(exporter, &document, kept).await;
                on.emit(Action::Downloaded(document.article().id, asked, result));
            });
        }
        Request::Dataset(number, wanted, source, gives) => {
            let on = on.clone();
            let telling = on.clone();
            spawn_local(async move {
                let told = move |done, all| telling.emit(Action::DatasetGrew(number, done, all));
                let made = datasets::make(*wanted, source, gives, told).await;
                on.emit(Action::DatasetMade(number, made));
            });
        }
        Request::StopDataset => datasets::stop(),
        Request::BackUp => {
            let on = on.clone();
            let telling = on.clone();
            spawn_local(async move {
                let told = move |done, all| telling.emit(Action::BackingUp(done, all));
                on.emit(Action::BackedUp(backup::back_up(told).await));
            });
        }
        Request::Survey(file) => {
            let on = on.clone();
            spawn_local(async move {
                let findings = backup::survey(&file).await;
                on.emit(Action::Surveyed(file, findings));
            });
        }
        Request::Restore(file) => {
            let on = on.clone();
            let telling = on.clone();
            spawn_local(async move {
                let told = move |done| telling.emit(Action::Restoring(done));
                let findings = backup::restore(&file, told).await;
                on.emit(Action::Restored(file, findings));
            });
        }
        Request::DownloadRecords(only) => {
            let on = on.clone();
            spawn_local(async move {
                let result = match storage::read_raw(only).await {
                    Ok(records) => files::download(
                        "pullquote-records.json",
                        "application/json",
                        &write_asides(&records),
                    ),
                    Err(refusal) => Err(refusal.to_string()),
                };
                on.emit(Action::RecordsDownloaded(only, result));
            });
        }
        Request::ReadShelter => {
            let on = on.clone();
            spawn_local(async move {
                on.emit(Action::ShelterRead(shelter::read().await));
            });
        }
        Request::Persist => {
            let on = on.clone();
            spawn_local(async move {
                let (shelter, is_news) = shelter::persist().await;
                on.emit(Action::Persisted(shelter, is_news));
            });
        }
        Request::ReadFolder => {
            let on = on.clone();
            spawn_local(async move {
                on.emit(Action::FolderRead(folder::read().await));
            });
        }
        Request::ChooseFolder => {
            let on = on.clone();
            spawn_local(async move {
                match folder::choose().await {
                    Some(Ok(folder)) => on.emit(Action::FolderRead(folder)),
                    Some(Err(reason)) => on.emit(Action::FolderFailed(reason)),
                    None => {}
                }
            });
        }
        Request::AllowFolder => {
            let on = on.clone();
            spawn_local(async move {
                on.emit(Action::FolderRead(folder::allow().await));
            });
        }
        Request::LeaveFolder => spawn_local(folder::leave()),
        Request::CopyOut => {
            let on = on.clone();
            spawn_local(async move {
                if let Some(copied) = folder::copy_out().await {
                    on.emit(Action::CopiedOut(copied));
                }
            });
        }
        Request::Measure(id) => {
            let on = on.clone();
            spawn_local(async move {
                on.emit(Action::Measured(id, storage::measure(id).await));
            });
        }
        Request::Go(route) => address::go(route),
        Request::Print(article) => print::print(article.blocks().len()),
        Request::Reveal(spot) => scroll::reveal(spot),
        Request::RevealWords(words) => scroll::reveal_words(&words),
        Request::Focus(spot) => {
            if outline::is_focus_lost() {
                match spot {
                    Some(spot) => outline::focus_mark(&spot),
                    None => outline::focus_in_place("article"),
                }
            }
        }
        Request::ReadCodebook => on.emit(Action::CodebookRead(preferences::codebook())),
        Request::KeepCodebook(book) => {
            if let Err(reason) = preferences::keep_codebook(book.as_deref()) {
                on.emit(Action::NotPreferred(reason));
            }
        }
        Request::Copy(text) => {
            let on = on.clone();
            spawn_local(async move {
                on.emit(Action::Copied(clipboard::copy(&text).await));
            });
        }
        Request::Download(name, media_type, text) => {
            if let Err(reason) = files::download(&name, media_type, &text) {
                on.emit(Action::NotWritten(reason));
            }
        }
    }
}
