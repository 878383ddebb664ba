//! The ledger: the marks of one tag as a table.

use crate::analysis::completeness::Links;
use crate::model::annotation::Annotation;
use crate::model::codebook::{Codebook, RelationKind, Tag};
use crate::model::document::Document;
use crate::model::id::{Id, Slug};
use crate::model::value::in_words;
use crate::sorted;
use crate::sorted::VecMap;
use crate::text::shortened::{capitalised, one_line};

/// The marks of one tag as a table: one row per mark, in document order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, each with one cell per column.
    pub rows: Vec<Row>,
}

/// A column of a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub name: String,
    /// What it holds.
    pub kind: ColumnKind,
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// The words of the mark.
    Words,
    /// The name of the entity that the mark mentions.
    Member,
    /// The marks that this mark is linked to by a relation of this kind.
    To(Slug),
    /// The marks that are linked to this mark by a relation of this kind.
    From(Slug),
    /// The answer to this attribute.
    Answer(Slug),
    /// The coder's note.
    Note,
}

/// A row of a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The id of the mark.
    pub id: Id,
    /// One cell per column, each on one line; empty if there is nothing.
    pub cells: Vec<String>,
    /// What the mark lacks: "Strength, made by"; empty if nothing.
    pub missing: String,
}

/// The marks of `tag` as a table: words, linked marks, answers, note. A column with only empty
/// cells is left out, unless the codebook requires it.
#[must_use]
pub fn ledger(document: &Document, tag: &Slug) -> Ledger {
    let codebook = document.codebook();
    let Some(asked) = codebook.tag(tag) else {
        return Ledger::default();
    };
    let links = Links::new(document);
    let marks = document.annotations().iter();
    let by_id: VecMap<Id, &Annotation> = sorted::vec_map(marks.map(|mark| (mark.id, &**mark)));
    let columns = all_columns(codebook, asked);
    let marks = document.annotations().iter();
    let mut rows: Vec<Row> = marks
        .filter(|mark| mark.tag == *tag)
        .map(|mark| {
            let columns = columns.iter();
            let cells = columns.map(|(column, _)| cell(document, &links, &by_id, mark, column));
            let gaps = links.gaps(document, mark);
            let missing: Vec<&str> = gaps.iter().map(|gap| gap.name()).collect();
            Row {
                id: mark.id,
                cells: cells.collect(),
                missing: missing.join(", "),
            }
        })
        .collect();
    let keeps: Vec<bool> = columns
        .iter()
        .enumerate()
        .map(|(index, (_, required))| {
            *required || rows.iter().any(|row| !row.cells[index].is_empty())
        })
        .collect();
    for row in &mut rows {
        let mut keep = keeps.iter();
        row.cells.retain(|_| keep.next() == Some(&true));
    }
    let kept = columns.into_iter().zip(keeps).filter(|(_, keeps)| *keeps);
    Ledger {
        columns: kept.map(|((column, _), _)| column).collect(),
        rows,
    }
}

/// All columns of the ledger of `tag`, each with whether it is shown even if it is empty.
fn all_columns(codebook: &Codebook, tag: &Tag) -> Vec<(Column, bool)> {
    let column = |name: &str, kind: ColumnKind, required: bool| {
        let name = capitalised(name);
        (Column { name, kind }, required)
    };
    let mut columns = vec![column(&tag.name, ColumnKind::Words, true)];
    if tag.is_cast {
        columns.push(column("Cast", ColumnKind::Member, true));
    }
    let from = |kind: &&RelationKind| kind.from.contains(&tag.id);
    for kind in codebook.relations().iter().filter(from) {
        columns.push(column(
            &kind.name,
            ColumnKind::To(kind.id.clone()),
            kind.required,
        ));
    }
    for attribute in &tag.attributes {
        let kind = ColumnKind::Answer(attribute.id.clone());
        columns.push(column(&attribute.name, kind, attribute.required));
    }
    for kind in codebook
        .relations()
        .iter()
        .filter(|kind| kind.to.contains(&tag.id))
    {
        let from = kind.from.iter().filter_map(|id| codebook.tag(id));
        let from: Vec<&str> = from.map(|tag| tag.name.as_str()).collect();
        let name = format!("{}: {} this", from.join(", "), kind.name);
        columns.push(column(&name, ColumnKind::From(kind.id.clone()), false));
    }
    columns.push(column("Note", ColumnKind::Note, false));
    columns
}

/// The text of a mark's cell in this column.
fn cell(
    document: &Document,
    links: &Links,
    by_id: &VecMap<Id, &Annotation>,
    mark: &Annotation,
    column: &Column,
) -> String {
    match &column.kind {
        ColumnKind::Words => mark.quote(document.article()),
        ColumnKind::Member => member(document, mark),
        ColumnKind::To(kind) => {
            let relations = links.from(mark.id).iter();
            let relations = relations.filter(|relation| relation.kind == *kind);
            named(document, by_id, relations.map(|relation| relation.to))
        }
        ColumnKind::From(kind) => {
            let relations = links.to(mark.id).iter();
            let relations = relations.filter(|relation| relation.kind == *kind);
            named(document, by_id, relations.map(|relation| relation.from))
        }
        ColumnKind::Answer(slug) => mark.values.get(slug).map(in_words).unwrap_or_default(),
        ColumnKind::Note => one_line(&mark.note),
    }
}

/// The name of a mark: that of its entity, otherwise its words.
#[must_use]
pub fn name_of(document: &Document, mark: &Annotation) -> String {
    let name = member(document, mark);
    if name.is_empty() {
        mark.quote(document.article())
    } else {
        name
    }
}

fn member(document: &Document, mark: &Annotation) -> String {
    let entity = document.member_of(mark);
    entity.map(|entity| entity.name.clone()).unwrap_or_default()
}

/// The names of the marks, each once.
fn named(
    document: &Document,
    by_id: &VecMap<Id, &Annotation>,
    marks: impl Iterator<Item = Id>,
) -> String {
    let mut names: Vec<String> = Vec::new();
    for mark in marks.filter_map(|id| by_id.get(&id)) {
        let name = name_of(document, mark);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join("; ")
}
