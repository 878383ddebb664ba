//! Datasets, made for the window by the program that writes them (`src/datasets.rs`): in a
//! worker, or in the window where no worker can be started.

use crate::browser::clock;
use crate::browser::files::download;
use crate::browser::js::call_boot_function;
use crate::browser::worker::client;
use crate::browser::worker::client::{OnProgress, Program};
use crate::browser::worker::error::JobError;
use pullquote_app::export::dataset_job::DatasetJob;
use pullquote_app::export::settings::ExportSettings;
use pullquote_app::export::summary::DatasetSummary;
use pullquote_app::job::LibraryJob;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;
use pullquote_formats::records::snapshot::write_snapshot;
use pullquote_formats::worker_message::to_texts;

use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

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
    let job = to_texts(&LibraryJob::BuildDataset(Box::new(DatasetJob {
        settings,
        source,
    })));
    let on_progress: OnProgress = Rc::new(on_progress);
    let answer = client::run_stoppable(Program::Datasets, job.clone(), on_progress.clone()).await;
    let (texts, file) = match answer {
        Some(answer) => answer?,
        None => {
            let goes_on = move || GENERATION.get() == generation;
            client::run_datasets_in_window(job, None, on_progress, goes_on).await?
        }
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
