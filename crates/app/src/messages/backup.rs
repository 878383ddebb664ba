//! What is said about backups, the backup folder and the browser's storage.

use crate::backup::restore_error::RestoreError;
use crate::backup::restore_report::{
    DeletionOutcome, MergeOutcome, RestoreReport, RestoredArticle,
};
use crate::backup::summary::BackupSummary;
use crate::browser_reason::BrowserReason;
use crate::messages::Sentence;
use crate::messages::counts::counted;
use crate::messages::files::read_error;
use crate::messages::storage::{losses, open_error, store_error};
use crate::store::article::{Loss, OpenError};
use pullquote_core::edit::merge::{MergeError, MergeTally};
use pullquote_core::model::error::ModelError;
use pullquote_formats::error::ReadError;

/// Records that cannot be read were downloaded.
pub(crate) const RECORDS_DOWNLOADED: &str = "The records were downloaded";
/// A backup was restored.
pub(crate) const RESTORED: &str = "The backup was restored";
/// The browser promises to keep the data.
pub(crate) const PERSISTED: &str = "Your browser keeps this data until you delete it";
/// The browser does not promise to keep the data.
pub(crate) const NOT_PERSISTED: &str =
    "Saved in this browser only. Export a copy from time to time";
/// The browser asks for permission again before the backup folder is written to.
pub(crate) const FOLDER_ASKS: &str = "The backup folder is not up to date: the browser asks for \
                                      your permission again, in the library.";

/// A file that was opened as a backup is none.
pub(crate) fn not_a_backup(name: &str) -> Sentence {
    format!("“{name}” is not a backup, and nothing was changed. Open an article with “Open files”.")
}

/// A backup was opened while another was being written or restored.
pub(crate) fn another_is_under_way(name: &str) -> Sentence {
    format!(
        "“{name}” was not opened: another backup is being written or restored. Open it again when \
         that is done."
    )
}

/// A backup cannot be read.
pub(crate) fn not_opened(name: &str, reason: &str) -> Sentence {
    format!("“{name}” was not opened: {reason} Nothing in your library was changed.")
}

/// A backup was restored only in part, or not at all.
pub(crate) fn not_restored(name: &str, reason: &str) -> Sentence {
    format!("“{name}” was not restored completely: {reason}")
}

/// A backup was downloaded.
pub(crate) fn written(summary: &BackupSummary) -> Sentence {
    let count = counted(summary.count, "article", "articles");
    if summary.missing.is_empty() {
        return format!("The backup has {count}. Keep it outside this browser.");
    }
    let missing = summary.missing.join(" ");
    format!("The backup has {count}, without what cannot be read: {missing}")
}

/// An article is not in a backup because it cannot be read.
pub(crate) fn article_unreadable(title: &str, error: &OpenError) -> Sentence {
    format!("“{title}”: {}", open_error(error))
}

/// An article is not in a backup because it is too large for a line of it.
pub(crate) fn article_not_written(title: &str, error: &ReadError) -> Sentence {
    format!("“{title}”: {}", read_error(error))
}

/// An article is in a backup, but not all of it.
pub(crate) fn article_incomplete(title: &str, lost: &[Loss]) -> Sentence {
    format!("“{title}”: {}.", losses(lost))
}

/// The title of an article of a backup that was added as a copy.
pub(crate) fn copy_title(title: &str) -> String {
    format!("{title} (from a backup)")
}

/// An article of a backup is added as a copy because the one in the library cannot be read.
pub(crate) fn library_unreadable(error: &OpenError) -> String {
    format!("what is here cannot be read: {}", open_error(error))
}

/// An article of a backup is added as a copy because the two cannot be merged.
pub(crate) fn not_mergeable(error: &MergeError) -> String {
    error.to_string()
}

/// An article of a backup is added as a copy because the merged article is not valid.
pub(crate) fn merged_invalid(error: &ModelError) -> String {
    error.to_string()
}

/// Why a backup could not be compared with the library, or restored.
#[must_use]
pub fn restore_error(error: &RestoreError) -> Sentence {
    match error {
        RestoreError::File(reason) => reason.to_string(),
        RestoreError::NoBackup(error) => read_error(error),
        RestoreError::Store(error) => store_error(error),
        RestoreError::Stopped { restored, error } => {
            let restored = counted(
                *restored,
                "article of the backup was",
                "articles of the backup were",
            );
            format!(
                "{} {restored} restored; nothing else was changed. Restore it again to go on.",
                store_error(error)
            )
        }
    }
}

