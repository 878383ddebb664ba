"""Networks: GraphML and GEXF."""

import json
import os
import subprocess
from collections import Counter, defaultdict
from pathlib import Path

import igraph
import networkx
from lxml import etree

from case import need
from source import for_xml


def check_graphml(case):
    """networkx, igraph, graphology; Gephi's rule for parallel edges."""
    path = case.file(case.whole("graphml"))
    root = check_ids(path)
    check_parallel(root, "label")
    check_networkx(case, networkx.read_graphml(path, force_multigraph=True))
    graph = igraph.Graph.Read_GraphML(str(path))
    need(graph.is_directed(), "igraph: the edges have no direction")
    nodes = [vertex.attributes() for vertex in graph.vs]
    edges = [{**edge.attributes(), "source": edge.source, "target": edge.target} for edge in graph.es]
    confirm(case, "igraph", dict(enumerate(nodes)), edges)
    check_graphology(case, path)


def check_gexf(case):
    """networkx, graphology; Gephi's rule for parallel edges."""
    path = case.file(case.whole("gexf"))
    root = check_ids(path)
    check_parallel(root, "kind")
    graph = networkx.read_gexf(path)
    check_networkx(case, graph)
    if len(graph):  # networkx cannot relabel a graph without nodes
        by_label = networkx.read_gexf(path, relabel=True)
        need(len(by_label) == len(graph), f"networkx: {len(graph)} nodes have {len(by_label)} labels")
    check_graphology(case, path)


def check_ids(path):
    """Checks that the ids of nodes and edges are unique; networkx does not check this."""
    root = etree.parse(path).getroot()
    ids = [it.get("id") for name in ("node", "edge") for it in root.iter(f"{{*}}{name}")]
    need(None not in ids and len(ids) == len(set(ids)), f"{path.name}: an id stands twice")
    return root


def check_parallel(root, told_by):
    """Checks this attribute: Gephi keeps two edges between the same nodes only if it tells them apart."""
    lines = [(it.get("source"), it.get("target"), it.get(told_by)) for it in root.iter("{*}edge")]
    need(all(kind is not None for *_, kind in lines), f"an edge has no {told_by}")
    need(len(lines) == len(set(lines)), "Gephi would make two edges one")


def check_networkx(case, graph):
    need(graph.is_directed(), "networkx: the edges have no direction")
    edges = [{**about, "source": source, "target": target} for source, target, about in graph.edges(data=True)]
    confirm(case, "networkx", dict(graph.nodes(data=True)), edges)


def check_graphology(case, path):
    """What graphology reads, in Node.js."""
    default = Path(__file__).resolve().parents[2] / "target/network-readers/node_modules"
    modules = os.environ.get("PULLQUOTE_NETWORK_READERS", str(default))
    need(Path(modules, "graphology").is_dir(), f"graphology is not in {modules}")
    program = Path(__file__).with_name("networks.cjs")
    ran = subprocess.run(
        ["node", program, path], env={**os.environ, "NODE_PATH": modules}, capture_output=True, encoding="utf-8"
    )
    need(ran.returncode == 0, f"graphology: {ran.stderr.strip()[-300:]}")
    graph = json.loads(ran.stdout)
    need(graph["type"] == "directed" or not graph["edges"], f"graphology: the graph is {graph['type']}")
    confirm(case, "graphology", {node["id"]: node for node in graph["nodes"]}, graph["edges"])


def confirm(case, reader, nodes, edges):
    """Checks the nodes and the edges, whatever ids the reader gives them."""
    for id, about in nodes.items():
        missing = {"label", "name", "kind", "reference", "count"} - about.keys()
        need(not missing, f"{reader}: the node {id} has no {sorted(missing)}")
        need(about["count"] == int(about["count"]), f"{reader}: the node {id} counts {about['count']!r}")
    labels = Counter(about["label"] for about in nodes.values())
    twice = [label for label, count in labels.items() if count > 1]
    need(not twice, f"{reader}: two nodes are called {twice[:3]}")
    expected, links = network_of(case.documents)
    read = {
        id: (about["kind"], about["name"], about["reference"] or "", int(about["count"]))
        for id, about in nodes.items()
    }
    case.confirm(reader, "nodes", read.values(), expected.values())
    for about in edges:
        need(isinstance(about["weight"], (int, float)), f"{reader}: an edge weighs {about['weight']!r}")
    # Two members may have the same description; an edge between them is still not a loop.
    lines = [
        (read[it["source"]], read[it["target"]], it["source"] == it["target"], it["label"], int(it["weight"]))
        for it in edges
    ]
    told = [
        (expected[source], expected[target], source == target, kind, count)
        for (source, target, kind), count in links.items()
    ]
    case.confirm(reader, "relations", lines, told)


def network_of(documents):
    """The expected nodes (tag, name, external id, marks) and edges of the documents.

    A node is a member of the cast, or the words of marks without one. Members of different articles
    are one node if they have the same external id, or the same name while nothing tells them apart.
    """
    members, articles, counts = {}, defaultdict(set), Counter()
    for place, document in enumerate(documents):
        for entity in document.record["entities"]:
            label = for_xml(document.labels[entity["tag"]])
            members.setdefault(entity["id"], (label, for_xml(entity["name"]), for_xml(entity["reference"].strip())))
            articles[entity["id"]].add(place)
    heads = {id: id for id in members}
    for part in (2, 1):
        alike = defaultdict(list)
        for id, member in members.items():
            if member[part]:
                alike[member[0], member[part]].append(heads[id])
        for same in alike.values():
            same = {heads[id] for id in same}
            all = [id for id in members if heads[id] in same]
            references = {members[id][2] for id in all} - {""}
            places = [place for id in all for place in articles[id]]
            if len(references) < 2 and len(places) == len(set(places)):
                heads.update(dict.fromkeys(all, min(same, key=list(members).index)))
    nodes, links = {}, Counter()
    for head in set(heads.values()):
        references = [members[id][2] for id in members if heads[id] == head]
        nodes[head] = (*members[head][:2], max(references))
    for document in documents:
        of = {}
        for id, mark in document.marks.items():
            label = for_xml(document.labels[mark["tag"]])
            words = for_xml(document.words(mark)) or label
            of[id] = heads[mark["entity"]] if mark["entity"] else (label, words)
            nodes.setdefault(of[id], (label, words, ""))
            counts[of[id]] += 1
        links.update((of[it.source], of[it.target], for_xml(it.label)) for it in document.relations)
    return {key: (*node, counts[key]) for key, node in nodes.items()}, links
