//! The network of all documents that are added.

use crate::encoding::xml::held;
use crate::formats::network::nodes::{Node, distinct_labels, first_of_same};
use crate::projection::labels::{relation_labels, tag_labels};
use pullquote_core::model::document::Document;
use pullquote_core::model::entity::Entity;
use pullquote_core::model::id::Id;
use pullquote_core::sorted;
use pullquote_core::sorted::VecMap;

use std::collections::BTreeMap;

/// The network as it is written.
pub(crate) struct Graph {
    pub(crate) nodes: Vec<Node>,
    /// The label of each node, which no other node has.
    pub(crate) labels: Vec<String>,
    pub(crate) edges: Vec<Edge>,
}

/// A kind of relation between two nodes, by their indices, and how often it was marked.
pub(crate) struct Edge {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) kind: String,
    pub(crate) weight: usize,
}

/// What a mark belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum NodeKey {
    Member(Id),
    /// The words of marks without a member, by the label of their tag.
    Words {
        label: String,
        words: String,
    },
}

/// The nodes and relations of the documents so far.
#[derive(Default)]
pub(crate) struct GraphBuilder {
    articles: usize,
    // In the order of their first marks.
    nodes: Vec<Node>,
    indices: BTreeMap<NodeKey, usize>,
    // From, to, kind; each as often as it was marked.
    relations: Vec<(usize, usize, String)>,
}

/// A text without the characters that XML cannot hold.
fn written(text: &str) -> String {
    text.chars().map(held).collect()
}

impl GraphBuilder {
    /// Adds the marks, the cast and the relations of a document.
    pub(crate) fn add(&mut self, document: &Document) {
        let codebook = document.codebook();
        let labels = tag_labels(codebook);
        let kinds = relation_labels(codebook);
        let mut node_of: Vec<(Id, usize)> = Vec::new();
        for mark in document.annotations() {
            let tag = codebook.index_of(&mark.tag).unwrap_or_default();
            let member = document.member_of(mark).map(|member| &**member);
            let words = mark.quote(document.article());
            let index = self.node_index(member, &labels[tag], &words);
            self.nodes[index].count += 1;
            node_of.push((mark.id, index));
        }
        // Members without a mark are nodes too.
        for member in document.entities() {
            let tag = codebook.index_of(&member.tag).unwrap_or_default();
            self.node_index(Some(member), &labels[tag], "");
        }
        let node_of: VecMap<Id, usize> = sorted::vec_map(node_of);
        for relation in document.relations() {
            let mut known = codebook.relations().iter();
            let kind = known.position(|kind| kind.id == relation.kind);
            let ends = node_of.get(&relation.from).zip(node_of.get(&relation.to));
            if let Some((&from, &to)) = ends {
                let kind = kinds[kind.unwrap_or_default()].clone();
                self.relations.push((from, to, kind));
            }
        }
        self.articles += 1;
    }

    /// The index of a node of the document that is being added. The node is added if missing.
    fn node_index(&mut self, member: Option<&Entity>, label: &str, words: &str) -> usize {
        let key = match member {
            Some(member) => NodeKey::Member(member.id),
            None => NodeKey::Words {
                label: label.to_owned(),
                words: written(words),
            },
        };
        let index = *self.indices.entry(key).or_insert(self.nodes.len());
        if index == self.nodes.len() {
            let name = member.map_or("", |member| member.name.as_str());
            let mut names = [name, words, label].into_iter();
            let name = names.find(|name| !name.trim().is_empty());
            let reference = member.map_or("", |member| member.reference.trim());
            self.nodes.push(Node {
                id: match member {
                    Some(member) => member.id.to_string(),
                    None => format!("words-{index}"),
                },
                name: written(name.unwrap_or_default()),
                kind: label.to_owned(),
                reference: written(reference),
                count: 0,
                articles: Vec::new(),
                is_member: member.is_some(),
            });
        }
        let node = &mut self.nodes[index];
        if node.articles.last() != Some(&self.articles) {
            node.articles.push(self.articles);
        }
        index
    }

    /// The network of all documents, with nodes that are the same joined and relations counted.
    pub(crate) fn graph(&self) -> Graph {
        let firsts = first_of_same(&self.nodes);
        let mut nodes: Vec<Node> = Vec::new();
        let mut indices = vec![0; self.nodes.len()];
        for (index, node) in self.nodes.iter().enumerate() {
            if firsts[index] == index {
                indices[index] = nodes.len();
                nodes.push(node.clone());
                continue;
            }
            // The first of the same nodes comes before the others.
            indices[index] = indices[firsts[index]];
            let first = &mut nodes[indices[index]];
            first.count += node.count;
            if first.reference.is_empty() {
                first.reference.clone_from(&node.reference);
            }
        }
        let mut edges: Vec<Edge> = Vec::new();
        let mut known: BTreeMap<(usize, usize, &str), usize> = BTreeMap::new();
        for (from, to, kind) in &self.relations {
            let (from, to) = (indices[*from], indices[*to]);
            let edge = *known.entry((from, to, kind)).or_insert(edges.len());
            if edge == edges.len() {
                edges.push(Edge {
                    from,
                    to,
                    kind: kind.clone(),
                    weight: 0,
                });
            }
            edges[edge].weight += 1;
        }
        Graph {
            labels: distinct_labels(&nodes),
            nodes,
            edges,
        }
    }
}
