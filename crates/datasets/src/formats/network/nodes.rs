//! The nodes of a network: which of several articles are the same, and how each is labelled.
//!
//! A member of the cast is known by its id, never by its name alone. Members of several articles are
//! the same node if they have the same id. They are also joined if they have the same tag and the same
//! external id, or the same tag and the same name and no two external ids. Two members of one article
//! are never joined: where a name belongs to two members of any article, that name joins no nodes.

use std::collections::{BTreeMap, BTreeSet};

/// A member of the cast, or the words of marks without a member.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// Its id, unique in the file.
    pub(crate) id: String,
    /// The name of the member, or the words.
    pub(crate) name: String,
    /// The label of its tag.
    pub(crate) kind: String,
    /// The external id of a member; may be empty.
    pub(crate) reference: String,
    /// The number of its marks.
    pub(crate) count: usize,
    /// The indices of the articles that have it, rising.
    pub(crate) articles: Vec<usize>,
    /// Whether it is a member of the cast.
    pub(crate) is_member: bool,
}

/// For each node, the index of the first node that is the same.
pub(crate) fn first_of_same(nodes: &[Node]) -> Vec<usize> {
    let mut firsts: Vec<usize> = (0..nodes.len()).collect();
    // By the index of a first node: all nodes that are the same.
    let mut groups: Vec<Vec<usize>> = (0..nodes.len()).map(|index| vec![index]).collect();
    type Identifier = fn(&Node) -> &str;
    let reference: Identifier = |node| &node.reference;
    let name: Identifier = |node| &node.name;
    for identifier in [reference, name] {
        let mut alike: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
        for (index, node) in nodes.iter().enumerate() {
            let identifier = identifier(node);
            if node.is_member && !identifier.is_empty() {
                let group = alike.entry((&node.kind, identifier)).or_default();
                group.push(index);
            }
        }
        for indices in alike.into_values() {
            let same: BTreeSet<usize> = indices.iter().map(|index| firsts[*index]).collect();
            let all: Vec<usize> = same
                .iter()
                .flat_map(|first| groups[*first].clone())
                .collect();
            let Some(&first) = same.first() else {
                continue;
            };
            if can_join(nodes, &all) {
                for index in &all {
                    firsts[*index] = first;
                }
                groups[first] = all;
            }
        }
    }
    firsts
}

/// Whether no article has two of these nodes, and no two of them have different external ids.
fn can_join(nodes: &[Node], indices: &[usize]) -> bool {
    let mut articles = BTreeSet::new();
    let mut all_articles = indices.iter().flat_map(|index| &nodes[*index].articles);
    let references = indices.iter().map(|index| nodes[*index].reference.as_str());
    let references: BTreeSet<&str> = references.filter(|text| !text.is_empty()).collect();
    references.len() < 2 && all_articles.all(|article| articles.insert(article))
}

/// A label for each node that no other node has: its name, or its name with its tag, its external
/// id or a number in brackets.
pub(crate) fn distinct_labels(nodes: &[Node]) -> Vec<String> {
    let with = |node: &Node, suffix: &str| format!("{} ({suffix})", node.name);
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut labels: Vec<Option<String>> = vec![None; nodes.len()];
    // Candidates, in the order of preference. An empty label is none.
    let candidates: [&dyn Fn(&Node) -> String; 3] = [
        &|node| node.name.clone(),
        &|node| with(node, &node.kind),
        &|node| match node.reference.as_str() {
            "" => String::new(),
            reference => with(node, reference),
        },
    ];
    for candidate in candidates {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let unlabelled = labels.iter().enumerate();
        let unlabelled = unlabelled.filter_map(|(index, label)| label.is_none().then_some(index));
        let unlabelled: Vec<usize> = unlabelled.collect();
        for index in &unlabelled {
            *counts.entry(candidate(&nodes[*index])).or_default() += 1;
        }
        for index in unlabelled {
            let label = candidate(&nodes[index]);
            if !label.is_empty() && counts[&label] == 1 && taken.insert(label.clone()) {
                labels[index] = Some(label);
            }
        }
    }
    let mut distinct = Vec::with_capacity(nodes.len());
    for (node, label) in nodes.iter().zip(labels) {
        let numbered = |number: usize| match number {
            1 => node.name.clone(),
            number => with(node, &number.to_string()),
        };
        let free = || (1..).map(numbered).find(|label| !taken.contains(label));
        let label = label.or_else(free).unwrap_or_default();
        taken.insert(label.clone());
        distinct.push(label);
    }
    distinct
}
