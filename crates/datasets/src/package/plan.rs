//! What a package consists of, and how documents are divided into its parts.

use crate::catalogue::Format;
use crate::options::Options;
use crate::projection::labels::tag_labels;
use pullquote_core::analysis::split::Share;
use pullquote_core::model::document::Document;

/// The parts of a dataset, by the names of their files.
pub const PARTS: [&str; 3] = ["train", "dev", "test"];

/// The default sizes of the parts, as shares of their sum.
pub const RATIOS: [f64; 3] = [80.0, 10.0, 10.0];

/// Reads the sizes of the parts, as in `80, 10, 10`. Returns `None` if the text is not three
/// numbers, if one is negative, or if all are zero.
#[must_use]
pub fn ratios(text: &str) -> Option<[f64; 3]> {
    let parts: Option<Vec<f64>> = text
        .split(',')
        .map(|part| part.trim().parse().ok())
        .collect();
    let parts: [f64; 3] = parts?.try_into().ok()?;
    let is_size = |part: &f64| part.is_finite() && *part >= 0.0;
    (parts.iter().all(is_size) && parts.iter().sum::<f64>() > 0.0).then_some(parts)
}

/// What the division into parts needs to know about a document. Labels are as in the files.
#[must_use]
pub fn share_of(document: &Document) -> Share {
    Share::new(document, tag_labels(document.codebook()))
}

/// All labels, in the order in which they first occur. Parts of one dataset give each label the
/// same number because they share this list.
#[must_use]
pub fn labels_of(shares: &[Share]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for (label, _) in shares.iter().flat_map(|share| &share.counts) {
        if !all.contains(label) {
            all.push(label.clone());
        }
    }
    all
}

/// What a package consists of.
#[derive(Clone)]
pub struct PackagePlan {
    /// Its formats; each gets its own folder.
    pub formats: Vec<&'static Format>,
    /// How they are written. The name is that of the dataset.
    pub options: Options,
    /// The sizes of the parts, as shares of their sum.
    pub ratios: [f64; 3],
    /// Decides between articles that fit a part equally well.
    pub seed: u64,
    /// The licence of the data: an SPDX identifier, or empty.
    pub licence: String,
    /// A sentence about the agreement between coders; empty if it was not measured.
    pub agreement: String,
}
