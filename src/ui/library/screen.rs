//! The library: every article that is kept here.

use crate::browser::clock;
use crate::browser::page::{focus, viewport};
use crate::ui::library::backup::TransferPanel;
use crate::ui::library::entry_row::ShelfRow;
use crate::ui::library::intake::Intake;
use crate::ui::library::safekeeping::Safekeeping;
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
    /// The lines.
    pub library: Library,
    /// The library on its way into a file, or out of one.
    pub backup_progress: BackupProgress,
    /// What the browser says of its storage.
    pub storage_status: Option<StorageStatus>,
    /// The folder that is kept up to date.
    pub folder: Folder,
    /// How many records were set aside.
    pub set_aside: usize,
    /// Whether they were downloaded.
    pub has_asides: bool,
    /// The time, to the minute.
    pub now: Timestamp,
    /// Told what the user does.
    pub on: Callback<Action>,
}

/// The ways in, and the articles that are here.
#[component]
pub fn LibraryScreen(props: &LibraryScreenProps) -> Html {
    let live = props.library.live();
    let deleted = props.library.deleted();
    // The article that was left may have been scrolled far down.
    use_effect_with((), |()| viewport::scroll_to_top());
    html! {
        <main class="library">
            <h1 class="unseen">{ "Library" }</h1>
            <Intake on={props.on.clone()} />
            <TransferPanel backup_progress={props.backup_progress.clone()} now={props.now} on={props.on.clone()} />
            { match &props.library {
                Library::Reading => html! { <p class="empty">{ "Reading the library…" }</p> },
                Library::Failed(error) => html! {
                    <p class="empty warn">{ format!("The library cannot be read: {} What you open now can be marked and exported, but will not be kept.", store_error(error)) }</p>
                },
                Library::Read(_) if live.is_empty() => html! {
                    <div class="empty">
                        <p>{ "No articles yet." }</p>
                        <p>{ "Open a text file, paste one, or begin with the sample: a one-page article with actors, places, commitments and events already marked." }</p>
                    </div>
                },
                Library::Read(_) => html! {
                    <Table live={live.clone()} now={props.now} on={props.on.clone()} />
                },
            } }
            if !deleted.is_empty() {
                { bin(&deleted, props) }
            }
            <Safekeeping
                articles={live.len() + deleted.len()}
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

/// Lines of the table that are there at once, more than any screen shows; and that come with
/// every frame after that.
const FIRST: usize = 40;
const MORE: usize = 80;

#[derive(PartialEq, Properties)]
struct TableProps {
    live: Vec<Rc<LibraryEntry>>,
    now: Timestamp,
    on: Callback<Action>,
}

/// The articles. Those that the first screen shows come first, all others with the next
/// frames: a large library does not make the reader wait, and yet all of it can be found.
#[component]
fn Table(props: &TableProps) -> Html {
    let drawn = use_state_eq(|| FIRST);
    let all = props.live.len();
    {
        let (drawn, set) = (*drawn, drawn.setter());
        use_effect_with((drawn, all), move |(drawn, all)| {
            let more = *drawn + MORE;
            let frame = (*drawn < *all).then(|| clock::next_frame(move || set.set(more)));
            move || drop(frame)
        });
    }
    let mut titles: Vec<&str> = props.live.iter().map(|it| it.title.as_str()).collect();
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
                for holding in props.live.iter().take(*drawn) {
                    <ShelfRow key={holding.id.to_string()} holding={holding.clone()} has_namesake={has_namesake(&holding.title)} now={props.now} on={props.on.clone()} />
                }
            </tbody>
        </table>
    }
}

/// What was deleted and can come back.
fn bin(deleted: &[Rc<LibraryEntry>], props: &LibraryScreenProps) -> Html {
    let rows = deleted.iter().map(|holding| {
        let id = holding.id;
        let restore = props.on.reform(move |_: MouseEvent| {
            focus::element(".intake button");
            Action::Library(LibraryAction::ArticleRestored(id))
        });
        let purge = props.on.reform(move |_: MouseEvent| {
            focus::element(".intake button");
            Action::Library(LibraryAction::ArticlePurged(id))
        });
        let when = holding.deleted.unwrap_or(holding.changed);
        html! {
            <li key={id.to_string()}>
                <span class="bin-title" dir="auto">{ &holding.title }</span>
                <span class="quiet">{ format!("{} marks · deleted {}", holding.marks(), ago(when, props.now)) }</span>
                <button class="line small" aria-label={format!("Restore {}", holding.title)} onclick={restore}>{ "Restore" }</button>
                <button class="ghost small" aria-label={format!("Delete {} for good", holding.title)} onclick={purge}>{ "Delete for good" }</button>
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
