//! Datasets, made beside the window and given to the user.

use super::files::{blob_of, download_blob, is_small};
use super::{said, storage, worker};
use crate::app::records::with_tail;
use crate::app::{Job, Look, Order, Wanted};
use js_sys::{Array, Uint8Array};
use pullquote_core::analysis::Share;
use pullquote_core::formats::dataset::Made;
use pullquote_core::formats::{read_snapshot, write_snapshot};
use pullquote_core::model::{Document, Id};
use std::cell::Cell;
use std::rc::Rc;
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
    wanted: Wanted,
    source: Option<Source>,
    gives: bool,
    told: impl Fn(usize, usize) + 'static,
) -> Result<Box<Look>, String> {
    stop();
    let asked = ASKED.get();
    // Changes that follow each other at once are one.
    storage::wait(0).await;
    if ASKED.get() != asked {
        return Err("something else was asked for".to_owned());
    }
    let small = source.as_ref().filter(|(document, _)| {
        is_small(
            document.article().text().len(),
            document.annotations().len(),
        )
    });
    let (look, file) = match small {
        Some((document, ids)) => {
            let document = restricted(document, ids.as_deref());
            let made = wanted.made(&[document])?;
            (Box::new(Look::of(&made)), blob(&made)?)
        }
        None => {
            let source = source.map(|(document, ids)| (write_snapshot(&document, 0, None), ids));
            let order = Box::new(Order { wanted, source });
            let job = Job::Dataset(order);
            let (look, file) =
                worker::run_stoppable::<Result<_, String>>(job, Rc::new(told)).await?;
            let file = file.ok_or_else(|| "the browser gave no file".to_owned());
            look.and_then(|look| Ok((look, file?)))?
        }
    };
    if gives && ASKED.get() == asked {
        download_blob(&look.name, &file)?;
    }
    Ok(look)
}

/// Breaks off what is being made.
pub fn stop() {
    ASKED.set(ASKED.get() + 1);
    worker::stop();
}

fn restricted(document: &Document, ids: Option<&[Id]>) -> Document {
    match ids {
        Some(ids) => document.restricted(ids),
        None => document.clone(),
    }
}

fn blob(made: &Made) -> Result<Blob, String> {
    let bytes = Uint8Array::from(made.bytes.as_slice());
    blob_of(made.media_type, &Array::of1(&bytes)).map_err(|error| said(&error))
}

/// Does what was ordered.
pub(super) async fn carried_out(
    order: Order,
    told: &dyn Fn(usize, usize),
) -> Result<(Box<Look>, Blob), String> {
    let made = match &order.source {
        Some((record, ids)) => {
            let document = read_snapshot(record).map_err(|error| error.to_string())?.0;
            order
                .wanted
                .made(&[restricted(&document, ids.as_deref())])?
        }
        None => of_library(&order.wanted, told).await?,
    };
    Ok((Box::new(Look::of(&made)), blob(&made)?))
}

/// Every article that is not deleted, read one after the other.
async fn of_library(wanted: &Wanted, told: &dyn Fn(usize, usize)) -> Result<Made, String> {
    let listing = storage::read_shelf()
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
            false => Err("something else was asked for".to_owned()),
        }
    };
    let mut shares = Vec::new();
    if wanted.is_package() {
        for (done, (id, title)) in ids.iter().enumerate() {
            shares.push(Share::of(&document(*id, title).await?));
            told(done + 1)?;
        }
    }
    let before = shares.len();
    let mut making = wanted.making(shares);
    for (done, (id, title)) in ids.iter().enumerate() {
        making.add(&document(*id, title).await?);
        told(before + done + 1)?;
    }
    making.finish()
}

/// An article of the library, whole: a dataset with a hole is none.
async fn document(id: Id, title: &str) -> Result<Document, String> {
    let kept = storage::read_document(id).await;
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
