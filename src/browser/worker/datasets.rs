//! Datasets, made beside the window and given to the user.
//!
//! The app only orders them. What writes them is a program of its own (`src/datasets.rs`),
//! which `boot.js` holds ready: [`serve`] is all that it does.

use crate::browser::files::open::{blob_of, download_blob};
use crate::browser::js::{object, said};
use crate::browser::storage::documents;
use crate::browser::worker::client;
use crate::browser::worker::client::{OnProgress, Program, field, strings, texts};
use crate::browser::worker::jobs::{JobOutput, yielded};
use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use pullquote_app::backup::restore::with_tail;
use pullquote_app::export::dataset_job::DatasetJob;
use pullquote_app::export::settings::ExportSettings;
use pullquote_app::export::summary::DatasetSummary;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;
use pullquote_datasets::builder::Dataset;
use pullquote_datasets::package::plan::share_of;
use pullquote_formats::records::snapshot::{read_snapshot, write_snapshot};
use pullquote_formats::worker_message::{from_texts, to_texts};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};
use web_sys::Blob;

/// A document, with those of its marks that leave if not all do.
pub type Source = (Rc<Document>, Option<Vec<Id>>);

thread_local! {
    /// How many were asked for.
    static ASKED: Cell<u64> = const { Cell::new(0) };
}

/// Makes a dataset of a document, or of the library; with `gives`, the user gets the file.
/// What was asked for before is broken off. `told` hears how many of how many articles are
/// done.
///
/// Errors: it could not be made, is wrong, or was broken off; why.
pub async fn make(
    wanted: ExportSettings,
    source: Option<Source>,
    gives: bool,
    told: impl Fn(usize, usize) + 'static,
) -> Result<Box<DatasetSummary>, String> {
    stop();
    let asked = ASKED.get();
    // Changes that follow each other at once are one.
    documents::wait(0).await;
    if ASKED.get() != asked {
        return Err(OVERTAKEN.to_owned());
    }
    let source = source.map(|(document, ids)| (write_snapshot(&document, 0, None), ids));
    let order = to_texts(&DatasetJob { wanted, source });
    let told: OnProgress = Rc::new(told);
    let answer = client::run_stoppable(Program::Datasets, order.clone(), told.clone()).await;
    let (texts, file) = match answer {
        Some(answer) => answer?,
        None => in_the_window(order, told).await?,
    };
    let look: Result<Box<DatasetSummary>, String> = client::value_of(texts)?;
    let look = look?;
    let file = file.ok_or_else(|| "the browser gave no file".to_owned())?;
    if gives && ASKED.get() == asked {
        download_blob(&look.name, &file)?;
    }
    Ok(look)
}

/// Has the program that writes datasets loaded, unless it is there: a dataset will be wanted
/// soon.
pub fn prepare() {
    spawn_local(async {
        // What did not come is asked for again when it is needed.
        let _ = client::given("pullquoteDatasets").await;
    });
}

const OVERTAKEN: &str = "something else was asked for";

/// Breaks off what is being made.
pub fn stop() {
    ASKED.set(ASKED.get() + 1);
    client::stop();
}

/// Has the program that writes datasets run in the window.
///
/// Errors: it cannot be loaded, or it broke.
async fn in_the_window(order: Vec<String>, told: OnProgress) -> Result<JobOutput, String> {
    let asked = ASKED.get();
    let loaded = client::given("pullquoteDatasetsHere").await;
    let loaded = loaded.and_then(|it| it.dyn_into::<Function>());
    let make = loaded.map_err(|error| {
        let error = said(&error);
        format!("the part of the program that writes datasets could not be loaded ({error})")
    })?;
    let told = Closure::<dyn Fn(f64, f64) -> bool>::new(move |done: f64, all: f64| {
        told(done as usize, all as usize);
        ASKED.get() == asked
    });
    let promise = make.call2(&JsValue::NULL, &texts(order), told.as_ref());
    let promise = promise.and_then(|it| it.dyn_into::<Promise>());
    let answer = match promise {
        Ok(promise) => JsFuture::from(promise).await,
        Err(error) => Err(error),
    };
    let answer = answer.map_err(|error| said(&error))?;
    let texts = field(&answer, "texts").dyn_ref().map(strings);
    Ok((
        texts.unwrap_or_default(),
        field(&answer, "file").dyn_into().ok(),
    ))
}

