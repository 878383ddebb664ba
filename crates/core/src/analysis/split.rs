//! Divides articles into parts for training, tuning and testing.

use crate::analysis::near_duplicates::{TextSketch, near_duplicates};
use crate::model::document::Document;

use sha2::{Digest as _, Sha256};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The facts about an article that matter for dividing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// The sketch by which near-copies are found.
    pub sketch: TextSketch,
    /// The SHA-256 of its text.
    pub sha256: String,
    /// The number of marks of each label, in the order of the labels.
    pub counts: Vec<(String, usize)>,
}

impl Share {
    /// The facts about `document`, whose tags have these labels, in the order of the palette.
    #[must_use]
    pub fn new(document: &Document, labels: Vec<String>) -> Self {
        let mut counts: Vec<(String, usize)> = Vec::new();
        for (label, count) in labels.into_iter().zip(document.tag_counts()) {
            match counts.iter_mut().find(|(name, _)| *name == label) {
                Some((_, known)) => *known += count,
                None => counts.push((label, *count)),
            }
        }
        Self {
            sketch: TextSketch::new(document.article().text()),
            sha256: document.article().sha256().to_owned(),
            counts,
        }
    }
}

/// The part of each article, as an index into `ratios`. The ratios are the sizes of the parts as
/// shares of their sum.
///
/// * The same articles, ratios and seed always give the same parts, in whatever order the
///   articles come.
/// * An article and its near-copies go to the same part.
/// * Each label is divided like the articles, as far as possible: articles with the rarest label
///   are assigned first (Sechidis, Tsoumakas, Vlahavas 2011, "On the stratification of
///   multi-label data", applied to groups).
#[must_use]
pub fn split(articles: &[Share], ratios: &[f64], seed: u64) -> Vec<usize> {
    let mut labels: Vec<&str> = Vec::new();
    for article in articles {
        for (label, _) in &article.counts {
            if !labels.contains(&label.as_str()) {
                labels.push(label);
            }
        }
    }
    // The result must not depend on the order of the articles.
    labels = crate::sorted::collect_sorted(labels, |a, b| a.cmp(b));
    let groups = grouped(articles, &labels, seed);
    let total: f64 = ratios.iter().sum();
    let mut left: Vec<Vec<f64>> = ratios
        .iter()
        .map(|ratio| {
            let all = (0..=labels.len())
                .map(|index| groups.iter().map(|group| group.needs[index]).sum::<f64>());
            all.map(|all| all * ratio / total).collect()
        })
        .collect();
    let mut parts = vec![0; articles.len()];
    for (index, thing) in in_turn(&groups) {
        let group = &groups[index];
        let part = most_needed(&left, thing);
        for index in &group.members {
            parts[*index] = part;
        }
        for (left, need) in left[part].iter_mut().zip(&group.needs) {
            *left -= need;
        }
    }
    parts
}

/// For each article the index of the first article that it must stay together with.
fn roots(articles: &[Share]) -> Vec<usize> {
    let sketches: Vec<TextSketch> = articles
        .iter()
        .map(|article| article.sketch.clone())
        .collect();
    let mut roots = near_duplicates(&sketches);
    // Equal texts stay together, even if they have no words to make a sketch of.
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for index in 0..articles.len() {
        let same = *first.entry(&articles[index].sha256).or_insert(index);
        let (from, to) = (roots[index].max(roots[same]), roots[index].min(roots[same]));
        if from != to {
            roots
                .iter_mut()
                .filter(|root| **root == from)
                .for_each(|root| *root = to);
        }
    }
    roots
}

/// The articles in groups that must stay together.
fn grouped(articles: &[Share], labels: &[&str], seed: u64) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut known: BTreeMap<usize, usize> = BTreeMap::new();
    for (index, root) in roots(articles).into_iter().enumerate() {
        let group = *known.entry(root).or_insert(groups.len());
        if group == groups.len() {
            groups.push(Group::new(labels.len()));
        }
        groups[group].add(index, &articles[index], labels);
    }
    for group in &mut groups {
        let first = group
            .members
            .iter()
            .map(|index| articles[*index].sha256.as_str())
            .min();
        group.draw = draw(seed, first.unwrap_or_default());
    }
    groups
}

/// The order in which groups are assigned to a part, each with the label that decides. Groups
/// with the label that the fewest groups have come first, as they leave the least choice; then
/// the remaining groups are ranked again. Large groups come before small ones, which fill the
/// gaps.
fn in_turn(groups: &[Group]) -> Vec<(usize, usize)> {
    let labels = groups.first().map_or(0, |group| group.needs.len());
    let mut rest: Vec<usize> = (0..groups.len()).collect();
    rest.sort_unstable_by_key(|index| {
        let group = &groups[*index];
        (Reverse(group.members.len()), Reverse(group.draw))
    });
    let mut turn = Vec::with_capacity(groups.len());
    let mut open: Vec<usize> = (1..labels).collect();
    while !open.is_empty() {
        let with = |label: usize| {
            rest.iter()
                .filter(|group| groups[**group].needs[label] > 0.0)
                .count()
        };
        let Some(rarest) = (0..open.len()).min_by_key(|index| with(open[*index])) else {
            break;
        };
        let label = open.swap_remove(rarest);
        let (now, later): (Vec<usize>, Vec<usize>) = rest
            .into_iter()
            .partition(|group| groups[*group].needs[label] > 0.0);
        turn.extend(now.into_iter().map(|index| (index, label)));
        rest = later;
    }
    turn.extend(rest.into_iter().map(|index| (index, 0)));
    turn
}

