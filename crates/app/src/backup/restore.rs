//! Compares a backup with the library, and restores it.

use crate::backup::restore_error::RestoreError;
use crate::backup::restore_report::{
    DeletionOutcome, MergeOutcome, RestoreReport, RestoredArticle,
};
use crate::backup::write::change_times;
use crate::browser_reason::BrowserReason;
use crate::messages::backup;
use crate::stamp::Stamp;
use crate::store::article::open;
use crate::store::batch::parts_of;
use crate::store::change::StoreChange;
use crate::store::error::StoreError;
use crate::store::key;
use crate::store::library::listing;
use crate::store::records::Records;
use pullquote_core::edit::history::History;
use pullquote_core::edit::merge;
use pullquote_core::edit::merge::{MergeSide, merge};
use pullquote_core::edit::step_name::StepName;
use pullquote_core::edit::transaction::Transaction;
use pullquote_core::model::document::Document;
use pullquote_core::model::error::ModelError;
use pullquote_core::model::id::Id;
use pullquote_core::model::library_entry::LibraryEntry;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_formats::backup_file::{ArticleCopy, BackupLine, BackupReader};
use std::rc::Rc;

/// Gives the lines of a backup file.
#[expect(async_fn_in_trait, reason = "there is one thread")]
pub trait BackupLines {
    /// The next line without its line end; `None` after the last.
    async fn next(&mut self) -> Result<Option<Vec<u8>>, BrowserReason>;
}

/// Reports what restoring a backup would do. Nothing is written.
///
/// Errors: the file is not a backup, or was written by a newer version; the storage or the file
/// cannot be read.
pub async fn survey(
    records: &impl Records,
    lines: &mut impl BackupLines,
) -> Result<RestoreReport, RestoreError> {
    let mut reader = BackupReader::default();
    let mut report = RestoreReport::default();
    let stamp = Stamp {
        now: Timestamp::default(),
        random: [0; 10],
    };
    while let Some(copy) = next(&mut reader, lines, &mut report).await? {
        let plan = plan(records, &copy, report.made, stamp).await?;
        report.articles.push(plan.article);
    }
    Ok(report)
}

/// Restores a backup: adds articles that are missing, and changes in it that are newer, article by
/// article. After each article, `told` is called with the number of restored articles and the id.
///
/// Errors: as [`survey`]; and the storage is full. The articles that were restored before stay.
pub async fn restore(
    records: &impl Records,
    lines: &mut impl BackupLines,
    stamp: &impl Fn() -> Stamp,
    told: &impl Fn(usize, Id),
) -> Result<RestoreReport, RestoreError> {
    let mut reader = BackupReader::default();
    let mut report = RestoreReport::default();
    while let Some(copy) = next(&mut reader, lines, &mut report).await? {
        let article = restore_one(records, &copy, report.made, stamp).await;
        let article = article.map_err(|error| RestoreError::Stopped {
            restored: report.articles.len(),
            error,
        })?;
        let id = article.id;
        report.articles.push(article);
        told(report.articles.len(), id);
    }
    Ok(report)
}

/// The number of attempts to restore an article that other tabs change at the same time.
const TRIES: usize = 50;

async fn restore_one(
    records: &impl Records,
    copy: &ArticleCopy,
    made: Timestamp,
    stamp: &impl Fn() -> Stamp,
) -> Result<RestoredArticle, StoreError> {
    let mut tries = 0;
    loop {
        tries += 1;
        let plan = plan(records, copy, made, stamp()).await?;
        if plan.changes.is_empty() {
            return Ok(plan.article);
        }
        let parts = plan.changes.iter().map(parts_of).collect();
        match records.write(parts).await {
            Ok(()) => return Ok(plan.article),
            // Another tab wrote between the reading and the writing.
            Err(
                StoreError::Conflict(_) | StoreError::Deleted(_) | StoreError::AlreadyExists(_),
            ) if tries < TRIES => {}
            Err(error) => return Err(error),
        }
    }
}

/// The next article of the file. The other lines before it go into `report`.
async fn next(
    reader: &mut BackupReader,
    lines: &mut impl BackupLines,
    report: &mut RestoreReport,
) -> Result<Option<ArticleCopy>, RestoreError> {
    while let Some(line) = lines.next().await.map_err(RestoreError::File)? {
        match reader.read(&line) {
            Ok(BackupLine::Head(made)) => report.made = made,
            Ok(BackupLine::Article(copy)) => return Ok(Some(*copy)),
            Ok(BackupLine::End { is_whole }) => report.is_whole = is_whole,
            Err(error) if reader.lines() == 1 => return Err(RestoreError::NoBackup(error)),
            Err(error) => {
                let fault = backup::line_fault(reader.lines(), &error);
                report.faults.push(fault);
            }
        }
    }
    Ok(None)
}

/// What restoring does to one article: the report, and the changes to save.
struct Plan {
    article: RestoredArticle,
    changes: Vec<StoreChange>,
}

