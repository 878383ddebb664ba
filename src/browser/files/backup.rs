//! The library as one file, written and read without ever being in memory as a whole.

use crate::browser::files::open::{blob_of, bytes_of, download_blob};
use crate::browser::js::said;
use crate::browser::storage::documents;
use crate::browser::worker::client;
use crate::browser::{channel, clock};
use js_sys::Array;
use pullquote_app::backup::restore;
use pullquote_app::backup::restore::{BackupLines, BackupSink};
use pullquote_app::backup::restore_report::RestoreReport;
use pullquote_app::backup::state::BackupSource;
use pullquote_app::backup::summary::BackupSummary;
use pullquote_app::job::Job;
use pullquote_app::stamp::Stamp;
use pullquote_core::model::id::Id;
use pullquote_formats::error::SIZE_LIMIT;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsValue;
use web_sys::{Blob, File};

const MEDIA_TYPE: &str = "application/jsonl";

/// How much of a backup is put together, or read, at once: one megabyte.
const CHUNK: usize = 1 << 20;

thread_local! {
    static HELD: RefCell<Option<(BackupSource, File)>> = const { RefCell::new(None) };
    static NUMBER: Cell<u64> = const { Cell::new(0) };
}

/// Holds a file with a backup, in the stead of the one before.
pub(crate) fn hold(file: File) -> BackupSource {
    let number = NUMBER.get() + 1;
    NUMBER.set(number);
    let name = file.name().into();
    let backup = BackupSource { number, name };
    HELD.set(Some((backup.clone(), file)));
    backup
}

/// Gives the user one file with the whole library; `told` hears how many of how many
/// articles are written.
pub async fn back_up(told: impl Fn(usize, usize) + 'static) -> Result<Box<BackupSummary>, String> {
    let answer = client::run::<Result<_, String>>(Job::BackUp, None, Rc::new(told)).await;
    let (made, file) = answer?;
    let made = made?;
    let file = file.ok_or_else(|| "the browser gave no file".to_owned())?;
    let name = format!("pullquote-library-{}.pullquote.jsonl", clock::date());
    download_blob(&name, &file)?;
    Ok(made)
}

/// What restoring a backup would do.
pub async fn survey(backup: &BackupSource) -> Result<Box<RestoreReport>, String> {
    let file = Some(held(backup)?);
    client::run(Job::Survey, file, client::no_progress())
        .await?
        .0
}

/// Restores a backup; `told` hears how many articles are done.
pub async fn restore(
    backup: &BackupSource,
    told: impl Fn(usize) + 'static,
) -> Result<Box<RestoreReport>, String> {
    let file = Some(held(backup)?);
    let mended = documents::mend().await;
    mended.map_err(|refusal| refusal.to_string())?;
    let told = Rc::new(move |done, _| told(done));
    client::run(Job::Restore, file, told).await?.0
}

/// A file with the whole library.
pub(crate) async fn written(
    told: &dyn Fn(usize, usize),
) -> Result<(Box<BackupSummary>, Blob), String> {
    let database = documents::database().await;
    let database = database.map_err(|refusal| refusal.to_string())?;
    let mut file = FileInParts {
        parts: Array::new(),
        text: String::new(),
        error: None,
        told,
    };
    let made = restore::back_up(&database, &mut file, clock::now()).await;
    let made = made.map_err(|refusal| refusal.to_string())?;
    file.cut();
    if let Some(error) = file.error {
        return Err(said(&error));
    }
    let blob = blob_of(MEDIA_TYPE, &file.parts).map_err(|error| said(&error))?;
    Ok((Box::new(made), blob))
}

/// What restoring a file would do.
pub(crate) async fn surveyed(file: File) -> Result<Box<RestoreReport>, String> {
    let database = documents::database().await;
    let database = database.map_err(|refusal| refusal.to_string())?;
    let findings = restore::survey(&database, &mut lines_of(file)).await?;
    Ok(Box::new(findings))
}

/// Restores a file; `told` hears how many articles are done.
pub(crate) async fn restored(
    file: File,
    told: &dyn Fn(usize, usize),
) -> Result<Box<RestoreReport>, String> {
    let database = documents::database().await;
    let database = database.map_err(|refusal| refusal.to_string())?;
    let stamp = || -> Stamp { clock::stamp() };
    let hear = |done: usize, article: Id| {
        channel::tell(article);
        told(done, 0);
    };
    let restored = restore::restore(&database, &mut lines_of(file), &stamp, &hear).await;
    restored.map(Box::new)
}

/// A file that is put together of parts; the browser may hold them outside its memory.
struct FileInParts<'a> {
    parts: Array,
    text: String,
    error: Option<JsValue>,
    told: &'a dyn Fn(usize, usize),
}

impl BackupSink for FileInParts<'_> {
    async fn line(&mut self, line: String, done: usize, all: usize) {
        self.text.push_str(&line);
        if self.text.len() >= CHUNK {
            self.cut();
        }
        if is_step(done, all) {
            (self.told)(done, all);
        }
    }
}

impl FileInParts<'_> {
    fn cut(&mut self) {
        let text = JsValue::from_str(&std::mem::take(&mut self.text));
        match blob_of(MEDIA_TYPE, &Array::of1(&text)) {
            Ok(part) => drop(self.parts.push(&part)),
            Err(error) => self.error = Some(error),
        }
    }
}

/// Whether the user is told again: some fifty times in all.
fn is_step(done: usize, all: usize) -> bool {
    done == all || done.is_multiple_of((all / 50).max(1))
}

/// The lines of a file, read in chunks.
struct FileLines {
    file: File,
    at: f64,
    buffer: Vec<u8>,
    // Up to here the buffer has no line end.
    searched: usize,
}

/// The file that is held as this backup.
fn held(backup: &BackupSource) -> Result<File, String> {
    let held = HELD.with_borrow(|held| {
        let held = held.as_ref().filter(|(other, _)| other == backup);
        held.map(|(_, file)| file.clone())
    });
    held.ok_or_else(|| "it is not at hand any more. Open it again.".to_owned())
}

fn lines_of(file: File) -> FileLines {
    FileLines {
        file,
        at: 0.0,
        buffer: Vec::new(),
        searched: 0,
    }
}

impl BackupLines for FileLines {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, String> {
        loop {
            let mut unsearched = self.buffer[self.searched..].iter();
            if let Some(place) = unsearched.position(|byte| *byte == b'\n') {
                let rest = self.buffer.split_off(self.searched + place + 1);
                let mut line = std::mem::replace(&mut self.buffer, rest);
                line.pop();
                self.searched = 0;
                return Ok(Some(line));
            }
            self.searched = self.buffer.len();
            if self.at >= self.file.size() {
                let line = std::mem::take(&mut self.buffer);
                self.searched = 0;
                return Ok(Some(line).filter(|line| !line.is_empty()));
            }
            if self.buffer.len() > SIZE_LIMIT {
                // Of a line that no article has, as much as shows it is enough.
                self.buffer.truncate(SIZE_LIMIT / 2);
                self.searched = self.buffer.len();
            }
            let to = (self.at + CHUNK as f64).min(self.file.size());
            let part = self.file.slice_with_f64_and_f64(self.at, to);
            let part = part.map_err(|error| said(&error))?;
            self.buffer.extend_from_slice(&bytes_of(part).await?);
            self.at = to;
        }
    }
}
