//! The side of the worker: it does the job that it was started for.

use crate::browser::crash;
use crate::browser::js::{field, string_array, strings};
use crate::browser::storage::pending_log;
use crate::browser::worker::message::JobOutput;
use crate::browser::worker::{jobs, message};

use js_sys::Array;

use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::File;

/// In a worker: starts its job and returns `true`. In a window: returns `false`.
pub fn serve() -> bool {
    serve_with(async |texts, file, _: &dyn Fn(usize, usize)| jobs::answer(texts, file).await)
}

/// In a worker: starts its job, which `answer` does, and returns `true`. In a window: returns
/// `false`.
pub(crate) fn serve_with(
    answer: impl AsyncFnOnce(Vec<String>, Option<File>, &dyn Fn(usize, usize)) -> JobOutput + 'static,
) -> bool {
    if !message::is_worker() {
        return false;
    }
    std::panic::set_hook(Box::new(|panic| {
        message::post(&[(message::BROKEN, crash::describe(panic).into())]);
    }));
    // `worker.js` keeps the first message there.
    let given = field(&js_sys::global(), "given");
    let list = |name| {
        let list = field(&given, name);
        list.dyn_ref().map(strings).unwrap_or_default()
    };
    let job = list(message::JOB);
    let file = field(&given, message::FILE).dyn_into().ok();
    pending_log::receive(list(message::PENDING));
    message::post(&[(message::BEGUN, JsValue::TRUE)]);
    spawn_local(async move {
        let on_progress = |done: usize, all: usize| {
            let progress = Array::of2(&(done as f64).into(), &(all as f64).into());
            message::post(&[(message::PROGRESS, progress.into())]);
        };
        let (answer, file) = answer(job, file, &on_progress).await;
        message::post(&[
            (message::ANSWER, string_array(answer)),
            (message::FILE, file.into()),
        ]);
    });
    true
}
