//! The library screen: all articles of this browser.

use crate::browser::clock;
use crate::browser::page::{focus, viewport};
use crate::ui::library::add_article::AddArticle;
use crate::ui::library::backup_panel::BackupPanel;
use crate::ui::library::backup_settings::BackupSettings;
use crate::ui::library::entry_row::EntryRow;
use pullquote_app::action::Action;
use pullquote_app::backup::folder::Folder;
use pullquote_app::backup::state::BackupProgress;
use pullquote_app::backup::storage_status::StorageStatus;
use pullquote_app::library::action::LibraryAction;
use pullquote_app::library::state::Library;
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
    let articles = props.library.live();
    let deleted = props.library.deleted();
    // The article that was left may have been scrolled far down.
    use_effect_with((), |()| viewport::scroll_to_top());
    html! {
        <main class="library">
            <h1 class="unseen">{ "Library" }</h1>
            <AddArticle on={props.on.clone()} />
            <BackupPanel backup_progress={props.backup_progress.clone()} now={props.now} on={props.on.clone()} />
            { match &props.library {
                Library::Reading => html! { <p class="empty">{ "Reading the library…" }</p> },
                Library::Failed(error) => html! {
                    <p class="empty warn">{ format!("The library cannot be read: {} What you open now can be marked and exported, but will not be saved.", store_error(error)) }</p>
                },
                Library::Read(_) if articles.is_empty() => html! {
                    <div class="empty">
                        <p>{ "No articles yet." }</p>
                        <p>{ "Open a text file, paste one, or start with the sample: a one-page article with actors, places, commitments and events already marked." }</p>
                    </div>
                },
                Library::Read(_) => html! {
                    <EntryTable entries={articles.clone()} now={props.now} on={props.on.clone()} />
                },
            } }
            if !deleted.is_empty() {
                { deleted_entries(&deleted, props) }
            }
            <BackupSettings
                articles={articles.len() + deleted.len()}
                storage_status={props.storage_status}
                folder={props.folder.clone()}
                set_aside={props.set_aside}
                has_asides={props.has_asides}
                busy={props.backup_progress.is_under_way()}
                now={props.now}
                on={props.on.clone()}
            />
        </main>
    }
}

/// How many rows are drawn at once: more than any screen shows.
const FIRST_ROWS: usize = 40;

/// How many rows are added in each frame after that.
const ROWS_PER_FRAME: usize = 80;

#[derive(PartialEq, Properties)]
struct EntryTableProps {
    entries: Vec<Rc<LibraryEntry>>,
    now: Timestamp,
    on: Callback<Action>,
}

/// The articles. Those that fit on a screen are drawn at once, the others in the next frames:
/// nobody waits for a large library, and the browser still finds all of it.
#[component]
fn EntryTable(props: &EntryTableProps) -> Html {
    let drawn = use_state_eq(|| FIRST_ROWS);
    let all = props.entries.len();
    {
        let (drawn, set) = (*drawn, drawn.setter());
        use_effect_with((drawn, all), move |(drawn, all)| {
            let more = *drawn + ROWS_PER_FRAME;
            let frame = (*drawn < *all).then(|| clock::next_frame(move || set.set(more)));
            move || drop(frame)
        });
    }
    let mut titles: Vec<&str> = props
        .entries
        .iter()
        .map(|entry| entry.title.as_str())
        .collect();
    titles.sort_unstable();
    let has_namesake = |title: &str| {
        let first = titles.partition_point(|other| *other < title);
        titles.get(first + 1) == Some(&title)
    };
    html! {
        <table class="shelf" aria-rowcount={(all + 1).to_string()}>
            <caption class="unseen">{ "Articles" }</caption>
            <thead>
                <tr>
                    <th scope="col">{ "Article" }</th>
                    <th scope="col">{ "Marks" }</th>
                    <th scope="col">{ "Changed" }</th>
                    <th scope="col">{ "Backed up" }</th>
                    <th scope="col"><span class="unseen">{ "Actions" }</span></th>
                </tr>
            </thead>
            <tbody>
                for entry in props.entries.iter().take(*drawn) {
                    <EntryRow key={entry.id.to_string()} entry={entry.clone()} has_namesake={has_namesake(&entry.title)} now={props.now} on={props.on.clone()} />
                }
            </tbody>
        </table>
    }
}

/// The deleted articles, which can be restored or deleted for good.
fn deleted_entries(deleted: &[Rc<LibraryEntry>], props: &LibraryScreenProps) -> Html {
    let rows = deleted.iter().map(|entry| {
        let id = entry.id;
        let restore = props.on.reform(move |_: MouseEvent| {
            focus::element(".intake button");
            Action::Library(LibraryAction::ArticleRestored(id))
        });
        let purge = props.on.reform(move |_: MouseEvent| {
            focus::element(".intake button");
            Action::Library(LibraryAction::ArticlePurged(id))
        });
        let when = entry.deleted.unwrap_or(entry.changed);
        html! {
            <li key={id.to_string()}>
                <span class="bin-title" dir="auto">{ &entry.title }</span>
                <span class="quiet">{ format!("{} marks · deleted {}", entry.marks(), ago(when, props.now)) }</span>
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
