//! Datasets, made for the window by the program that writes them (`src/datasets.rs`): in a
//! worker, or in the window where no worker can be started.

use crate::browser::clock;
use crate::browser::error::Exception;
use crate::browser::files::download;
use crate::browser::js::{call_boot_function, field, string_array, strings};
use crate::browser::worker::client::{OnProgress, Program};
use crate::browser::worker::error::JobError;
use crate::browser::worker::message::JobOutput;
use crate::browser::worker::{client, message};
use pullquote_app::export::dataset_job::DatasetJob;
use pullquote_app::export::settings::ExportSettings;
use pullquote_app::export::summary::DatasetSummary;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;
use pullquote_formats::records::snapshot::write_snapshot;
use pullquote_formats::worker_message::to_texts;

use js_sys::{Function, Promise};

use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// A document, and which of its marks are exported if not all are.
pub type Source = (Rc<Document>, Option<Vec<Id>>);

/// What becomes of a dataset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatasetUse {
    /// Only its summary is shown.
    Preview,
    /// The user gets the file as well.
    Download,
}

thread_local! {
    /// How many datasets were asked for or stopped: results for an earlier number are
    /// discarded.
    static GENERATION: Cell<u64> = const { Cell::new(0) };
}

/// Makes a dataset of a document, or of the library, in place of the one that is being made.
/// `on_progress` hears how many of how many articles are done.
pub async fn make(
    settings: ExportSettings,
    source: Option<Source>,
    purpose: DatasetUse,
    on_progress: impl Fn(usize, usize) + 'static,
) -> Result<Box<DatasetSummary>, JobError> {
    stop();
    let generation = GENERATION.get();
    // Changes that follow each other at once lead to one dataset.
    clock::wait(0).await;
    if GENERATION.get() != generation {
        return Err(JobError::Superseded);
    }
    let source = source.map(|(document, ids)| (write_snapshot(&document, 0, None), ids));
    let order = to_texts(&DatasetJob { settings, source });
    let on_progress: OnProgress = Rc::new(on_progress);
    let answer = client::run_stoppable(Program::Datasets, order.clone(), on_progress.clone()).await;
    let (texts, file) = match answer {
        Some(answer) => answer?,
        None => make_in_window(order, on_progress).await?,
    };
    let summary: Result<Box<DatasetSummary>, String> = client::value_of(texts)?;
    let summary = summary.map_err(JobError::Reported)?;
    let file = file.ok_or(JobError::NoFile)?;
    if purpose == DatasetUse::Download && GENERATION.get() == generation {
        download::file(&summary.name, &file)?;
    }
    Ok(summary)
}

/// Loads the program that writes datasets, unless it is there: a dataset will be wanted soon.
pub fn prepare() {
    spawn_local(async {
        // If it cannot be loaded now, it is loaded when it is needed.
        let _ = call_boot_function("pullquoteDatasets").await;
    });
}

/// Stops the dataset that is being made, if one is.
pub fn stop() {
    GENERATION.set(GENERATION.get() + 1);
    client::stop();
}

/// Runs the program that writes datasets in the window.
///
/// Errors: it cannot be loaded, or it failed.
async fn make_in_window(
    order: Vec<String>,
    on_progress: OnProgress,
) -> Result<JobOutput, JobError> {
    let generation = GENERATION.get();
    let loaded = call_boot_function("pullquoteDatasetsHere").await;
    let loaded = loaded.and_then(|function| function.dyn_into::<Function>());
    let make = loaded.map_err(|error| JobError::NoDatasetProgram(Exception::new(&error)))?;
    // It returns whether to go on.
    let on_progress = Closure::<dyn Fn(f64, f64) -> bool>::new(move |done: f64, all: f64| {
        on_progress(done as usize, all as usize);
        GENERATION.get() == generation
    });
    let promise = make.call2(&JsValue::NULL, &string_array(order), on_progress.as_ref());
    let promise = promise.and_then(|promise| promise.dyn_into::<Promise>());
    let answer = JsFuture::from(promise?).await?;
    let texts = field(&answer, message::ANSWER).dyn_ref().map(strings);
    let file = field(&answer, message::FILE).dyn_into().ok();
    Ok((texts.unwrap_or_default(), file))
}
