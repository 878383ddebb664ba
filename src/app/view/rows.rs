//! The marks as a list: filtered, searched, grouped.

use crate::app::{Choice, Panel};
use pullquote_core::model::{Annotation, Codebook, Colour, Document, Id};
use std::rc::Rc;

/// Rows under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowGroup {
    /// The tag's name; `None` where the list is not grouped.
    pub heading: Option<Rc<str>>,
    /// The rows in document order, in runs.
    pub runs: Vec<Rc<RowRun>>,
}

impl RowGroup {
    /// How many rows there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.runs.iter().map(|run| run.rows.len()).sum()
    }
}

/// The rows of marks that begin in the same few blocks: a new mark changes one run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowRun {
    /// Number of the run in the article, counted by blocks.
    pub number: usize,
    /// Its rows, at least one.
    pub rows: Vec<Rc<RowView>>,
}

/// Blocks whose marks make a run.
const RUN: usize = 4;

/// One mark in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowView {
    /// The mark.
    pub id: Id,
    /// Its tag's colour.
    pub colour: Colour,
    /// Its tag's letter.
    pub letter: Rc<str>,
    /// Its tag's name.
    pub tag_name: Rc<str>,
    /// Its words.
    pub quote: Rc<str>,
    /// Its note, on one line; empty if there is none.
    pub note: Rc<str>,
    /// Whether it is set aside for another look.
    pub flagged: bool,
    /// Whether the card shows it.
    pub chosen: bool,
}

/// The list as it was made last, so that the next one makes anew only the rows that
/// differ.
#[derive(Clone, Debug, Default)]
pub struct RowList {
    // Invariant: `groups` is what `panel` asks of the document of the last `next`.
    groups: Vec<RowGroup>,
    // Invariant: in document order, one entry a mark that is drawn.
    made: Vec<Made>,
    book: Option<Rc<Codebook>>,
}

/// A row, with what it was made of.
#[derive(Clone, Debug)]
struct Made {
    mark: Rc<Annotation>,
    row: Rc<RowView>,
}

impl RowList {
    /// The marks that `panel` asks for. A mark is found when every word of the query
    /// stands in its words, its note or its tag's name, in any case.
    #[must_use]
    pub fn next(&self, document: &Document, panel: &Panel, choice: &Choice) -> Self {
        let book = document.codebook();
        let same_book = self.book.as_ref().is_some_and(|old| Rc::ptr_eq(old, book));
        let chosen = match choice {
            Choice::Marks { at, .. } => Some(*at),
            _ => None,
        };
        let names = book.tags().iter().map(|tag| tag.name.as_str().into());
        let names: Vec<Rc<str>> = names.collect();
        let wanted: Vec<String> = panel
            .query
            .split_whitespace()
            .map(str::to_lowercase)
            .collect();
        let mut made = Vec::with_capacity(document.annotations().len());
        let mut by_tag: Vec<Vec<RowRun>> =
            vec![Vec::new(); if panel.grouped { names.len() } else { 1 }];
        let blocks = document.article().blocks();
        let mut block = 0;
        let mut made_before = self.made.as_slice();
        for mark in document.annotations() {
            let Some(tag) = book.place_of(&mark.tag) else {
                continue;
            };
            let is_chosen = chosen == Some(mark.id);
            // Both lists are in document order: the old one is gone through beside the new.
            while made_before
                .first()
                .is_some_and(|old| !Rc::ptr_eq(&old.mark, mark) && old.mark.order(mark).is_lt())
            {
                made_before = &made_before[1..];
            }
            let old = made_before.first().filter(|old| {
                same_book && Rc::ptr_eq(&old.mark, mark) && old.row.chosen == is_chosen
            });
            let row = match old {
                Some(old) => old.row.clone(),
                None => Rc::new(row(document, mark, tag, &names[tag], is_chosen)),
            };
            made.push(Made {
                mark: mark.clone(),
                row: row.clone(),
            });
            let is_asked = panel.only.as_ref().is_none_or(|only| *only == mark.tag);
            if !is_asked || !row.has(&wanted) {
                continue;
            }
            while block + 1 < blocks.len() && blocks[block + 1].span.start() <= mark.spans.start() {
                block += 1;
            }
            let number = block / RUN;
            let runs = &mut by_tag[if panel.grouped { tag } else { 0 }];
            match runs.last_mut().filter(|run| run.number == number) {
                Some(run) => run.rows.push(row),
                None => runs.push(RowRun {
                    number,
                    rows: vec![row],
                }),
            }
        }
        let headings = names.into_iter().map(Some);
        let headings: Vec<Option<Rc<str>>> = if panel.grouped {
            headings.collect()
        } else {
            vec![None]
        };
        let groups = by_tag.into_iter().zip(headings);
        let groups = groups
            .filter(|(runs, heading)| heading.is_none() || !runs.is_empty())
            .map(|(runs, heading)| RowGroup {
                runs: runs
                    .into_iter()
                    .map(|run| self.kept(&heading, run))
                    .collect(),
                heading,
            });
        Self {
            groups: groups.collect(),
            made,
            book: Some(book.clone()),
        }
    }

    /// The groups, in order.
    #[must_use]
    pub fn groups(&self) -> &[RowGroup] {
        &self.groups
    }

    /// The run of last time, where it has the very same rows.
    fn kept(&self, heading: &Option<Rc<str>>, run: RowRun) -> Rc<RowRun> {
        let group = self.groups.iter().find(|group| group.heading == *heading);
        let old = group.and_then(|group| {
            let place = group
                .runs
                .binary_search_by_key(&run.number, |old| old.number);
            place.ok().map(|place| &group.runs[place])
        });
        let is_same = |old: &&Rc<RowRun>| {
            old.rows.len() == run.rows.len()
                && old
                    .rows
                    .iter()
                    .zip(&run.rows)
                    .all(|(a, b)| Rc::ptr_eq(a, b))
        };
        match old.filter(is_same) {
            Some(old) => old.clone(),
            None => Rc::new(run),
        }
    }
}

impl RowView {
    /// Whether every one of these words, in lower case, stands in the row.
    fn has(&self, words: &[String]) -> bool {
        if words.is_empty() {
            return true;
        }
        let all = format!("{}\n{}\n{}", self.quote, self.note, self.tag_name).to_lowercase();
        words.iter().all(|word| all.contains(word.as_str()))
    }
}

fn row(
    document: &Document,
    mark: &Annotation,
    tag: usize,
    name: &Rc<str>,
    chosen: bool,
) -> RowView {
    let note: Vec<&str> = mark.note.split_whitespace().collect();
    RowView {
        id: mark.id,
        colour: document.codebook().tags()[tag].colour,
        letter: document.codebook().tags()[tag].letter().into(),
        tag_name: name.clone(),
        quote: mark.quote(document.article()).into(),
        note: note.join(" ").into(),
        flagged: mark.flagged,
        chosen,
    }
}
