//! The dataset that the export screen shows.

use crate::export::settings::{ExportScope, ExportSettings};
use crate::export::summary::DatasetSummary;
use pullquote_core::model::id::Id;
use pullquote_core::model::timestamp::Timestamp;
use std::rc::Rc;

/// The screen on which a dataset is put together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Export {
    /// Which marks.
    pub scope: ExportScope,
    /// What is wanted.
    pub wanted: ExportSettings,
    /// Which try this is: what an earlier one came to is of no interest any more.
    pub number: u64,
    /// What it comes to.
    pub state: Progress,
    /// The articles that are in it.
    pub articles: Vec<Id>,
    /// When this try was asked for: what it holds is as of then.
    pub asked: Timestamp,
    /// What the last try came to, while a new one is made of the same article.
    pub before: Option<Rc<DatasetSummary>>,
}

/// How far it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Progress {
    /// Nothing was tried: the library takes a while, and waits to be asked.
    #[default]
    Waiting,
    /// It was broken off.
    Stopped,
    /// It is being made, of so many of so many articles; `true`: to be given.
    Busy(bool, usize, usize),
    /// This is what it is; `true`: it was given.
    Made(Rc<DatasetSummary>, bool),
    /// It cannot be made, or is wrong; why.
    Failed(String),
}
