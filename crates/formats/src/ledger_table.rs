//! The ledger of a tag as a table for spreadsheets.

use crate::csv::{FormulaGuard, quoted, write_record};
use pullquote_core::analysis::ledger::Ledger;
use pullquote_core::model::document::Document;

use std::borrow::Cow;

/// The ledger as a CSV file, with a byte-order mark so that spreadsheets read it as UTF-8.
///
/// Three columns follow those of the ledger: the id of the mark, and the code points of the
/// text at which it starts and ends. Cells that a spreadsheet would run get an apostrophe in
/// front.
#[must_use]
pub fn to_csv(document: &Document, ledger: &Ledger) -> String {
    let mut csv = String::from('\u{feff}');
    let guarded = |cell| FormulaGuard::Readable.guarded(cell);
    let names = ledger.columns.iter().map(|column| column.name.as_str());
    let heading: Vec<Cow<str>> = names.chain(["id", "start", "end"]).map(guarded).collect();
    write_record(&mut csv, ',', &heading);
    for row in &ledger.rows {
        let spans = document.annotation(row.id).map(|mark| &mark.spans);
        let offsets = document.article().offsets();
        let chars = |byte| offsets.chars(byte).unwrap_or_default().0.to_string();
        let start = spans.map(|spans| chars(spans.start())).unwrap_or_default();
        let end = spans.map(|spans| chars(spans.end())).unwrap_or_default();
        let cells = row.cells.iter().map(|cell| guarded(cell));
        let mut cells: Vec<Cow<str>> = cells.collect();
        cells.extend([row.id.to_string(), start, end].map(Cow::Owned));
        write_record(&mut csv, ',', &cells);
    }
    csv
}

/// The ledger as text for the clipboard, to paste into a spreadsheet: tabs between the cells, a
/// line a row. Tabs and line ends inside a cell become spaces; cells that a spreadsheet would
/// run get an apostrophe in front.
#[must_use]
pub fn to_tsv(ledger: &Ledger) -> String {
    let mut tsv = String::new();
    let names = ledger.columns.iter().map(|column| column.name.as_str());
    write_line(&mut tsv, &names.collect::<Vec<_>>());
    for row in &ledger.rows {
        let cells = row.cells.iter().map(String::as_str);
        write_line(&mut tsv, &cells.collect::<Vec<_>>());
    }
    tsv
}

fn write_line(tsv: &mut String, cells: &[&str]) {
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            tsv.push('\t');
        }
        let cell = cell.replace(['\t', '\n', '\r'], " ");
        let cell = FormulaGuard::Readable.guarded(&cell);
        // A quotation mark at the start of a cell would take in the cells that follow.
        if cell.starts_with('"') {
            tsv.push_str(&quoted(&cell));
        } else {
            tsv.push_str(&cell);
        }
    }
    tsv.push('\n');
}
