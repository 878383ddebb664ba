//! Writes the whole library into one backup file.

use crate::backup::summary::BackupSummary;
use crate::messages::backup;
use crate::store::article::{LoadedArticle, Loss, OpenError, open};
use crate::store::error::StoreError;
use crate::store::key;
use crate::store::library::listing;
use crate::store::records::Records;
use pullquote_core::edit::change_times::ChangeTimes;
use pullquote_core::edit::merge;
use pullquote_core::edit::rebase::rebase;
use pullquote_core::model::article::Article;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;
use pullquote_core::model::library_entry::LibraryEntry;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_formats::backup_file::{ArticleCopy, BackupWriter};
use pullquote_formats::records::change_times::read_change_times;
use pullquote_formats::records::journal_entry::read_entry;
use std::rc::Rc;

/// Takes the lines of a backup that is being written.
#[expect(async_fn_in_trait, reason = "there is one thread")]
pub trait BackupSink {
    /// Takes one line, with its line end; `done` of `all` articles are written.
    async fn line(&mut self, line: String, done: usize, all: usize);
}

/// Writes a backup of all articles, including deleted ones that can be restored.
///
/// Errors: the storage does not answer. Articles that cannot be read are left out and named in
/// the summary.
pub async fn back_up(
    records: &impl Records,
    sink: &mut impl BackupSink,
    now: Timestamp,
) -> Result<BackupSummary, StoreError> {
    let listing = listing(records, None).await?;
    let listed = listing.entries.into_iter();
    let listed = listed.map(|entry| (entry.id, Some(entry)));
    let unlisted = listing.unlisted.into_iter().map(|id| (id, None));
    let articles: Vec<(Id, Option<LibraryEntry>)> = listed.chain(unlisted).collect();
    let mut writer = BackupWriter::default();
    let mut summary = BackupSummary {
        at: now,
        ..BackupSummary::default()
    };
    sink.line(writer.head(now), 0, articles.len()).await;
    for (done, (id, entry)) in (1..).zip(&articles) {
        match copy(records, *id, entry.as_ref(), now).await {
            Ok((copy, lost)) => {
                let title = &copy.document.article().title;
                match writer.article(&copy) {
                    Ok(line) => {
                        if lost.is_empty() {
                            summary.articles.push(*id);
                        } else {
                            let sentence = backup::article_incomplete(title, &lost);
                            summary.missing.push(sentence);
                        }
                        summary.count += 1;
                        sink.line(line, done, articles.len()).await;
                    }
                    Err(error) => {
                        let sentence = backup::article_not_written(title, &error);
                        summary.missing.push(sentence);
                    }
                }
            }
            Err(error) => {
                let title = entry.as_ref().map(|entry| entry.title.clone());
                let title = title.unwrap_or_else(|| id.to_string());
                summary
                    .missing
                    .push(backup::article_unreadable(&title, &error));
            }
        }
    }
    sink.line(writer.end(), articles.len(), articles.len())
        .await;
    Ok(summary)
}

async fn copy(
    records: &impl Records,
    id: Id,
    entry: Option<&LibraryEntry>,
    now: Timestamp,
) -> Result<(ArticleCopy, Vec<Loss>), OpenError> {
    let loaded = open(records, id).await?;
    let document = with_tail(&loaded);
    let copy = ArticleCopy {
        change_times: change_times(records, document.article()).await?,
        changed: entry.map_or(now, |entry| entry.changed),
        deleted: entry.and_then(|entry| entry.deleted),
        done: entry.is_some_and(|entry| entry.done),
        document,
    };
    Ok((copy, loaded.lost))
}

/// The document of an article with the entries that were never written to its journal.
#[must_use]
pub fn with_tail(loaded: &LoadedArticle) -> Rc<Document> {
    let mut document = loaded.history.document().clone();
    let mut gone = Vec::new();
    for entry in &loaded.tail {
        let step = rebase(entry, &document, &mut gone).step;
        if let Ok((after, _)) = step.apply(&document) {
            document = after;
        }
    }
    document
}

/// When the records of an article were added and deleted, from its journal and from the backups
/// that were restored. Entries that cannot be read are ignored.
pub(crate) async fn change_times(
    records: &impl Records,
    article: &Article,
) -> Result<ChangeTimes, StoreError> {
    let steps = records
        .all(key::with_prefix(&key::steps(article.id)))
        .await?;
    let entries = steps.iter();
    let entries = entries.filter_map(|(_, record)| read_entry(record, article).ok());
    let times = merge::change_times(entries.map(Rc::new));
    let restored = records.get(&key::change_times(article.id)).await?;
    let restored = restored.and_then(|record| read_change_times(&record).ok());
    Ok(match restored {
        Some(restored) => times.latest(&restored),
        None => times,
    })
}
