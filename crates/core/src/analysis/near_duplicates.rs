//! Finds articles that are copies of each other, or nearly so.

use crate::analysis::case_folding::fold_case;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use unicode_segmentation::UnicodeSegmentation as _;

/// The number of consecutive words in a shingle.
const SHINGLE: usize = 5;

/// The minimum number of shingles that are kept of a long article: those with the smallest
/// hashes. They are an unbiased sample (Broder 1997, "On the resemblance and containment of
/// documents"), and keeping a fixed share makes texts of different lengths comparable (Irber et
/// al. 2022, "Lightweight compositional analysis with FracMinHash").
const KEPT: usize = 256;

/// Of a long article, at least one of this many shingles is kept, so that a short article inside
/// it is found.
const ONE_OF: u64 = 16;

/// Two articles are near-copies if the other has at least this share of the shingles of the
/// shorter one.
const NEAR: f64 = 0.5;

/// A small summary of a text by which near-copies are found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextSketch {
    // Invariant: rising, none twice; all hashes of the text up to `known`, and no others.
    hashes: Vec<u64>,
    known: u64,
}

impl TextSketch {
    /// The sketch of a text. Case and punctuation make no difference.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let words: Vec<String> = text.unicode_words().map(fold_case).collect();
        let size = SHINGLE.min(words.len()).max(1);
        let mut hashes: Vec<u64> = words.windows(size).map(hash).collect();
        hashes.sort_unstable();
        hashes.dedup();
        let known = match hashes.get(KEPT - 1) {
            None => u64::MAX,
            Some(last) => (*last).max(u64::MAX / ONE_OF),
        };
        hashes.truncate(hashes.partition_point(|hash| *hash <= known));
        Self { hashes, known }
    }

    /// Whether the two are near-copies: of the comparable shingles of the shorter one, the other
    /// has at least the share [`NEAR`].
    fn is_near(&self, other: &Self) -> bool {
        // Up to here, both samples are complete.
        let end = self.known.min(other.known);
        let known = |sketch: &Self| sketch.hashes.partition_point(|hash| *hash <= end);
        let (ours, theirs) = (&self.hashes[..known(self)], &other.hashes[..known(other)]);
        let both = ours
            .iter()
            .filter(|hash| theirs.binary_search(hash).is_ok())
            .count();
        let shorter = ours.len().min(theirs.len());
        shorter > 0 && both as f64 >= NEAR * shorter as f64
    }
}

fn hash(words: &[String]) -> u64 {
    let digest = Sha256::digest(words.join(" ").as_bytes());
    u64::from_be_bytes(std::array::from_fn(|index| digest[index]))
}

/// The group of each text, as the index of the group's first text. Texts are in one group if a
/// chain of near-copies connects them.
#[must_use]
pub fn near_duplicates(sketches: &[TextSketch]) -> Vec<usize> {
    let mut groups: Vec<usize> = (0..sketches.len()).collect();
    let mut with: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    let mut is_seen = vec![false; sketches.len()];
    for (index, sketch) in sketches.iter().enumerate() {
        let mut seen: Vec<usize> = Vec::new();
        for hash in &sketch.hashes {
            let others = with.entry(*hash).or_default();
            for other in &*others {
                if !std::mem::replace(&mut is_seen[*other], true) {
                    seen.push(*other);
                }
            }
            others.push(index);
        }
        for other in seen {
            is_seen[other] = false;
            let (a, b) = (root(&groups, other), root(&groups, index));
            if a != b && sketch.is_near(&sketches[other]) {
                groups[a.max(b)] = a.min(b);
            }
        }
    }
    (0..groups.len())
        .map(|index| root(&groups, index))
        .collect()
}

fn root(groups: &[usize], mut index: usize) -> usize {
    while groups[index] != index {
        index = groups[index];
    }
    index
}

#[cfg(test)]
mod tests {
    use super::{TextSketch, near_duplicates};

    #[track_caller]
    fn check(texts: &[&str], expected: &[usize]) {
        let sketches: Vec<TextSketch> = texts.iter().map(|text| TextSketch::new(text)).collect();
        assert_eq!(near_duplicates(&sketches), expected);
    }

    #[test]
    fn an_article_that_was_shortened_or_set_otherwise_is_a_near_copy() {
        let long = "The council said on Monday that it would mend the bridge before winter, and \
                    that the money had been found. Residents were pleased.";
        let short = "THE COUNCIL said on Monday that it would mend the bridge before winter!";
        let other = "The council said on Tuesday that the school would stay closed for a week \
                     because the heating had failed again.";
        check(&[long, other, short], &[0, 1, 0]);
    }

    #[test]
    fn an_item_out_of_a_long_text_is_found() {
        let words: Vec<String> = (0..20_000)
            .map(|word| format!("w{}", word * 7 % 20_011))
            .collect();
        let long = words.join(" ");
        for start in (0..19_000).step_by(1_000) {
            let item = words[start..start + 200].join(" ");
            let sketches = [TextSketch::new(&long), TextSketch::new(&item)];
            assert_eq!(near_duplicates(&sketches), [0, 0], "from {start}");
        }
    }

    #[test]
    fn texts_of_few_words_and_of_one_letter_apart_are_compared_too() {
        check(&["北京", "北京", "上海"], &[0, 0, 2]);
        check(&["", "", "a"], &[0, 1, 2]);
    }
}
