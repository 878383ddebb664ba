//! Requests of the app, handed to the browser; outcomes come back as actions.

use crate::browser::files::{backup, folder, open};
use crate::browser::page::{address, dom, print, scroll};
use crate::browser::storage::{documents, persistence, preferences};
use crate::browser::worker::datasets;
use crate::browser::{clipboard, clock};
use pullquote_app::action::Action;
use pullquote_app::backup::action::BackupAction;
use pullquote_app::codebook::action::CodebookAction;
use pullquote_app::effect::Effect;
use pullquote_app::export::action::ExportAction;
use pullquote_app::library::action::LibraryAction;
use pullquote_app::saving::action::SavingAction;
use pullquote_formats::records::envelope::write_asides;

use yew::Callback;
use yew::platform::spawn_local;

/// Does one thing outside.
pub(crate) fn perform(request: &Effect, on: &Callback<Action>) {
    match request.clone() {
        Effect::ReadShelf => {
            let on = on.clone();
            spawn_local(async move {
                on.emit(Action::Library(LibraryAction::LibraryRead(
                    documents::read_shelf().await,
                )));
            });
        }
        Effect::ReadLine(id) => {
            let on = on.clone();
            spawn_local(async move {
                on.emit(Action::Library(LibraryAction::EntryRead {
                    id,
                    result: documents::read_line(id).await,
                }));
            });
        }
        Effect::ReadLater(article, number) => {
            let on = on.clone();
            spawn_local(async move {
                let later = documents::read_later(&article, number).await;
                on.emit(Action::Saving(SavingAction::JournalRead {
                    id: article.id,
                    result: later,
                }));
            });
        }
        Effect::ReadOlder(article, number) => {
            let on = on.clone();
            spawn_local(async move {
                let older = documents::read_older(&article, number).await;
                on.emit(Action::Saving(SavingAction::OlderEntriesRead {
                    id: article.id,
                    result: older,
                }));
            });
        }
        Effect::ReadDocument(id, purpose) => {
            let on = on.clone();
            spawn_local(async move {
                let read = documents::read_document(id).await;
                on.emit(Action::Library(LibraryAction::DocumentRead {
                    id,
                    purpose,
                    result: read,
                }));
            });
        }
        Effect::Hold(article, entry) => documents::hold(&article, &entry),
        Effect::Release(article, entry) => documents::release(article, entry),
        Effect::Keep(ticket, changes) => {
            let on = on.clone();
            spawn_local(async move {
                on.emit(Action::Saving(SavingAction::StoreAnswered {
                    ticket,
                    result: documents::keep(changes).await,
                }));
            });
        }
        Effect::Export(document, kept) => {
            let on = on.clone();
            let asked = clock::now();
            spawn_local(async move {
                let result = open::export(&document, kept).await;
                on.emit(Action::Export(ExportAction::ArticleFileWritten {
                    id: document.article().id,
                    asked,
                    result,
                }));
            });
        }
        Effect::Dataset(number, wanted, source, gives) => {
            let on = on.clone();
            let telling = on.clone();
            spawn_local(async move {
                let told = move |done, all| {
                    telling.emit(Action::Export(ExportAction::DatasetProgressed {
                        number,
                        done,
                        all,
                    }))
                };
                let made = datasets::make(*wanted, source, gives, told).await;
                on.emit(Action::Export(ExportAction::DatasetBuilt {
                    number,
                    result: made,
                }));
            });
        }
        Effect::StopDataset => datasets::stop(),
        Effect::BackUp => {
            let on = on.clone();
            let telling = on.clone();
            spawn_local(async move {
                let told = move |done, all| {
                    telling.emit(Action::Backup(BackupAction::Progressed { done, all }))
                };
                on.emit(Action::Backup(BackupAction::Written(
                    backup::back_up(told).await,
                )));
            });
        }
        Effect::Survey(file) => {
            let on = on.clone();
            spawn_local(async move {
                let findings = backup::survey(&file).await;
                on.emit(Action::Backup(BackupAction::Surveyed {
                    backup: file,
                    result: findings,
                }));
            });
        }
        Effect::Restore(file) => {
            let on = on.clone();
            let telling = on.clone();
            spawn_local(async move {
                let told = move |done| {
                    telling.emit(Action::Backup(BackupAction::RestoreProgressed { done }))
                };
                let findings = backup::restore(&file, told).await;
                on.emit(Action::Backup(BackupAction::Restored {
                    backup: file,
                    result: findings,
                }));
            });
        }
        Effect::DownloadRecords(only) => {
            let on = on.clone();
            spawn_local(async move {
                let result = match documents::read_raw(only).await {
                    Ok(records) => open::download(
                        "pullquote-records.json",
                        "application/json",
                        &write_asides(&records),
                    ),
                    Err(refusal) => Err(refusal.to_string()),
                };
                on.emit(Action::Backup(BackupAction::RecordsDownloaded {
                    article: only,
                    result,
                }));
            });
        }
        Effect::ReadShelter => {
            let on = on.clone();
            spawn_local(async move {
                on.emit(Action::Backup(BackupAction::StorageStatusRead(
                    persistence::read().await,
                )));
            });
        }
        Effect::Persist => {
            let on = on.clone();
            spawn_local(async move {
                let (storage_status, is_news) = persistence::persist().await;
                on.emit(Action::Backup(BackupAction::PersistenceAnswered {
                    status: storage_status,
                    changed: is_news,
                }));
            });
        }
        Effect::ReadFolder => {
            let on = on.clone();
            spawn_local(async move {
                on.emit(Action::Backup(BackupAction::FolderRead(
                    folder::read().await,
                )));
            });
        }
        Effect::ChooseFolder => {
            let on = on.clone();
            spawn_local(async move {
                match folder::choose().await {
                    Some(Ok(folder)) => on.emit(Action::Backup(BackupAction::FolderRead(folder))),
                    Some(Err(reason)) => {
                        on.emit(Action::Backup(BackupAction::FolderRefused(reason)))
                    }
                    None => {}
                }
            });
        }
        Effect::AllowFolder => {
            let on = on.clone();
            spawn_local(async move {
                on.emit(Action::Backup(BackupAction::FolderRead(
                    folder::allow().await,
                )));
            });
        }
        Effect::LeaveFolder => spawn_local(folder::leave()),
        Effect::CopyOut => {
            let on = on.clone();
            spawn_local(async move {
                if let Some(copied) = folder::copy_out().await {
                    on.emit(Action::Backup(BackupAction::FolderUpdated(copied)));
                }
            });
        }
        Effect::Measure(id) => {
            let on = on.clone();
            spawn_local(async move {
                on.emit(Action::Saving(SavingAction::JournalMeasured {
                    id,
                    size: documents::measure(id).await,
                }));
            });
        }
        Effect::Go(route) => address::go(route),
        Effect::Print(article) => print::print(article.blocks().len()),
        Effect::Reveal(spot) => scroll::reveal(spot),
        Effect::RevealWords(words) => scroll::reveal_words(&words),
        Effect::Focus(spot) => {
            if dom::is_focus_lost() {
                match spot {
                    Some(spot) => dom::focus_mark(&spot),
                    None => dom::focus_in_place("article"),
                }
            }
        }
        Effect::ReadCodebook => on.emit(Action::Codebook(CodebookAction::DefaultRead(
            preferences::codebook(),
        ))),
        Effect::KeepCodebook(book) => {
            if let Err(reason) = preferences::keep_codebook(book.as_deref()) {
                on.emit(Action::Codebook(CodebookAction::DefaultNotSaved(reason)));
            }
        }
        Effect::Copy(text) => {
            let on = on.clone();
            spawn_local(async move {
                on.emit(Action::TextCopied(clipboard::copy(&text).await));
            });
        }
        Effect::Download(name, media_type, text) => {
            if let Err(reason) = open::download(&name, media_type, &text) {
                on.emit(Action::FileNotWritten(reason));
            }
        }
    }
}
