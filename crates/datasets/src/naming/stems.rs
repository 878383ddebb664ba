//! Names of files that belong together: safe on every system, and none twice.

use pullquote_core::model::id::Id;
use pullquote_formats::file_name::file_stem;

use std::collections::BTreeMap;

/// Gives each document's files a name of their own.
#[derive(Default)]
pub(crate) struct Stems(Vec<String>);

impl Stems {
    /// The name for a title, without an extension: "Title", then "Title 2", ….
    pub(crate) fn next(&mut self, title: &str) -> String {
        let stem = file_stem(title);
        let named = |number: usize| match number {
            1 => stem.clone(),
            number => format!("{stem} {number}"),
        };
        // Some systems do not tell capitals from small letters.
        let is_free = |name: &String| !self.0.contains(&name.to_lowercase());
        let name = (1..).map(named).find(is_free).unwrap_or_default();
        self.0.push(name.to_lowercase());
        name
    }
}

/// Names documents by their ids. One that comes again, as of another coder, has a number
/// behind its id.
#[derive(Default)]
pub(crate) struct Ids(BTreeMap<Id, usize>);

impl Ids {
    /// The name of the next document.
    pub(crate) fn next(&mut self, id: Id) -> String {
        let count = self.0.entry(id).or_default();
        *count += 1;
        match count {
            1 => id.to_string(),
            count => format!("{id}-{count}"),
        }
    }
}

/// Labels as a format can write them, none twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Folded(Vec<(String, String)>);

impl Folded {
    /// How `label` is written: as `fold` gives it, and where that is another's, with what
    /// `suffix` gives for 2, 3, … behind it.
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
        let is_free = |name: &String| !name.is_empty() && self.0.iter().all(|it| it.1 != *name);
        let name = (1..).map(named).find(is_free).unwrap_or_default();
        self.0.push((label.to_owned(), name.clone()));
        name
    }

    /// All of them, as they came.
    pub(crate) fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(label, folded)| (label.as_str(), folded.as_str()))
    }
}

/// A label without white space, as token columns need it.
pub(crate) fn without_space(label: &str) -> String {
    label
        .split(pullquote_core::text::tokens::is_gap)
        .filter(|it| !it.is_empty())
        .collect::<Vec<_>>()
        .join("_")
}
