//! The whole library goes into one file, and a file comes back into the library.

use crate::backup::restore_report::{
    DeletionOutcome, MergeOutcome, RestoreReport, RestoredArticle,
};
use crate::backup::summary::BackupSummary;
use crate::messages::errors;
use crate::stamp::Stamp;
use crate::store::article::{LoadedArticle, open};
use crate::store::batch::parts_of;
use crate::store::change::StoreChange;
use crate::store::error::StoreError;
use crate::store::key;
use crate::store::library::listing;
use crate::store::records::Records;
use pullquote_core::edit::history::History;
use pullquote_core::edit::merge::{ChangeTimes, MergeSide, merge};
use pullquote_core::edit::transaction::Transaction;
use pullquote_core::edit::{merge, rebase};
use pullquote_core::model::article::Article;
use pullquote_core::model::document::Document;
use pullquote_core::model::error::ModelError;
use pullquote_core::model::id::Id;
use pullquote_core::model::library_entry::LibraryEntry;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_formats::backup_file::{ArticleCopy, BackupLine, BackupReader, BackupWriter};
use pullquote_formats::error::ReadError;
use pullquote_formats::records::change_times::read_change_times;
use pullquote_formats::records::journal_entry::read_entry;
use std::rc::Rc;

/// Where the lines of a backup go.
#[expect(async_fn_in_trait, reason = "there is one thread")]
pub trait BackupSink {
    /// Takes one line; `done` of `all` articles are written.
    async fn line(&mut self, line: String, done: usize, all: usize);
}

/// Where the lines of a backup come from.
#[expect(async_fn_in_trait, reason = "there is one thread")]
pub trait BackupLines {
    /// The next line without its line end; `None` after the last.
    async fn next(&mut self) -> Result<Option<Vec<u8>>, String>;
}

/// Writes a backup of all articles, those that can still be brought back among them.
///
/// Errors: the storage does not answer. One article that cannot be read is left out, and
/// named.
pub async fn back_up(
    records: &impl Records,
    sink: &mut impl BackupSink,
    now: Timestamp,
) -> Result<BackupSummary, StoreError> {
    let listing = listing(records, None).await?;
    let lines = listing.lines.into_iter().map(|line| (line.id, Some(line)));
    let unlisted = listing.unlisted.into_iter().map(|id| (id, None));
    let articles: Vec<(Id, Option<LibraryEntry>)> = lines.chain(unlisted).collect();
    let mut writer = BackupWriter::default();
    let mut made = BackupSummary {
        at: now,
        ..BackupSummary::default()
    };
    sink.line(writer.head(now), 0, articles.len()).await;
    for (done, (id, line)) in (1..).zip(&articles) {
        match copy(records, *id, line.as_ref(), now).await {
            Ok((copy, lost)) => match writer.article(&copy) {
                Ok(line) => {
                    let title = &copy.document.article().title;
                    if lost.is_empty() {
                        made.articles.push(*id);
                    } else {
                        made.missing
                            .push(format!("“{title}”: {}.", lost.join("; ")));
                    }
                    made.count += 1;
                    sink.line(line, done, articles.len()).await;
                }
                Err(error) => {
                    let title = &copy.document.article().title;
                    let reason = errors::of_reason(&error);
                    made.missing.push(format!("“{title}”: {reason}"));
                }
            },
            Err(reason) => {
                let title = line.as_ref().map(|line| line.title.clone());
                let title = title.unwrap_or_else(|| id.to_string());
                made.missing.push(format!("“{title}”: {reason}"));
            }
        }
    }
    sink.line(writer.end(), articles.len(), articles.len())
        .await;
    Ok(made)
}

async fn copy(
    records: &impl Records,
    id: Id,
    line: Option<&LibraryEntry>,
    now: Timestamp,
) -> Result<(ArticleCopy, Vec<String>), String> {
    let kept = open(records, id).await?;
    let document = with_tail(&kept);
    let traces = traces(records, document.article()).await;
    let copy = ArticleCopy {
        change_times: traces.map_err(|refusal| refusal.to_string())?,
        changed: line.map_or(now, |line| line.changed),
        deleted: line.and_then(|line| line.deleted),
        document,
    };
    Ok((copy, kept.lost))
}

/// The article with what was made and never written.
#[must_use]
pub fn with_tail(kept: &LoadedArticle) -> Rc<Document> {
    let mut document = kept.history.document().clone();
    let mut gone = Vec::new();
    for entry in &kept.tail {
        let step = rebase::rebase(entry, &document, &mut gone).step;
        if let Ok((after, _)) = step.apply(&document) {
            document = after;
        }
    }
    document
}

