//! How a dataset is written.

use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::text::tokens::Tokenizer;

/// What to do with a mark that starts or ends inside a token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BoundaryRule {
    /// The token is split there; the mark is not changed.
    #[default]
    Split,
    /// The mark grows to whole tokens.
    Expand,
    /// The mark shrinks to whole tokens, and is dropped if it covers none.
    Shrink,
}

/// All boundary rules, each with the name that commands use.
pub const BOUNDARY_RULES: [(BoundaryRule, &str); 3] = [
    (BoundaryRule::Split, "split"),
    (BoundaryRule::Expand, "expand"),
    (BoundaryRule::Shrink, "shrink"),
];

/// Which of two overlapping marks is kept in a format that has no room for both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OverlapRule {
    /// The longest; among equals, the one that starts first.
    #[default]
    Longest,
    /// The shortest; among equals, the one that starts first.
    Shortest,
    /// The one that starts first; among equals, the longest.
    First,
}

/// All overlap rules, each with the name that commands use.
pub const OVERLAP_RULES: [(OverlapRule, &str); 3] = [
    (OverlapRule::Longest, "longest"),
    (OverlapRule::Shortest, "shortest"),
    (OverlapRule::First, "first"),
];

/// How a dataset is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The name of files that have the whole dataset, without extension.
    pub name: String,
    /// When the dataset is written.
    pub made: Timestamp,
    /// Where tokens start and end.
    pub tokenizer: Tokenizer,
    /// What to do with marks that start or end inside a token.
    pub boundaries: BoundaryRule,
    /// Which of two overlapping marks is kept.
    pub overlaps: OverlapRule,
    /// Whether the offsets of doccano count UTF-16 code units, as its editor does, rather than
    /// code points.
    pub utf16: bool,
    /// Whether cells of CSV and TSV are written as they are, even if a spreadsheet would take
    /// them for formulas.
    pub raw_cells: bool,
    /// Labels that get the first numbers, in this order. Parts of one dataset share them.
    pub labels: Vec<String>,
}
