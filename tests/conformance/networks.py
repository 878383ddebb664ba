"""Networks: who is linked to whom."""

from collections import Counter

import networkx
from lxml import etree

from case import need
from source import for_xml


def check_graphml(case):
    """networkx."""
    path = case.file(case.whole("graphml"))
    check_ids(path)
    check(case, networkx.read_graphml(path, force_multigraph=True))


def check_gexf(case):
    """networkx."""
    path = case.file(case.whole("gexf"))
    check_ids(path)
    check(case, networkx.read_gexf(path))


def check_ids(path):
    """Each node and each edge has an id of its own, which networkx does not ask for."""
    root = etree.parse(path).getroot()
    ids = [it.get("id") for name in ("node", "edge") for it in root.iter(f"{{*}}{name}")]
    need(None not in ids and len(ids) == len(set(ids)), f"{path.name}: an id stands twice")


def check(case, graph):
    """A node for each member of the cast that has marks, and for the words of other marks."""
    need(graph.is_directed(), "the edges have no direction")
    nodes = {}
    for id, about in graph.nodes(data=True):
        need({"label", "kind", "count"} <= about.keys(), f"the node {id} has only {sorted(about)}")
        need(isinstance(about["count"], int), f"the node {id} counts {about['count']!r}")
        nodes[id] = (about["kind"], about["label"])
    read = [(*nodes[id], about["count"]) for id, about in graph.nodes(data=True)]
    edges = []
    for source, target, about in graph.edges(data=True):
        need(isinstance(about["weight"], (int, float)), f"an edge weighs {about['weight']!r}")
        edges.append((nodes[source], nodes[target], about["label"], int(about["weight"])))
    counts, links = Counter(), Counter()
    for document in case.documents:
        name = {id: node_of(document, mark) for id, mark in document.marks.items()}
        counts.update(name.values())
        links.update((name[it.source], name[it.target], for_xml(it.label)) for it in document.relations)
    case.confirm("networkx", "nodes", read, [(*node, count) for node, count in counts.items()])
    case.confirm("networkx", "relations", edges, [(*link, count) for link, count in links.items()])


def node_of(document, mark):
    """Label and name of the node that a mark is of."""
    name = document.member(mark) or document.words(mark)
    return for_xml(document.labels[mark["tag"]]), for_xml(name)
