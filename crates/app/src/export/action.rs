//! What can happen on the way out: datasets, the article's own file, printing.

use crate::browser_reason::BrowserReason;
use crate::export::settings::ExportChange;
use crate::export::summary::DatasetSummary;
use crate::messages::Sentence;
use pullquote_core::model::id::Id;
use pullquote_core::model::timestamp::Timestamp;

/// One thing that happened to an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExportAction {
    /// The user changed a setting of the dataset.
    Changed(ExportChange),
    /// The ids of the formats that were exported last were read, the last one first.
    RecentRead(Vec<String>),
    /// Build the dataset.
    DatasetRequested {
        /// Whether to download it instead of only showing a preview.
        download: bool,
    },
    /// Some articles are in the dataset.
    DatasetProgressed {
        /// The number of the run; results of earlier runs are discarded.
        number: u64,
        /// The number of articles that are in it.
        done: usize,
        /// The number of articles that will be in it.
        all: usize,
    },
    /// The dataset is complete.
    DatasetBuilt {
        /// The number of the run; results of earlier runs are discarded.
        number: u64,
        /// The dataset, or the sentence that says why there is none.
        result: Result<Box<DatasetSummary>, Sentence>,
    },
    /// The user stops the run.
    DatasetStopped,
    /// The user wants the article as a Pullquote file.
    ArticleFileRequested,
    /// The user prints the article.
    PrintRequested,
    /// The browser took the article's file, or refused and says why.
    ArticleFileWritten {
        /// The article.
        id: Id,
        /// When the file was asked for: later changes are not in it.
        asked: Timestamp,
        /// Whether the browser took it.
        result: Result<(), BrowserReason>,
    },
}
