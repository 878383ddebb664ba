//! Why a document is read from the storage.

use crate::library::incoming::Incoming;
use std::rc::Rc;

/// What a document is read from the storage for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadPurpose {
    /// To open it.
    Open,
    /// To make its library entry again.
    List,
    /// To make a second one like it.
    Duplicate,
    /// To give it another title.
    Rename(String),
    /// To compare it with a document that came in from a file or as text.
    Compare {
        /// The document that came in.
        incoming: Rc<Incoming>,
        /// Whether to open the article afterwards.
        shown: bool,
    },
}
