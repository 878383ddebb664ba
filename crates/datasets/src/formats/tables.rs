//! The tables that the spreadsheet formats write: marks, relations, cast, about, and a ledger of
//! each tag. How they are written is in [`crate::formats::csv`] and [`crate::formats::workbook`].

use crate::catalogue::CELL_LIMIT;
use crate::error::ReadBackError;
use crate::external::{ExternalDocument, ExternalSpan, GroupedSpans};
use crate::options::Options;
use crate::projection::labels::tag_labels;
use crate::projection::spans::Projection;
use crate::provenance::Provenance;
use pullquote_core::analysis::entities::entities_of;
use pullquote_core::analysis::ledger::{Ledger, ledger, name_of};
use pullquote_core::model::annotation::Annotation;
use pullquote_core::model::document::Document;
use pullquote_core::model::value::in_words;
use pullquote_core::text::shortened::one_line;
use pullquote_formats::wire::time::time;

/// The content of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    Text(String),
    Number(u64),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Self::Number(number as u64)
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Number(u64::from(number))
    }
}

/// A table: its name, its heading, its rows.
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) heading: Vec<String>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

pub(crate) const MARKS: &str = "marks";

pub(crate) const MARK_COLUMNS: [&str; 16] = [
    "doc_id", "title", "url", "mark_id", "piece", "start", "end", "label", "text", "cast", "note",
    "flagged", "coder", "created", "modified", "answers",
];

/// The answers of a mark, such as "strength: firm".
pub(crate) fn answers(document: &Document, mark: &Annotation) -> Vec<String> {
    let answers = mark.values.iter().map(|(slug, value)| {
        let tag = document.codebook().tag(&mark.tag);
        let mut attributes = tag.into_iter().flat_map(|tag| &tag.attributes);
        let attribute = attributes.find(|attribute| attribute.id == *slug);
        let name = attribute.map_or(slug.as_str(), |attribute| attribute.name.as_str());
        format!("{name}: {}", one_line(&in_words(value)))
    });
    answers.collect()
}

/// The tables of one document without the ledgers: marks, relations, cast, about.
pub(crate) fn tables(id: &str, projection: &Projection, options: &Options) -> [Table; 4] {
    [
        marks(id, projection),
        relations(id, projection),
        cast(id, projection),
        about(id, projection.document, options),
    ]
}

/// A row for each span of each mark.
fn marks(id: &str, projection: &Projection) -> Table {
    let document = projection.document;
    let article = document.article();
    let rows = projection.spans.iter().map(|projected| {
        let mark = projection.mark(projected);
        let [start, end] = projection.chars(projected.span);
        let member = document.member_of(mark);
        vec![
            id.into(),
            article.title.as_str().into(),
            article.source.url.as_str().into(),
            mark.id.to_string().into(),
            (projected.part + 1).into(),
            start.into(),
            end.into(),
            projection.label(projected).into(),
            projection.slice(projected.span).into(),
            member.map_or("", |member| member.name.as_str()).into(),
            mark.note.as_str().into(),
            if mark.flagged { "yes" } else { "" }.into(),
            mark.coder.as_str().into(),
            time(mark.created).into(),
            time(mark.modified).into(),
            answers(document, mark).join("; ").into(),
        ]
    });
    table(MARKS, &MARK_COLUMNS, rows.collect())
}

fn relations(id: &str, projection: &Projection) -> Table {
    let document = projection.document;
    let end = |mark: usize| {
        let mark = &document.annotations()[mark];
        let tag = document.codebook().index_of(&mark.tag);
        [
            Cell::from(mark.id.to_string()),
            Cell::from(projection.labels[tag.unwrap_or_default()].as_str()),
            Cell::from(name_of(document, mark)),
        ]
    };
    let rows = projection.relations().map(|relation| {
        let mut row = vec![
            id.into(),
            document.article().title.as_str().into(),
            relation.id.to_string().into(),
            relation.kind.into(),
        ];
        row.extend(end(relation.from));
        row.extend(end(relation.to));
        row
    });
    let columns = [
        "doc_id",
        "title",
        "relation_id",
        "relation",
        "from_mark",
        "from_label",
        "from_text",
        "to_mark",
        "to_label",
        "to_text",
    ];
    table("relations", &columns, rows.collect())
}

fn cast(id: &str, projection: &Projection) -> Table {
    let document = projection.document;
    let entities = entities_of(document);
    let rows = document.entities().iter().map(|member| {
        let tag = document.codebook().index_of(&member.tag);
        let mut known = entities.iter();
        let entity = known.find(|entity| entity.entity == Some(member.id));
        vec![
            id.into(),
            document.article().title.as_str().into(),
            member.id.to_string().into(),
            projection.labels[tag.unwrap_or_default()].as_str().into(),
            member.name.as_str().into(),
            member.aliases.join("; ").into(),
            member.reference.as_str().into(),
            entity.map_or(0, |entity| entity.marks.len()).into(),
        ]
    });
    let columns = [
        "doc_id",
        "title",
        "member_id",
        "label",
        "name",
        "aliases",
        "reference",
        "mentions",
    ];
    table("cast", &columns, rows.collect())
}

