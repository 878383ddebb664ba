//! GraphML. Source: the GraphML Primer.

use crate::encoding::xml::{Element, XmlWriter};
use crate::formats::network::graph::Graph;

/// Writes the network.
pub(crate) fn write(graph: &Graph, xml: &mut XmlWriter) {
    let mut root = xml
        .element("graphml")
        .attribute("xmlns", "http://graphml.graphdrawing.org/xmlns")
        .open();
    root.line_end();
    for (id, element, kind) in [
        ("label", "node", "string"),
        ("name", "node", "string"),
        ("kind", "node", "string"),
        ("reference", "node", "string"),
        ("count", "node", "long"),
        ("relation", "edge", "string"),
        ("weight", "edge", "double"),
    ] {
        let name = if id == "relation" { "label" } else { id };
        root.element("key")
            .attribute("id", id)
            .attribute("for", element)
            .attribute("attr.name", name)
            .attribute("attr.type", kind)
            .empty();
        root.line_end();
    }
    write_graph(graph, &mut root);
    root.line_end();
    root.end();
    xml.line_end();
}

fn write_graph(graph: &Graph, root: &mut Element) {
    let mut list = root
        .element("graph")
        .attribute("edgedefault", "directed")
        .open();
    list.line_end();
    for (node, label) in graph.nodes.iter().zip(&graph.labels) {
        let mut element = list.element("node").attribute("id", &node.id).open();
        let mut data =
            |key: &str, value: &str| element.element("data").attribute("key", key).text(value);
        data("label", label);
        data("name", &node.name);
        data("kind", &node.kind);
        data("reference", &node.reference);
        data("count", &node.count.to_string());
        element.end();
        list.line_end();
    }
    for (index, edge) in graph.edges.iter().enumerate() {
        // Gephi tells parallel edges apart by the attribute `label` alone.
        let mut element = list
            .element("edge")
            .attribute("id", format_args!("e{index}"))
            .attribute("source", &graph.nodes[edge.from].id)
            .attribute("target", &graph.nodes[edge.to].id)
            .attribute("label", &edge.kind)
            .open();
        let mut data =
            |key: &str, value: &str| element.element("data").attribute("key", key).text(value);
        data("relation", &edge.kind);
        data("weight", &edge.weight.to_string());
        element.end();
        list.line_end();
    }
}
