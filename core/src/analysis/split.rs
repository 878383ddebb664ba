//! Articles divided into those to train on, to tune on and to test on.

use super::{Sketch, near_copies};
use crate::model::Document;
use sha2::{Digest as _, Sha256};

/// An article as far as it matters for dividing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// What its near-copies are found by.
    pub sketch: Sketch,
    /// The SHA-256 of its text.
    pub sha256: String,
    /// How many marks have each label, in the order of the labels.
    pub counts: Vec<(String, usize)>,
}

impl Share {
    /// What matters of a document. Tags of the same name count together.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let tags = document.codebook().tags().iter().zip(document.tag_counts());
        let mut counts: Vec<(String, usize)> = Vec::new();
        for (tag, count) in tags {
            match counts.iter_mut().find(|(name, _)| *name == tag.name) {
                Some((_, known)) => *known += count,
                None => counts.push((tag.name.clone(), *count)),
            }
        }
        Self {
            sketch: Sketch::of(document.article().text()),
            sha256: document.article().sha256().to_owned(),
            counts,
        }
    }
}

/// For each article the part that it goes to: a place in `ratios`, which say how large the
/// parts should be, as shares of their sum.
///
/// * The same articles, ratios and seed always give the same parts, in whatever order the
///   articles come.
/// * An article and its near-copies go to one part.
/// * Each label is shared out as the articles are, as far as that can be done: what is most
///   needed goes first (Sechidis, Tsoumakas, Vlahavas 2011, "On the stratification of
///   multi-label data", done by groups).
#[must_use]
pub fn split(articles: &[Share], ratios: &[f64], seed: u64) -> Vec<usize> {
    let sketches: Vec<Sketch> = articles.iter().map(|it| it.sketch.clone()).collect();
    let roots = near_copies(&sketches);
    let mut groups: Vec<Group> = Vec::new();
    let mut labels: Vec<&str> = Vec::new();
    for article in articles {
        for (label, _) in &article.counts {
            if !labels.contains(&label.as_str()) {
                labels.push(label);
            }
        }
    }
    // The order of the articles must not matter.
    labels = crate::order::collect(labels, |a, b| a.cmp(b));
    for (place, root) in roots.iter().enumerate() {
        let known = groups.iter_mut().find(|group| group.root == *root);
        let article = &articles[place];
        match known {
            Some(group) => group.add(place, article, &labels),
            None => {
                let mut group = Group::new(*root, labels.len());
                group.add(place, article, &labels);
                groups.push(group);
            }
        }
    }
    for group in &mut groups {
        let first = group
            .members
            .iter()
            .map(|place| articles[*place].sha256.as_str())
            .min();
        group.draw = draw(seed, first.unwrap_or_default());
    }
    let total: f64 = ratios.iter().sum();
    let mut left: Vec<Vec<f64>> = ratios
        .iter()
        .map(|ratio| {
            let all = (0..=labels.len())
                .map(|place| groups.iter().map(|group| group.needs[place]).sum::<f64>());
            all.map(|all| all * ratio / total).collect()
        })
        .collect();
    // The large ones first: the small ones then fill what is left.
    let groups = crate::order::collect(groups, |a, b| {
        let size = |group: &Group| (group.members.len(), group.draw);
        size(b).cmp(&size(a))
    });
    let mut parts = vec![0; articles.len()];
    for group in &groups {
        let part = most_needed(&left, group);
        for place in &group.members {
            parts[*place] = part;
        }
        for (left, need) in left[part].iter_mut().zip(&group.needs) {
            *left -= need;
        }
    }
    parts
}

/// An article with its near-copies.
struct Group {
    root: usize,
    members: Vec<usize>,
    // How many articles, then how many marks of each label.
    needs: Vec<f64>,
    draw: u64,
}

impl Group {
    fn new(root: usize, labels: usize) -> Self {
        Self {
            root,
            members: Vec::new(),
            needs: vec![0.0; labels + 1],
            draw: 0,
        }
    }

    fn add(&mut self, place: usize, article: &Share, labels: &[&str]) {
        self.members.push(place);
        self.needs[0] += 1.0;
        for (label, count) in &article.counts {
            let known = labels.binary_search(&label.as_str());
            if let Ok(known) = known {
                self.needs[known + 1] += *count as f64;
            }
        }
    }
}

/// The part that lacks most, relative to what is left of each thing, of what the group has.
fn most_needed(left: &[Vec<f64>], group: &Group) -> usize {
    let all: Vec<f64> = (0..group.needs.len())
        .map(|place| left.iter().map(|part| part[place].max(0.0)).sum::<f64>())
        .collect();
    let score = |part: &[f64]| -> f64 {
        let things = part.iter().zip(&group.needs).zip(&all).enumerate();
        let shares = things.filter(|(_, ((_, need), all))| **need > 0.0 && **all > 0.0);
        // Articles weigh as much as all labels together.
        let marked = group.needs[1..]
            .iter()
            .filter(|need| **need > 0.0)
            .count()
            .max(1);
        let shares = shares.map(|(place, ((left, _), all))| match place {
            0 => left / all,
            _ => left / all / marked as f64,
        });
        shares.sum()
    };
    let mut best = 0;
    for place in 1..left.len() {
        if score(&left[place]) > score(&left[best]) {
            best = place;
        }
    }
    best
}

fn draw(seed: u64, sha256: &str) -> u64 {
    let digest = Sha256::digest(format!("{seed} {sha256}").as_bytes());
    u64::from_be_bytes(std::array::from_fn(|place| digest[place]))
}

#[cfg(test)]
mod tests {
    use super::{Share, Sketch, split};

    fn articles(number: usize) -> Vec<Share> {
        let article = |place: usize| {
            // Every tenth has the rare label, every seventh is a copy of the one before.
            let text = if place % 7 == 3 { place - 1 } else { place };
            let words: Vec<String> = (0..40).map(|word| format!("w{text}x{word}")).collect();
            Share {
                sketch: Sketch::of(&words.join(" ")),
                sha256: format!("{text:064}"),
                counts: vec![
                    ("Actor".to_owned(), 3 + place % 4),
                    ("Rare".to_owned(), usize::from(place.is_multiple_of(10))),
                ],
            }
        };
        (0..number).map(article).collect()
    }

    #[test]
    fn parts_have_their_sizes_and_every_label() {
        let articles = articles(200);
        let parts = split(&articles, &[80.0, 10.0, 10.0], 7);
        let count = |part| parts.iter().filter(|it| **it == part).count();
        assert!((155..=165).contains(&count(0)), "{}", count(0));
        assert!((17..=23).contains(&count(1)), "{}", count(1));
        for part in 0..3 {
            let places = (0..200).filter(|place| parts[*place] == part);
            let rare: usize = places.map(|place| articles[place].counts[1].1).sum();
            assert!(rare >= 1, "part {part} has no rare label");
        }
    }

    #[test]
    fn a_copy_is_never_on_another_side_and_the_order_does_not_matter() {
        let articles = articles(100);
        let parts = split(&articles, &[60.0, 20.0, 20.0], 1);
        for place in (0..100).filter(|place| place % 7 == 3) {
            assert_eq!(parts[place], parts[place - 1], "{place}");
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
