//! What the user is told.

use crate::action::Action;
use crate::route::Route;
use pullquote_core::model::id::Id;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::text::shortened::shortened;

/// How long a notice that is no alarm stays, in milliseconds.
pub const NOTICE_LIFE: u32 = 12_000;

/// A sentence for the user, until it is dismissed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Unique while the app runs.
    pub number: u64,
    /// When it was told.
    pub at: Timestamp,
    /// Whether something went wrong; then it stays until it is dismissed.
    pub alarm: bool,
    /// Whether it says that a file was not opened: it goes when one is.
    pub of_a_file: bool,
    /// The sentence.
    pub text: String,
    /// What the user can do about it at once.
    pub offers: Vec<Offer>,
}

/// What is done to a file at the moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileWork {
    /// A file of this name is read, since this screen was shown.
    Reading(String, Route),
    /// The file of this article, of this title, is written.
    Writing(Id, String),
}

impl FileWork {
    /// What is said of it.
    #[must_use]
    pub fn words(&self) -> String {
        let (verb, name) = match self {
            Self::Reading(name, _) => ("Reading", name),
            Self::Writing(_, title) => ("Writing", title),
        };
        format!("{verb} “{}”…", shortened(name, 60))
    }
}

/// A button on a notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What the button says.
    pub label: &'static str,
    /// What it does.
    pub action: Box<Action>,
}

impl Offer {
    /// A button of this name that does this.
    #[must_use]
    pub fn new(label: &'static str, action: Action) -> Self {
        let action = Box::new(action);
        Self { label, action }
    }
}
