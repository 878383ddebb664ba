//! GEXF. Source: the GEXF 1.2 draft primer.

use crate::encoding::xml::{Element, XmlWriter};
use crate::formats::network::graph::Graph;
use crate::provenance::program;

/// Writes the network, which was made on this day (`2026-01-02`).
pub(crate) fn write(graph: &Graph, day: &str, xml: &mut XmlWriter) {
    let mut root = xml
        .element("gexf")
        .attribute("xmlns", "http://www.gexf.net/1.2draft")
        .attribute("version", "1.2")
        .open();
    root.line_end();
    let mut meta = root
        .element("meta")
        .attribute("lastmodifieddate", day)
        .open();
    meta.element("creator").text(program());
    meta.end();
    root.line_end();
    let mut lists = root
        .element("graph")
        .attribute("defaultedgetype", "directed")
        .attribute("mode", "static")
        .open();
    lists.line_end();
    let mut attributes = lists
        .element("attributes")
        .attribute("class", "node")
        .attribute("mode", "static")
        .open();
    for (name, kind) in [
        ("name", "string"),
        ("kind", "string"),
        ("reference", "string"),
        ("count", "long"),
    ] {
        attributes
            .element("attribute")
            .attribute("id", name)
            .attribute("title", name)
            .attribute("type", kind)
            .empty();
    }
    attributes.end();
    lists.line_end();
    write_nodes(graph, &mut lists);
    lists.line_end();
    write_edges(graph, &mut lists);
    lists.line_end();
    lists.end();
    root.line_end();
    root.end();
    xml.line_end();
}

fn write_nodes(graph: &Graph, lists: &mut Element) {
    let mut nodes = lists.element("nodes").open();
    nodes.line_end();
    for (node, label) in graph.nodes.iter().zip(&graph.labels) {
        let mut element = nodes
            .element("node")
            .attribute("id", &node.id)
            .attribute("label", label)
            .open();
        let mut values = element.element("attvalues").open();
        for (name, value) in [
            ("name", node.name.as_str()),
            ("kind", &node.kind),
            ("reference", &node.reference),
            ("count", &node.count.to_string()),
        ] {
            values
                .element("attvalue")
                .attribute("for", name)
                .attribute("value", value)
                .empty();
        }
        values.end();
        element.end();
        nodes.line_end();
    }
}

fn write_edges(graph: &Graph, lists: &mut Element) {
    let mut edges = lists.element("edges").open();
    edges.line_end();
    for (index, edge) in graph.edges.iter().enumerate() {
        // Gephi merges parallel edges that have no kind.
        edges
            .element("edge")
            .attribute("id", format_args!("e{index}"))
            .attribute("source", &graph.nodes[edge.from].id)
            .attribute("target", &graph.nodes[edge.to].id)
            .attribute("kind", &edge.kind)
            .attribute("label", &edge.kind)
            .attribute("weight", edge.weight)
            .empty();
        edges.line_end();
    }
}
