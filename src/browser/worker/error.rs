//! Why a job came to nothing.

use crate::browser::error::{BrowserError, Exception};
use pullquote_app::store::error::StoreError;

use std::fmt::Display;
use thiserror::Error;
use wasm_bindgen::JsValue;

/// Why a job came to nothing.
#[derive(Debug, Error)]
pub enum JobError {
    /// The browser refused something that it needs.
    #[error("{0}")]
    Browser(BrowserError),
    /// The job was done and says why it failed.
    #[error("{0}")]
    Reported(String),
    /// It wrote no file.
    #[error("the browser gave no file")]
    NoFile,
    /// The article that it should write has changed since the job was given.
    #[error("it was changed meanwhile.")]
    ArticleChanged,
    /// The user stopped it.
    #[error("it was stopped")]
    Stopped,
    /// A later job of the same kind replaced it.
    #[error("something else was asked for")]
    Superseded,
    /// Its answer is not one that this program knows.
    #[error("what came of it could not be read.")]
    AnswerUnreadable,
    /// The worker ended before it had an answer; why, if it could say so.
    #[error(
        "the work was broken off ({}).",
        .reason.as_deref().unwrap_or("the browser does not say why")
    )]
    WorkerFailed {
        /// What the worker said.
        reason: Option<String>,
    },
    /// The program that writes datasets and backups could not be loaded.
    #[error("the part of the program that writes datasets and backups could not be loaded ({0})")]
    NoDatasetProgram(Exception),
    /// An article of the library cannot be read, and would be missing in a dataset.
    #[error(
        "“{title}” cannot be read: {}. Delete it in the library to export the others",
        .error.to_string().trim_end_matches('.')
    )]
    ArticleUnreadable {
        /// The title of the article.
        title: String,
        /// Why it cannot be read.
        error: BrowserError,
    },
    /// A part of an article of the library cannot be read, and would be missing in a dataset.
    #[error(
        "“{title}” is not whole: {}. Delete it in the library to export the others",
        .lost.trim_end_matches('.')
    )]
    ArticleIncomplete {
        /// The title of the article.
        title: String,
        /// What cannot be read.
        lost: String,
    },
}

impl JobError {
    /// The error of work that is not of the browser.
    pub(crate) fn reported(error: impl Display) -> Self {
        Self::Reported(error.to_string())
    }
}

impl From<BrowserError> for JobError {
    fn from(error: BrowserError) -> Self {
        Self::Browser(error)
    }
}

impl From<JsValue> for JobError {
    fn from(thrown: JsValue) -> Self {
        Self::Browser(thrown.into())
    }
}

impl From<StoreError> for JobError {
    fn from(error: StoreError) -> Self {
        Self::Browser(error.into())
    }
}
