//! Tables come back as they were written, and spreadsheets run none of their cells.

use proptest::prelude::*;
use pullquote_formats::csv::{FormulaGuard, read_records, unguarded, write_record};

use std::borrow::Cow;

fn written(separator: char, guard: FormulaGuard, records: &[Vec<String>]) -> String {
    let mut text = String::new();
    for record in records {
        let cells = record.iter().map(|cell| guard.guarded(cell));
        write_record(&mut text, separator, &cells.collect::<Vec<_>>());
    }
    text
}

/// Cells of the characters that matter to the format and to the guard.
fn cell() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop::sample::select("'=+-@＝＠,;\t\r\n\" 1a🙂é中س".chars().collect::<Vec<_>>()),
        0..6,
    )
    .prop_map(|chars| chars.into_iter().collect())
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(
        records in proptest::collection::vec(proptest::collection::vec(cell(), 1..4), 0..4),
        separator in prop::sample::select(vec![',', ';', '\t']),
    ) {
        let text = written(separator, FormulaGuard::Off, &records);
        prop_assert_eq!(read_records(&text, separator), records);
    }

    #[test]
    fn a_reversible_guard_comes_off_again(cell in cell()) {
        let guarded = FormulaGuard::Reversible.guarded(&cell);
        prop_assert_eq!(unguarded(&guarded), cell.as_str());
    }

    #[test]
    fn no_guarded_cell_begins_as_a_formula(cell in cell()) {
        for guard in [FormulaGuard::Readable, FormulaGuard::Reversible] {
            let guarded = guard.guarded(&cell);
            let is_number = guarded.parse::<f64>().is_ok();
            let runs = guarded.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
            prop_assert!(!runs || is_number || guarded.chars().count() == 1, "{guarded:?}");
        }
    }
}

#[test]
fn only_the_reversible_guard_marks_numbers_and_signs() {
    for cell in ["-5", "+", "@"] {
        assert_eq!(FormulaGuard::Readable.guarded(cell), cell);
        assert_eq!(FormulaGuard::Reversible.guarded(cell), format!("'{cell}"));
    }
}

#[test]
fn a_cell_is_quoted_where_a_spreadsheet_would_split_or_trim_it() {
    let cells = ["a b", "a,b", "a;b", " a", "a\"b"].map(Cow::Borrowed);
    let mut text = String::new();
    write_record(&mut text, ',', &cells);
    assert_eq!(text, "a b,\"a,b\",\"a;b\",\" a\",\"a\"\"b\"\r\n");
}
