//! What may take long, done: in a worker where there is one, see `worker`.

use super::files::{blob_of, bytes_of};
use super::{backup, clock, said, storage};
use crate::app::records::with_tail;
use crate::app::{Job, incoming, of_texts, to_texts};
use js_sys::Array;
use pullquote_core::formats::{EXPORTERS, read_snapshot};
use pullquote_core::model::Document;
use web_sys::{Blob, File};

/// What a job comes to: its value as texts, and a file.
pub(super) type Yield = (Vec<String>, Option<Blob>);

/// Does the job that is written in these texts; what is none comes to nothing.
pub(super) async fn answer(
    texts: Vec<String>,
    file: Option<File>,
    told: &dyn Fn(usize, usize),
) -> Yield {
    match of_texts(texts) {
        Some(job) => carry_out(job, file, told).await,
        None => (Vec::new(), None),
    }
}

/// Does a job; `told` hears how much of how much is done.
pub(super) async fn carry_out(job: Job, file: Option<File>, told: &dyn Fn(usize, usize)) -> Yield {
    match (job, file) {
        (Job::Read(name), Some(file)) => {
            let bytes = bytes_of(file.into()).await;
            let read = bytes.map(|bytes| incoming(&name, &bytes, &clock::stamp()));
            (to_texts(&read), None)
        }
        (Job::Write(exporter, record), _) => {
            let read = read_snapshot(&record).map_err(|error| error.to_string());
            let file = read.and_then(|(document, ..)| file_of(exporter, &document));
            yielded(file.map(|file| (Vec::<String>::new(), file)))
        }
        (Job::WriteKept(exporter, id, state), _) => {
            let kept = storage::read_document(id).await;
            let file = kept.and_then(|kept| {
                let is = (kept.history.number(), kept.history.latest());
                if state.is_some_and(|state| state != is || !kept.tail.is_empty()) {
                    return Err("it was changed meanwhile.".to_owned());
                }
                let file = file_of(exporter, &with_tail(&kept))?;
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
pub(super) fn yielded(made: Result<(impl crate::app::Texts, Blob), String>) -> Yield {
    match made {
        Ok((value, file)) => (to_texts(&Ok::<_, String>(value)), Some(file)),
        Err(reason) => (to_texts(&Err::<String, _>(reason)), None),
    }
}

/// The file of a document.
pub(super) fn file_of(exporter: usize, document: &Document) -> Result<Blob, String> {
    let exporter = &EXPORTERS[exporter];
    let text = (exporter.write)(document);
    blob_of(exporter.media_type, &Array::of1(&text.into())).map_err(|error| said(&error))
}
