//! The progress of a backup or a restore, and what a restore would do or did.

use crate::browser::page::focus;
use pullquote_app::action::Action;
use pullquote_app::backup::action::BackupAction;
use pullquote_app::backup::restore_report::{RestoreReport, RestoredArticle};
use pullquote_app::backup::state::{BackupProgress, BackupSource};
use pullquote_app::messages::ago::ago;
use pullquote_app::messages::backup::{article_outcome, report_summary};
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::text::shortened::shortened;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct BackupPanelProps {
    pub(crate) backup_progress: BackupProgress,
    /// The time, to the minute.
    pub(crate) now: Timestamp,
    pub(crate) on: Callback<Action>,
}

/// The panel; nothing while no backup or restore is in progress.
#[component]
pub(crate) fn BackupPanel(props: &BackupPanelProps) -> Html {
    let has_question = matches!(props.backup_progress, BackupProgress::Surveyed { .. });
    let has_report = matches!(props.backup_progress, BackupProgress::Restored { .. });
    // The title gets the focus when the question or the report appears, but not when the user
    // comes back to this screen.
    let last = use_mut_ref(|| None);
    use_effect_with((has_question, has_report), move |now| {
        let last = last.replace(Some(*now));
        if last.is_some() && (now.0 || now.1) {
            focus::element("#transfer-title");
        }
    });
    let (title, content) = match &props.backup_progress {
        BackupProgress::Idle => return Html::default(),
        BackupProgress::Writing { done, all } => ("Backing up".to_owned(), progress(*done, *all)),
        BackupProgress::Surveying(backup) => (
            format!("Reading “{}”", shortened(&backup.name, 60)),
            html! { <p class="quiet">{ "Comparing it with what is here. Nothing is changed." }</p> },
        ),
        BackupProgress::Restoring { backup, done, all } => (
            format!("Restoring “{}”", shortened(&backup.name, 60)),
            progress(*done, *all),
        ),
        BackupProgress::Surveyed { backup, report } => (
            if report.articles.iter().any(RestoredArticle::changes) {
                format!("Restore “{}”?", shortened(&backup.name, 60))
            } else {
                format!("“{}”", shortened(&backup.name, 60))
            },
            question(backup, report, props),
        ),
        BackupProgress::Restored { backup, report } => (
            format!("“{}” was restored", shortened(&backup.name, 60)),
            outcome(report, props),
        ),
    };
    html! {
        <section class="transfer" aria-labelledby="transfer-title" aria-live="polite">
            <h2 id="transfer-title" tabindex="-1">{ title }</h2>
            { content }
        </section>
    }
}

fn progress(done: usize, all: usize) -> Html {
    html! {
        <>
            <progress aria-label="Progress" max={all.max(1).to_string()} value={done.to_string()} />
            <p class="quiet">{ format!("{done} of {all} articles") }</p>
        </>
    }
}

/// What a restore would do, and the buttons that start or cancel it.
fn question(backup: &BackupSource, report: &RestoreReport, props: &BackupPanelProps) -> Html {
    let close = close(props);
    let restore = props.on.reform(|_: MouseEvent| {
        focus::element("#transfer-title");
        Action::Backup(BackupAction::RestoreRequested)
    });
    let has_changes = report.articles.iter().any(RestoredArticle::changes);
    html! {
        <>
            <p>{ format!("Made {}. {}", ago(report.made, props.now), report_summary(report)) }</p>
            { faults(report) }
            { changed_articles(report) }
            if has_changes {
                <p class="quiet">{ "The newer version of each mark is kept, whether it is here or in the backup. The changes to an article are one step of its history, which can be undone there. A deleted article can be restored." }</p>
            } else if report.articles.is_empty() {
                <p class="quiet">{ "The backup contains nothing to restore." }</p>
            } else if report.is_whole && report.faults.is_empty() {
                <p class="quiet">{ "Everything in it is here already." }</p>
            } else {
                <p class="quiet">{ "Everything that can be read in it is here already." }</p>
            }
            <div class="transfer-actions">
                <button class="ghost" onclick={close}>{ if has_changes { "Cancel" } else { "Close" } }</button>
                if has_changes {
                    <button class="primary" aria-label={format!("Restore {}", backup.name)} onclick={restore}>{ "Restore" }</button>
                }
            </div>
        </>
    }
}

/// What the restore did.
fn outcome(report: &RestoreReport, props: &BackupPanelProps) -> Html {
    let close = close(props);
    html! {
        <>
            <p>{ report_summary(report) }</p>
            { faults(report) }
            { changed_articles(report) }
            <div class="transfer-actions">
                <button class="primary" onclick={close}>{ "Done" }</button>
            </div>
        </>
    }
}

/// Closes the panel. The focus goes to the first button of the library.
fn close(props: &BackupPanelProps) -> Callback<MouseEvent> {
    props.on.reform(|_: MouseEvent| {
        focus::element(".intake button");
        Action::Backup(BackupAction::ReportClosed)
    })
}

/// What could not be read in the backup; nothing where it is whole.
fn faults(report: &RestoreReport) -> Html {
    let mut faults = report.faults.clone();
    if !report.is_whole {
        let fault = "The file is incomplete or was changed after it was written. What is listed \
                     below is intact.";
        faults.insert(0, fault.to_owned());
    }
    if faults.is_empty() {
        return Html::default();
    }
    html! {
        <ul class="transfer-faults warn">
            for fault in faults {
                <li>{ fault }</li>
            }
        </ul>
    }
}

/// The articles that change, and how.
fn changed_articles(report: &RestoreReport) -> Html {
    let changed: Vec<&RestoredArticle> = report
        .articles
        .iter()
        .filter(|article| article.changes())
        .collect();
    if changed.is_empty() {
        return Html::default();
    }
    html! {
        <ul class="transfer-list" tabindex="0" aria-label="Articles that change">
            for (index, article) in changed.into_iter().enumerate() {
                <li key={index}>
                    <span dir="auto">{ &article.title }</span>
                    <small>{ article_outcome(article) }</small>
                </li>
            }
        </ul>
    }
}
