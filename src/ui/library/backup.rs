//! The library on its way into a file, or out of one: what a backup would do, and did.

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
pub(crate) struct TransferProps {
    pub(crate) backup_progress: BackupProgress,
    /// The time, to the minute.
    pub(crate) now: Timestamp,
    pub(crate) on: Callback<Action>,
}

/// Nothing, while nothing is under way.
#[component]
pub(crate) fn TransferPanel(props: &TransferProps) -> Html {
    let is_asked = matches!(props.backup_progress, BackupProgress::Surveyed { .. });
    let is_told = matches!(props.backup_progress, BackupProgress::Restored { .. });
    // When it comes to this while the user looks on, not when they come back to it.
    let before = use_mut_ref(|| None);
    use_effect_with((is_asked, is_told), move |now| {
        let was = before.replace(Some(*now));
        if was.is_some() && (now.0 || now.1) {
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
        BackupProgress::Surveyed {
            backup,
            report: findings,
        } => (
            if findings.articles.iter().any(RestoredArticle::changes) {
                format!("Restore “{}”?", shortened(&backup.name, 60))
            } else {
                format!("“{}”", shortened(&backup.name, 60))
            },
            asked(backup, findings, props),
        ),
        BackupProgress::Restored {
            report: findings,
            backup,
        } => (
            format!("“{}” was restored", shortened(&backup.name, 60)),
            told(findings, props),
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

fn asked(backup: &BackupSource, findings: &RestoreReport, props: &TransferProps) -> Html {
    let leave = leave(props);
    let restore = props.on.reform(|_: MouseEvent| {
        focus::element("#transfer-title");
        Action::Backup(BackupAction::RestoreRequested)
    });
    let does_something = findings.articles.iter().any(RestoredArticle::changes);
    html! {
        <>
            <p>{ format!("Made {}. {}", ago(findings.made, props.now), report_summary(findings)) }</p>
            { faults(findings) }
            { list(findings) }
            if does_something {
                <p class="quiet">{ "Of each mark the newer stands, here or in the backup. What changes in an article is one step of its history and can be undone there; a deleted one can be brought back." }</p>
            } else if findings.articles.is_empty() {
                <p class="quiet">{ "There is nothing in it to restore." }</p>
            } else if findings.is_whole && findings.faults.is_empty() {
                <p class="quiet">{ "Everything in it is here already." }</p>
            } else {
                <p class="quiet">{ "Everything that can be read in it is here already." }</p>
            }
            <div class="transfer-actions">
                <button class="ghost" onclick={leave}>{ if does_something { "Cancel" } else { "Close" } }</button>
                if does_something {
                    <button class="primary" aria-label={format!("Restore {}", backup.name)} onclick={restore}>{ "Restore" }</button>
                }
            </div>
        </>
    }
}

fn told(findings: &RestoreReport, props: &TransferProps) -> Html {
    let leave = leave(props);
    html! {
        <>
            <p>{ report_summary(findings) }</p>
            { faults(findings) }
            { list(findings) }
            <div class="transfer-actions">
                <button class="primary" onclick={leave}>{ "Done" }</button>
            </div>
        </>
    }
}

/// The panel goes, and the focus to what comes first in the library.
fn leave(props: &TransferProps) -> Callback<MouseEvent> {
    props.on.reform(|_: MouseEvent| {
        focus::element(".intake button");
        Action::Backup(BackupAction::ReportClosed)
    })
}

fn faults(findings: &RestoreReport) -> Html {
    let mut faults = findings.faults.clone();
    if !findings.is_whole {
        let fault = "The file is not as it was written: it is cut off, or was changed. What is \
                     listed below is whole.";
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

fn list(findings: &RestoreReport) -> Html {
    let changed: Vec<&RestoredArticle> = findings
        .articles
        .iter()
        .filter(|article| article.changes())
        .collect();
    if changed.is_empty() {
        return Html::default();
    }
    html! {
        <ul class="transfer-list" tabindex="0" aria-label="Articles that change">
            for (place, finding) in changed.into_iter().enumerate() {
                <li key={place}>
                    <span dir="auto">{ &finding.title }</span>
                    <small>{ article_outcome(finding) }</small>
                </li>
            }
        </ul>
    }
}
