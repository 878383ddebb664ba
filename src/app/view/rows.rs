//! The marks as a list: filtered, searched, grouped.

use crate::app::{Choice, Panel};
use pullquote_core::model::{Document, Id};
use std::rc::Rc;

/// Rows under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowGroup {
    /// The tag's name; `None` where the list is not grouped.
    pub heading: Option<Rc<str>>,
    /// The rows, in document order.
    pub rows: Vec<Rc<RowView>>,
}

/// One mark in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowView {
    /// The mark.
    pub id: Id,
    /// Its tag's place in the palette.
    pub tag: usize,
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

/// The marks that `panel` asks for. A mark is found when every word of the query
/// stands in its words, its note or its tag's name, in any case.
#[must_use]
pub fn groups(document: &Document, panel: &Panel, choice: &Choice) -> Vec<RowGroup> {
    let chosen = match choice {
        Choice::Marks { at, .. } => Some(*at),
        _ => None,
    };
    let wanted: Vec<String> = panel
        .query
        .split_whitespace()
        .map(str::to_lowercase)
        .collect();
    let book = document.codebook();
    let names: Vec<(Rc<str>, Rc<str>)> = book
        .tags()
        .iter()
        .map(|tag| (tag.name.as_str().into(), tag.letter().into()))
        .collect();
    let rows = document.annotations().iter().filter_map(|annotation| {
        if panel
            .only
            .as_ref()
            .is_some_and(|only| *only != annotation.tag)
        {
            return None;
        }
        let tag = book.place_of(&annotation.tag)?;
        let (name, letter) = &names[tag];
        let quote = annotation.quote(document.article());
        let found = wanted.is_empty() || {
            let all = format!("{quote}\n{}\n{name}", annotation.note).to_lowercase();
            wanted.iter().all(|word| all.contains(word.as_str()))
        };
        let note: Vec<&str> = annotation.note.split_whitespace().collect();
        found.then(|| {
            Rc::new(RowView {
                id: annotation.id,
                tag,
                letter: letter.clone(),
                tag_name: name.clone(),
                quote: quote.into(),
                note: note.join(" ").into(),
                flagged: annotation.flagged,
                chosen: chosen == Some(annotation.id),
            })
        })
    });
    if !panel.grouped {
        let rows: Vec<Rc<RowView>> = rows.collect();
        return vec![RowGroup {
            heading: None,
            rows,
        }];
    }
    let mut by_tag: Vec<Vec<Rc<RowView>>> = vec![Vec::new(); names.len()];
    rows.for_each(|row| by_tag[row.tag].push(row));
    by_tag
        .into_iter()
        .zip(names)
        .filter(|(rows, _)| !rows.is_empty())
        .map(|(rows, (name, _))| RowGroup {
            heading: Some(name),
            rows,
        })
        .collect()
}
