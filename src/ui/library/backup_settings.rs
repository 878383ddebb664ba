//! The copies of the library outside this browser, and how safe the browser's own storage is.

use crate::browser::files::open::OpenedFile;
use crate::browser::page::focus;
use crate::ui::controls::file_button::FileButton;
use crate::ui::library::opened_file::opened_file_action;
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
pub(crate) struct BackupSettingsProps {
    /// Whether the library has articles, deleted or not.
    pub(crate) has_articles: bool,
    pub(crate) storage_status: Option<StorageStatus>,
    pub(crate) folder: Folder,
    /// How many records could not be read and were set aside.
    pub(crate) set_aside: usize,
    /// Whether those have been downloaded.
    pub(crate) has_asides: bool,
    /// Whether a backup is being written or restored.
    pub(crate) busy: bool,
    /// The time, to the minute.
    pub(crate) now: Timestamp,
    pub(crate) on: Callback<Action>,
}

/// Backups, export, the synced folder, the state of the storage, and damaged records.
#[component]
pub(crate) fn BackupSettings(props: &BackupSettingsProps) -> Html {
    html! {
        <section class="safekeeping" aria-label="Backups and storage">
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

/// Opens a file that is to be restored. A file that is no backup is refused here.
pub(crate) fn backup_chosen(on: &Callback<Action>) -> Callback<OpenedFile> {
    on.reform(|file: OpenedFile| match opened_file_action(file) {
        Action::Library(LibraryAction::FileRead { name, .. }) => {
            Action::Backup(BackupAction::FileRefused(name))
        }
        other => other,
    })
}

/// The buttons that write and restore a backup.
fn backups(props: &BackupSettingsProps) -> Html {
    let chosen = backup_chosen(&props.on);
    let back_up = props
        .on
        .reform(|_: MouseEvent| Action::Backup(BackupAction::Requested));
    html! {
        <div class="safe-actions">
            <button class="line" disabled={!props.has_articles || props.busy} onclick={back_up}>{ "Back up everything" }</button>
            <FileButton label="Restore a backup" class="line" accept=".jsonl" multiple=false {chosen} />
        </div>
    }
}

/// The folder that gets a copy of every article; nothing where the browser has no folders.
fn folder(props: &BackupSettingsProps) -> Html {
    let act = |action: fn() -> Action| {
        props.on.reform(move |_: MouseEvent| {
            // The button may disappear, and the focus with it.
            focus::element("#safekeeping-title");
            action()
        })
    };
    let (text, actions) = match &props.folder {
        Folder::Unsupported => return Html::default(),
        Folder::Nothing => (
            "Saves a copy of every article to a folder automatically. Deleting an article here keeps its file."
                .to_owned(),
            html! { <button class="line" onclick={act(|| Action::Backup(BackupAction::FolderRequested))}>{ "Choose a folder" }</button> },
        ),
        Folder::Asks(name) => (
            format!(
                "Your browser needs your permission before Pullquote can write to “{name}” again."
            ),
            html! {
                <>
                    <button class="primary" onclick={act(|| Action::Backup(BackupAction::FolderAllowed))}>{ "Allow it" }</button>
                    <button class="ghost" onclick={act(|| Action::Backup(BackupAction::FolderForgotten))}>{ "Stop" }</button>
                </>
            },
        ),
        Folder::Open { name, at, failed } => (
            match (failed, at) {
                (Some(reason), _) => format!("“{name}” could not be updated: {reason}"),
                (None, Some(at)) => format!(
                    "“{name}” is updated automatically. Last update: {}.",
                    ago(*at, props.now)
                ),
                (None, None) => format!("“{name}” is updated automatically."),
            },
            html! {
                <>
                    <button class="line" onclick={act(|| Action::Backup(BackupAction::FolderRequested))}>{ "Choose another" }</button>
                    <button class="ghost" onclick={act(|| Action::Backup(BackupAction::FolderForgotten))}>{ "Stop" }</button>
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
            <p><b>{ "Sync to a folder" }</b><span class={is_failed.then_some("warn")}>{ text }</span></p>
            <div class="safe-actions">{ actions }</div>
        </div>
    }
}

/// Whether the browser keeps the data, and how much room there is.
fn storage(props: &BackupSettingsProps) -> Html {
    let Some(storage_status) = props.storage_status else {
        return Html::default();
    };
    let promise = match storage_status.persisted {
        Some(true) => "Your browser keeps this data until you delete it.",
        Some(false) => "Your browser may delete this data if the disk fills up. Back up regularly.",
        None => "This browser does not say whether it keeps this data. Back up regularly.",
    };
    let usage = match (storage_status.used, storage_status.quota) {
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
                <span>{ promise }{ " " }{ usage.unwrap_or_default() }</span>
                if storage_status.seven_days {
                    <span class="warn">{ "Safari, and every browser on iPhone and iPad, deletes this data after seven days of use without a visit to this page. Add Pullquote to the Home Screen, or back up whenever you stop." }</span>
                }
            </p>
        </div>
    }
}

/// The records that could not be read: they can be downloaded, and then deleted.
fn set_aside(props: &BackupSettingsProps) -> Html {
    let download = props
        .on
        .reform(|_: MouseEvent| Action::Backup(BackupAction::RecordsRequested(None)));
    let discard = props.on.reform(|_: MouseEvent| {
        focus::element("#safekeeping-title");
        Action::Backup(BackupAction::SetAsideDiscarded)
    });
    let text = match props.set_aside {
        1 => "One record could not be read and was set aside unchanged.".to_owned(),
        count => format!("{count} records could not be read and were set aside unchanged."),
    };
    html! {
        <div class="safe-row">
            <p><b>{ "Damaged records" }</b><span>{ text }</span></p>
            <div class="safe-actions">
                <button class="line" onclick={download}>{ "Download them" }</button>
                if props.has_asides {
                    <button class="ghost" onclick={discard}>{ "Delete them for good" }</button>
                }
            </div>
        </div>
    }
}
