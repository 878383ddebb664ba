//! Work beside the window: a program, started in a worker for one job.
//!
//! The window never waits for a book to be read from a file or written into one. Mostly the
//! worker is given the module that the window runs, compiled as it is; for datasets, one of
//! their own. It has a memory of its own, which goes with it when the job is done. It reads
//! and writes the storage as another tab does. Scripts and modules are in the page's memory
//! (`boot.js`): nothing is asked of the network. Where there is no worker to be had, as in an
//! old browser, the window does the job itself: slower to the hand, but done.

use crate::browser::clock;
use crate::browser::js::{object, said};
use crate::browser::storage::{disk_full, documents};
use crate::browser::worker::jobs;
use crate::browser::worker::jobs::JobOutput;
use pullquote_app::job::Job;
use pullquote_formats::worker_message::{WorkerMessage, from_texts, to_texts};

use gloo::events::EventListener;
use js_sys::{Array, Function, Promise, Reflect};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, DedicatedWorkerGlobalScope, File, MessageEvent, Worker, WorkerOptions, WorkerType,
};

/// How long a worker may take to start, in milliseconds: it is then given up.
const PATIENCE: u32 = 10_000;

/// What is started in a worker.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Program {
    /// The program that the window runs.
    App,
    /// The one that writes datasets.
    Datasets,
}

/// Hears how much of how much is done.
pub(crate) type OnProgress = Rc<dyn Fn(usize, usize)>;

/// A listener for what tells nothing on the way.
pub(crate) fn no_progress() -> OnProgress {
    Rc::new(|_, _| {})
}

/// Does a job beside the window.
///
/// Errors: the job was broken off, which is no answer of its own.
pub(crate) async fn run<T: WorkerMessage>(
    job: Job,
    file: Option<File>,
    told: OnProgress,
) -> Result<(T, Option<Blob>), String> {
    let texts = to_texts(&job);
    let answer = beside(Program::App, texts, file.as_ref(), told.clone(), None).await;
    let (texts, file) = match answer {
        Some(answer) => answer?,
        None => jobs::perform(job, file, &*told).await,
    };
    Ok((value_of(texts)?, file))
}

/// Has a program do what is written in these texts, unless it is broken off; see [`stop`].
/// `None` where it did not start.
///
/// Errors: it was broken off.
pub(crate) async fn run_stoppable(
    program: Program,
    texts: Vec<String>,
    told: OnProgress,
) -> Option<Result<JobOutput, String>> {
    let stopped = Rc::new(Cell::new(false));
    STOP.set(None);
    let asked = stopped.clone();
    let stop = Promise::new(&mut |resolve: Function, _| {
        let asked = asked.clone();
        STOP.set(Some(Box::new(move || {
            asked.set(true);
            let _ = resolve.call0(&JsValue::NULL);
        })));
    });
    let answer = beside(program, texts, None, told, Some(stop)).await;
    match stopped.get() {
        true => Some(Err("it was stopped".to_owned())),
        false => answer,
    }
}

thread_local! {
    static STOP: Cell<Option<Box<dyn FnOnce()>>> = const { Cell::new(None) };
}

/// Breaks off the job that can be, if one is being done.
pub(crate) fn stop() {
    if let Some(stop) = STOP.take() {
        stop();
    }
}

/// Does a small job in the window.
pub(crate) async fn run_here<T: WorkerMessage>(job: Job) -> Result<(T, Option<Blob>), String> {
    let (texts, file) = jobs::perform(job, None, &|_, _| {}).await;
    Ok((value_of(texts)?, file))
}

/// The value that is written in these texts.
pub(crate) fn value_of<T: WorkerMessage>(texts: Vec<String>) -> Result<T, String> {
    from_texts(texts).map_err(|_| "what came of it could not be read.".to_owned())
}

/// Does a job in a worker, until `stop` is settled; `None` where it did not start.
async fn beside(
    program: Program,
    job: Vec<String>,
    file: Option<&File>,
    told: OnProgress,
    stop: Option<Promise>,
) -> Option<Result<JobOutput, String>> {
    let worker = started(program, job, file).await.ok()?;
    let has_begun = Rc::new(Cell::new(false));
    let mut listeners = Vec::new();
    let settled = Promise::new(&mut |resolve: Function, _| {
        let done = resolve.clone();
        let (told, begun) = (told.clone(), has_begun.clone());
        listeners.push(EventListener::new(&worker, "message", move |event| {
            let data = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
            let data = data.unwrap_or_default();
            if let Some(progress) = field(&data, "told").dyn_ref::<Array>() {
                let number = |place| progress.get(place).as_f64().unwrap_or_default() as usize;
                told(number(0), number(1));
            } else if field(&data, "begun").is_truthy() {
                begun.set(true);
            } else if field(&data, "wounded").is_truthy() {
                disk_full::wound();
            } else {
                let _ = done.call1(&JsValue::NULL, &data);
            }
        }));
        for broken in ["error", "messageerror"] {
            let done = resolve.clone();
            listeners.push(EventListener::new(&worker, broken, move |_| {
                let _ = done.call0(&JsValue::NULL);
            }));
        }
        let begun = has_begun.clone();
        clock::after(PATIENCE, move || {
            if !begun.get() {
                let _ = resolve.call0(&JsValue::NULL);
            }
        })
        .forget();
    });
    let first = match stop {
        Some(stop) => Promise::race(&Array::of2(&settled, &stop)),
        None => settled,
    };
    let answer = JsFuture::from(first).await.unwrap_or_default();
    worker.terminate();
    let texts = field(&answer, "texts");
    match texts.dyn_ref::<Array>() {
        Some(texts) => Some(Ok((strings(texts), field(&answer, "file").dyn_into().ok()))),
        None if has_begun.get() => {
            let said = field(&answer, "broken").as_string();
            let said = said.unwrap_or_else(|| "the browser does not say why".to_owned());
            Some(Err(format!("the work was broken off ({said}).")))
        }
        None => None,
    }
}

