//! What the user is told, and the work that is under way.

use crate::action::Action;
use crate::messages::{Sentence, files};
use crate::route::Route;
use pullquote_core::model::id::Id;
use pullquote_core::model::timestamp::Timestamp;

use std::fmt;
use std::rc::Rc;

/// How long a notice of the kind [`NoticeKind::Information`] stays, in milliseconds.
pub const NOTICE_LIFE: u32 = 12_000;

/// A sentence for the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Unique while the app runs.
    pub number: u64,
    /// When the notice appeared.
    pub at: Timestamp,
    /// Whether something went wrong.
    pub kind: NoticeKind,
    /// Whether it says that a file was not opened. Such a notice goes when another file is
    /// opened.
    pub is_about_file: bool,
    /// The sentence.
    pub text: Sentence,
    /// How often it was said since the notice appeared.
    pub times: usize,
    /// What the user can do about it.
    pub offers: Vec<Offer>,
}

/// How serious a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// Something went wrong. The notice stays until the user closes it.
    Alarm,
    /// Something was done. The notice closes after [`NOTICE_LIFE`].
    Information,
}

/// A file that is being read or written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileWork {
    /// A file is being read.
    Reading {
        /// Its name.
        name: String,
        /// The screen that was shown when it was opened.
        route: Route,
    },
    /// The file of an article is being written.
    Writing {
        /// The article.
        id: Id,
        /// Its title.
        title: String,
    },
}

impl FileWork {
    /// What the user is told about the work.
    #[must_use]
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::Reading { name, .. } => files::reading(name),
            Self::Writing { title, .. } => files::writing(title),
        }
    }
}

/// A button on a notice.
#[derive(Clone)]
pub struct Offer {
    /// What the button says.
    pub label: &'static str,
    // Makes the action anew for every press: a copy of an `Action` takes much code.
    action: Rc<dyn Fn() -> Action>,
}

impl Offer {
    /// A button with this label that does what `action` returns.
    #[must_use]
    pub fn new(label: &'static str, action: impl Fn() -> Action + 'static) -> Self {
        let action = Rc::new(action);
        Self { label, action }
    }

    /// What the button does.
    #[must_use]
    pub fn action(&self) -> Action {
        (self.action)()
    }
}

impl fmt::Debug for Offer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut offer = f.debug_struct("Offer");
        offer.field("label", &self.label);
        offer.field("action", &self.action()).finish()
    }
}

impl PartialEq for Offer {
    fn eq(&self, other: &Self) -> bool {
        self.label == other.label && self.action() == other.action()
    }
}

impl Eq for Offer {}
