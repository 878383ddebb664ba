//! Who is linked to whom, as a network: a node for each member of the cast, and for the
//! words of marks that have none; an edge for each kind of relation between two.

use super::labelled::{Grain, Labelled, labels};
use super::made_by::{MadeBy, program};
use super::proof::{ReadBack, Written};
use super::xml::{self, attribute, content};
use super::{Options, Out, Writer};
use crate::analysis::name_of;
use crate::model::{Document, Id};
use crate::order::{self, Map};
use std::collections::BTreeMap;
use std::fmt::Write as _;

struct Network {
    options: Options,
    is_gexf: bool,
    // Label and name, and how many marks; by the order of their first mark.
    nodes: Vec<(String, String, usize)>,
    places: BTreeMap<(String, String), usize>,
    // From, to, kind; how often.
    edges: Vec<(usize, usize, String, usize)>,
    lines: BTreeMap<(usize, usize, String), usize>,
    made_by: Option<MadeBy>,
}

pub(super) fn begin_graphml(options: &Options) -> Box<dyn Writer> {
    begin(options, false)
}

pub(super) fn begin_gexf(options: &Options) -> Box<dyn Writer> {
    begin(options, true)
}

fn begin(options: &Options, is_gexf: bool) -> Box<dyn Writer> {
    Box::new(Network {
        options: options.clone(),
        is_gexf,
        nodes: Vec::new(),
        places: BTreeMap::new(),
        edges: Vec::new(),
        lines: BTreeMap::new(),
        made_by: None,
    })
}

impl Network {
    fn extension(&self) -> &'static str {
        if self.is_gexf { "gexf" } else { "graphml" }
    }

    fn graphml(&self) -> String {
        let mut text = String::from("<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
        for (id, of, kind) in [
            ("label", "node", "string"),
            ("kind", "node", "string"),
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
        for (place, (kind, name, count)) in self.nodes.iter().enumerate() {
            let _ = writeln!(
                text,
                "<node id=\"n{place}\"><data key=\"label\">{}</data><data key=\"kind\">{}</data>\
                 <data key=\"count\">{count}</data></node>",
                content(name),
                content(kind)
            );
        }
        for (place, (from, to, kind, weight)) in self.edges.iter().enumerate() {
            let _ = writeln!(
                text,
                "<edge id=\"e{place}\" source=\"n{from}\" target=\"n{to}\"><data key=\"relation\">{}</data>\
                 <data key=\"weight\">{weight}</data></edge>",
                content(kind)
            );
        }
        text + "</graph>\n</graphml>\n"
    }

    fn gexf(&self) -> String {
        let about = self.made_by.as_ref();
        let day = about
            .map(|about| about.made[..10].to_owned())
            .unwrap_or_default();
        let mut text = format!(
            "<gexf xmlns=\"http://www.gexf.net/1.2draft\" version=\"1.2\">\n\
             <meta lastmodifieddate=\"{day}\"><creator>{}</creator></meta>\n\
             <graph defaultedgetype=\"directed\" mode=\"static\">\n\
             <attributes class=\"node\" mode=\"static\"><attribute id=\"kind\" title=\"kind\" type=\"string\"/>\
             <attribute id=\"count\" title=\"count\" type=\"long\"/></attributes>\n<nodes>\n",
            program()
        );
        for (place, (kind, name, count)) in self.nodes.iter().enumerate() {
            let _ = writeln!(
                text,
                "<node id=\"n{place}\" label=\"{}\"><attvalues><attvalue for=\"kind\" value=\"{}\"/>\
                 <attvalue for=\"count\" value=\"{count}\"/></attvalues></node>",
                attribute(name),
                attribute(kind)
            );
        }
        text.push_str("</nodes>\n<edges>\n");
        for (place, (from, to, kind, weight)) in self.edges.iter().enumerate() {
            let _ = writeln!(
                text,
                "<edge id=\"e{place}\" source=\"n{from}\" target=\"n{to}\" label=\"{}\" weight=\"{weight}\"/>",
                attribute(kind)
            );
        }
        text + "</edges>\n</graph>\n</gexf>\n"
    }
}

impl Writer for Network {
    fn add(&mut self, document: &Document, _: &mut dyn Out) -> Vec<Written> {
        MadeBy::and(&mut self.made_by, document, &self.options);
        let labels = labels(document.codebook());
        let mut of: Vec<(Id, usize)> = Vec::new();
        for mark in document.annotations() {
            let tag = document.codebook().place_of(&mark.tag).unwrap_or_default();
            let key = (labels[tag].clone(), name_of(document, mark));
            let place = *self.places.entry(key.clone()).or_insert(self.nodes.len());
            if place == self.nodes.len() {
                self.nodes.push((key.0, key.1, 0));
            }
            self.nodes[place].2 += 1;
            of.push((mark.id, place));
        }
        let of: Map<Id, usize> = order::map(of);
        for relation in document.relations() {
            let kind = document.codebook().relation(&relation.kind);
            let kind = kind.map_or(relation.kind.as_str(), |kind| kind.name.as_str());
            let (Some(&from), Some(&to)) = (of.get(&relation.from), of.get(&relation.to)) else {
                continue;
            };
            let key = (from, to, kind.to_owned());
            let place = *self.lines.entry(key).or_insert(self.edges.len());
            if place == self.edges.len() {
                self.edges.push((from, to, kind.to_owned(), 0));
            }
            self.edges[place].3 += 1;
        }
        let labelled = Labelled::of(document, &self.options, Grain::Exact);
        let file = format!("{}.{}", self.options.name, self.extension());
        let mut written = Written::of(&file, &labelled, std::iter::empty(), |_| String::new());
        written.key = Some(document.article().id.to_string());
        vec![written]
    }

    fn finish(&mut self, out: &mut dyn Out) {
        let about = self.made_by.as_ref().map(MadeBy::line).unwrap_or_default();
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
pub(super) fn read(bytes: &[u8]) -> Result<Vec<ReadBack>, String> {
    let graph = xml::rooted(xml::utf8(bytes)?, &["graphml", "gexf"])?;
    let all = |name: &'static str| {
        graph
            .descendants()
            .filter(move |node| node.tag_name().name() == name)
    };
    let nodes = order::collect(
        all("node").filter_map(|node| node.attribute("id")),
        |a, b| a.cmp(b),
    );
    for edge in all("edge") {
        for side in ["source", "target"] {
            let node = edge.attribute(side).unwrap_or_default();
            if nodes.binary_search(&node).is_err() {
                return Err(format!("an edge has no {side} {node}"));
            }
        }
    }
    Ok(Vec::new())
}
