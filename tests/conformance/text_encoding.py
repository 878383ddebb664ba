"""TEI P5: lines with anchors, and marks in stand-off form."""

from lxml import etree

from case import labelled, linked, need
from source import Document, firsts, for_xml

TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
STRICT = etree.XMLParser(resolve_entities=False, no_network=True)


def check(case):
    """lxml: follows every pointer, and finds the offset of every anchor."""
    texts, spans, links, notes, chains = [], [], [], [], []
    for document in case.documents:
        name = f"{document.stem}.xml"
        root = etree.parse(case.file(name), STRICT).getroot()
        need(root.tag == f"{TEI}TEI", f"{name} is {root.tag}")
        read = Encoded(name, root)
        labels = [for_xml(label) for label in document.labels.values()]
        need(list(read.tags.values()) == labels, f"{name}: the categories are {list(read.tags.values())}")
        texts.append(read.text)
        spans += [(document.place, *span) for span in read.spans.values()]
        links += [(document.place, *link) for link in read.links()]
        notes += [(document.place, *note) for note in read.notes()]
        chains += [(document.place, *chain) for chain in read.chains()]
    case.confirm_texts("lxml", texts, for_xml)
    case.confirm("lxml", "spans", spans, [named(it) for it in labelled(case.documents, Document.exact)])
    expected = []
    for place, label, source, target in linked(case.documents, Document.exact):
        expected.append((place, "_".join(for_xml(label).split()), named(source), named(target)))
    case.confirm("lxml", "relations", links, expected)
    case.confirm("lxml", "notes", notes, [note for it in case.documents for note in expected_notes(it)])
    case.confirm("lxml", "pieces", chains, [chain for it in case.documents for chain in expected_chains(it)])


def named(span):
    """A span whose label is written as XML can hold it."""
    return *span[:-1], for_xml(span[-1])


def of(piece):
    return piece.start, piece.end, for_xml(piece.label)


def expected_notes(document):
    for mark, piece in firsts(document.exact()).items():
        if mark in document.notes:
            yield document.place, of(piece), for_xml(document.notes[mark])


def expected_chains(document):
    """The expected pieces of each mark, in order."""
    chains = {}
    for piece in document.exact():
        chains.setdefault(piece.mark, []).append(of(piece))
    for chain in chains.values():
        yield document.place, *chain


class Encoded:
    """A file: its text, the offsets of its anchors, its marks."""

    def __init__(self, name, root):
        self.name = name
        self.root = root
        ids = [it.get(ID) for it in root.iter() if it.get(ID)]
        need(len(ids) == len(set(ids)), f"{name}: an id stands twice")
        self.text, self.anchors = "", {}
        lines = list(root.find(f"{TEI}text").iter(f"{TEI}ab"))
        for number, line in enumerate(lines):
            need(line.get(SPACE) == "preserve", f"{name}: white space of a line is not preserved")
            self.text += ("\n" if number else "") + (line.text or "")
            for anchor in line:
                need(anchor.tag == f"{TEI}anchor", f"{name}: {anchor.tag} in a line")
                self.anchors[anchor.get(ID)] = len(self.text)
                self.text += anchor.tail or ""
        self.tags = {it.get(ID): it.findtext(f"{TEI}catDesc") for it in root.iter(f"{TEI}category")}
        self.elements = list(root.find(f"{TEI}standOff").iter(f"{TEI}span"))
        self.spans = {it.get(ID): self.span(it) for it in self.elements}
        used = [self.pointed(it, name) for it in self.elements for name in ("from", "to")]
        need(sorted(used) == sorted(self.anchors), f"{name}: anchors and ends of spans are not the same")

    def pointed(self, element, attribute):
        """The id that a pointer in an attribute names."""
        pointer = element.get(attribute, "")
        need(pointer.startswith("#"), f"{self.name}: {attribute}={pointer!r} points nowhere")
        return pointer[1:]

    def span(self, element):
        start, end = (self.anchors.get(self.pointed(element, name)) for name in ("from", "to"))
        need(None not in (start, end) and start < end, f"{self.name}: {dict(element.attrib)} is no stretch")
        return start, end, self.tags[self.pointed(element, "ana")]

    def links(self):
        for it in self.root.iter(f"{TEI}relation"):
            yield it.get("name"), *(self.spans[self.pointed(it, name)] for name in ("active", "passive"))

    def notes(self):
        for it in self.root.find(f"{TEI}standOff").iter(f"{TEI}note"):
            yield self.spans[self.pointed(it, "target")], "".join(it.itertext())

    def chains(self):
        """The spans of each mark, linked by `next`. `prev` must link them backwards."""
        following = {it.get(ID): self.pointed(it, "next") for it in self.elements if it.get("next")}
        before = {self.pointed(it, "prev"): it.get(ID) for it in self.elements if it.get("prev")}
        need(following == before, f"{self.name}: next and prev do not say the same")
        for id in self.spans.keys() - set(following.values()):
            chain = [id]
            while chain[-1] in following:
                chain.append(following[chain[-1]])
            yield tuple(self.spans[it] for it in chain)