/// An article with its near-copies.
struct Group {
    members: Vec<usize>,
    // The number of articles, then the number of marks of each label.
    needs: Vec<f64>,
    draw: u64,
}

impl Group {
    fn new(labels: usize) -> Self {
        Self {
            members: Vec::new(),
            needs: vec![0.0; labels + 1],
            draw: 0,
        }
    }

    fn add(&mut self, index: usize, article: &Share, labels: &[&str]) {
        self.members.push(index);
        self.needs[0] += 1.0;
        for (label, count) in &article.counts {
            let known = labels.binary_search(&label.as_str());
            if let Ok(known) = known {
                self.needs[known + 1] += *count as f64;
            }
        }
    }
}

/// The part that lacks most of the label at `thing`; ties go to the part that lacks most
/// articles.
fn most_needed(left: &[Vec<f64>], thing: usize) -> usize {
    let mut best = 0;
    for part in 1..left.len() {
        let by = |thing: usize| left[part][thing].total_cmp(&left[best][thing]);
        if by(thing).then(by(0)).is_gt() {
            best = part;
        }
    }
    best
}

fn draw(seed: u64, sha256: &str) -> u64 {
    let digest = Sha256::digest(format!("{seed} {sha256}").as_bytes());
    u64::from_be_bytes(std::array::from_fn(|index| digest[index]))
}

#[cfg(test)]
mod tests {
    use super::{Share, split};
    use crate::analysis::near_duplicates::TextSketch;

    fn articles(number: usize) -> Vec<Share> {
        let article = |index: usize| {
            // Every tenth has the rare label; every seventh is a copy of the one before.
            let text = if index % 7 == 3 { index - 1 } else { index };
            let words: Vec<String> = (0..40).map(|word| format!("w{text}x{word}")).collect();
            Share {
                sketch: TextSketch::new(&words.join(" ")),
                sha256: format!("{text:064}"),
                counts: vec![
                    ("Actor".to_owned(), 3 + index % 4),
                    ("Rare".to_owned(), usize::from(index.is_multiple_of(10))),
                ],
            }
        };
        (0..number).map(article).collect()
    }

    #[test]
    fn parts_have_their_sizes_and_every_label() {
        let articles = articles(200);
        let parts = split(&articles, &[80.0, 10.0, 10.0], 7);
        let count = |part| parts.iter().filter(|assigned| **assigned == part).count();
        assert!((155..=165).contains(&count(0)), "{}", count(0));
        assert!((17..=23).contains(&count(1)), "{}", count(1));
        for part in 0..3 {
            let indices = (0..200).filter(|index| parts[*index] == part);
            let rare: usize = indices.map(|index| articles[index].counts[1].1).sum();
            assert!(rare >= 1, "part {part} has no rare label");
        }
    }

    /// Articles without anything in common; each of the first `rare` has a rare label.
    fn with_rare(number: usize, rare: usize) -> Vec<Share> {
        let article = |index: usize| {
            let words: Vec<String> = (0..30).map(|word| format!("v{index}y{word}")).collect();
            Share {
                sketch: TextSketch::new(&words.join(" ")),
                sha256: format!("{index:064}"),
                counts: vec![
                    ("Actor".to_owned(), 1 + index % 9),
                    ("Rare".to_owned(), usize::from(index < rare)),
                ],
            }
        };
        (0..number).map(article).collect()
    }

    #[test]
    fn ten_articles_with_a_rare_label_are_shared_out_eight_one_one() {
        let articles = with_rare(100, 10);
        for seed in 0..20 {
            let parts = split(&articles, &[80.0, 10.0, 10.0], seed);
            let rare = |part| {
                parts[..10]
                    .iter()
                    .filter(|assigned| **assigned == part)
                    .count()
            };
            assert_eq!([rare(0), rare(1), rare(2)], [8, 1, 1], "seed {seed}");
        }
    }

    #[test]
    fn the_same_text_is_on_one_side_also_without_a_word() {
        let article = |index: usize| Share {
            sketch: TextSketch::new("🚀🚀 🎉"),
            sha256: format!("{}", index % 2),
            counts: Vec::new(),
        };
        let articles: Vec<Share> = (0..20).map(article).collect();
        let parts = split(&articles, &[50.0, 25.0, 25.0], 0);
        assert!(
            (2..20).all(|index| parts[index] == parts[index - 2]),
            "{parts:?}"
        );
    }

    #[test]
    fn a_copy_is_never_on_another_side_and_the_order_does_not_matter() {
        let articles = articles(100);
        let parts = split(&articles, &[60.0, 20.0, 20.0], 1);
        for index in (0..100).filter(|index| index % 7 == 3) {
            assert_eq!(parts[index], parts[index - 1], "{index}");
        }
        let back: Vec<Share> = articles.iter().rev().cloned().collect();
        let again: Vec<usize> = split(&back, &[60.0, 20.0, 20.0], 1)
            .into_iter()
            .rev()
            .collect();
        assert_eq!(parts, again);
        assert_ne!(parts, split(&articles, &[60.0, 20.0, 20.0], 2));
    }
}
