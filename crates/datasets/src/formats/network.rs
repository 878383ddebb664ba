//! Who is linked to whom, as a network.
//!
//! A node is a member of the cast, known by its id and never by its name; or the words of
//! marks that are of no member. An edge is a kind of relation between two nodes, with its count.
//!
//! Members of several articles are one node if they have the same id. They are also one node
//! if they have the same tag and the same external id, or the same tag and the same name while
//! no external id tells them apart. Two members of one article are never one node: where a
//! name stands for two members of any article, no node is made one by that name.

use crate::catalogue::SpanPrecision;
use crate::encoding::xml;
use crate::encoding::xml::{attribute, content, held};
use crate::error::ReadBackError;
use crate::external::ExternalDocument;
use crate::formats::nodes::{Node, heads, told_apart};
use crate::options::Options;
use crate::output::{FileSink, Writer, WrittenDocument};
use crate::projection::labels::{relation_labels, tag_labels};
use crate::projection::spans::Projection;
use crate::provenance::{Provenance, program};
use pullquote_core::model::document::Document;
use pullquote_core::model::entity::Entity;
use pullquote_core::model::id::Id;
use pullquote_core::sorted;
use pullquote_core::sorted::VecMap;

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What marks belong to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    /// A member of the cast.
    Member(Id),
    /// The tag and the words of marks without a member.
    Words(String, String),
}

/// A kind of relation between two nodes, and how often it was marked.
struct Edge {
    from: usize,
    to: usize,
    kind: String,
    weight: usize,
}

struct Network {
    options: Options,
    is_gexf: bool,
    // How many documents there were.
    articles: usize,
    // In the order of their first marks.
    nodes: Vec<Node>,
    places: BTreeMap<Key, usize>,
    // From, to, kind; each as often as it was marked.
    relations: Vec<(usize, usize, String)>,
    made_by: Option<Provenance>,
}

/// The network as it is written.
struct Graph {
    nodes: Vec<Node>,
    // What each node is called on a drawing; no two are called the same.
    labels: Vec<String>,
    edges: Vec<Edge>,
}

pub(crate) fn begin_graphml(options: &Options) -> Box<dyn Writer> {
    begin(options, false)
}

pub(crate) fn begin_gexf(options: &Options) -> Box<dyn Writer> {
    begin(options, true)
}

fn begin(options: &Options, is_gexf: bool) -> Box<dyn Writer> {
    Box::new(Network {
        options: options.clone(),
        is_gexf,
        articles: 0,
        nodes: Vec::new(),
        places: BTreeMap::new(),
        relations: Vec::new(),
        made_by: None,
    })
}

/// A text with the characters that XML can hold.
fn written(text: &str) -> String {
    text.chars().map(held).collect()
}

