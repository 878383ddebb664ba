//! Copies outside the browser, and how safe what is in it is.

use crate::browser::files::open::OpenedFile;
use crate::browser::page::focus;
use crate::ui::controls::file_button::FileButton;
use pullquote_app::action::Action;
use pullquote_app::backup::action::BackupAction;
use pullquote_app::backup::folder::Folder;
use pullquote_app::backup::storage_status::StorageStatus;
use pullquote_app::library::action::LibraryAction;
use pullquote_app::messages::ago::ago;
use pullquote_app::messages::byte_count::byte_count;
use pullquote_app::route::Route;
use pullquote_core::model::timestamp::Timestamp;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct SafekeepingProps {
    /// How many articles there are, the deleted among them.
    pub(crate) articles: usize,
    pub(crate) storage_status: Option<StorageStatus>,
    pub(crate) folder: Folder,
    /// How many records were set aside.
    pub(crate) set_aside: usize,
    /// Whether they were downloaded.
    pub(crate) has_asides: bool,
    /// Whether a backup is being written or restored.
    pub(crate) busy: bool,
    /// The time, to the minute.
    pub(crate) now: Timestamp,
    pub(crate) on: Callback<Action>,
}

/// A backup of everything, the folder, what the browser promises, what was damaged.
#[component]
pub(crate) fn Safekeeping(props: &SafekeepingProps) -> Html {
    html! {
        <section class="safekeeping" aria-label="Copies and storage">
            <h2 id="safekeeping-title" tabindex="-1">{ "Backups" }</h2>
            <div class="safe-row">
                <p><b>{ "Back up" }</b><span>{ "Everything in one file. Restoring adds missing articles and keeps the newer version of the rest." }</span></p>
                { backups(props) }
            </div>
            <div class="safe-row">
                <p><b>{ "Export as dataset" }</b><span>{ "All articles for spaCy, Hugging Face, CoNLL, brat, spreadsheets and others; every mark is verified." }</span></p>
                <div class="safe-actions"><a class="button line export-all" href={Route::ExportAll.to_string()}>{ "Export everything as…" }</a></div>
            </div>
            { folder(props) }
            <h2>{ "Storage" }</h2>
            { storage(props) }
            if props.set_aside > 0 {
                { set_aside(props) }
            }
        </section>
    }
}

fn backups(props: &SafekeepingProps) -> Html {
    let chosen =
        props.on.reform(
            |file: OpenedFile| match crate::ui::library::intake::action_of(file) {
                Action::Library(LibraryAction::FileRead { name, .. }) => {
                    Action::Backup(BackupAction::FileRefused(name))
                }
                other => other,
            },
        );
    let back_up = props
        .on
        .reform(|_: MouseEvent| Action::Backup(BackupAction::Requested));
    html! {
        <div class="safe-actions">
            <button class="line" disabled={props.articles == 0 || props.busy} onclick={back_up}>{ "Back up everything" }</button>
            <FileButton label="Restore a backup" class="line" accept=".jsonl" multiple=false {chosen} />
        </div>
    }
}

fn folder(props: &SafekeepingProps) -> Html {
    let act = |action: Action| {
        props.on.reform(move |_: MouseEvent| {
            // The button may go.
            focus::element("#safekeeping-title");
            action.clone()
        })
    };
    let (words, actions) = match &props.folder {
        Folder::Unsupported => return Html::default(),
        Folder::Nothing => (
            "Saves a copy of every article to a folder automatically. Deleting an article here keeps its file."
                .to_owned(),
            html! { <button class="line" onclick={act(Action::Backup(BackupAction::FolderRequested))}>{ "Choose a folder" }</button> },
        ),
        Folder::Asks(name) => (
            format!(
                "Before Pullquote may write into “{name}” again, your browser wants to ask you."
            ),
            html! {
                <>
                    <button class="primary" onclick={act(Action::Backup(BackupAction::FolderAllowed))}>{ "Allow it" }</button>
                    <button class="ghost" onclick={act(Action::Backup(BackupAction::FolderForgotten))}>{ "Stop" }</button>
                </>
            },
        ),
        Folder::Open { name, at, failed } => (
            match (failed, at) {
                (Some(reason), _) => format!("“{name}” could not be brought up to date: {reason}"),
                (None, Some(at)) => format!(
                    "“{name}” is kept up to date by itself. Written {}.",
                    ago(*at, props.now)
                ),
                (None, None) => format!("“{name}” is kept up to date by itself."),
            },
            html! {
                <>
                    <button class="line" onclick={act(Action::Backup(BackupAction::FolderRequested))}>{ "Choose another" }</button>
                    <button class="ghost" onclick={act(Action::Backup(BackupAction::FolderForgotten))}>{ "Stop" }</button>
                </>
            },
        ),
    };
    let is_failed = matches!(
        &props.folder,
        Folder::Open {
            failed: Some(_),
            ..
        }
    );
    html! {
        <div class="safe-row">
            <p><b>{ "Sync to a folder" }</b><span class={is_failed.then_some("warn")}>{ words }</span></p>
            <div class="safe-actions">{ actions }</div>
        </div>
    }
}

fn storage(props: &SafekeepingProps) -> Html {
    let Some(storage_status) = props.storage_status else {
        return Html::default();
    };
    let promise = match storage_status.persisted {
        Some(true) => "Your browser keeps this data until you delete it.",
        Some(false) => "Your browser may delete this data if the disk fills up. Back up regularly.",
        None => "This browser does not say whether it keeps this data. Back up regularly.",
    };
    let room = match (storage_status.used, storage_status.quota) {
        (Some(used), Some(quota)) => Some(format!(
            "In use: {} of {}.",
            byte_count(used),
            byte_count(quota)
        )),
        (Some(used), None) => Some(format!("In use: {}.", byte_count(used))),
        _ => None,
    };
    html! {
        <div class="safe-row">
            <p>
                <span>{ promise }{ " " }{ room.unwrap_or_default() }</span>
                if storage_status.seven_days {
                    <span class="warn">{ "On iPhone, iPad and in Safari, what a page keeps is cleared after seven days of use without a visit to the page: add Pullquote to the Home Screen, or take a copy out whenever you stop." }</span>
                }
            </p>
        </div>
    }
}

fn set_aside(props: &SafekeepingProps) -> Html {
    let wanted = props
        .on
        .reform(|_: MouseEvent| Action::Backup(BackupAction::RecordsRequested(None)));
    let discard = props.on.reform(|_: MouseEvent| {
        focus::element("#safekeeping-title");
        Action::Backup(BackupAction::SetAsideDiscarded)
    });
    let words = match props.set_aside {
        1 => "One record could not be read and was set aside, as it was found.".to_owned(),
        count => {
            format!("{count} records could not be read and were set aside, as they were found.")
        }
    };
    html! {
        <div class="safe-row">
            <p><b>{ "Damaged records" }</b><span>{ words }</span></p>
            <div class="safe-actions">
                <button class="line" onclick={wanted}>{ "Download them" }</button>
                if props.has_asides {
                    <button class="ghost" onclick={discard}>{ "Delete them for good" }</button>
                }
            </div>
        </div>
    }
}