/// What the journal of an article, and the backups that were restored, say of its pieces;
/// what cannot be read of it says nothing.
async fn traces(records: &impl Records, article: &Article) -> Result<ChangeTimes, StoreError> {
    let steps = records.all(key::of_prefix(&key::steps(article.id))).await?;
    let entries = steps.iter();
    let entries = entries.filter_map(|(_, record)| read_entry(record, article).ok());
    let traces = ChangeTimes::of(entries.map(Rc::new));
    let told = records.get(&key::traces(article.id)).await?;
    let told = told.and_then(|record| read_change_times(&record).ok());
    Ok(match told {
        Some(told) => traces.latest(&told),
        None => traces,
    })
}

/// What restoring a backup would do. Nothing is written.
///
/// Errors: it is no backup, or of a newer version; the storage or the file cannot be
/// read.
pub async fn survey(
    records: &impl Records,
    lines: &mut impl BackupLines,
) -> Result<RestoreReport, String> {
    let mut reader = BackupReader::default();
    let mut findings = RestoreReport::default();
    let stamp = Stamp {
        now: Timestamp::default(),
        random: [0; 10],
    };
    while let Some(copy) = next(&mut reader, lines, &mut findings).await? {
        let plan = plan(records, &copy, findings.made, stamp).await;
        let plan = plan.map_err(|refusal| refusal.to_string())?;
        findings.articles.push(plan.finding);
    }
    Ok(findings)
}

/// Restores a backup: what it has newer comes in, article by article. Gives what was
/// done. `told` hears of each article how many are done.
///
/// Errors: as [`survey`]; and the storage is full. What was restored before stays.
pub async fn restore(
    records: &impl Records,
    lines: &mut impl BackupLines,
    stamp: &impl Fn() -> Stamp,
    told: &impl Fn(usize, Id),
) -> Result<RestoreReport, String> {
    let mut reader = BackupReader::default();
    let mut findings = RestoreReport::default();
    while let Some(copy) = next(&mut reader, lines, &mut findings).await? {
        let finding = restore_one(records, &copy, findings.made, stamp).await;
        let finding = finding.map_err(|refusal| {
            let restored = match findings.articles.len() {
                1 => "1 article of the backup was".to_owned(),
                done => format!("{done} articles of the backup were"),
            };
            format!(
                "{refusal} {restored} restored; nothing else was \
                 changed. Restore it again to go on."
            )
        })?;
        let id = finding.id;
        findings.articles.push(finding);
        told(findings.articles.len(), id);
    }
    Ok(findings)
}

/// How often an article is tried that other tabs are writing at the same time.
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
            return Ok(plan.finding);
        }
        let parts = plan.changes.iter().map(parts_of).collect();
        match records.write(parts).await {
            Ok(()) => return Ok(plan.finding),
            // Another tab wrote between the reading and the writing.
            Err(StoreError::Behind(_) | StoreError::Gone(_) | StoreError::Twin(_))
                if tries < TRIES => {}
            Err(refusal) => return Err(refusal),
        }
    }
}

/// The next article of the file. What is told of the others on the way goes into
/// `findings`.
async fn next(
    reader: &mut BackupReader,
    lines: &mut impl BackupLines,
    findings: &mut RestoreReport,
) -> Result<Option<ArticleCopy>, String> {
    while let Some(line) = lines.next().await? {
        match reader.read(&line) {
            Ok(BackupLine::Head(made)) => findings.made = made,
            Ok(BackupLine::Article(copy)) => return Ok(Some(*copy)),
            Ok(BackupLine::End { is_whole }) => findings.is_whole = is_whole,
            Err(error) if reader.lines() == 1 => return Err(errors::of_reason(&error)),
            Err(error) => {
                findings.faults.push(fault(reader.lines(), &error));
            }
        }
    }
    Ok(None)
}

fn fault(line: usize, error: &ReadError) -> String {
    match error {
        ReadError::NotJson { column, reason, .. } => {
            format!("Line {line}, column {column}: it is damaged or cut off ({reason}).")
        }
        ReadError::Binary { .. } | ReadError::NotUtf8 { .. } | ReadError::TooLarge { .. } => {
            format!("Line {line}: it is damaged.")
        }
        _ => format!("Line {line}: {}", errors::of_reason(error)),
    }
}

struct Plan {
    finding: RestoredArticle,
    changes: Vec<StoreChange>,
}

