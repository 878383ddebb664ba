//! The library, as far as it is known.

use pullquote_core::model::id::Id;
use pullquote_core::model::library_entry::LibraryEntry;
use pullquote_core::sorted;
use pullquote_core::sorted::VecMap;
use std::rc::Rc;

/// The library.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Library {
    /// Not yet known.
    #[default]
    Reading,
    /// These lines, by id.
    Read(Rc<VecMap<Id, Rc<LibraryEntry>>>),
    /// The storage cannot be read; why.
    Failed(String),
}

impl Library {
    /// The line of an article, deleted or not.
    #[must_use]
    pub fn holding(&self, id: Id) -> Option<&Rc<LibraryEntry>> {
        match self {
            Self::Read(holdings) => holdings.get(&id),
            _ => None,
        }
    }

    /// The lines that are not deleted, or those that are: last changed first.
    #[must_use]
    pub fn listed(&self, deleted: bool) -> Vec<Rc<LibraryEntry>> {
        let Self::Read(holdings) = self else {
            return Vec::new();
        };
        let listed = holdings
            .values()
            .filter(|holding| holding.deleted.is_some() == deleted)
            .cloned();
        sorted::collect_sorted(listed, |a, b| b.changed.cmp(&a.changed))
    }
}
