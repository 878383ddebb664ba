"""UIMA's CAS: XMI with its type system, and JSON."""

import io
import warnings

import cassis

from alignment import check_sentences, laid
from case import labelled, linked, need
from source import Document, firsts, flat, for_xml

SEGMENTATION = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type"
ENTITY = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"


def check_json(case):
    """dkpro-cassis."""
    read = []
    for document in case.documents:
        data = case.file(f"{document.stem}.json").read_bytes()
        read.append(loaded(lambda: cassis.load_cas_from_json(io.BytesIO(data))))
    check(case, read, str)


def check_xmi(case):
    """dkpro-cassis, with the type system beside the files. The files must use no other type."""
    types = cassis.load_typesystem(io.BytesIO(case.file("TypeSystem.xml").read_bytes()))
    read = []
    for document in case.documents:
        data = case.file(f"{document.stem}.xmi").read_bytes()
        read.append(loaded(lambda: cassis.load_cas_from_xmi(io.BytesIO(data), typesystem=types, lenient=False)))
    check(case, read, for_xml)


def loaded(load):
    """A CAS. Its reader only warns about an offset inside a surrogate pair; here that is a fault."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        cas = load()
    faults = cas.typecheck()
    need(not faults, f"dkpro-cassis: {faults[:2]}")
    return cas


def check(case, read, written):
    """Checks texts, marks, relations and notes. Every mark starts and ends at token boundaries."""
    case.confirm_texts("dkpro-cassis", [cas.sofa_string for cas in read], written)
    spans, links, notes = [], [], []
    for document, cas in zip(case.documents, read):
        check_segments(document, cas)
        spans += [(document.place, *span(it), it.value) for it in cas.select(ENTITY)]
        for it in cas.select("pullquote.Relation"):
            need(span(it) == span(it.Dependent), "a relation does not stand where it ends")
            ends = [(*span(end), end.value) for end in (it.Governor, it.Dependent)]
            links.append((document.place, it.label, *ends))
        notes += [(document.place, *span(it), it.value) for it in cas.select("pullquote.Note")]
    said = lambda items: [tuple(written(it) if isinstance(it, str) else it for it in item) for item in items]
    case.confirm("dkpro-cassis", "spans", spans, said(labelled(case.documents, Document.trimmed)))
    expected = [
        (place, written(label), *((*end[:2], written(end[2])) for end in ends))
        for place, label, *ends in linked(case.documents, Document.trimmed)
    ]
    case.confirm("dkpro-cassis", "relations", links, expected)
    expected = [
        (document.place, piece.start, piece.end, document.notes[mark])
        for document in case.documents
        for mark, piece in firsts(document.trimmed()).items()
        if mark in document.notes
    ]
    case.confirm("dkpro-cassis", "notes", notes, said(expected))


def span(annotation):
    return annotation.begin, annotation.end


def check_segments(document, cas):
    """Checks that tokens cover all but white space, and that sentences divide no token and no flat mark."""
    text = document.text  # not as written: XML cannot hold all white space
    tokens = sorted(span(it) for it in cas.select(f"{SEGMENTATION}.Token"))
    need(laid([text[start:end] for start, end in tokens], text) == tokens, "tokens do not stand where they say")
    starts, ends = {start for start, _ in tokens}, {end for _, end in tokens}
    for it in cas.select(ENTITY):
        need(it.begin in starts and it.end in ends, f"{it.get_covered_text()!r} is no run of tokens")
    sentences = sorted(span(it) for it in cas.select(f"{SEGMENTATION}.Sentence"))
    need(all(start in starts and end in ends for start, end in sentences), "a sentence is no run of tokens")
    need(all(one[1] <= other[0] for one, other in zip(sentences, sentences[1:])), "sentences overlap")
    within = sum(any(start <= token[0] and token[1] <= end for start, end in sentences) for token in tokens)
    need(within == len(tokens), f"{len(tokens) - within} tokens are in no sentence")
    check_sentences(document, sentences, flat(document.trimmed()), "dkpro-cassis")
