//! Why the program stops.

use pullquote_core::formats::ReadError;
use pullquote_core::formats::dataset::Faults;
use std::path::PathBuf;
use thiserror::Error;

/// What stopped it; as a sentence it names the file, and the line where there is one.
#[derive(Debug, Error)]
pub(crate) enum Failure {
    /// The command line is not understood.
    #[error("{0}\nTry `pullquote --help`.")]
    Usage(String),
    /// The system refuses.
    #[error("{}: {error}", .path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
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
    Unproved(#[from] Faults),
    /// Some of the files that were checked are wrong; each was named.
    #[error("{wrong} of {all} files {} wrong", if *.wrong == 1 { "is" } else { "are" })]
    Checked {
        /// How many are.
        wrong: usize,
        /// Of how many.
        all: usize,
    },
}

impl Failure {
    /// The system's error at this path.
    pub(crate) fn file(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |error| Self::File { path, error }
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
