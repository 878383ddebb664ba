//! What the user is told.

use super::Action;
use pullquote_core::model::Moment;

/// How long a notice that is no alarm stays, in milliseconds.
pub const NOTICE_LIFE: u32 = 12_000;

/// A sentence for the user, until it is dismissed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Unique while the app runs.
    pub number: u64,
    /// When it was told.
    pub at: Moment,
    /// Whether something went wrong; then it stays until it is dismissed.
    pub alarm: bool,
    /// The sentence.
    pub text: String,
    /// What the user can do about it at once.
    pub offers: Vec<Offer>,
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
