//! The library, as far as it is known.

use crate::store::error::StoreError;
use pullquote_core::model::id::Id;
use pullquote_core::model::library_entry::LibraryEntry;
use pullquote_core::sorted;
use pullquote_core::sorted::VecMap;
use std::rc::Rc;

/// The library.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Library {
    /// The storage has not answered yet.
    #[default]
    Reading,
    /// The entries of all articles, by article.
    Read(Rc<VecMap<Id, Rc<LibraryEntry>>>),
    /// The storage cannot be read.
    Failed(StoreError),
}

impl Library {
    /// The entry of an article, deleted or not.
    #[must_use]
    pub fn entry(&self, id: Id) -> Option<&Rc<LibraryEntry>> {
        match self {
            Self::Read(entries) => entries.get(&id),
            Self::Reading | Self::Failed(_) => None,
        }
    }

    /// Whether both share their entries, or have none for the same reason.
    pub(crate) fn is_shared_with(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Reading, Self::Reading) => true,
            (Self::Read(one), Self::Read(other)) => Rc::ptr_eq(one, other),
            (Self::Failed(one), Self::Failed(other)) => one == other,
            (Self::Reading | Self::Read(_) | Self::Failed(_), _) => false,
        }
    }

    /// The articles that are not deleted, the last changed first.
    #[must_use]
    pub fn live(&self) -> Vec<Rc<LibraryEntry>> {
        self.listed(false)
    }

    /// The articles that are deleted and can be restored, the last changed first.
    #[must_use]
    pub fn deleted(&self) -> Vec<Rc<LibraryEntry>> {
        self.listed(true)
    }

    fn listed(&self, deleted: bool) -> Vec<Rc<LibraryEntry>> {
        let Self::Read(entries) = self else {
            return Vec::new();
        };
        let entries = entries.values();
        let listed = entries.filter(|entry| entry.deleted.is_some() == deleted);
        sorted::collect_sorted(listed.cloned(), |a, b| b.changed.cmp(&a.changed))
    }
}
