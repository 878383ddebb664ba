//! What can happen to a codebook.

use crate::browser_reason::BrowserReason;
use crate::codebook::codebook_edit::CodebookEdit;
use crate::messages::Sentence;
use pullquote_core::edit::commands::recoding::{CodebookPart, Decision};
use pullquote_core::model::codebook::Codebook;
use std::rc::Rc;

/// One thing that happened to a codebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodebookAction {
    /// The user changes the codebook of the open article.
    Edited(Box<CodebookEdit>),
    /// The user decides what becomes of the work that a change would delete.
    DecisionMade {
        /// The part of the codebook that the work belongs to.
        part: CodebookPart,
        /// What becomes of the work.
        decision: Decision,
    },
    /// The pending change is made as decided.
    Confirmed,
    /// The pending change is dropped.
    Cancelled,
    /// The codebook for new articles was read; `None` means the news codebook.
    DefaultRead(Option<Rc<Codebook>>),
    /// The codebooks that ship were read, or why they were not.
    ShippedRead(Result<Vec<Rc<Codebook>>, BrowserReason>),
    /// The user chooses the codebook for new articles.
    DefaultChosen(Rc<Codebook>),
    /// The browser did not save the choice of the codebook for new articles; it says why.
    DefaultNotSaved(BrowserReason),
    /// A codebook is downloaded.
    Exported(Rc<Codebook>),
    /// A file was read as a codebook.
    FileRead {
        /// Its name.
        name: String,
        /// The codebook, or the sentence that says why there is none.
        read: Result<Rc<Codebook>, Sentence>,
    },
}
