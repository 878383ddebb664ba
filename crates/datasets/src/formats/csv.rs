//! Tables of marks, relations and cast, and a ledger of each tag, as CSV or TSV. What is in them
//! is in [`crate::formats::tables`].
//!
//! - **Readers**: spreadsheets, R, pandas (tested with 3.1), Python's `csv` in strict mode.
//! - **Offsets**: code points.
//! - **What does not fit**: a row is one span, so the parts of a mark are rows with the same `mark_id`.
//!   A cell that a spreadsheet would run as a formula begins with an apostrophe, unless raw cells are
//!   asked for.
//! - **Source**: RFC 4180, section 2.

use crate::catalogue::SpanPrecision;
use crate::error::ReadBackError;
use crate::external::ExternalDocument;
use crate::formats::tables::{Cell, Ledgers, MARKS, Table, marks_of, tables};
use crate::naming::stems::{Ids, Stems};
use crate::options::Options;
use crate::output::{FileSink, Writer, WrittenDocument};
use crate::projection::spans::Projection;
use pullquote_core::model::document::Document;
use pullquote_formats::csv::records;

struct Tables {
    options: Options,
    between: char,
    extension: &'static str,
    // Whether the headings are written.
    has_headings: bool,
    ledgers: Ledgers,
    ids: Ids,
}

pub(crate) fn begin_csv(options: &Options) -> Box<dyn Writer> {
    begin(options, ',', "csv")
}

pub(crate) fn begin_tsv(options: &Options) -> Box<dyn Writer> {
    begin(options, '\t', "tsv")
}

fn begin(options: &Options, between: char, extension: &'static str) -> Box<dyn Writer> {
    Box::new(Tables {
        options: options.clone(),
        between,
        extension,
        has_headings: false,
        ledgers: Ledgers::default(),
        ids: Ids::default(),
    })
}

impl Tables {
    /// Appends a table to its file; if `begins`, after a byte-order mark and the heading.
    fn put(&self, file: &str, table: &Table, begins: bool, out: &mut dyn FileSink) {
        let mut text = String::new();
        if begins {
            text.push('\u{FEFF}');
            let heading: Vec<Cell> = table
                .heading
                .iter()
                .map(|name| name.as_str().into())
                .collect();
            self.line(&mut text, &heading);
        }
        for row in &table.rows {
            self.line(&mut text, row);
        }
        out.append(&format!("{file}.{}", self.extension), text.as_bytes());
    }

    /// Appends a row.
    fn line(&self, text: &mut String, cells: &[Cell]) {
        for (index, cell) in cells.iter().enumerate() {
            if index > 0 {
                text.push(self.between);
            }
            match cell {
                Cell::Number(number) => text.push_str(&number.to_string()),
                Cell::Text(cell) if self.options.raw_cells => self.quoted(text, cell),
                Cell::Text(cell) => self.quoted(text, &guarded(cell)),
            }
        }
        text.push_str("\r\n");
    }

    /// Appends a text, in quotation marks where it needs them in some country: a semicolon separates
    /// cells where a comma is the decimal sign.
    fn quoted(&self, text: &mut String, cell: &str) {
        let is_plain = !cell.contains([self.between, '"', '\n', '\r', ';', ',', '\t']);
        if is_plain && cell.trim() == cell {
            text.push_str(cell);
        } else {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        }
    }
}

/// Whether a spreadsheet could run the cell as a formula. Apostrophes before it do not count, so that
/// a guarded cell is guarded again, and [`unguarded`] takes off what [`guarded`] put there.
fn is_risky(cell: &str) -> bool {
    let runs = |char: char| matches!(char, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    let bare = cell
        .trim_start_matches('\'')
        .trim_start_matches(['\t', '\r', '\n', ' ']);
    bare.starts_with(runs)
        || cell
            .trim_start_matches('\'')
            .starts_with(['\t', '\r', '\n'])
}

/// The cell, with an apostrophe before it if it is risky.
fn guarded(cell: &str) -> String {
    match is_risky(cell) {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    }
}

/// The cell without the apostrophe of [`guarded`].
fn unguarded(cell: &str) -> String {
    let bare = cell.strip_prefix('\'').filter(|bare| is_risky(bare));
    bare.unwrap_or(cell).to_owned()
}

impl Writer for Tables {
    fn add(&mut self, document: &Document, out: &mut dyn FileSink) -> Vec<WrittenDocument> {
        let projection = Projection::new(document, &self.options, SpanPrecision::Exact);
        let begins = !std::mem::replace(&mut self.has_headings, true);
        let id = self.ids.next(document.article().id);
        for table in tables(&id, &projection, &self.options) {
            self.put(&table.name, &table, begins, out);
        }
        self.ledgers.add(&id, document);
        let file = format!("{MARKS}.{}", self.extension);
        let mut written = WrittenDocument::with_all_spans(&file, &projection);
        written.key = Some(id);
        vec![written]
    }

    fn finish(&mut self, out: &mut dyn FileSink) {
        let mut stems = Stems::default();
        for table in &self.ledgers.0 {
            let stem = stems.next(&format!("ledger-{}", table.name));
            self.put(&stem, table, true, out);
        }
    }
}

/// Reads the table of marks.
pub(crate) fn read_csv(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    read(bytes, ',')
}

/// Reads the table of marks.
pub(crate) fn read_tsv(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    read(bytes, '\t')
}

fn read(bytes: &[u8], between: char) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let text = str::from_utf8(bytes)?;
    let mut rows = records(text.trim_start_matches('\u{FEFF}'), between).into_iter();
    let heading = rows.next().unwrap_or_default();
    marks_of(
        &heading,
        rows.map(|row| row.iter().map(|cell| unguarded(cell)).collect()),
    )
}
