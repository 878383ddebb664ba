//! The library as one file, written and read without being in memory as a whole.

use crate::browser::files::blob;
use crate::browser::storage::records::StoredRecords;
use crate::browser::worker::error::JobError;
use crate::browser::{channel, clock};
use pullquote_app::backup::restore;
use pullquote_app::backup::restore::BackupLines;
use pullquote_app::backup::restore_report::RestoreReport;
use pullquote_app::backup::summary::BackupSummary;
use pullquote_app::backup::write::{self, BackupSink};
use pullquote_app::browser_reason::BrowserReason;
use pullquote_app::messages::backup::restore_error;
use pullquote_core::model::id::Id;
use pullquote_formats::error::SIZE_LIMIT;

use js_sys::Array;

use wasm_bindgen::JsValue;
use web_sys::{Blob, File};

const MEDIA_TYPE: &str = "application/jsonl";

/// How many bytes of a backup are put into one blob, or read at once.
const CHUNK: usize = 1 << 20;

/// Writes the whole library into one file. `on_progress` hears how many of how many articles
/// are written.
pub(crate) async fn write(
    on_progress: &dyn Fn(usize, usize),
) -> Result<(Box<BackupSummary>, Blob), JobError> {
    let records = StoredRecords::open().await?;
    let mut file = ChunkedFile {
        chunks: Array::new(),
        text: String::new(),
        error: None,
        on_progress,
    };
    let summary = write::back_up(&records, &mut file, clock::now()).await;
    let summary = summary?;
    file.end_chunk();
    if let Some(error) = file.error {
        return Err(error.into());
    }
    let blob = blob::of_parts(MEDIA_TYPE, &file.chunks)?;
    Ok((Box::new(summary), blob))
}

/// Finds out what restoring a file would change.
pub(crate) async fn survey(file: File) -> Result<Box<RestoreReport>, JobError> {
    let records = StoredRecords::open().await?;
    let report = restore::survey(&records, &mut FileLines::new(file)).await;
    report
        .map(Box::new)
        .map_err(|error| JobError::Reported(restore_error(&error)))
}

/// Restores a file. `on_progress` hears how many articles are done, and 0.
pub(crate) async fn restore(
    file: File,
    on_progress: &dyn Fn(usize, usize),
) -> Result<Box<RestoreReport>, JobError> {
    let records = StoredRecords::open().await?;
    let on_article = |done: usize, article: Id| {
        channel::announce(article);
        on_progress(done, 0);
    };
    let mut lines = FileLines::new(file);
    let report = restore::restore(&records, &mut lines, &clock::stamp, &on_article).await;
    report
        .map(Box::new)
        .map_err(|error| JobError::Reported(restore_error(&error)))
}

/// A file that is put together from chunks, which the browser may hold on disk.
struct ChunkedFile<'a> {
    chunks: Array,
    /// The text that is in no chunk yet.
    text: String,
    error: Option<JsValue>,
    on_progress: &'a dyn Fn(usize, usize),
}

impl BackupSink for ChunkedFile<'_> {
    async fn line(&mut self, line: String, done: usize, all: usize) {
        self.text.push_str(&line);
        if self.text.len() >= CHUNK {
            self.end_chunk();
        }
        if is_step(done, all) {
            (self.on_progress)(done, all);
        }
    }
}

impl ChunkedFile<'_> {
    fn end_chunk(&mut self) {
        match blob::of_text(MEDIA_TYPE, &std::mem::take(&mut self.text)) {
            Ok(chunk) => drop(self.chunks.push(&chunk)),
            Err(error) => self.error = Some(error),
        }
    }
}

/// Whether progress is reported at this article: about fifty times in all.
fn is_step(done: usize, all: usize) -> bool {
    done == all || done.is_multiple_of((all / 50).max(1))
}

/// The lines of a file, read in chunks.
struct FileLines {
    file: File,
    /// The offset of the next chunk in the file, a number of JavaScript.
    offset: f64,
    buffer: Vec<u8>,
    // Invariant: the buffer has no line end before this index.
    searched: usize,
}

impl FileLines {
    fn new(file: File) -> Self {
        Self {
            file,
            offset: 0.0,
            buffer: Vec::new(),
            searched: 0,
        }
    }
}

impl BackupLines for FileLines {
    async fn next(&mut self) -> Result<Option<Vec<u8>>, BrowserReason> {
        loop {
            let mut unsearched = self.buffer[self.searched..].iter();
            if let Some(index) = unsearched.position(|byte| *byte == b'\n') {
                let rest = self.buffer.split_off(self.searched + index + 1);
                let mut line = std::mem::replace(&mut self.buffer, rest);
                line.pop();
                self.searched = 0;
                return Ok(Some(line));
            }
            self.searched = self.buffer.len();
            if self.offset >= self.file.size() {
                let line = std::mem::take(&mut self.buffer);
                self.searched = 0;
                return Ok(Some(line).filter(|line| !line.is_empty()));
            }
            if self.buffer.len() > SIZE_LIMIT {
                // No article has a line of this length: keep enough of it to be refused as
                // too long.
                self.buffer.truncate(SIZE_LIMIT / 2);
                self.searched = self.buffer.len();
            }
            let end = (self.offset + CHUNK as f64).min(self.file.size());
            let chunk = blob::slice_of(&self.file, self.offset, end).await;
            let chunk = chunk.map_err(|error| BrowserReason(error.to_string()))?;
            self.buffer.extend_from_slice(&chunk);
            self.offset = end;
        }
    }
}
