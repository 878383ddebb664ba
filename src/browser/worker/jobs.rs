//! The work of jobs: in a worker, or in the window where there is none.

use crate::browser::clock;
use crate::browser::error::BrowserError;
use crate::browser::files::blob;
use crate::browser::storage::documents;
use crate::browser::worker::error::JobError;
use crate::browser::worker::message::JobOutput;
use pullquote_app::backup::write::with_tail;
use pullquote_app::job::Job;
use pullquote_app::library::incoming::Incoming;
use pullquote_app::messages::files;
use pullquote_app::messages::storage::loss;
use pullquote_core::edit::journal_entry::JournalHead;
use pullquote_core::model::id::Id;
use pullquote_formats::records::snapshot::read_snapshot;
use pullquote_formats::worker_message::{WorkerMessage, from_texts, to_texts};

use web_sys::{Blob, File};

/// Does the job in these texts. Texts that are no job have an empty answer.
pub(crate) async fn answer(texts: Vec<String>, file: Option<File>) -> JobOutput {
    match from_texts(texts) {
        Ok(job) => perform(job, file).await,
        Err(_) => (Vec::new(), None),
    }
}

/// Does a job.
pub(crate) async fn perform(job: Job, file: Option<File>) -> JobOutput {
    match (job, file) {
        (Job::Read(name), Some(file)) => {
            let bytes = blob::bytes_of(file.into()).await;
            let read = bytes.map(|bytes| {
                Incoming::from_file(&name, &bytes, &clock::stamp())
                    .map_err(|error| files::not_opened(&name, &error))
            });
            let read = read.map_err(|error| error.to_string());
            (to_texts(&read), None)
        }
        (Job::Write(record), _) => {
            let file = write(&record);
            output_of(file.map(|file| (Vec::<String>::new(), file)))
        }
        (Job::WriteKept(id, state), _) => output_of(write_stored(id, state).await),
        (Job::Read(_), None) => (Vec::new(), None),
    }
}

/// Writes the file of the document in a record.
fn write(record: &str) -> Result<Blob, JobError> {
    let (document, ..) = read_snapshot(record).map_err(JobError::reported)?;
    Ok(blob::of_document(&document)?)
}

/// Writes the file of a stored document, if it is in this state. Returns what of it could not
/// be read, in sentences, and the file.
async fn write_stored(
    id: Id,
    state: Option<(u64, Option<JournalHead>)>,
) -> Result<(Vec<String>, Blob), JobError> {
    let loaded = documents::read_document(id)
        .await
        .map_err(BrowserError::from)?;
    let loaded_state = (loaded.history.number(), loaded.history.latest());
    if state.is_some_and(|state| state != loaded_state || !loaded.tail.is_empty()) {
        return Err(JobError::ArticleChanged);
    }
    let file = blob::of_document(&with_tail(&loaded))?;
    Ok((loaded.lost.iter().map(loss).collect(), file))
}

/// The result of work that writes a file, as texts, and the file.
pub(crate) fn output_of(written: Result<(impl WorkerMessage, Blob), JobError>) -> JobOutput {
    let written = written.map_err(|error| error.to_string());
    match written {
        Ok((value, file)) => (to_texts(&Ok::<_, String>(value)), Some(file)),
        Err(reason) => (to_texts(&Err::<String, _>(reason)), None),
    }
}
