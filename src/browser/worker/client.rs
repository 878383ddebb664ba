//! The side of the window: it starts a worker for a job and waits for the answer.

use crate::browser::error::Exception;
use crate::browser::js::{call_boot_function, field, object, string_array, strings};
use crate::browser::storage::{disk_full, pending_log};
use crate::browser::worker::error::JobError;
use crate::browser::worker::message::JobOutput;
use crate::browser::worker::{jobs, message};
use crate::browser::{clock, js};
use pullquote_app::job::{Job, LibraryJob};
use pullquote_core::model::codebook::Codebook;
use pullquote_formats::codebook_file::read_codebook;
use pullquote_formats::worker_message::{WorkerMessage, from_texts, to_texts};

use gloo::events::EventListener;
use js_sys::{Array, Function, Promise};

use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Event, File, MessageEvent, Worker, WorkerOptions, WorkerType};

/// How long a worker may take to begin, in milliseconds. After that the window does the job.
const START_TIME: u32 = 10_000;

/// A program that runs in a worker.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Program {
    /// The program of the window.
    App,
    /// The program that writes datasets and backups.
    Datasets,
}

/// Hears how much of how much is done.
pub(crate) type OnProgress = Rc<dyn Fn(usize, usize)>;

/// For jobs that report no progress.
pub(crate) fn no_progress() -> OnProgress {
    Rc::new(|_, _| {})
}

/// Does a job in a worker, or in the window where no worker can be started.
///
/// Errors: the worker broke, or its answer is not a `T`. A job that fails says so in `T`.
pub(crate) async fn run<T: WorkerMessage>(
    job: Job,
    file: Option<File>,
) -> Result<(T, Option<Blob>), JobError> {
    let texts = to_texts(&job);
    let program = Program::App;
    let answer = run_in_worker(program, texts, file.as_ref(), no_progress(), None).await;
    let (texts, file) = match answer {
        Some(answer) => answer?,
        None => jobs::perform(job, file).await,
    };
    Ok((value_of(texts)?, file))
}

/// Does a job on the library in a worker, or in the window where no worker can be started.
///
/// Errors: the program that does it cannot be loaded, or the worker broke, or the answer is not a
/// `T`. A job that fails says so in `T`.
pub(crate) async fn run_on_library<T: WorkerMessage>(
    job: LibraryJob,
    file: Option<File>,
    on_progress: OnProgress,
) -> Result<(T, Option<Blob>), JobError> {
    let job = to_texts(&job);
    let (program, progress) = (Program::Datasets, on_progress.clone());
    let answer = run_in_worker(program, job.clone(), file.as_ref(), progress, None).await;
    let (texts, file) = match answer {
        Some(answer) => answer?,
        None => run_datasets_in_window(job, file, on_progress, || true).await?,
    };
    Ok((value_of(texts)?, file))
}

/// Reads the codebooks that ship: the other program has them.
///
/// Errors: as for [`run_on_library`], or one of them is damaged.
pub(crate) async fn shipped_codebooks() -> Result<Vec<Rc<Codebook>>, JobError> {
    let job = LibraryJob::ReadCodebooks;
    let (files, _): (Vec<String>, _) = run_on_library(job, None, no_progress()).await?;
    let codebooks = files.iter().map(|file| read_codebook(file.as_bytes()));
    let codebooks = codebooks.map(|read| read.map(Rc::new).map_err(JobError::reported));
    codebooks.collect()
}

/// Has the program that writes datasets and backups do a job in the window, as long as `goes_on`
/// is true.
///
/// Errors: it cannot be loaded, or it failed.
pub(crate) async fn run_datasets_in_window(
    job: Vec<String>,
    file: Option<File>,
    on_progress: OnProgress,
    goes_on: impl Fn() -> bool + 'static,
) -> Result<JobOutput, JobError> {
    let loaded = call_boot_function("pullquoteDatasetsHere").await;
    let loaded = loaded.and_then(|function| function.dyn_into::<Function>());
    let perform = loaded.map_err(|error| JobError::NoDatasetProgram(Exception::new(&error)))?;
    // It returns whether to go on.
    let on_progress = Closure::<dyn Fn(f64, f64) -> bool>::new(move |done: f64, all: f64| {
        on_progress(done as usize, all as usize);
        goes_on()
    });
    let (job, file) = (string_array(job), JsValue::from(file));
    let promise = perform.call3(&JsValue::NULL, &job, &file, on_progress.as_ref());
    let promise = promise.and_then(|promise| promise.dyn_into::<Promise>());
    let answer = JsFuture::from(promise?).await?;
    let texts = field(&answer, message::ANSWER).dyn_ref().map(strings);
    let file = field(&answer, message::FILE).dyn_into().ok();
    Ok((texts.unwrap_or_default(), file))
}

/// Does a small job in the window.
pub(crate) async fn run_in_window<T: WorkerMessage>(
    job: Job,
) -> Result<(T, Option<Blob>), JobError> {
    let (texts, file) = jobs::perform(job, None).await;
    Ok((value_of(texts)?, file))
}

