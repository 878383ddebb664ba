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
use pullquote_formats::csv::{FormulaGuard, read_records, unguarded, write_record};

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
        let guard = match self.options.raw_cells {
            true => FormulaGuard::Off,
            false => FormulaGuard::Reversible,
        };
        let cells = cells.iter().map(|cell| match cell {
            Cell::Number(number) => number.to_string().into(),
            Cell::Text(cell) => guard.guarded(cell),
        });
        write_record(text, self.between, &cells.collect::<Vec<_>>());
    }
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
    let mut rows = read_records(text.trim_start_matches('\u{FEFF}'), between).into_iter();
    let heading = rows.next().unwrap_or_default();
    marks_of(
        &heading,
        rows.map(|row| row.iter().map(|cell| unguarded(cell).to_owned()).collect()),
    )
}
