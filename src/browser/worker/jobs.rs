//! What may take long, done: in a worker where there is one, see `worker`.

use crate::browser::clock;
use crate::browser::files::backup;
use crate::browser::files::open::{blob_of, bytes_of};
use crate::browser::js::said;
use crate::browser::storage::documents;
use pullquote_app::backup::restore::with_tail;
use pullquote_app::job::Job;
use pullquote_app::library::incoming::incoming;
use pullquote_core::model::document::Document;
use pullquote_formats::document_file::{MEDIA_TYPE, write_document};
use pullquote_formats::records::snapshot::read_snapshot;
use pullquote_formats::worker_message::{WorkerMessage, from_texts, to_texts};

use js_sys::Array;

use web_sys::{Blob, File};

/// What a job comes to: its value as texts, and a file.
pub(crate) type JobOutput = (Vec<String>, Option<Blob>);

/// Does the job that is written in these texts; what is none comes to nothing.
pub(crate) async fn answer(
    texts: Vec<String>,
    file: Option<File>,
    told: &dyn Fn(usize, usize),
) -> JobOutput {
    match from_texts(texts) {
        Ok(job) => perform(job, file, told).await,
        Err(_) => (Vec::new(), None),
    }
}

/// Does a job; `told` hears how much of how much is done.
pub(crate) async fn perform(
    job: Job,
    file: Option<File>,
    told: &dyn Fn(usize, usize),
) -> JobOutput {
    match (job, file) {
        (Job::Read(name), Some(file)) => {
            let bytes = bytes_of(file.into()).await;
            let read = bytes.map(|bytes| incoming(&name, &bytes, &clock::stamp()));
            (to_texts(&read), None)
        }
        (Job::Write(record), _) => {
            let read = read_snapshot(&record).map_err(|error| error.to_string());
            let file = read.and_then(|(document, ..)| file_of(&document));
            yielded(file.map(|file| (Vec::<String>::new(), file)))
        }
        (Job::WriteKept(id, state), _) => {
            let kept = documents::read_document(id).await;
            let file = kept.and_then(|kept| {
                let is = (kept.history.number(), kept.history.latest());
                if state.is_some_and(|state| state != is || !kept.tail.is_empty()) {
                    return Err("it was changed meanwhile.".to_owned());
                }
                let file = file_of(&with_tail(&kept))?;
                Ok((kept.lost, file))
            });
            yielded(file)
        }
        (Job::BackUp, _) => yielded(backup::written(told).await),
        (Job::Survey, Some(file)) => (to_texts(&backup::surveyed(file).await), None),
        (Job::Restore, Some(file)) => (to_texts(&backup::restored(file, told).await), None),
        (Job::Read(_) | Job::Survey | Job::Restore, None) => (Vec::new(), None),
    }
}

/// What comes of work, as an answer.
pub(crate) fn yielded(made: Result<(impl WorkerMessage, Blob), String>) -> JobOutput {
    match made {
        Ok((value, file)) => (to_texts(&Ok::<_, String>(value)), Some(file)),
        Err(reason) => (to_texts(&Err::<String, _>(reason)), None),
    }
}

/// The file of a document.
pub(crate) fn file_of(document: &Document) -> Result<Blob, String> {
    let text = write_document(document);
    blob_of(MEDIA_TYPE, &Array::of1(&text.into())).map_err(|error| said(&error))
}
