//! The whole library goes into one file, and a file comes back into the library.

use super::{Kept, Records, Refusal, key, listing, open, parts_of};
use crate::app::{Change, Stamp, sentence};
use pullquote_core::edit::{self, History, Side, Tally, Traces, Transaction, merge};
use pullquote_core::formats::{
    ArticleCopy, BackupLine, BackupReader, BackupWriter, ReadError, read_entry, read_traces,
};
use pullquote_core::model::{Article, Document, Holding, Id, ModelError, Moment};
use std::rc::Rc;

/// Where the lines of a backup go.
#[expect(async_fn_in_trait, reason = "there is one thread")]
pub trait Sink {
    /// Takes one line; `done` of `all` articles are written.
    async fn line(&mut self, line: String, done: usize, all: usize);
}

/// Where the lines of a backup come from.
#[expect(async_fn_in_trait, reason = "there is one thread")]
pub trait Lines {
    /// The next line without its line end; `None` after the last.
    async fn next(&mut self) -> Result<Option<Vec<u8>>, String>;
}

/// What is in a backup that was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BackedUp {
    /// When it was begun: what was changed since is not surely in it.
    pub at: Moment,
    /// How many articles are in it.
    pub count: usize,
    /// The articles that are in it as a whole.
    pub articles: Vec<Id>,
    /// What could not be read and is not in it, in words.
    pub missing: Vec<String>,
}

/// What a backup means for the library.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// When the backup was made.
    pub made: Moment,
    /// One an article, in the order of the file.
    pub articles: Vec<Finding>,
    /// What could not be read, line by line, in words.
    pub faults: Vec<String>,
    /// Whether the file says that it is whole, and is.
    pub is_whole: bool,
}

/// What a backup means for one article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Its id here; of one that comes in as a copy that of the other.
    pub id: Id,
    /// Its title, when it is done.
    pub title: String,
    /// Its title now, where that is another.
    pub before: Option<String>,
    /// What happens to its marks.
    pub verdict: Verdict,
    /// What happens to it as a whole.
    pub fate: Fate,
}

/// What happens to the marks of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is not here and comes in, with so many marks.
    Added(usize),
    /// It is here; the newer wins, record by record.
    Merged(Tally),
    /// It is here and has nothing to gain.
    Same,
    /// It cannot become one with what is here and comes in beside it; why.
    Beside(String),
}

/// What happens to an article as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fate {
    /// It is in the library.
    #[default]
    Live,
    /// It was deleted here and stays so; it can be brought back.
    StaysDeleted,
    /// It was deleted in the backup, and later than it was changed here.
    Deleted,
    /// It was deleted here, and the backup has it from later.
    BroughtBack,
}

/// Writes a backup of all articles, those that can still be brought back among them.
///
/// Errors: the storage does not answer. One article that cannot be read is left out, and
/// named.
pub async fn back_up(
    records: &impl Records,
    sink: &mut impl Sink,
    now: Moment,
) -> Result<BackedUp, Refusal> {
    let listing = listing(records, None).await?;
    let lines = listing.lines.into_iter().map(|line| (line.id, Some(line)));
    let unlisted = listing.unlisted.into_iter().map(|id| (id, None));
    let articles: Vec<(Id, Option<Holding>)> = lines.chain(unlisted).collect();
    let mut writer = BackupWriter::default();
    let mut made = BackedUp {
        at: now,
        ..BackedUp::default()
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
                    let reason = sentence::of_reason(&error);
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
    line: Option<&Holding>,
    now: Moment,
) -> Result<(ArticleCopy, Vec<String>), String> {
    let kept = open(records, id).await?;
    let document = with_tail(&kept);
    let traces = traces(records, document.article()).await;
    let copy = ArticleCopy {
        traces: traces.map_err(|refusal| refusal.to_string())?,
        changed: line.map_or(now, |line| line.changed),
        deleted: line.and_then(|line| line.deleted),
        document,
    };
    Ok((copy, kept.lost))
}

/// The article with what was made and never written.
#[must_use]
pub fn with_tail(kept: &Kept) -> Rc<Document> {
    let mut document = kept.history.document().clone();
    let mut gone = Vec::new();
    for entry in &kept.tail {
        let step = edit::rebase(entry, &document, &mut gone).step;
        if let Ok((after, _)) = step.apply(&document) {
            document = after;
        }
    }
    document
}

/// What the journal of an article, and the backups that were restored, say of its pieces;
/// what cannot be read of it says nothing.
async fn traces(records: &impl Records, article: &Article) -> Result<Traces, Refusal> {
    let steps = records.all(key::of_prefix(&key::steps(article.id))).await?;
    let entries = steps.iter();
    let entries = entries.filter_map(|(_, record)| read_entry(record, article).ok());
    let traces = Traces::of(entries.map(Rc::new));
    let told = records.get(&key::traces(article.id)).await?;
    let told = told.and_then(|record| read_traces(&record).ok());
    Ok(match told {
        Some(told) => traces.latest(&told),
        None => traces,
    })
}

/// What restoring a backup would do. Nothing is written.
///
/// Errors: it is no backup, or of a newer version; the storage or the file cannot be
/// read.
pub async fn survey(records: &impl Records, lines: &mut impl Lines) -> Result<Findings, String> {
    let mut reader = BackupReader::default();
    let mut findings = Findings::default();
    let stamp = Stamp {
        now: Moment::default(),
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
    lines: &mut impl Lines,
    stamp: &impl Fn() -> Stamp,
    told: &impl Fn(usize, Id),
) -> Result<Findings, String> {
    let mut reader = BackupReader::default();
    let mut findings = Findings::default();
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
    made: Moment,
    stamp: &impl Fn() -> Stamp,
) -> Result<Finding, Refusal> {
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
            Err(Refusal::Behind(_) | Refusal::Gone(_) | Refusal::Twin(_)) if tries < TRIES => {}
            Err(refusal) => return Err(refusal),
        }
    }
}

