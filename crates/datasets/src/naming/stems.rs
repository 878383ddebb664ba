//! Names without repetition: of files, of documents, and of labels.

use pullquote_core::model::id::Id;
use pullquote_core::text::tokens::is_gap;
use pullquote_formats::file_name::file_stem;

use std::collections::BTreeMap;

/// File names of documents, made from their titles. They are safe on every system.
#[derive(Default)]
pub(crate) struct Stems(Vec<String>);

impl Stems {
    /// A new name for this title, without extension: "Title", then "Title 2", ….
    pub(crate) fn next(&mut self, title: &str) -> String {
        let stem = file_stem(title);
        let named = |number: usize| match number {
            1 => stem.clone(),
            number => format!("{stem} {number}"),
        };
        // On some systems, names that differ in case only are the same.
        let is_free = |name: &String| !self.0.contains(&name.to_lowercase());
        let name = (1..).map(named).find(is_free).unwrap_or_default();
        self.0.push(name.to_lowercase());
        name
    }
}

/// Names of documents, made from their ids. If an id comes again, as with a second coder, a
/// number is appended.
#[derive(Default)]
pub(crate) struct Ids(BTreeMap<Id, usize>);

impl Ids {
    /// A new name for a document with this id.
    pub(crate) fn next(&mut self, id: Id) -> String {
        let count = self.0.entry(id).or_default();
        *count += 1;
        match count {
            1 => id.to_string(),
            count => format!("{id}-{count}"),
        }
    }
}

/// Labels with the names that a format writes for them; no two labels share a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Folded(Vec<(String, String)>);

impl Folded {
    /// The name of a label: what `fold` returns. If another label has that name, what `suffix`
    /// returns for 2, 3, … is appended.
    pub(crate) fn name_of(
        &mut self,
        label: &str,
        fold: impl Fn(&str) -> String,
        suffix: impl Fn(usize) -> String,
    ) -> String {
        if let Some((_, folded)) = self.0.iter().find(|(known, _)| known == label) {
            return folded.clone();
        }
        let folded = fold(label);
        let named = |number: usize| match number {
            1 => folded.clone(),
            number => format!("{folded}{}", suffix(number)),
        };
        let is_free =
            |name: &String| !name.is_empty() && self.0.iter().all(|(_, other)| other != name);
        let name = (1..).map(named).find(is_free).unwrap_or_default();
        self.0.push((label.to_owned(), name.clone()));
        name
    }

    /// All labels with their names, in the order in which they were added.
    pub(crate) fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(label, folded)| (label.as_str(), folded.as_str()))
    }
}

/// The label with `_` in place of white space, as columns need it.
pub(crate) fn without_space(label: &str) -> String {
    label
        .split(is_gap)
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("_")
}
