//! Which articles are copies of each other, or nearly so.

use super::folded;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use unicode_segmentation::UnicodeSegmentation as _;

/// Words that follow each other, taken together.
const SHINGLE: usize = 5;

/// How many of an article's shingles are kept: those of the smallest hashes, which are a
/// sample without a bias (Broder 1997, "On the resemblance and containment of documents").
const KEPT: usize = 256;

/// The share of shingles of the shorter article that the other has too, from which on the
/// two are near-copies.
const NEAR: f64 = 0.5;

/// What is known of a text to find its near-copies by: it takes little room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    // Invariant: rising, none twice, at most `KEPT`.
    hashes: Vec<u64>,
    // Whether all of the text's shingles are there.
    is_whole: bool,
}

impl Sketch {
    /// The sketch of a text: small and capital letters, and signs between words, make no
    /// difference.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let words: Vec<String> = text.unicode_words().map(folded).collect();
        let size = SHINGLE.min(words.len()).max(1);
        let mut hashes: Vec<u64> = words.windows(size).map(hash).collect();
        hashes = crate::order::collect(hashes, u64::cmp);
        hashes.dedup();
        let is_whole = hashes.len() <= KEPT;
        hashes.truncate(KEPT);
        Self { hashes, is_whole }
    }

    /// Whether the two are near-copies: half of what can be compared of one stands in the
    /// other.
    fn is_near(&self, other: &Self) -> bool {
        let last = |sketch: &Self| match sketch.is_whole {
            true => u64::MAX,
            false => sketch.hashes.last().copied().unwrap_or_default(),
        };
        // Up to here both are known whole.
        let end = last(self).min(last(other));
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
    u64::from_be_bytes(std::array::from_fn(|place| digest[place]))
}

/// The group of each text: the place of the first that is a near-copy of it, or a near-copy
/// of one that is, and so on.
#[must_use]
pub fn near_copies(sketches: &[Sketch]) -> Vec<usize> {
    let mut groups: Vec<usize> = (0..sketches.len()).collect();
    let mut with: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (place, sketch) in sketches.iter().enumerate() {
        let mut seen: Vec<usize> = Vec::new();
        for hash in &sketch.hashes {
            let others = with.entry(*hash).or_default();
            seen.extend(others.iter());
            others.push(place);
        }
        seen = crate::order::collect(seen, usize::cmp);
        seen.dedup();
        for other in seen {
            let (a, b) = (root(&groups, other), root(&groups, place));
            if a != b && sketch.is_near(&sketches[other]) {
                groups[a.max(b)] = a.min(b);
            }
        }
    }
    (0..groups.len())
        .map(|place| root(&groups, place))
        .collect()
}

fn root(groups: &[usize], mut place: usize) -> usize {
    while groups[place] != place {
        place = groups[place];
    }
    place
}

#[cfg(test)]
mod tests {
    use super::{Sketch, near_copies};

    #[track_caller]
    fn check(texts: &[&str], expected: &[usize]) {
        let sketches: Vec<Sketch> = texts.iter().map(|text| Sketch::of(text)).collect();
        assert_eq!(near_copies(&sketches), expected);
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
    fn texts_of_few_words_and_of_one_letter_apart_are_compared_too() {
        check(&["北京", "北京", "上海"], &[0, 0, 2]);
        check(&["", "", "a"], &[0, 1, 2]);
    }
}