async fn started(
    program: Program,
    job: Vec<String>,
    file: Option<&File>,
) -> Result<Worker, JsValue> {
    let (address, module) = match program {
        Program::App => {
            let address = field(&js_sys::global(), "pullquoteWorker");
            // What does not come in time is not waited for.
            let late = Promise::new(&mut |resolve: Function, _| {
                let late = move || drop(resolve.call0(&JsValue::NULL));
                clock::after(PATIENCE, late).forget();
            });
            let first = Promise::race(&Array::of2(&address, &late));
            (JsFuture::from(first).await?, wasm_bindgen::module())
        }
        Program::Datasets => {
            let given = given("pullquoteDatasets").await?;
            (field(&given, "script"), field(&given, "module"))
        }
    };
    let address = address.as_string().ok_or(JsValue::UNDEFINED)?;
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options(&address, &options)?;
    let held = documents::held().into_iter().flat_map(<[String; 2]>::from);
    let message = object(&[
        ("module", module),
        ("job", texts(job)),
        ("held", texts(held)),
        ("file", file.into()),
    ]);
    let posted = worker.post_message(&message);
    posted.inspect_err(|_| worker.terminate())?;
    Ok(worker)
}

/// What a function of `boot.js` gives.
pub(crate) async fn given(name: &str) -> Result<JsValue, JsValue> {
    let function: Function = field(&js_sys::global(), name).dyn_into()?;
    let promise: Promise = function.call0(&JsValue::NULL)?.dyn_into()?;
    JsFuture::from(promise).await
}

/// Does the job that this worker was started for. `false` in a window.
pub fn serve() -> bool {
    serve_with(async |texts, file, told: &dyn Fn(usize, usize)| {
        jobs::answer(texts, file, told).await
    })
}

/// Answers what this worker was started for; `false` in a window.
pub(crate) fn serve_with(
    answer: impl AsyncFnOnce(Vec<String>, Option<File>, &dyn Fn(usize, usize)) -> JobOutput + 'static,
) -> bool {
    if web_sys::window().is_some() {
        return false;
    }
    std::panic::set_hook(Box::new(|broken| {
        post(&[("broken", crate::browser::crash::words_of(broken).into())]);
    }));
    let given = field(&js_sys::global(), "given");
    let list = |name| {
        field(&given, name)
            .dyn_ref()
            .map(strings)
            .unwrap_or_default()
    };
    let job = list("job");
    let file = field(&given, "file").dyn_into().ok();
    documents::lend(list("held"));
    post(&[("begun", JsValue::TRUE)]);
    spawn_local(async move {
        let told = |done: usize, all: usize| {
            let progress = Array::of2(&(done as f64).into(), &(all as f64).into());
            post(&[("told", progress.into())]);
        };
        let (answer, file) = answer(job, file, &told).await;
        post(&[("texts", texts(answer)), ("file", file.into())]);
    });
    true
}

/// Tells the window, from a worker, that a disk was full while something was written.
pub(crate) fn tell_wound() {
    if web_sys::window().is_none() {
        post(&[("wounded", JsValue::TRUE)]);
    }
}

fn post(fields: &[(&str, JsValue)]) {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    if let Err(error) = scope.post_message(&object(fields)) {
        // What cannot be sent can be told.
        let _ = scope.post_message(&object(&[("broken", said(&error).into())]));
    }
}

pub(crate) fn field(object: &JsValue, name: &str) -> JsValue {
    // What is no object has no fields.
    Reflect::get(object, &name.into()).unwrap_or_default()
}

pub(crate) fn texts(list: impl IntoIterator<Item = String>) -> JsValue {
    let list = list.into_iter();
    list.map(|text| JsValue::from_str(&text))
        .collect::<Array>()
        .into()
}

pub(crate) fn strings(list: &Array) -> Vec<String> {
    list.iter().filter_map(|text| text.as_string()).collect()
}
