//! The ledger: the marks of one tag as a table, sorted and filtered.

use crate::editor::state::Panel;
use pullquote_core::analysis::ledger::{Ledger, ledger};
use pullquote_core::model::codebook::Tag;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Slug;

use std::cmp::Ordering;
use std::rc::Rc;

/// The tag of the ledger, and its table, sorted and filtered as the panel asks. If no tag was
/// chosen, it is the tag with the most required relations.
#[must_use]
pub fn sorted_ledger(document: &Document, panel: &Panel) -> (Slug, Ledger) {
    let book = document.codebook();
    let asked = panel.table.as_ref().and_then(|tag| book.tag(tag));
    let links = |tag: &&Rc<Tag>| {
        let kinds = book.relations().iter();
        kinds
            .filter(|kind| kind.from.contains(&tag.id))
            .filter(|kind| kind.required)
            .count()
    };
    // The first of several with as many.
    let most = book.tags().iter().rev().max_by_key(links);
    let Some(tag) = asked.or(most) else {
        let none: Slug = book
            .tags()
            .first()
            .map_or_else(nothing, |tag| tag.id.clone());
        return (none, Ledger::default());
    };
    let mut table = ledger(document, &tag.id);
    let filter: Vec<String> = panel
        .filter
        .split_whitespace()
        .map(str::to_lowercase)
        .collect();
    if filter.iter().any(|word| word == "is:incomplete") {
        table.rows.retain(|row| !row.missing.is_empty());
    }
    let words = || filter.iter().filter(|word| *word != "is:incomplete");
    table.rows.retain(|row| {
        let cells = row.cells.join("\n").to_lowercase();
        words().all(|word| cells.contains(word.as_str()))
    });
    if let Some(sorting) = &panel.sorted
        && let Some(column) = (table.columns.iter()).position(|other| other.name == sorting.column)
    {
        let rows = std::mem::take(&mut table.rows);
        table.rows = pullquote_core::sorted::collect_sorted(rows, |a, b| {
            let order = compared(&a.cells[column], &b.cells[column]);
            if sorting.descending {
                order.reverse()
            } else {
                order
            }
        });
    }
    (tag.id.clone(), table)
}

fn nothing() -> Slug {
    let Ok(slug) = "none".parse() else {
        unreachable!("a word of letters is a slug");
    };
    slug
}

/// Compares numbers by their values, and words without regard to case. Empty cells come last.
fn compared(a: &str, b: &str) -> Ordering {
    let numbers = a.parse::<f64>().ok().zip(b.parse::<f64>().ok());
    match numbers {
        Some((a, b)) => a.total_cmp(&b),
        None => (a.is_empty(), a.to_lowercase()).cmp(&(b.is_empty(), b.to_lowercase())),
    }
}
