"""Web Annotations (W3C): the requirements of the model, the graph, and every selector."""

import json
import re
import warnings

import rdflib
from jsonschema import Draft202012Validator
from pyshacl import validate
from rdflib.namespace import RDF

from case import need
from json_lines import without_twins
from vocabulary import CONTEXT, OA, PAGE, RELATION, SHAPES, local


def check(case):
    """JSON Schema of the MUSTs, the graph with rdflib, shapes with pySHACL, quotes in the text."""
    name = min((path.name for path in case.folder.glob("*.jsonld")), key=len, default="")
    marks = items(case, name, PAGE)
    texts = {mark: document.text for document in case.documents for mark in document.marks}
    for item in marks:
        for target in as_list(item["target"]):
            check_selectors(target, texts.get(item["id"].removeprefix("urn:uuid:"), ""))
    read = [(it["id"], *said(it), *((t["source"], *span(t)) for t in as_list(it["target"]))) for it in marks]
    sources = sources_of(case.documents)
    expected = [mark for it, source in zip(case.documents, sources) for mark in expected_marks(it, source)]
    case.confirm("JSON Schema", "marks", read, expected)
    graph = graph_of(marks)
    of_marks = [(mark[0], mark[1], *target[:3]) for mark in expected for target in mark[6:]]
    case.confirm("rdflib", "spans", graph_spans(graph), of_marks)
    addresses = {str(source) for source in graph.objects(None, OA.hasSource)}
    marked = {source for it, source in zip(case.documents, sources) if it.marks}
    case.confirm("rdflib", "documents", addresses, marked)
    conform(graph)
    links = [
        (it.id, it.label, it.source, it.target) for document in case.documents for it in document.relations
    ]
    name = f"{name.removesuffix('.jsonld')}.relations.jsonld"
    if not links:
        need(not (case.folder / name).exists(), f"{name} is there without relations")
        case.confirm("rdflib", "relations", [], [])
        return
    graph = graph_of(items(case, name, RELATION))
    conform(graph)
    expected = [(f"urn:uuid:{id}", label, f"urn:uuid:{a}", f"urn:uuid:{b}") for id, label, a, b in links]
    case.confirm("rdflib", "relations", graph_links(graph), expected)
    case.readers.append("pySHACL")


def items(case, name, schema):
    """The annotations of a page. The page must fit the model and have none of them twice."""
    page = json.loads(case.text(name), object_pairs_hook=without_twins)
    errors = [f"{list(it.path)}: {it.message[:160]}" for it in Draft202012Validator(schema).iter_errors(page)]
    need(not errors, f"{name}: {errors[:3]}")
    ids = [item["id"] for item in page["items"]]
    need(len(ids) == len(set(ids)), f"{name}: an id stands twice")
    graph = graph_of([{key: value for key, value in page.items() if key not in ("@context", "items")}])
    need(len(graph), f"{name}: the page says nothing")
    return page["items"]


def as_list(value):
    return value if isinstance(value, list) else [value]


def said(item):
    """The tag, the note, the author, and the time."""
    bodies = {body["purpose"]: body["value"] for body in item["body"]}
    creator = item.get("creator", {}).get("name", "")
    return bodies["tagging"], bodies.get("commenting", ""), creator, item["created"], item["modified"]


def span(target):
    """The span that both selectors must give."""
    selectors = {it["type"]: it for it in target["selector"]}
    position, quote = selectors["TextPositionSelector"], selectors["TextQuoteSelector"]
    return position["start"], position["end"], quote["exact"]


def check_selectors(target, text):
    """Checks that prefix and suffix are those of the text, and not longer than what readers search for."""
    start, end, _ = span(target)
    quote = next(it for it in target["selector"] if it["type"] == "TextQuoteSelector")
    prefix, suffix = quote.get("prefix", ""), quote.get("suffix", "")
    need(
        text[:start].endswith(prefix) and bool(prefix) == (start > 0),
        f"{prefix!r} does not stand before {start}",
    )
    is_end = end >= len(text)
    need(text[end:].startswith(suffix) and bool(suffix) != is_end, f"{suffix!r} does not stand behind {end}")
    for words in (prefix, suffix):
        # One widely used reader accepts no pattern of more than 32 units.
        need(len(words.encode("utf-16-le")) <= 64, f"{words!r} is too long to be found")


def sources_of(documents):
    """The URL of each article if it is valid and no earlier article has it; else the article's id."""
    sources = []
    for document in documents:
        url = document.url.strip()
        is_iri = re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00-\x20<>\"{}|\\^`]*", url)
        sources.append(url if is_iri and url not in sources else f"urn:uuid:{document.id}")
    return sources


def expected_marks(document, source):
    for id, mark in document.marks.items():
        label = document.labels[mark["tag"]]
        targets = [(source, it["start"], it["end"], it["quote"]) for it in mark["spans"]]
        said = (label, mark["note"], mark["coder"], mark["created"], mark["modified"])
        yield (f"urn:uuid:{id}", *said, *targets)


def graph_of(annotations):
    """The triples of these annotations, with our copy of the vocabulary. Nothing is fetched."""
    graph = rdflib.Graph()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own
        for annotation in annotations:
            graph.parse(data=json.dumps({"@context": CONTEXT, **local(annotation)}), format="json-ld")
    for term in {term for triple in graph for term in triple if isinstance(term, rdflib.URIRef)}:
        need(not re.search(r'[\s<>"{}|\\^`]', term) and ":" in term, f"{term} is no IRI")
    return graph


def tag_of(graph, annotation):
    """The value of the body with the purpose of tagging."""
    bodies = graph.objects(annotation, OA.hasBody)
    tags = [it for it in bodies if (it, OA.hasPurpose, OA.tagging) in graph]
    need(len(tags) == 1, f"{annotation} has {len(tags)} tags")
    return str(graph.value(tags[0], RDF.value))


def graph_spans(graph):
    for annotation in graph.subjects(RDF.type, OA.Annotation):
        for target in graph.objects(annotation, OA.hasTarget):
            positions = graph.subjects(RDF.type, OA.TextPositionSelector)
            own = set(graph.objects(target, OA.hasSelector)) & set(positions)
            need(len(own) == 1, f"{annotation} has a target with {len(own)} positions")
            source = str(graph.value(target, OA.hasSource))
            start, end = (graph.value(*own, predicate).toPython() for predicate in (OA.start, OA.end))
            yield str(annotation), tag_of(graph, annotation), source, start, end


def graph_links(graph):
    for annotation in graph.subjects(RDF.type, OA.Annotation):
        need((annotation, OA.motivatedBy, OA.linking) in graph, f"{annotation} does not link")
        sources = [it for it in graph.objects(annotation, OA.hasBody) if isinstance(it, rdflib.URIRef)]
        targets = list(graph.objects(annotation, OA.hasTarget))
        need(len(sources) == len(targets) == 1, f"{annotation} links {sources} with {targets}")
        yield str(annotation), tag_of(graph, annotation), str(sources[0]), str(targets[0])


def conform(graph):
    conforms, _, report = validate(graph, shacl_graph=rdflib.Graph().parse(data=SHAPES, format="turtle"))
    need(conforms, f"pySHACL: {report[:400]}")
