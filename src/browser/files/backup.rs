//! Backups of the library, as the window asks for them; [`backup_stream`] does the work.
//!
//! [`backup_stream`]: crate::browser::files::backup_stream

use crate::browser::clock;
use crate::browser::error::BrowserError;
use crate::browser::files::download;
use crate::browser::storage::disk_repair;
use crate::browser::worker::client;
use crate::browser::worker::error::JobError;
use pullquote_app::backup::restore_report::RestoreReport;
use pullquote_app::backup::state::BackupSource;
use pullquote_app::backup::summary::BackupSummary;
use pullquote_app::job::LibraryJob;

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use web_sys::File;

thread_local! {
    /// The file with the backup that was opened last.
    static HELD_FILE: RefCell<Option<(BackupSource, File)>> = const { RefCell::new(None) };
    /// How many backups were opened.
    static COUNT: Cell<u64> = const { Cell::new(0) };
}

/// Holds a file with a backup until the next one is opened.
pub(crate) fn hold(file: File) -> BackupSource {
    let number = COUNT.get() + 1;
    COUNT.set(number);
    let name = file.name().into();
    let source = BackupSource { number, name };
    HELD_FILE.set(Some((source.clone(), file)));
    source
}

/// The file of a backup, if it is the one that is held.
fn held_file(source: &BackupSource) -> Result<File, BrowserError> {
    let file = HELD_FILE.with_borrow(|held| {
        let held = held.as_ref().filter(|(other, _)| other == source);
        held.map(|(_, file)| file.clone())
    });
    file.ok_or(BrowserError::BackupGone)
}

/// Downloads one file with the whole library. `on_progress` hears how many of how many
/// articles are written.
pub async fn back_up(
    on_progress: impl Fn(usize, usize) + 'static,
) -> Result<Box<BackupSummary>, JobError> {
    let (summary, file) =
        client::run_on_library(LibraryJob::BackUp, None, Rc::new(on_progress)).await?;
    let summary: Result<_, String> = summary;
    let summary = summary.map_err(JobError::Reported)?;
    let file = file.ok_or(JobError::NoFile)?;
    let name = format!("pullquote-library-{}.pullquote.jsonl", clock::date());
    download::file(&name, &file)?;
    Ok(summary)
}

/// Finds out what restoring a backup would change.
pub async fn survey(source: &BackupSource) -> Result<Box<RestoreReport>, JobError> {
    let file = Some(held_file(source)?);
    let (report, _) =
        client::run_on_library(LibraryJob::Survey, file, client::no_progress()).await?;
    let report: Result<_, String> = report;
    report.map_err(JobError::Reported)
}

/// Restores a backup. `on_progress` hears how many articles are done.
pub async fn restore(
    source: &BackupSource,
    on_progress: impl Fn(usize) + 'static,
) -> Result<Box<RestoreReport>, JobError> {
    let file = Some(held_file(source)?);
    // A worker cannot do this, see `disk_repair`.
    disk_repair::repair_if_needed().await?;
    let on_progress = Rc::new(move |done, _| on_progress(done));
    let (report, _) = client::run_on_library(LibraryJob::Restore, file, on_progress).await?;
    let report: Result<_, String> = report;
    report.map_err(JobError::Reported)
}