/// Compares one article of a backup with the library as it is now. `made`: when the backup was
/// made.
async fn plan(
    records: &impl Records,
    copy: &ArticleCopy,
    made: Timestamp,
    stamp: Stamp,
) -> Result<Plan, StoreError> {
    let id = copy.document.article().id;
    let states = key::with_prefix(&key::states(id));
    if records.keys(states).await?.is_empty() {
        return Ok(added(copy, copy.document.clone(), made, None));
    }
    let beside = |why: String| {
        let title = backup::copy_title(&copy.document.article().title);
        let document = copy.document.copied_as(stamp.id(0), title);
        added(copy, Rc::new(document), made, Some(why))
    };
    let history = match open(records, id).await {
        Ok(loaded) => loaded.history,
        Err(error) => return Ok(beside(backup::library_unreadable(&error))),
    };
    let entries = listing(records, Some(id)).await?.entries;
    let entry = entries.into_iter().next();
    let entry =
        entry.unwrap_or_else(|| LibraryEntry::new(history.document(), Timestamp::default()));
    let traces = change_times(records, history.document().article()).await?;
    let here = MergeSide {
        document: history.document(),
        change_times: &traces,
        changed: entry.changed,
    };
    let there = MergeSide {
        document: &copy.document,
        change_times: &copy.change_times,
        changed: copy.changed,
    };
    let merged = match merge(here, there) {
        Ok(merged) => merged,
        Err(error) => return Ok(beside(backup::not_mergeable(&error))),
    };
    let mut changes = Vec::new();
    let outcome = if merged == *here.document {
        MergeOutcome::Same
    } else {
        MergeOutcome::Merged(merge::tally(here.document, there.document, &merged))
    };
    if outcome != MergeOutcome::Same {
        let step = merge::merging(here, there, &merged, StepName::RestoreBackup);
        match appended(&history, &step, &entry, stamp) {
            Ok(append) => changes.push(append),
            Err(error) => return Ok(beside(backup::merged_invalid(&error))),
        }
    }
    // The times of records that do not change here are remembered as well.
    let known = traces.clone().latest(&copy.change_times);
    if known != traces {
        changes.push(StoreChange::SetChangeTimes {
            article: id,
            times: Rc::new(known),
        });
    }
    if merged == *there.document && entry.copied.is_none_or(|copied| copied < made) {
        changes.push(StoreChange::SetCopied {
            article: id,
            at: made,
        });
    }
    let deletion = deletion_outcome(&entry, copy);
    match deletion {
        DeletionOutcome::BroughtBack => changes.push(StoreChange::SetDeleted {
            article: id,
            at: None,
        }),
        DeletionOutcome::Deleted => changes.push(StoreChange::SetDeleted {
            article: id,
            at: copy.deleted,
        }),
        DeletionOutcome::Live | DeletionOutcome::StaysDeleted => {}
    }
    let title = merged.article().title.clone();
    let before = Some(here.document.article().title.clone()).filter(|before| *before != title);
    Ok(Plan {
        article: RestoredArticle {
            id,
            title,
            before,
            outcome,
            deletion,
        },
        changes,
    })
}

/// A step on the article in the library, with the library entry after it.
fn appended(
    history: &History,
    step: &Transaction,
    entry: &LibraryEntry,
    stamp: Stamp,
) -> Result<StoreChange, ModelError> {
    let (after, step) = history.step(step, stamp.entry_stamp())?;
    let entry = Rc::new(entry.after(after.document(), stamp.now));
    let article = after.document().article().clone();
    Ok(StoreChange::Append {
        article,
        entry: step,
        library_entry: Some(entry),
    })
}

/// Whether the article is deleted or restored: the newer change wins.
fn deletion_outcome(entry: &LibraryEntry, copy: &ArticleCopy) -> DeletionOutcome {
    match (entry.deleted, copy.deleted) {
        (Some(here), None) if copy.changed > here => DeletionOutcome::BroughtBack,
        (Some(_), _) => DeletionOutcome::StaysDeleted,
        (None, Some(there)) if there > entry.changed => DeletionOutcome::Deleted,
        (None, _) => DeletionOutcome::Live,
    }
}

/// Adds an article as it is in the backup. `beside`: why it is added as a copy, if it is.
fn added(
    copy: &ArticleCopy,
    document: Rc<Document>,
    made: Timestamp,
    beside: Option<String>,
) -> Plan {
    let id = document.article().id;
    let entry = Rc::new(LibraryEntry {
        done: copy.done,
        ..LibraryEntry::new(&document, copy.changed)
    });
    let mut changes = vec![
        StoreChange::Add {
            document: document.clone(),
            library_entry: entry,
        },
        StoreChange::SetCopied {
            article: id,
            at: made,
        },
        StoreChange::SetChangeTimes {
            article: id,
            times: Rc::new(copy.change_times.clone()),
        },
    ];
    let mut deletion = DeletionOutcome::Live;
    if copy.deleted.is_some() {
        deletion = DeletionOutcome::Deleted;
        changes.push(StoreChange::SetDeleted {
            article: id,
            at: copy.deleted,
        });
    }
    Plan {
        article: RestoredArticle {
            id,
            title: document.article().title.clone(),
            before: None,
            outcome: match beside {
                None => MergeOutcome::Added(document.annotations().len()),
                Some(why) => MergeOutcome::Beside(why),
            },
            deletion,
        },
        changes,
    }
}
