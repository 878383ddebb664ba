//! The nodes of a network: which of several articles are one, and what each is called.

use std::collections::{BTreeMap, BTreeSet};

/// A member of the cast, or the words of marks that are of none.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// Unique in the file.
    pub(crate) id: String,
    /// The name of the member, or the words.
    pub(crate) name: String,
    /// The label of its tag.
    pub(crate) kind: String,
    /// The external id of a member; may be empty.
    pub(crate) reference: String,
    /// How many marks it has.
    pub(crate) count: usize,
    /// The articles that have it, by number, rising.
    pub(crate) articles: Vec<usize>,
    /// Whether it is of the cast.
    pub(crate) is_member: bool,
}

/// For each node, the first of the nodes that are one with it.
pub(crate) fn heads(nodes: &[Node]) -> Vec<usize> {
    let mut heads: Vec<usize> = (0..nodes.len()).collect();
    let mut groups: Vec<Vec<usize>> = (0..nodes.len()).map(|place| vec![place]).collect();
    type Said = fn(&Node) -> &str;
    let by_reference: Said = |node| &node.reference;
    let by_name: Said = |node| &node.name;
    for said in [by_reference, by_name] {
        let mut alike: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
        for (place, node) in nodes.iter().enumerate().filter(|it| it.1.is_member) {
            let said = said(node);
            if !said.is_empty() {
                alike.entry((&node.kind, said)).or_default().push(place);
            }
        }
        for places in alike.into_values() {
            let same: BTreeSet<usize> = places.iter().map(|place| heads[*place]).collect();
            let all: Vec<usize> = same.iter().flat_map(|head| groups[*head].clone()).collect();
            let mut articles = BTreeSet::new();
            let mut in_articles = all.iter().flat_map(|place| &nodes[*place].articles);
            let references = all.iter().map(|place| nodes[*place].reference.as_str());
            let references: BTreeSet<&str> = references.filter(|it| !it.is_empty()).collect();
            let Some(&head) = same.first() else {
                continue;
            };
            if references.len() < 2 && in_articles.all(|article| articles.insert(article)) {
                all.iter().for_each(|place| heads[*place] = head);
                groups[head] = all;
            }
        }
    }
    heads
}

/// What each node is called: its name; where that is another's too, with its tag, its external
/// id, or a number behind it.
pub(crate) fn told_apart(nodes: &[Node]) -> Vec<String> {
    let beside = |node: &Node, what: &str| format!("{} ({what})", node.name);
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut names: Vec<Option<String>> = vec![None; nodes.len()];
    let ways: [&dyn Fn(&Node) -> String; 3] = [
        &|node| node.name.clone(),
        &|node| beside(node, &node.kind),
        &|node| match node.reference.as_str() {
            "" => String::new(),
            reference => beside(node, reference),
        },
    ];
    for way in ways {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let open = |names: &[Option<String>]| -> Vec<usize> {
            (0..nodes.len()).filter(|it| names[*it].is_none()).collect()
        };
        let open = open(&names);
        for place in &open {
            *counts.entry(way(&nodes[*place])).or_default() += 1;
        }
        for place in open {
            let name = way(&nodes[place]);
            if !name.is_empty() && counts[&name] == 1 && taken.insert(name.clone()) {
                names[place] = Some(name);
            }
        }
    }
    let mut all = Vec::with_capacity(nodes.len());
    for (node, name) in nodes.iter().zip(names) {
        let numbered = |number: usize| match number {
            1 => node.name.clone(),
            number => beside(node, &number.to_string()),
        };
        let free = || (1..).map(numbered).find(|name| !taken.contains(name));
        let name = name.or_else(free).unwrap_or_default();
        taken.insert(name.clone());
        all.push(name);
    }
    all
}