impl Network {
    fn extension(&self) -> &'static str {
        if self.is_gexf { "gexf" } else { "graphml" }
    }

    /// The place of a node of the document that is added; a new one where there is none.
    fn place_of(&mut self, member: Option<&Entity>, label: &str, words: &str) -> usize {
        let key = match member {
            Some(member) => Key::Member(member.id),
            None => Key::Words(label.to_owned(), written(words)),
        };
        let place = *self.places.entry(key).or_insert(self.nodes.len());
        if place == self.nodes.len() {
            let names = [member.map_or("", |it| it.name.as_str()), words, label];
            let name = names.into_iter().find(|it| !it.trim().is_empty());
            self.nodes.push(Node {
                id: match member {
                    Some(member) => member.id.to_string(),
                    None => format!("words-{place}"),
                },
                name: written(name.unwrap_or_default()),
                kind: label.to_owned(),
                reference: written(member.map_or("", |it| it.reference.trim())),
                count: 0,
                articles: Vec::new(),
                is_member: member.is_some(),
            });
        }
        let node = &mut self.nodes[place];
        if node.articles.last() != Some(&self.articles) {
            node.articles.push(self.articles);
        }
        place
    }

    /// All documents as one network.
    fn graph(&self) -> Graph {
        let heads = heads(&self.nodes);
        let mut nodes: Vec<Node> = Vec::new();
        let mut places = vec![0; self.nodes.len()];
        for (place, node) in self.nodes.iter().enumerate() {
            if heads[place] == place {
                places[place] = nodes.len();
                nodes.push(node.clone());
                continue;
            }
            // A head comes before those that are one with it.
            places[place] = places[heads[place]];
            let head = &mut nodes[places[place]];
            head.count += node.count;
            if head.reference.is_empty() {
                head.reference.clone_from(&node.reference);
            }
        }
        let mut edges: Vec<Edge> = Vec::new();
        let mut lines: BTreeMap<(usize, usize, &str), usize> = BTreeMap::new();
        for (from, to, kind) in &self.relations {
            let (from, to) = (places[*from], places[*to]);
            let line = *lines.entry((from, to, kind)).or_insert(edges.len());
            if line == edges.len() {
                edges.push(Edge {
                    from,
                    to,
                    kind: kind.clone(),
                    weight: 0,
                });
            }
            edges[line].weight += 1;
        }
        Graph {
            labels: told_apart(&nodes),
            nodes,
            edges,
        }
    }

    fn graphml(&self) -> String {
        let graph = self.graph();
        let mut text = String::from("<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
        for (id, of, kind) in [
            ("label", "node", "string"),
            ("name", "node", "string"),
            ("kind", "node", "string"),
            ("reference", "node", "string"),
            ("count", "node", "long"),
            ("relation", "edge", "string"),
            ("weight", "edge", "double"),
        ] {
            let name = if id == "relation" { "label" } else { id };
            // Writing into a string does not fail.
            let _ = writeln!(
                text,
                "<key id=\"{id}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>"
            );
        }
        text.push_str("<graph edgedefault=\"directed\">\n");
        for (node, label) in graph.nodes.iter().zip(&graph.labels) {
            let _ = writeln!(
                text,
                "<node id=\"{}\"><data key=\"label\">{}</data><data key=\"name\">{}</data>\
                 <data key=\"kind\">{}</data><data key=\"reference\">{}</data>\
                 <data key=\"count\">{}</data></node>",
                node.id,
                content(label),
                content(&node.name),
                content(&node.kind),
                content(&node.reference),
                node.count
            );
        }
        for (place, edge) in graph.edges.iter().enumerate() {
            // Gephi tells parallel edges apart by the attribute `label` alone.
            let _ = writeln!(
                text,
                "<edge id=\"e{place}\" source=\"{}\" target=\"{}\" label=\"{}\">\
                 <data key=\"relation\">{}</data><data key=\"weight\">{}</data></edge>",
                graph.nodes[edge.from].id,
                graph.nodes[edge.to].id,
                attribute(&edge.kind),
                content(&edge.kind),
                edge.weight
            );
        }
        text + "</graph>\n</graphml>\n"
    }

    fn gexf(&self) -> String {
        let graph = self.graph();
        let about = self.made_by.as_ref();
        let day = about
            .map(|about| about.made[..10].to_owned())
            .unwrap_or_default();
        let mut text = format!(
            "<gexf xmlns=\"http://www.gexf.net/1.2draft\" version=\"1.2\">\n\
             <meta lastmodifieddate=\"{day}\"><creator>{}</creator></meta>\n\
             <graph defaultedgetype=\"directed\" mode=\"static\">\n\
             <attributes class=\"node\" mode=\"static\"><attribute id=\"name\" title=\"name\" type=\"string\"/>\
             <attribute id=\"kind\" title=\"kind\" type=\"string\"/>\
             <attribute id=\"reference\" title=\"reference\" type=\"string\"/>\
             <attribute id=\"count\" title=\"count\" type=\"long\"/></attributes>\n<nodes>\n",
            program()
        );
        for (node, label) in graph.nodes.iter().zip(&graph.labels) {
            let count = node.count.to_string();
            let values = [
                ("name", &node.name),
                ("kind", &node.kind),
                ("reference", &node.reference),
                ("count", &count),
            ];
            let values = values.map(|(id, value)| {
                let value = attribute(value);
                format!("<attvalue for=\"{id}\" value=\"{value}\"/>")
            });
            let _ = writeln!(
                text,
                "<node id=\"{}\" label=\"{}\"><attvalues>{}</attvalues></node>",
                node.id,
                attribute(label),
                values.concat()
            );
        }
        text.push_str("</nodes>\n<edges>\n");
        for (place, edge) in graph.edges.iter().enumerate() {
            let kind = attribute(&edge.kind);
            // Gephi makes one of parallel edges that have no kind.
            let _ = writeln!(
                text,
                "<edge id=\"e{place}\" source=\"{}\" target=\"{}\" kind=\"{kind}\" \
                 label=\"{kind}\" weight=\"{}\"/>",
                graph.nodes[edge.from].id, graph.nodes[edge.to].id, edge.weight
            );
        }
        text + "</edges>\n</graph>\n</gexf>\n"
    }
}

