//! When the records of a document last changed.

use crate::model::error::ModelError;
use crate::model::id::{Id, Slug};
use crate::model::timestamp::Timestamp;
use crate::sorted::VecMap;

use std::fmt;
use std::str::FromStr;

/// A part of a document that changes on its own, and that a merge compares.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RecordKey {
    /// A mark, a relation or a member of the cast.
    Record(Id),
    /// The answer to a question of the codebook.
    Answer(Slug),
    /// The title, the language and the source of the article.
    Article,
    /// The codebook.
    Codebook,
}

impl fmt::Display for RecordKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Record(id) => id.fmt(f),
            Self::Answer(question) => write!(f, "answer/{question}"),
            Self::Article => f.write_str("article"),
            Self::Codebook => f.write_str("codebook"),
        }
    }
}

impl FromStr for RecordKey {
    type Err = ModelError;

    fn from_str(text: &str) -> Result<Self, ModelError> {
        match text {
            "article" => Ok(Self::Article),
            "codebook" => Ok(Self::Codebook),
            _ => match text.strip_prefix("answer/") {
                Some(question) => question.parse().map(Self::Answer),
                None => text.parse().map(Self::Record),
            },
        }
    }
}

/// When records were last put and dropped, as far as the journal goes back. Two copies of an
/// article need this beside their records to be merged.
///
/// A key stands in one of the two maps, or in none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeTimes {
    /// When records that exist were last added or changed.
    pub put: VecMap<RecordKey, Timestamp>,
    /// When records that no longer exist were removed.
    pub dropped: VecMap<RecordKey, Timestamp>,
}

impl ChangeTimes {
    /// Combines what two sources know of one copy: the later change of each record counts. A
    /// record that was put and dropped at the same time counts as dropped.
    #[must_use]
    pub fn latest(mut self, other: &Self) -> Self {
        for (key, at) in &other.put {
            if self.last_change(key).is_none_or(|known| known < *at) {
                self.set_put(key.clone(), *at);
            }
        }
        for (key, at) in &other.dropped {
            if self.last_change(key).is_none_or(|known| known <= *at) {
                self.set_dropped(key.clone(), *at);
            }
        }
        self
    }

    fn last_change(&self, key: &RecordKey) -> Option<Timestamp> {
        self.put.get(key).max(self.dropped.get(key)).copied()
    }

    pub(crate) fn set_put(&mut self, key: RecordKey, at: Timestamp) {
        self.dropped.remove(&key);
        self.put.insert(key, at);
    }

    pub(crate) fn set_dropped(&mut self, key: RecordKey, at: Timestamp) {
        self.put.remove(&key);
        self.dropped.insert(key, at);
    }
}
