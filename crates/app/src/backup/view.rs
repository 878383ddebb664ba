//! What restoring a backup does, in words.

use crate::backup::restore_report::{
    DeletionOutcome, MergeOutcome, RestoreReport, RestoredArticle,
};
use pullquote_core::edit::merge::MergeTally;

/// Restoring a backup at a glance: how many articles come in, gain something, stay.
#[must_use]
pub fn summary_of(findings: &RestoreReport) -> String {
    let count =
        |is: fn(&RestoredArticle) -> bool| findings.articles.iter().filter(|it| is(it)).count();
    let parts = [
        (
            count(|it| matches!(it.verdict, MergeOutcome::Added(_))),
            "new here",
        ),
        (
            count(|it| matches!(it.verdict, MergeOutcome::Merged(_))),
            "with something newer in the backup",
        ),
        (
            count(|it| matches!(it.verdict, MergeOutcome::Beside(_))),
            "beside what is here, as a copy",
        ),
        (
            count(|it| it.verdict == MergeOutcome::Same && it.fate == DeletionOutcome::Deleted),
            "deleted since",
        ),
        (
            count(|it| it.verdict == MergeOutcome::Same && it.fate == DeletionOutcome::BroughtBack),
            "brought back since",
        ),
        (count(|it| !changes(it)), "with nothing newer"),
    ];
    let parts = parts.iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts
        .map(|(count, what)| format!("{} {what}", counted(*count, "article")))
        .collect();
    match parts.len() {
        0 => "No articles.".to_owned(),
        _ => format!("{}.", parts.join(", ")),
    }
}

/// Whether restoring does anything to this article.
#[must_use]
pub fn changes(finding: &RestoredArticle) -> bool {
    finding.verdict != MergeOutcome::Same
        || matches!(
            finding.fate,
            DeletionOutcome::Deleted | DeletionOutcome::BroughtBack
        )
}

/// What restoring does to one article.
#[must_use]
pub fn words_of(finding: &RestoredArticle) -> String {
    let mut words = match &finding.verdict {
        MergeOutcome::Added(0) => "new here, no marks yet".to_owned(),
        MergeOutcome::Added(count) => format!("new here, {}", counted(*count, "mark")),
        MergeOutcome::Merged(tally) => merged(tally),
        MergeOutcome::Same => "no mark changes".to_owned(),
        MergeOutcome::Beside(why) => format!("comes in beside what is here, because {why}"),
    };
    if let Some(before) = &finding.before {
        words += &format!(" · is called “{before}” here until now");
    }
    words += match finding.fate {
        DeletionOutcome::Live => "",
        DeletionOutcome::StaysDeleted => " · stays among the deleted",
        DeletionOutcome::Deleted => " · goes to the deleted",
        DeletionOutcome::BroughtBack => " · comes back from the deleted",
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
        .map(|(count, what)| format!("{} {what}", counted(*count, "mark")))
        .collect();
    if parts.is_empty() {
        parts.push("no mark changes".to_owned());
    }
    if tally.kept > 0 {
        parts.push(format!("{} kept as here", counted(tally.kept, "mark")));
    }
    parts.join(", ")
}

fn counted(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}