/// What restoring does to one article, as things stand.
async fn plan(
    records: &impl Records,
    copy: &ArticleCopy,
    made: Timestamp,
    stamp: Stamp,
) -> Result<Plan, StoreError> {
    let id = copy.document.article().id;
    let states = key::of_prefix(&key::states(id));
    if records.keys(states).await?.is_empty() {
        return Ok(added(copy, copy.document.clone(), made, None));
    }
    let beside = |why: String| {
        let title = format!("{} (from a backup)", copy.document.article().title);
        let document = copy.document.copied_as(stamp.id(0), title);
        added(copy, Rc::new(document), made, Some(why))
    };
    let kept = match open(records, id).await {
        Ok(kept) => kept,
        Err(reason) => return Ok(beside(format!("what is here cannot be read: {reason}"))),
    };
    let line = listing(records, Some(id)).await?.lines.into_iter().next();
    let line =
        line.unwrap_or_else(|| LibraryEntry::new(kept.history.document(), Timestamp::default()));
    let traces = traces(records, kept.history.document().article()).await?;
    let here = MergeSide {
        document: kept.history.document(),
        traces: &traces,
        changed: line.changed,
    };
    let there = MergeSide {
        document: &copy.document,
        traces: &copy.change_times,
        changed: copy.changed,
    };
    let merged = match merge(here, there) {
        Ok(merged) => merged,
        Err(error) => return Ok(beside(format!("{error}"))),
    };
    let mut changes = Vec::new();
    let verdict = if merged == *here.document {
        MergeOutcome::Same
    } else {
        MergeOutcome::Merged(merge::tally(here.document, there.document, &merged))
    };
    if verdict != MergeOutcome::Same {
        let name = "restore from a backup".to_owned();
        let step = merge::merging(here, there, &merged, name);
        match appended(&kept.history, &step, &line, stamp) {
            Ok(append) => changes.push(append),
            Err(error) => return Ok(beside(format!("{error}"))),
        }
    }
    // What the backup knows of pieces that do not change here is remembered as well.
    let known = traces.clone().latest(&copy.change_times);
    if known != traces {
        changes.push(StoreChange::Trace(id, Rc::new(known)));
    }
    if merged == *there.document && line.copied.is_none_or(|copied| copied < made) {
        changes.push(StoreChange::Copied(id, made));
    }
    let fate = fate(&line, copy);
    match fate {
        DeletionOutcome::BroughtBack => changes.push(StoreChange::Delete(id, None)),
        DeletionOutcome::Deleted => changes.push(StoreChange::Delete(id, copy.deleted)),
        DeletionOutcome::Live | DeletionOutcome::StaysDeleted => {}
    }
    let title = merged.article().title.clone();
    let before = Some(here.document.article().title.clone()).filter(|before| *before != title);
    Ok(Plan {
        finding: RestoredArticle {
            id,
            title,
            before,
            verdict,
            fate,
        },
        changes,
    })
}

/// A step on what is here, and the line that it has then.
fn appended(
    history: &History,
    step: &Transaction,
    line: &LibraryEntry,
    stamp: Stamp,
) -> Result<StoreChange, ModelError> {
    let (after, entry) = history.step(step, stamp.entry_stamp())?;
    let line = Rc::new(line.after(after.document(), stamp.now));
    let article = after.document().article().clone();
    Ok(StoreChange::Append(article, entry, Some(line)))
}

/// The newer wins here as well.
fn fate(line: &LibraryEntry, copy: &ArticleCopy) -> DeletionOutcome {
    match (line.deleted, copy.deleted) {
        (Some(here), None) if copy.changed > here => DeletionOutcome::BroughtBack,
        (Some(_), _) => DeletionOutcome::StaysDeleted,
        (None, Some(there)) if there > line.changed => DeletionOutcome::Deleted,
        (None, _) => DeletionOutcome::Live,
    }
}

/// An article comes in as it is in the backup, which is the copy of it outside.
fn added(
    copy: &ArticleCopy,
    document: Rc<Document>,
    made: Timestamp,
    beside: Option<String>,
) -> Plan {
    let id = document.article().id;
    let line = Rc::new(LibraryEntry::new(&document, copy.changed));
    let mut changes = vec![
        StoreChange::Add(document.clone(), line),
        StoreChange::Copied(id, made),
        StoreChange::Trace(id, Rc::new(copy.change_times.clone())),
    ];
    let mut fate = DeletionOutcome::Live;
    if copy.deleted.is_some() {
        fate = DeletionOutcome::Deleted;
        changes.push(StoreChange::Delete(id, copy.deleted));
    }
    Plan {
        finding: RestoredArticle {
            id,
            title: document.article().title.clone(),
            before: None,
            verdict: match beside {
                None => MergeOutcome::Added(document.annotations().len()),
                Some(why) => MergeOutcome::Beside(why),
            },
            fate,
        },
        changes,
    }
}