/// The next article of the file. What is told of the others on the way goes into
/// `findings`.
async fn next(
    reader: &mut BackupReader,
    lines: &mut impl Lines,
    findings: &mut Findings,
) -> Result<Option<ArticleCopy>, String> {
    while let Some(line) = lines.next().await? {
        match reader.read(&line) {
            Ok(BackupLine::Head(made)) => findings.made = made,
            Ok(BackupLine::Article(copy)) => return Ok(Some(*copy)),
            Ok(BackupLine::End(is_whole)) => findings.is_whole = is_whole,
            Err(error) if reader.lines() == 1 => return Err(sentence::of_reason(&error)),
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
        _ => format!("Line {line}: {}", sentence::of_reason(error)),
    }
}

struct Plan {
    finding: Finding,
    changes: Vec<Change>,
}

/// What restoring does to one article, as things stand.
async fn plan(
    records: &impl Records,
    copy: &ArticleCopy,
    made: Moment,
    stamp: Stamp,
) -> Result<Plan, Refusal> {
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
    let line = line.unwrap_or_else(|| Holding::new(kept.history.document(), Moment::default()));
    let traces = traces(records, kept.history.document().article()).await?;
    let here = Side {
        document: kept.history.document(),
        traces: &traces,
        changed: line.changed,
    };
    let there = Side {
        document: &copy.document,
        traces: &copy.traces,
        changed: copy.changed,
    };
    let merged = match merge(here, there) {
        Ok(merged) => merged,
        Err(error) => return Ok(beside(format!("{error}"))),
    };
    let mut changes = Vec::new();
    let verdict = if merged == *here.document {
        Verdict::Same
    } else {
        Verdict::Merged(edit::tally(here.document, there.document, &merged))
    };
    if verdict != Verdict::Same {
        let name = "restore from a backup".to_owned();
        let step = edit::merging(here, there, &merged, name);
        match appended(&kept.history, &step, &line, stamp) {
            Ok(append) => changes.push(append),
            Err(error) => return Ok(beside(format!("{error}"))),
        }
    }
    // What the backup knows of pieces that do not change here is remembered as well.
    let known = traces.clone().latest(&copy.traces);
    if known != traces {
        changes.push(Change::Trace(id, Rc::new(known)));
    }
    if merged == *there.document && line.copied.is_none_or(|copied| copied < made) {
        changes.push(Change::Copied(id, made));
    }
    let fate = fate(&line, copy);
    match fate {
        Fate::BroughtBack => changes.push(Change::Delete(id, None)),
        Fate::Deleted => changes.push(Change::Delete(id, copy.deleted)),
        Fate::Live | Fate::StaysDeleted => {}
    }
    let title = merged.article().title.clone();
    let before = Some(here.document.article().title.clone()).filter(|before| *before != title);
    Ok(Plan {
        finding: Finding {
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
    line: &Holding,
    stamp: Stamp,
) -> Result<Change, ModelError> {
    let (after, entry) = history.step(step, stamp.seal())?;
    let line = Rc::new(line.after(after.document(), stamp.now));
    let article = after.document().article().clone();
    Ok(Change::Append(article, entry, Some(line)))
}

/// The newer wins here as well.
fn fate(line: &Holding, copy: &ArticleCopy) -> Fate {
    match (line.deleted, copy.deleted) {
        (Some(here), None) if copy.changed > here => Fate::BroughtBack,
        (Some(_), _) => Fate::StaysDeleted,
        (None, Some(there)) if there > line.changed => Fate::Deleted,
        (None, _) => Fate::Live,
    }
}

/// An article comes in as it is in the backup, which is the copy of it outside.
fn added(copy: &ArticleCopy, document: Rc<Document>, made: Moment, beside: Option<String>) -> Plan {
    let id = document.article().id;
    let line = Rc::new(Holding::new(&document, copy.changed));
    let mut changes = vec![
        Change::Add(document.clone(), line),
        Change::Copied(id, made),
        Change::Trace(id, Rc::new(copy.traces.clone())),
    ];
    let mut fate = Fate::Live;
    if copy.deleted.is_some() {
        fate = Fate::Deleted;
        changes.push(Change::Delete(id, copy.deleted));
    }
    Plan {
        finding: Finding {
            id,
            title: document.article().title.clone(),
            before: None,
            verdict: match beside {
                None => Verdict::Added(document.annotations().len()),
                Some(why) => Verdict::Beside(why),
            },
            fate,
        },
        changes,
    }
}
