//! Why the program stops.

use pullquote_datasets::error::VerifyError;
use pullquote_formats::error::ReadError;

use std::io;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// What stopped it; as a sentence it names the file, and the line where there is one.
#[derive(Debug, Error)]
pub(crate) enum Failure {
    /// The command line is not understood.
    #[error("{0}\nTry `pullquote --help`.")]
    Usage(String),
    /// The system refuses.
    #[error("{}: {}", .path.display(), of_system(error))]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// A document cannot be read.
    #[error("{place}: {error}")]
    Read {
        /// Which file, and line.
        place: String,
        /// Why not.
        error: ReadError,
    },
    /// A file is not what it should be.
    #[error("{place}: {reason}")]
    Wrong {
        /// Which file, and line.
        place: String,
        /// What is wrong.
        reason: String,
    },
    /// A folder for a part of a division has files of an earlier one.
    #[error(
        "{} has files already: parts of two divisions must not mix. Name another folder, or \
         delete it.",
        .0.display()
    )]
    Mixed(PathBuf),
    /// What was written does not say what the documents say. Nothing is left of it.
    #[error("what was written failed its own check, and is not kept: {0}")]
    Unproved(#[from] VerifyError),
    /// Some of the files that were to be checked are wrong or cannot be read; each was named.
    #[error("{}", of_checked(*.wrong, *.all, *.unread))]
    Checked {
        /// How many are wrong.
        wrong: usize,
        /// Of how many that were read.
        all: usize,
        /// How many others could not be read.
        unread: usize,
    },
}

/// What the system says, in words.
pub(crate) fn of_system(error: &io::Error) -> String {
    if error.kind() == io::ErrorKind::NotFound {
        return "there is no such file".to_owned();
    }
    let text = error.to_string();
    let words = text.split_once(" (os error ").map(|(words, _)| words);
    words.unwrap_or(&text).to_lowercase()
}

/// "1 of 3 files is wrong, 2 could not be read".
fn of_checked(wrong: usize, all: usize, unread: usize) -> String {
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
    /// The system's error at this path.
    pub(crate) fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |error| Self::File { path, error }
    }

    /// The system's error at the folder that something is to be put in.
    pub(crate) fn folder(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |error| match error.kind() {
            io::ErrorKind::NotFound => Self::Wrong {
                place: path.display().to_string(),
                reason: "there is no such folder".to_owned(),
            },
            _ => Self::file(path)(error),
        }
    }

    /// What the shell is told: 2 where the command line is wrong, 1 where anything else is.
    pub(crate) fn code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            _ => 1,
        }
    }
}

impl From<lexopt::Error> for Failure {
    fn from(error: lexopt::Error) -> Self {
        Self::Usage(error.to_string())
    }
}