/// A line of a backup that cannot be read.
pub(crate) fn line_fault(line: usize, error: &ReadError) -> Sentence {
    match error {
        ReadError::NotJson { column, reason, .. } => {
            format!("Line {line}, column {column}: it is damaged or cut off ({reason}).")
        }
        ReadError::Binary { .. } | ReadError::NotUtf8 { .. } | ReadError::TooLarge { .. } => {
            format!("Line {line}: it is damaged.")
        }
        _ => format!("Line {line}: {}", read_error(error)),
    }
}

/// The folder is kept up to date from now on.
pub(crate) fn folder_opened(name: &str) -> Sentence {
    format!("The folder {name} is kept up to date")
}

/// The folder could not be chosen.
pub(crate) fn folder_refused(reason: &BrowserReason) -> Sentence {
    format!("The folder cannot be used: {reason} Choose another one.")
}

/// The folder could not be updated.
pub(crate) fn folder_not_updated(reason: &str) -> Sentence {
    format!(
        "The folder could not be brought up to date: {reason} The app tries again after the next \
         change."
    )
}

/// Restoring a backup at a glance: how many articles are added, changed and left as they are.
#[must_use]
pub fn report_summary(report: &RestoreReport) -> Sentence {
    let count = |applies: fn(&RestoredArticle) -> bool| {
        let articles = report.articles.iter();
        articles.filter(|article| applies(article)).count()
    };
    let parts = [
        (
            count(|article| matches!(article.verdict, MergeOutcome::Added(_))),
            "new here",
        ),
        (
            count(|article| matches!(article.verdict, MergeOutcome::Merged(_))),
            "with something newer in the backup",
        ),
        (
            count(|article| matches!(article.verdict, MergeOutcome::Beside(_))),
            "added as a copy",
        ),
        (
            count(|article| {
                article.verdict == MergeOutcome::Same && article.fate == DeletionOutcome::Deleted
            }),
            "deleted since",
        ),
        (
            count(|article| {
                article.verdict == MergeOutcome::Same
                    && article.fate == DeletionOutcome::BroughtBack
            }),
            "restored since",
        ),
        (count(|article| !article.changes()), "with nothing newer"),
    ];
    let parts = parts.iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts
        .map(|(count, what)| format!("{} {what}", counted(*count, "article", "articles")))
        .collect();
    match parts.len() {
        0 => "No articles.".to_owned(),
        _ => format!("{}.", parts.join(", ")),
    }
}

/// What restoring does to one article.
#[must_use]
pub fn article_outcome(article: &RestoredArticle) -> String {
    let mut words = match &article.verdict {
        MergeOutcome::Added(0) => "new here, no marks yet".to_owned(),
        MergeOutcome::Added(count) => format!("new here, {}", counted(*count, "mark", "marks")),
        MergeOutcome::Merged(tally) => merged(tally),
        MergeOutcome::Same => "no mark changes".to_owned(),
        MergeOutcome::Beside(reason) => format!("added as a copy, because {reason}"),
    };
    if let Some(before) = &article.before {
        words += &format!(" · was called “{before}” here");
    }
    words += match article.fate {
        DeletionOutcome::Live => "",
        DeletionOutcome::StaysDeleted => " · stays deleted",
        DeletionOutcome::Deleted => " · goes to the deleted",
        DeletionOutcome::BroughtBack => " · restored from the deleted",
    };
    words
}

fn merged(tally: &MergeTally) -> String {
    let parts = [
        (tally.added, "added"),
        (tally.changed, "changed"),
        (tally.removed, "deleted"),
    ];
    let parts = parts.iter().filter(|(count, _)| *count > 0);
    let mut parts: Vec<String> = parts
        .map(|(count, what)| format!("{} {what}", counted(*count, "mark", "marks")))
        .collect();
    if parts.is_empty() {
        parts.push("no mark changes".to_owned());
    }
    if tally.kept > 0 {
        parts.push(format!(
            "{} kept as here",
            counted(tally.kept, "mark", "marks")
        ));
    }
    parts.join(", ")
}
