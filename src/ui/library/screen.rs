//! The library screen: all articles of this browser.

use crate::browser::files::pasted;
use crate::browser::page::{focus, viewport};
use crate::browser::storage::preferences;
use crate::ui::controls::file_button::FileButton;
use crate::ui::library::add_article::AddArticle;
use crate::ui::library::backup_panel::BackupPanel;
use crate::ui::library::backup_settings::{BackupSettings, backup_chosen};
use crate::ui::library::entry_table::EntryTable;
use crate::ui::library::opened_file::opened_file_action;
use pullquote_app::action::Action;
use pullquote_app::backup::folder::Folder;
use pullquote_app::backup::state::BackupProgress;
use pullquote_app::backup::storage_status::StorageStatus;
use pullquote_app::library::action::LibraryAction;
use pullquote_app::library::state::Library;
use pullquote_app::library::view::LibraryView;
use pullquote_app::messages::ago::ago;
use pullquote_app::messages::storage::store_error;
use pullquote_core::model::library_entry::LibraryEntry;
use pullquote_core::model::timestamp::Timestamp;
use std::rc::Rc;
use yew::prelude::*;

/// What the library is drawn from.
#[derive(PartialEq, Properties)]
pub struct LibraryScreenProps {
    /// The entries.
    pub library: Library,
    /// What the user chose to see of them.
    pub view: LibraryView,
    /// The progress of a backup or a restore.
    pub backup_progress: BackupProgress,
    /// What the browser says about its storage.
    pub storage_status: Option<StorageStatus>,
    /// The folder that gets a copy of every article.
    pub folder: Folder,
    /// How many records could not be read and were set aside.
    pub set_aside: usize,
    /// Whether those have been downloaded.
    pub has_asides: bool,
    /// The time, to the minute.
    pub now: Timestamp,
    /// Told what the user does.
    pub on: Callback<Action>,
}

/// The ways to add an article, the articles, the deleted ones, and the backups.
#[component]
pub fn LibraryScreen(props: &LibraryScreenProps) -> Html {
    // The article that was left may have been scrolled far down.
    use_effect_with((), |()| viewport::scroll_to_top());
    use_paste(&props.on);
    let deleted = props.library.deleted();
    // Until the storage has answered, the screen is as the library was last time.
    let is_cold = match &props.library {
        Library::Reading => !preferences::has_articles(),
        Library::Read(entries) => entries.is_empty(),
        Library::Failed(_) => false,
    };
    let has_folder = matches!(props.folder, Folder::Asks(_) | Folder::Open { .. });
    let has_backups = matches!(props.library, Library::Read(_)) && !is_cold;
    html! {
        <main class="library">
            <h1 class="unseen">{ "Library" }</h1>
            if is_cold {
                <p class="headline">{ "Mark the words that matter in an article, and export them as data." }</p>
            }
            <AddArticle {is_cold} on={props.on.clone()} />
            <BackupPanel backup_progress={props.backup_progress.clone()} now={props.now} on={props.on.clone()} />
            { articles(is_cold, props) }
            if !deleted.is_empty() {
                { deleted_entries(&deleted, props) }
            }
            if has_backups || has_folder || props.set_aside > 0 {
                <BackupSettings
                    has_articles={has_backups}
                    storage_status={props.storage_status}
                    folder={props.folder.clone()}
                    set_aside={props.set_aside}
                    has_asides={props.has_asides}
                    busy={props.backup_progress.is_under_way()}
                    now={props.now}
                    on={props.on.clone()}
                />
            }
        </main>
    }
}

/// The table of the articles, or why there is none.
fn articles(is_cold: bool, props: &LibraryScreenProps) -> Html {
    match &props.library {
        Library::Reading => html! { <p class="empty late">{ "Reading the library…" }</p> },
        Library::Failed(error) => html! {
            <p class="empty warn">{ format!("The library cannot be read: {} What you open now can be marked and exported, but will not be saved.", store_error(error)) }</p>
        },
        Library::Read(_) if is_cold => html! {
            <div class="empty cold">
                <p>{ "The sample is a one-page article with actors, places, commitments and events already marked." }</p>
                <p>
                    { "Coming from another browser?" }
                    <FileButton label="Restore a backup" class="ghost small" accept=".jsonl" multiple=false chosen={backup_chosen(&props.on)} />
                </p>
            </div>
        },
        Library::Read(_) => {
            let all = props.library.live();
            if all.is_empty() {
                return html! { <div class="empty"><p>{ "No articles. Open or paste one above." }</p></div> };
            }
            html! {
                <EntryTable
                    entries={props.view.listed(&props.library)}
                    all={all.len()}
                    has_done={all.iter().any(|entry| entry.done)}
                    view={props.view.clone()}
                    now={props.now}
                    on={props.on.clone()}
                />
            }
        }
    }
}

/// The deleted articles, which can be restored or deleted for good.
fn deleted_entries(deleted: &[Rc<LibraryEntry>], props: &LibraryScreenProps) -> Html {
    // The list goes with its last article.
    let beside = match deleted.len() {
        1 => ".intake button",
        _ => ".bin summary",
    };
    let rows = deleted.iter().map(|entry| {
        let id = entry.id;
        let restore = props.on.reform(move |_: MouseEvent| {
            focus::element(beside);
            Action::Library(LibraryAction::ArticleRestored(id))
        });
        let purge = props.on.reform(move |_: MouseEvent| {
            focus::element(beside);
            Action::Library(LibraryAction::ArticlePurged(id))
        });
        let when = entry.deleted.unwrap_or(entry.changed);
        let marks = match entry.marks() {
            1 => "1 mark".to_owned(),
            marks => format!("{marks} marks"),
        };
        html! {
            <li key={id.to_string()}>
                <span class="bin-title" dir="auto">{ &entry.title }</span>
                <span class="quiet">{ format!("{marks} · deleted {}", ago(when, props.now)) }</span>
                <button class="line small" aria-label={format!("Restore {}", entry.title)} onclick={restore}>{ "Restore" }</button>
                <button class="ghost small" aria-label={format!("Delete {} for good", entry.title)} onclick={purge}>{ "Delete for good" }</button>
            </li>
        }
    });
    html! {
        <details class="bin">
            <summary>{ format!("Recently deleted ({})", deleted.len()) }</summary>
            <ul>{ for rows }</ul>
        </details>
    }
}

/// What is pasted while no text box has the focus becomes an article.
#[hook]
fn use_paste(on: &Callback<Action>) {
    let on = on.clone();
    use_effect_with((), move |()| {
        let on_text = on.clone();
        let listener = pasted::listen(
            move |file| on.emit(opened_file_action(file)),
            move |text| on_text.emit(Action::Library(LibraryAction::TextPasted(text))),
        );
        move || drop(listener)
    });
}
