//! Comma-separated and tab-separated values: the reader and the writer of RFC 4180.
//!
//! Both are our own, because the crates at hand differ in what they read and write. `csv` reads
//! a quotation mark inside a cell literally, ends records at a lone carriage return and skips
//! empty lines; it never quotes a cell only for a semicolon or for white space at its ends,
//! where some spreadsheets would split or trim it.

use std::borrow::Cow;

/// What happens to cells that a spreadsheet would run as formulas: those that begin with
/// `=`, `+`, `-` or `@`, also in their full-width forms and behind white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormulaGuard {
    /// All cells are written as they are.
    Off,
    /// Such a cell gets an apostrophe in front. Numbers and single characters keep their form,
    /// because they run nothing. For tables that only people read.
    Readable,
    /// Such a cell gets an apostrophe in front, and so does every cell that could be mistaken
    /// for one with a guard: [`unguarded`] gives back what was written.
    Reversible,
}

impl FormulaGuard {
    /// The cell as it is written.
    #[must_use]
    pub fn guarded(self, cell: &str) -> Cow<'_, str> {
        let is_risky = match self {
            Self::Off => false,
            Self::Readable => {
                let is_harmless = cell.chars().count() == 1 || cell.parse::<f64>().is_ok();
                !is_harmless && is_formula(cell)
            }
            Self::Reversible => needs_guard(cell),
        };
        match is_risky {
            true => Cow::Owned(format!("'{cell}")),
            false => Cow::Borrowed(cell),
        }
    }
}

/// The cell that [`FormulaGuard::Reversible`] wrote as `cell`.
#[must_use]
pub fn unguarded(cell: &str) -> &str {
    let bare = cell.strip_prefix('\'').filter(|bare| needs_guard(bare));
    bare.unwrap_or(cell)
}

/// Whether a spreadsheet would run the cell.
fn is_formula(cell: &str) -> bool {
    let sign = |char: char| matches!(char, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    cell.trim_start_matches(['\t', '\r', '\n', ' '])
        .starts_with(sign)
}

/// Whether a spreadsheet would run the cell, or whether it looks as if it had a guard.
fn needs_guard(cell: &str) -> bool {
    let bare = cell.trim_start_matches('\'');
    is_formula(bare) || bare.starts_with(['\t', '\r', '\n'])
}

/// Appends a record to `text`, with `separator` between the cells and a line end of `\r\n`.
///
/// A cell is quoted where it contains the separator, a quotation mark, a line end, a comma, a
/// semicolon or a tab, or has white space at either end.
pub fn write_record(text: &mut String, separator: char, cells: &[Cow<'_, str>]) {
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            text.push(separator);
        }
        let is_special = cell.contains([separator, '"', '\n', '\r', ';', ',', '\t']);
        if is_special || cell.trim() != cell.as_ref() {
            text.push_str(&quoted(cell));
        } else {
            text.push_str(cell);
        }
    }
    text.push_str("\r\n");
}

/// The cell in quotation marks, with those inside it doubled.
pub(crate) fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

/// The records of `text`, with `separator` between the cells. A record ends at `\n` or `\r\n`;
/// records may have different numbers of cells. Any text can be read: a quotation mark that is
/// never closed takes in the rest.
#[must_use]
pub fn read_records(text: &str, separator: char) -> Vec<Vec<String>> {
    let mut records = Vec::new();
    let mut record = vec![String::new()];
    let mut is_quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        let cell = record.last_mut();
        match (char, is_quoted) {
            ('"', true) if chars.next_if_eq(&'"').is_some() => {
                cell.into_iter().for_each(|cell| cell.push('"'));
            }
            ('"', _) => is_quoted = !is_quoted,
            ('\r', false) if chars.peek() == Some(&'\n') => {}
            ('\n', false) => records.push(std::mem::replace(&mut record, vec![String::new()])),
            (char, false) if char == separator => record.push(String::new()),
            (char, _) => cell.into_iter().for_each(|cell| cell.push(char)),
        }
    }
    if record.len() > 1 || !record[0].is_empty() {
        records.push(record);
    }
    records
}