impl Writer for Network {
    fn add(&mut self, document: &Document, _: &mut dyn FileSink) -> Vec<WrittenDocument> {
        Provenance::merge(&mut self.made_by, document, &self.options);
        let labels = tag_labels(document.codebook());
        let kinds = relation_labels(document.codebook());
        let mut of: Vec<(Id, usize)> = Vec::new();
        for mark in document.annotations() {
            let tag = document.codebook().place_of(&mark.tag).unwrap_or_default();
            let member = document.member_of(mark).map(|it| &**it);
            let place = self.place_of(member, &labels[tag], &mark.quote(document.article()));
            self.nodes[place].count += 1;
            of.push((mark.id, place));
        }
        // Members that have no mark.
        for member in document.entities() {
            let tag = document.codebook().place_of(&member.tag);
            self.place_of(Some(member), &labels[tag.unwrap_or_default()], "");
        }
        let of: VecMap<Id, usize> = sorted::vec_map(of);
        for relation in document.relations() {
            let mut known = document.codebook().relations().iter();
            let kind = known.position(|kind| kind.id == relation.kind);
            if let (Some(&from), Some(&to)) = (of.get(&relation.from), of.get(&relation.to)) {
                let kind = kinds[kind.unwrap_or_default()].clone();
                self.relations.push((from, to, kind));
            }
        }
        self.articles += 1;
        let labelled = Projection::new(document, &self.options, SpanPrecision::Exact);
        let file = format!("{}.{}", self.options.name, self.extension());
        let mut written =
            WrittenDocument::new(&file, &labelled, std::iter::empty(), |_| String::new());
        written.key = Some(document.article().id.to_string());
        vec![written]
    }

    fn finish(&mut self, out: &mut dyn FileSink) {
        let about = self
            .made_by
            .as_ref()
            .map(Provenance::line)
            .unwrap_or_default();
        let head = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- {} -->\n",
            xml::comment(&about)
        );
        let graph = if self.is_gexf {
            self.gexf()
        } else {
            self.graphml()
        };
        let file = format!("{}.{}", self.options.name, self.extension());
        out.append(&file, (head + &graph).as_bytes());
    }
}

/// A network has no marks; that every edge has both its nodes is what there is to prove.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let graph = xml::rooted(xml::utf8(bytes)?, &["graphml", "gexf"])?;
    let all = |name: &'static str| {
        graph
            .descendants()
            .filter(move |node| node.tag_name().name() == name)
    };
    let nodes = sorted::collect_sorted(
        all("node").filter_map(|node| node.attribute("id")),
        |a, b| a.cmp(b),
    );
    for edge in all("edge") {
        for side in ["source", "target"] {
            let node = edge.attribute(side).unwrap_or_default();
            if nodes.binary_search(&node).is_err() {
                return Err(ReadBackError::EdgeEnd {
                    side,
                    node: node.to_owned(),
                });
            }
        }
    }
    Ok(Vec::new())
}
