//! The program that writes datasets and backups, as `src/datasets.rs` runs it: in a worker, where
//! it does one job; or in the window, where it offers a function that does it.

use crate::browser::files::{backup_stream, blob};
use crate::browser::js::{object, string_array, strings};
use crate::browser::storage::documents;
use crate::browser::worker::error::JobError;
use crate::browser::worker::jobs::output_of;
use crate::browser::worker::message::JobOutput;
use crate::browser::worker::{message, server};
use pullquote_app::backup::write::with_tail;
use pullquote_app::export::dataset_job::DatasetJob;
use pullquote_app::export::settings::ExportSettings;
use pullquote_app::export::summary::DatasetSummary;
use pullquote_app::job::LibraryJob;
use pullquote_app::messages::storage::loss;
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;
use pullquote_datasets::builder::Dataset;
use pullquote_datasets::package::plan::share_of;
use pullquote_formats::codebook_file::write_codebook;
use pullquote_formats::records::snapshot::read_snapshot;
use pullquote_formats::worker_message::{from_texts, to_texts};

use js_sys::{Array, Function, Promise, Reflect};

use std::cell::Cell;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::future_to_promise;
use web_sys::{Blob, File};

thread_local! {
    /// How often the window has asked to stop.
    static STOPS: Cell<u64> = const { Cell::new(0) };
}

/// In a worker, does the job that it was started for; in a window, offers to do jobs.
pub fn serve() {
    let is_worker = server::serve_with(async |job, file, on_progress: &dyn Fn(usize, usize)| {
        answer(job, file, on_progress).await
    });
    if !is_worker {
        offer();
    }
}

/// Gives the window a function that does a job. It takes the job, the file that comes with it, if
/// any, and a function that hears how much is done and returns whether to go on.
fn offer() {
    let perform = Closure::<dyn Fn(Array, JsValue, Function) -> Promise>::new(
        |job: Array, file: JsValue, on_progress: Function| {
            let job = strings(&job);
            future_to_promise(async move {
                let on_progress = |done: usize, all: usize| {
                    let (done, all) = ((done as f64).into(), (all as f64).into());
                    let goes_on = on_progress.call2(&JsValue::NULL, &done, &all);
                    if goes_on.is_ok_and(|goes_on| goes_on.is_falsy()) {
                        STOPS.set(STOPS.get() + 1);
                    }
                };
                let (answer, file) = answer(job, file.dyn_into().ok(), &on_progress).await;
                Ok(object(&[
                    (message::ANSWER, string_array(answer)),
                    (message::FILE, file.into()),
                ]))
            })
        },
    );
    // Setting a field of the window never fails.
    let _ = Reflect::set(
        &js_sys::global(),
        &"pullquoteDataset".into(),
        &perform.into_js_value(),
    );
}

/// Does the job in these texts. Texts that are no job, or that lack their file, have an empty
/// answer.
async fn answer(
    job: Vec<String>,
    file: Option<File>,
    on_progress: &dyn Fn(usize, usize),
) -> JobOutput {
    match (from_texts(job), file) {
        (Ok(LibraryJob::BuildDataset(job)), _) => output_of(make(*job, on_progress).await),
        (Ok(LibraryJob::ReadCodebooks), _) => {
            let files: Vec<String> = Codebook::shipped().iter().map(write_codebook).collect();
            (to_texts(&files), None)
        }
        (Ok(LibraryJob::BackUp), _) => output_of(backup_stream::write(on_progress).await),
        (Ok(LibraryJob::Survey), Some(file)) => {
            let report = backup_stream::survey(file).await;
            (to_texts(&report.map_err(|error| error.to_string())), None)
        }
        (Ok(LibraryJob::Restore), Some(file)) => {
            let report = backup_stream::restore(file, on_progress).await;
            (to_texts(&report.map_err(|error| error.to_string())), None)
        }
        (Ok(LibraryJob::Survey | LibraryJob::Restore), None) | (Err(_), _) => (Vec::new(), None),
    }
}

async fn make(
    order: DatasetJob,
    on_progress: &dyn Fn(usize, usize),
) -> Result<(Box<DatasetSummary>, Blob), JobError> {
    let dataset = match &order.source {
        Some((record, ids)) => {
            let (document, ..) = read_snapshot(record).map_err(JobError::reported)?;
            let document = match ids {
                Some(ids) => document.restricted(ids),
                None => document,
            };
            let dataset = order.settings.build(&[document]);
            dataset.map_err(JobError::reported)?
        }
        None => make_of_library(&order.settings, on_progress).await?,
    };
    let file = blob::of_bytes(dataset.media_type, dataset.bytes.as_slice())?;
    Ok((Box::new(DatasetSummary::new(&dataset)), file))
}

/// Makes a dataset of every article that is not deleted, reading one after the other.
async fn make_of_library(
    settings: &ExportSettings,
    on_progress: &dyn Fn(usize, usize),
) -> Result<Dataset, JobError> {
    let listing = documents::read_library().await?;
    let entries = listing.entries.into_iter();
    let entries = entries.filter(|entry| entry.deleted.is_none());
    let articles: Vec<(Id, String)> = entries.map(|entry| (entry.id, entry.title)).collect();
    let passes = if settings.is_package() { 2 } else { 1 };
    let all = articles.len() * passes;
    // In a window this is the only way to stop; a worker is terminated.
    let stops = STOPS.get();
    let on_article = |done: usize| {
        on_progress(done, all);
        match STOPS.get() == stops {
            true => Ok(()),
            false => Err(JobError::Superseded),
        }
    };
    let mut shares = Vec::new();
    if settings.is_package() {
        for (index, (id, title)) in articles.iter().enumerate() {
            shares.push(share_of(&whole_document(*id, title).await?));
            on_article(index + 1)?;
        }
    }
    let done = shares.len();
    let mut builder = settings.builder(shares);
    for (index, (id, title)) in articles.iter().enumerate() {
        builder.add(&whole_document(*id, title).await?);
        on_article(done + index + 1)?;
    }
    builder.finish().map_err(JobError::reported)
}

/// Reads an article of the library. One that cannot be read in full is an error: a dataset
/// must not miss a part.
async fn whole_document(id: Id, title: &str) -> Result<Document, JobError> {
    let title = || title.to_owned();
    let loaded = documents::read_document(id).await;
    let loaded = loaded.map_err(|error| JobError::ArticleUnreadable {
        title: title(),
        error: error.into(),
    })?;
    if let Some(lost) = loaded.lost.first() {
        return Err(JobError::ArticleIncomplete {
            title: title(),
            lost: loss(lost),
        });
    }
    Ok((*with_tail(&loaded)).clone())
}
