//! The file of an article, written for the user or for the folder.

use crate::browser::files::{blob, download};
use crate::browser::worker::client;
use crate::browser::worker::error::JobError;
use pullquote_app::job::Job;
use pullquote_core::edit::journal_entry::JournalHead;
use pullquote_core::model::document::Document;
use pullquote_formats::document_file::EXTENSION;
use pullquote_formats::file_name::file_name;
use pullquote_formats::records::snapshot::write_snapshot;

use web_sys::Blob;

/// Files up to about this size in bytes are written in the window: it takes less time than
/// starting a worker.
const SMALL: usize = 100_000;

/// About how many bytes of a file one mark takes.
const MARK: usize = 500;

/// Where a job runs that writes a file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Runner {
    /// In the window: the file is small.
    Window,
    /// In a worker, so that the window stays responsive.
    Worker,
}

impl Runner {
    /// Where to write the file of an article of about this many bytes of text, with this many marks.
    pub(crate) fn for_size(text: usize, marks: usize) -> Self {
        match text + marks * MARK < SMALL {
            true => Self::Window,
            false => Self::Worker,
        }
    }
}

/// A file that a job has written.
pub(crate) struct WrittenFile {
    pub(crate) file: Blob,
    /// What of the stored article could not be read, in sentences.
    pub(crate) lost: Vec<String>,
}

/// Downloads the file of a document.
/// A worker writes a large one; where `stored` says that the storage has the document in this
/// state, the worker reads it there.
pub async fn export(
    document: &Document,
    stored: Option<(u64, Option<JournalHead>)>,
) -> Result<(), JobError> {
    let article = document.article();
    let marks = document.annotations().len();
    let file = match Runner::for_size(article.text().len(), marks) {
        Runner::Window => blob::of_document(document)?,
        Runner::Worker => write_in_worker(document, stored).await?,
    };
    download::file(&file_name(&article.title, EXTENSION), &file)?;
    Ok(())
}

async fn write_in_worker(
    document: &Document,
    stored: Option<(u64, Option<JournalHead>)>,
) -> Result<Blob, JobError> {
    if stored.is_some() {
        let job = Job::WriteKept(document.article().id, stored);
        let written = write(job, Runner::Worker).await;
        // The document at hand is complete, even where the stored one is not.
        if let Ok(written) = written
            && written.lost.is_empty()
        {
            return Ok(written.file);
        }
    }
    let job = Job::Write(write_snapshot(document, 0, None));
    Ok(write(job, Runner::Worker).await?.file)
}

/// Does a job that writes a file of one article.
pub(crate) async fn write(job: Job, runner: Runner) -> Result<WrittenFile, JobError> {
    let (lost, file) = match runner {
        Runner::Window => client::run_in_window(job).await?,
        Runner::Worker => client::run(job, None).await?,
    };
    let lost: Result<Vec<String>, String> = lost;
    let lost = lost.map_err(JobError::Reported)?;
    let file = file.ok_or(JobError::NoFile)?;
    Ok(WrittenFile { file, lost })
}
