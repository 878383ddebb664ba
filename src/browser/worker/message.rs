//! Messages between the window and a worker: objects with these fields.
//!
//! The first message goes to the worker and is read by `worker.js`: `module` (the compiled
//! program), `JOB`, `PENDING`, `FILE`. The others come from the worker, each with one of
//! the other fields, except the last, which has `ANSWER` and `FILE`.

use crate::browser::error::Exception;
use crate::browser::js;

use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Blob, DedicatedWorkerGlobalScope};

/// The job, as texts.
pub(crate) const JOB: &str = "job";
/// The file that the job reads, or the one that it wrote.
pub(crate) const FILE: &str = "file";
/// The entries of the window's pending log.
pub(crate) const PENDING: &str = "pending";
/// The job has begun.
pub(crate) const BEGUN: &str = "begun";
/// How much of how much is done: two numbers.
pub(crate) const PROGRESS: &str = "progress";
/// A write failed because the disk was full.
pub(crate) const DISK_FULL: &str = "diskFull";
/// The worker cannot go on: why. `worker.js` sends this as well.
pub(crate) const BROKEN: &str = "broken";
/// The result of the job, as texts.
pub(crate) const ANSWER: &str = "texts";

/// The result of a job, as texts, and the file that it wrote.
pub(crate) type JobOutput = (Vec<String>, Option<Blob>);

/// Whether this program runs in a worker and not in a window.
pub(crate) fn is_worker() -> bool {
    web_sys::window().is_none()
}

/// Sends a message from a worker to its window.
pub(crate) fn post(fields: &[(&str, JsValue)]) {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    if let Err(error) = scope.post_message(&js::object(fields)) {
        let reason = Exception::new(&error).to_string();
        // A string can always be sent.
        let _ = scope.post_message(&js::object(&[(BROKEN, reason.into())]));
    }
}
