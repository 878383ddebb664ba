//! Which articles the library lists, and in which order.

use crate::library::state::Library;
use pullquote_core::analysis::case_folding::fold_case;
use pullquote_core::model::library_entry::LibraryEntry;
use pullquote_core::sorted;
use std::cmp::Ordering;
use std::rc::Rc;

/// What the user chose to see of the library.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LibraryView {
    /// The words that are searched for; empty lists all articles.
    pub query: String,
    /// The order of the articles.
    pub order: LibraryOrder,
    /// Whether articles that are done are hidden.
    pub hides_done: bool,
}

/// An order of the articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LibraryOrder {
    /// By what they are sorted.
    pub column: SortColumn,
    /// Whether the column's usual order is reversed.
    pub reversed: bool,
}

/// What the articles can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortColumn {
    /// The title, from A to Z.
    Title,
    /// The number of marks, most first.
    Marks,
    /// The last change, newest first.
    #[default]
    Changed,
    /// The last backup: those without one first, then the oldest.
    BackedUp,
}

/// Every column with the name that preferences have for it, in the order of the table.
const NAMES: [(SortColumn, &str); 4] = [
    (SortColumn::Title, "title"),
    (SortColumn::Marks, "marks"),
    (SortColumn::Changed, "changed"),
    (SortColumn::BackedUp, "backed-up"),
];

impl LibraryOrder {
    /// The order with this name, as [`Self::name`] gives it; the default order for another name.
    #[must_use]
    pub fn of_name(name: &str) -> Self {
        let (column, reversed) = match name.strip_suffix(" reversed") {
            Some(column) => (column, true),
            None => (name, false),
        };
        let known = NAMES.iter().find(|(_, name)| *name == column);
        known.map_or_else(Self::default, |&(column, _)| Self { column, reversed })
    }

    /// The name of this order in preferences.
    #[must_use]
    pub fn name(self) -> String {
        let named = NAMES.iter().find(|(column, _)| *column == self.column);
        let column = named.map_or("", |(_, name)| name);
        let reversed = if self.reversed { " reversed" } else { "" };
        format!("{column}{reversed}")
    }

    /// The order after the heading of a column was pressed: by this column, or the other way
    /// around if it is so already.
    #[must_use]
    pub(crate) fn pressed(self, column: SortColumn) -> Self {
        let reversed = self.column == column && !self.reversed;
        Self { column, reversed }
    }

    /// Whether smaller values come first.
    #[must_use]
    pub fn is_ascending(self) -> bool {
        let ascends = match self.column {
            SortColumn::Title | SortColumn::BackedUp => true,
            SortColumn::Marks | SortColumn::Changed => false,
        };
        ascends != self.reversed
    }

    fn compare(self, one: &LibraryEntry, other: &LibraryEntry) -> Ordering {
        let usual = match self.column {
            SortColumn::Title => fold_case(&one.title).cmp(&fold_case(&other.title)),
            SortColumn::Marks => other.marks().cmp(&one.marks()),
            SortColumn::Changed => Ordering::Equal,
            SortColumn::BackedUp => one.copied.cmp(&other.copied),
        };
        // Equal ones are sorted by their last change.
        let usual = usual.then_with(|| other.changed.cmp(&one.changed));
        if self.reversed {
            usual.reverse()
        } else {
            usual
        }
    }
}

impl LibraryView {
    /// The articles that are listed, in their order.
    #[must_use]
    pub fn listed(&self, library: &Library) -> Vec<Rc<LibraryEntry>> {
        let mut entries = library.live();
        entries.retain(|entry| !(self.hides_done && entry.done) && self.finds(entry));
        sorted::collect_sorted(entries, |one, other| self.order.compare(one, other))
    }

    /// Whether every word of the query is in the title, the outlet, the coder's name or the name
    /// of the codebook.
    pub(crate) fn finds(&self, entry: &LibraryEntry) -> bool {
        let query = fold_case(&self.query);
        if query.is_empty() {
            return true;
        }
        let parts = [&entry.title, &entry.outlet, &entry.coder, &entry.codebook];
        let text = fold_case(&parts.map(String::as_str).join("\n"));
        query.split(' ').all(|word| text.contains(word))
    }
}