/// One row: where the article comes from, and what made the file.
fn about(id: &str, document: &Document, options: &Options) -> Table {
    let article = document.article();
    let source = &article.source;
    let language = article.language.as_ref();
    let row = vec![
        id.into(),
        article.title.as_str().into(),
        source.url.as_str().into(),
        source.outlet.as_str().into(),
        source.byline.as_str().into(),
        source.published.as_str().into(),
        language.map_or("", |language| language.as_str()).into(),
        article.sha256().into(),
        "code points".into(),
        Provenance::new(document, options).line().into(),
    ];
    let columns = [
        "doc_id",
        "title",
        "url",
        "outlet",
        "byline",
        "published",
        "language",
        "text_sha256",
        "offset_unit",
        "made_by",
    ];
    table("about", &columns, vec![row])
}

fn table(name: &str, heading: &[&str], rows: Vec<Vec<Cell>>) -> Table {
    Table {
        name: name.to_owned(),
        heading: heading.iter().map(|name| (*name).to_owned()).collect(),
        rows,
    }
}

/// The ledgers of all documents, one table a label. The columns stand in the order in which they
/// first occur; a document without a column leaves its cells empty.
#[derive(Default)]
pub(crate) struct Ledgers(pub(crate) Vec<Table>);

/// The columns that every ledger begins with.
const LEDGER_COLUMNS: [&str; 5] = ["doc_id", "title", "mark_id", "start", "end"];

impl Ledgers {
    /// Adds the ledgers of a document.
    pub(crate) fn add(&mut self, id: &str, document: &Document) {
        let labels = tag_labels(document.codebook());
        for (tag, label) in document.codebook().tags().iter().zip(labels) {
            let ledger = ledger(document, &tag.id);
            if !ledger.rows.is_empty() {
                self.add_ledger(id, document, &label, &ledger);
            }
        }
        for table in &mut self.0 {
            let width = table.heading.len();
            for row in &mut table.rows {
                row.resize(width, Cell::from(""));
            }
        }
    }

    fn add_ledger(&mut self, id: &str, document: &Document, label: &str, ledger: &Ledger) {
        let article = document.article();
        let table = self.table(label);
        let columns = columns_of(table, ledger);
        for row in &ledger.rows {
            let Some(mark) = document.annotation(row.id) else {
                continue;
            };
            let chars = |at| article.offsets().chars(at).unwrap_or_default().0;
            let mut cells: Vec<Cell> = vec![
                id.into(),
                article.title.as_str().into(),
                row.id.to_string().into(),
                chars(mark.spans.start()).into(),
                chars(mark.spans.end()).into(),
            ];
            cells.resize(table.heading.len(), Cell::from(""));
            for (column, cell) in columns.iter().zip(&row.cells) {
                cells[*column] = cell.as_str().into();
            }
            table.rows.push(cells);
        }
    }

    /// The table of a label, which is added if missing.
    fn table(&mut self, label: &str) -> &mut Table {
        let index = self.0.iter().position(|table| table.name == label);
        let index = index.unwrap_or_else(|| {
            self.0.push(table(label, &LEDGER_COLUMNS, Vec::new()));
            self.0.len() - 1
        });
        &mut self.0[index]
    }
}

/// The index in the table of each column of a ledger; missing columns are added. Two columns of
/// the ledger with the same name stay two columns.
fn columns_of(table: &mut Table, ledger: &Ledger) -> Vec<usize> {
    let mut indices = Vec::new();
    for column in &ledger.columns {
        let known = table.heading.iter().position(|name| *name == column.name);
        let known =
            known.filter(|index| *index >= LEDGER_COLUMNS.len() && !indices.contains(index));
        indices.push(known.unwrap_or(table.heading.len()));
        if known.is_none() {
            table.heading.push(column.name.clone());
        }
    }
    indices
}

/// Reads the marks from the rows of the table of marks; its heading says where their columns are.
///
/// Errors: a column is missing, a row has another number of cells than the heading, or an offset
/// is not a number.
pub(crate) fn marks_of(
    heading: &[String],
    rows: impl Iterator<Item = Vec<String>>,
) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let column = |name: &str| {
        let index = heading.iter().position(|cell| cell == name);
        index.ok_or_else(|| ReadBackError::MissingNamed {
            kind: "column",
            name: name.to_owned(),
        })
    };
    let columns = [
        column("doc_id")?,
        column("start")?,
        column("end")?,
        column("label")?,
        column("text")?,
    ];
    let mut documents = GroupedSpans::default();
    for (number, row) in (2..).zip(rows) {
        if row.len() != heading.len() {
            return Err(ReadBackError::Cells {
                record: number,
                cells: row.len(),
            });
        }
        let [id, start, end, label, words] = columns.map(|index| row[index].clone());
        let at = |cell: &str| {
            let wrong = |_| ReadBackError::CellIsNoOffset {
                record: number,
                cell: cell.to_owned(),
            };
            cell.parse::<u32>().map_err(wrong)
        };
        // A workbook has a limit for what stands in a cell.
        let is_cut = words.len() >= CELL_LIMIT;
        let span = ExternalSpan {
            start: at(&start)?,
            end: at(&end)?,
            label,
            quote: (!is_cut).then_some(words),
        };
        documents.push(id, span);
    }
    Ok(documents.into_documents())
}