/// What the program that writes datasets does: in a worker, what that was started for; in a
/// window, it offers to do it there.
pub fn serve() {
    if !client::serve_with(async |order, _, told: &dyn Fn(usize, usize)| answer(order, told).await)
    {
        offer();
    }
}

/// Gives the window the function that makes a dataset: of an order, and of what hears how far
/// it is and says whether to go on.
fn offer() {
    let make =
        Closure::<dyn Fn(Array, Function) -> Promise>::new(|order: Array, told: Function| {
            let order = strings(&order);
            future_to_promise(async move {
                let told = |done: usize, all: usize| {
                    let goes_on =
                        told.call2(&JsValue::NULL, &(done as f64).into(), &(all as f64).into());
                    if goes_on.is_ok_and(|it| it.is_falsy()) {
                        stop();
                    }
                };
                let (answer, file) = answer(order, &told).await;
                Ok(object(&[("texts", texts(answer)), ("file", file.into())]))
            })
        });
    // Setting a field of the window never fails.
    let _ = Reflect::set(
        &js_sys::global(),
        &"pullquoteDataset".into(),
        &make.into_js_value(),
    );
}

/// Makes the dataset that is ordered in these texts.
async fn answer(order: Vec<String>, told: &dyn Fn(usize, usize)) -> JobOutput {
    match from_texts(order) {
        Ok(order) => yielded(carried_out(order, told).await),
        Err(_) => (Vec::new(), None),
    }
}

fn restricted(document: &Document, ids: Option<&[Id]>) -> Document {
    match ids {
        Some(ids) => document.restricted(ids),
        None => document.clone(),
    }
}

async fn carried_out(
    order: DatasetJob,
    told: &dyn Fn(usize, usize),
) -> Result<(Box<DatasetSummary>, Blob), String> {
    let made = match &order.source {
        Some((record, ids)) => {
            let document = read_snapshot(record).map_err(|error| error.to_string())?.0;
            order
                .wanted
                .made(&[restricted(&document, ids.as_deref())])
                .map_err(|error| error.to_string())?
        }
        None => of_library(&order.wanted, told).await?,
    };
    let bytes = Array::of1(&Uint8Array::from(made.bytes.as_slice()));
    let file = blob_of(made.media_type, &bytes).map_err(|error| said(&error))?;
    Ok((Box::new(DatasetSummary::of(&made)), file))
}

/// Every article that is not deleted, read one after the other.
async fn of_library(
    wanted: &ExportSettings,
    told: &dyn Fn(usize, usize),
) -> Result<Dataset, String> {
    let listing = documents::read_shelf()
        .await
        .map_err(|refusal| refusal.to_string())?;
    let live = listing
        .lines
        .into_iter()
        .filter(|line| line.deleted.is_none());
    let ids: Vec<(Id, String)> = live.map(|line| (line.id, line.title)).collect();
    let passes = if wanted.is_package() { 2 } else { 1 };
    let all = ids.len() * passes;
    // Where there is no worker, nothing but this breaks it off.
    let asked = ASKED.get();
    let told = |done: usize| {
        told(done, all);
        match ASKED.get() == asked {
            true => Ok(()),
            false => Err(OVERTAKEN.to_owned()),
        }
    };
    let mut shares = Vec::new();
    if wanted.is_package() {
        for (done, (id, title)) in ids.iter().enumerate() {
            shares.push(share_of(&document(*id, title).await?));
            told(done + 1)?;
        }
    }
    let before = shares.len();
    let mut making = wanted.making(shares);
    for (done, (id, title)) in ids.iter().enumerate() {
        making.add(&document(*id, title).await?);
        told(before + done + 1)?;
    }
    making.finish().map_err(|error| error.to_string())
}

/// An article of the library, whole: a dataset with a hole is none.
async fn document(id: Id, title: &str) -> Result<Document, String> {
    let kept = documents::read_document(id).await;
    let refused = |reason: String| {
        let reason = reason.trim_end_matches('.');
        format!("{reason}. Delete it in the library to export the others")
    };
    let kept = kept.map_err(|reason| refused(format!("“{title}” cannot be read: {reason}")))?;
    if let Some(lost) = kept.lost.first() {
        return Err(refused(format!("“{title}” is not whole: {lost}")));
    }
    Ok((*with_tail(&kept)).clone())
}
