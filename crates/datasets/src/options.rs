//! How a dataset is written.

use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::text::tokens::Tokenizer;

/// What to do where a mark ends inside a token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BoundaryRule {
    /// The token is cut there: the mark stays as it is.
    #[default]
    Split,
    /// The mark grows to the whole token.
    Expand,
    /// The mark shrinks to whole tokens; without one it goes.
    Shrink,
}

/// All of them, each with the name by which it is asked for.
pub const BOUNDARY_RULES: [(BoundaryRule, &str); 3] = [
    (BoundaryRule::Split, "split"),
    (BoundaryRule::Expand, "expand"),
    (BoundaryRule::Shrink, "shrink"),
];

/// Which mark stays where a format has no room for two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OverlapRule {
    /// The longest, then the earliest.
    #[default]
    Longest,
    /// The shortest, then the earliest.
    Shortest,
    /// The one that begins first, then the longest.
    First,
}

/// All of them, each with the name by which it is asked for.
pub const OVERLAP_RULES: [(OverlapRule, &str); 3] = [
    (OverlapRule::Longest, "longest"),
    (OverlapRule::Shortest, "shortest"),
    (OverlapRule::First, "first"),
];

/// How a dataset is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// What files of the whole dataset are called, without their extension.
    pub name: String,
    /// When it is written.
    pub made: Timestamp,
    /// Where tokens end.
    pub tokenizer: Tokenizer,
    /// What becomes of marks that end inside one.
    pub boundaries: BoundaryRule,
    /// Which of two marks stays.
    pub overlaps: OverlapRule,
    /// Whether doccano's offsets are in UTF-16 units, as its editor counts them.
    pub utf16: bool,
    /// Whether cells of CSV and TSV stay as they are, formulas too.
    pub raw_cells: bool,
    /// Labels that have the first numbers, in this order, whichever come first.
    pub labels: Vec<String>,
}
