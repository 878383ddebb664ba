//! The dataset on the export screen.

use crate::export::settings::{ExportScope, ExportSettings};
use crate::export::summary::DatasetSummary;
use crate::messages::Sentence;
use pullquote_core::model::id::Id;
use pullquote_core::model::timestamp::Timestamp;
use std::rc::Rc;

/// The dataset on the export screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Export {
    /// Which marks are in it.
    pub scope: ExportScope,
    /// Its settings.
    pub settings: ExportSettings,
    /// The ids of the formats that are listed first: those that were exported last, as they were
    /// when the screen was opened, so that no format moves under the pointer.
    pub first: Vec<&'static str>,
    /// The ids of the formats that were exported last, the last one first; at most [`RECENT`].
    pub recent: Vec<&'static str>,
    /// The number of the run: results of earlier runs are discarded.
    pub number: u64,
    /// How far the run is.
    pub state: Progress,
    /// The articles in the dataset.
    pub articles: Vec<Id>,
    /// When the run was started: later changes are not in the dataset.
    pub asked: Timestamp,
    /// The result of the last run, while a new one is under way for the same article.
    pub before: Option<Rc<DatasetSummary>>,
}

/// How many formats are remembered as exported last.
pub const RECENT: usize = 4;

impl Export {
    /// Puts these formats before those that were exported earlier.
    pub(crate) fn remember(&mut self, formats: Vec<&'static str>) {
        let mut recent = formats;
        recent.extend(self.recent.iter().copied());
        let mut known: Vec<&'static str> = Vec::new();
        for id in recent {
            if known.len() < RECENT && !known.contains(&id) {
                known.push(id);
            }
        }
        self.recent = known;
    }
}

/// How far a run is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Progress {
    /// Nothing was built yet. The library is built only on request, because it takes long.
    #[default]
    Waiting,
    /// The user stopped the run.
    Stopped,
    /// The dataset is being built.
    Busy {
        /// Whether it will be downloaded, instead of only shown as a preview.
        download: bool,
        /// The number of articles that are in it.
        done: usize,
        /// The number of articles that will be in it.
        all: usize,
    },
    /// The dataset was built.
    Built {
        /// The dataset.
        summary: Rc<DatasetSummary>,
        /// Whether it was downloaded.
        downloaded: bool,
    },
    /// The dataset cannot be built, or failed its own check; the reason, to follow a colon.
    Failed(Sentence),
}
