//! Why the program stops.

use crate::usage_error::UsageError;
use pullquote_datasets::error::VerifyError;
use pullquote_formats::error::ReadError;

use std::io;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// The reason as a sentence, with the file, and the line if there is one.
#[derive(Debug, Error)]
pub(crate) enum Failure {
    /// The command line is not understood.
    #[error("{0}\nTry `pullquote --help`.")]
    Usage(#[from] UsageError),
    /// The system refuses to read or write a file.
    #[error("{}: {}", .path.display(), of_system(error))]
    File {
        /// The file.
        path: PathBuf,
        /// The error of the system.
        error: io::Error,
    },
    /// A document cannot be read.
    #[error("{place}: {error}")]
    Read {
        /// The file, and the line if there is one.
        place: String,
        /// The reason.
        error: ReadError,
    },
    /// A file or folder is not what it should be.
    #[error("{place}: {reason}")]
    Wrong {
        /// The file, and the line if there is one.
        place: String,
        /// What is wrong.
        reason: String,
    },
    /// The folder of a part has files of an earlier division.
    #[error(
        "{} has files already: parts of two divisions must not mix. Name another folder, or \
         delete it.",
        .0.display()
    )]
    Mixed(PathBuf),
    /// The written dataset differs from the documents, and is removed.
    #[error("what was written failed its own check, and is not kept: {0}")]
    Unverified(#[from] VerifyError),
    /// Some checked files are wrong or cannot be read. Each was reported.
    #[error("{}", checked_sentence(*.wrong, *.all, *.unread))]
    Checked {
        /// The number of wrong files.
        wrong: usize,
        /// The number of files that could be read.
        all: usize,
        /// The number of files that could not be read.
        unread: usize,
    },
}

/// An error of the system as words.
pub(crate) fn of_system(error: &io::Error) -> String {
    if error.kind() == io::ErrorKind::NotFound {
        return "there is no such file".to_owned();
    }
    let text = error.to_string();
    let words = text.split_once(" (os error ").map(|(words, _)| words);
    words.unwrap_or(&text).to_lowercase()
}

/// "1 of 3 files is wrong, 2 could not be read".
fn checked_sentence(wrong: usize, all: usize, unread: usize) -> String {
    let are = if wrong == 1 { "is" } else { "are" };
    let files = |number| match number {
        1 => "1 file".to_owned(),
        number => format!("{number} files"),
    };
    match (wrong, unread) {
        (0, _) => format!("{} could not be read", files(unread)),
        (_, 0) => format!("{wrong} of {} {are} wrong", files(all)),
        _ => format!(
            "{wrong} of {} {are} wrong, {unread} could not be read",
            files(all)
        ),
    }
}

impl Failure {
    /// For `map_err`: an error of the system about this path.
    pub(crate) fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |error| Self::File { path, error }
    }

    /// For `map_err`: an error of the system about the folder for new files.
    pub(crate) fn folder(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |error| match error.kind() {
            io::ErrorKind::NotFound => Self::Wrong {
                place: path.display().to_string(),
                reason: "there is no such folder".to_owned(),
            },
            _ => Self::file(path)(error),
        }
    }

    /// The exit code: 2 for a wrong command line, 1 for anything else.
    pub(crate) fn code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::File { .. }
            | Self::Read { .. }
            | Self::Wrong { .. }
            | Self::Mixed(_)
            | Self::Unverified(_)
            | Self::Checked { .. } => 1,
        }
    }
}

impl From<lexopt::Error> for Failure {
    fn from(error: lexopt::Error) -> Self {
        Self::Usage(UsageError::Argument(error))
    }
}