/// Does the job in these texts in a worker, until it is done or [`stop`] is called. `None` if
/// the worker did not start.
pub(crate) async fn run_stoppable(
    program: Program,
    texts: Vec<String>,
    on_progress: OnProgress,
) -> Option<Result<JobOutput, JobError>> {
    let is_stopped = Rc::new(Cell::new(false));
    STOP.set(None);
    let stopping = is_stopped.clone();
    let stop = Promise::new(&mut |resolve: Function, _| {
        let stopping = stopping.clone();
        STOP.set(Some(Box::new(move || {
            stopping.set(true);
            // The resolving function of a promise never throws.
            let _ = resolve.call0(&JsValue::NULL);
        })));
    });
    let answer = run_in_worker(program, texts, None, on_progress, Some(stop)).await;
    match is_stopped.get() {
        true => Some(Err(JobError::Stopped)),
        false => answer,
    }
}

thread_local! {
    static STOP: Cell<Option<Box<dyn FnOnce()>>> = const { Cell::new(None) };
}

/// Stops the job that can be stopped, if one is being done.
pub(crate) fn stop() {
    if let Some(stop) = STOP.take() {
        stop();
    }
}

/// The value that these texts stand for.
pub(crate) fn value_of<T: WorkerMessage>(texts: Vec<String>) -> Result<T, JobError> {
    from_texts(texts).map_err(|_| JobError::AnswerUnreadable)
}

/// Does a job in a worker, until `stop` is settled. `None` if the worker did not start.
async fn run_in_worker(
    program: Program,
    job: Vec<String>,
    file: Option<&File>,
    on_progress: OnProgress,
    stop: Option<Promise>,
) -> Option<Result<JobOutput, JobError>> {
    let worker = start(program, job, file).await.ok()?;
    let has_begun = Rc::new(Cell::new(false));
    let mut listeners = Vec::new();
    let settled = Promise::new(&mut |resolve: Function, _| {
        let on_message = on_message(resolve.clone(), on_progress.clone(), has_begun.clone());
        listeners.push(EventListener::new(&worker, "message", on_message));
        for failure in ["error", "messageerror"] {
            let resolve = resolve.clone();
            listeners.push(EventListener::new(&worker, failure, move |_| {
                let _ = resolve.call0(&JsValue::NULL);
            }));
        }
        let has_begun = has_begun.clone();
        clock::after(START_TIME, move || {
            if !has_begun.get() {
                let _ = resolve.call0(&JsValue::NULL);
            }
        })
        .forget();
    });
    let answer = match stop {
        Some(stop) => js::race(&settled, &stop).await,
        None => JsFuture::from(settled).await,
    };
    let answer = answer.unwrap_or_default();
    worker.terminate();
    let texts = field(&answer, message::ANSWER);
    match texts.dyn_ref::<Array>() {
        Some(texts) => {
            let file = field(&answer, message::FILE).dyn_into().ok();
            Some(Ok((strings(texts), file)))
        }
        None if has_begun.get() => {
            let reason = field(&answer, message::BROKEN).as_string();
            Some(Err(JobError::WorkerFailed { reason }))
        }
        None => None,
    }
}

/// Handles the messages of a worker. The last one, an answer or a failure, resolves the promise.
fn on_message(
    resolve: Function,
    on_progress: OnProgress,
    has_begun: Rc<Cell<bool>>,
) -> impl FnMut(&Event) + 'static {
    move |event| {
        let data = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
        let data = data.unwrap_or_default();
        if let Some(progress) = field(&data, message::PROGRESS).dyn_ref::<Array>() {
            let number = |index| progress.get(index).as_f64().unwrap_or_default() as usize;
            on_progress(number(0), number(1));
        } else if field(&data, message::BEGUN).is_truthy() {
            has_begun.set(true);
        } else if field(&data, message::DISK_FULL).is_truthy() {
            disk_full::note();
        } else {
            let _ = resolve.call1(&JsValue::NULL, &data);
        }
    }
}

/// Starts a worker and gives it the job.
async fn start(program: Program, job: Vec<String>, file: Option<&File>) -> Result<Worker, JsValue> {
    let (address, module) = match program {
        Program::App => {
            let address = field(&js_sys::global(), "pullquoteWorker");
            // An address that is not there in time is not waited for any longer.
            let address = js::race(&address, &clock::timeout(START_TIME)).await?;
            (address, wasm_bindgen::module())
        }
        Program::Datasets => {
            let loaded = call_boot_function("pullquoteDatasets").await?;
            (field(&loaded, "script"), field(&loaded, "module"))
        }
    };
    let address = address.as_string().ok_or(JsValue::UNDEFINED)?;
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options(&address, &options)?;
    let message = object(&[
        ("module", module),
        (message::JOB, string_array(job)),
        (message::PENDING, string_array(pending_log::for_worker())),
        (message::FILE, file.into()),
    ]);
    let posted = worker.post_message(&message);
    posted.inspect_err(|_| worker.terminate())?;
    Ok(worker)
}
