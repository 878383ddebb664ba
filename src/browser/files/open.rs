//! Files that the user opens.

use crate::browser::clock;
use crate::browser::files::{backup, blob};
use crate::browser::worker::client;
use crate::browser::worker::error::JobError;
use pullquote_app::backup::state::BackupSource;
use pullquote_app::job::Job;
use pullquote_app::library::incoming::{Incoming, codebook_in_file, import_codebook, too_large};
use pullquote_app::messages::files;
use pullquote_core::model::codebook::Codebook;
use pullquote_formats::backup_file::is_backup;
use pullquote_formats::codebook_file::is_codebook;
use pullquote_formats::error::SIZE_LIMIT;

use std::rc::Rc;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::spawn_local;
use web_sys::{File, FileList, HtmlInputElement, Node};

/// Files up to this size in bytes are read in the window: it takes less time than starting a
/// worker.
const SMALL: f64 = 100_000.0;

/// How much of a file is read to find out what it is, in bytes.
const BEGINNING: f64 = 4_096.0;

/// A file that was opened.
pub struct OpenedFile {
    /// What is in it.
    pub content: FileContent,
    /// Whether it was the only file that was opened.
    pub is_alone: bool,
}

/// What is in a file that was opened.
pub enum FileContent {
    /// The file was read.
    Read {
        /// The name of the file.
        name: String,
        /// What is in it, or the sentence that says why it was not opened.
        read: Result<Rc<Incoming>, String>,
    },
    /// The file is large and is being read; the result follows.
    Reading {
        /// The name of the file.
        name: String,
    },
    /// The file has a codebook, or should have one.
    Codebook {
        /// The name of the file.
        name: String,
        /// The codebook, or the sentence that says why it cannot be used.
        read: Result<Rc<Codebook>, String>,
    },
    /// The browser could not read the file.
    Unreadable {
        /// The name of the file.
        name: String,
        /// Why not.
        error: JobError,
    },
    /// The file is a backup, which is not read as a whole.
    Backup(BackupSource),
}

/// Reads the files that were chosen in a file input, and empties the input so that the same
/// file can be chosen again.
pub fn read_input(input: Option<Node>, on_file: impl Fn(OpenedFile) + 'static) {
    read_all(take_chosen(input), on_file);
}

/// Reads the codebook in the file that was chosen in a file input, whatever kind of file that
/// is, and empties the input.
pub fn read_codebook_input(input: Option<Node>, on_file: impl Fn(OpenedFile) + 'static) {
    spawn_local(async move {
        for file in take_chosen(input) {
            let name = file.name();
            // The beginning of a file that is too large says what it is.
            let size = file.size() as usize;
            let content = match blob::slice_of(&file, 0.0, size.min(SIZE_LIMIT) as f64).await {
                Ok(bytes) => {
                    let read = match too_large(&name, size, &bytes) {
                        Some(error) => Err(files::not_opened(&name, &error)),
                        None => import_codebook(&name, &bytes)
                            .map_err(|error| files::codebook_not_imported(&name, &error)),
                    };
                    FileContent::Codebook { name, read }
                }
                Err(error) => FileContent::Unreadable {
                    name,
                    error: error.into(),
                },
            };
            on_file(OpenedFile {
                content,
                is_alone: true,
            });
        }
    });
}

/// Takes the files that were chosen in an input out of it.
fn take_chosen(input: Option<Node>) -> Vec<File> {
    let Some(Ok(input)) = input.map(|node| node.dyn_into::<HtmlInputElement>()) else {
        return Vec::new();
    };
    let files = input.files().map(files_in).unwrap_or_default();
    input.set_value("");
    files
}

pub(crate) fn files_in(list: FileList) -> Vec<File> {
    (0..list.length())
        .filter_map(|index| list.item(index))
        .collect()
}

/// Reads these files one after the other, and passes each to `on_file`.
pub(crate) fn read_all(files: Vec<File>, on_file: impl Fn(OpenedFile) + 'static) {
    let is_alone = files.len() == 1;
    spawn_local(async move {
        let on_content = |content| on_file(OpenedFile { content, is_alone });
        for file in files {
            on_content(read(file, &on_content).await);
        }
    });
}

/// Reads one file. Of a large one, `on_begun` hears before it is read.
async fn read(file: File, on_begun: &dyn Fn(FileContent)) -> FileContent {
    // A file that cannot be read says so when all of it is read.
    let beginning = blob::slice_of(&file, 0.0, BEGINNING).await;
    let beginning = beginning.unwrap_or_default();
    if is_backup(&beginning) {
        return FileContent::Backup(backup::hold(file));
    }
    let name = file.name();
    if let Some(error) = too_large(&name, file.size() as usize, &beginning) {
        let read = Err(files::not_opened(&name, &error));
        return FileContent::Read { name, read };
    }
    if is_codebook(&String::from_utf8_lossy(&beginning))
        && let Ok(bytes) = blob::bytes_of(file.clone().into()).await
        && let Some(read) = codebook_in_file(&bytes)
    {
        let read = read.map_err(|error| files::not_opened(&name, &error));
        return FileContent::Codebook { name, read };
    }
    if file.size() > SMALL {
        on_begun(FileContent::Reading { name: name.clone() });
    }
    match read_article(file).await {
        Ok(read) => FileContent::Read { name, read },
        Err(error) => FileContent::Unreadable { name, error },
    }
}

/// Reads an article: a large one in a worker.
async fn read_article(file: File) -> Result<Result<Rc<Incoming>, String>, JobError> {
    let name = file.name();
    if file.size() > SMALL {
        let (read, _) = client::run(Job::Read(name), Some(file)).await?;
        let read: Result<_, String> = read;
        // Decoding the answer was enough work for one task: it is shown in the next.
        clock::wait(0).await;
        return read.map_err(JobError::Reported);
    }
    let bytes = blob::bytes_of(file.into()).await?;
    Ok(Incoming::from_file(&name, &bytes, &clock::stamp())
        .map_err(|error| files::not_opened(&name, &error)))
}
