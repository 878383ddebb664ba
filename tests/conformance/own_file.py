"""Checks Pullquote's own file against its published schema."""

import copy
import json
from pathlib import Path

import regex
from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend

from case import labelled, need
from json_lines import without_twins
from source import Document, document_of

SCHEMA = Path(__file__).parents[2] / "schema/pullquote-1.schema.json"


def fits(validator, pattern, instance, schema):
    """Yields an error if a text does not match its pattern, which may have Unicode properties."""
    if isinstance(instance, str) and not regex.search(pattern, instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


Validator = extend(Draft202012Validator, {"pattern": fits})


def check(case):
    """Checks the schema, every quote sliced in each of the three units, and that the record is unchanged."""
    validator = Validator(json.loads(SCHEMA.read_text("utf-8")))
    read = []
    for document in case.documents:
        name = f"{document.stem}.pullquote.json"
        record = json.loads(case.text(name), object_pairs_hook=without_twins)
        errors = [f"{list(it.path)}: {it.message[:160]}" for it in validator.iter_errors(record)]
        need(not errors, f"{name}: {errors[:3]}")
        check_quotes(name, record)
        need(bare(record) == bare(document.record), f"{name} is another record than it was made from")
        read.append(document_of(record, document.place, document.stem))
    case.confirm_texts("JSON Schema", [document.text for document in read])
    case.confirm(
        "JSON Schema", "spans", labelled(read, Document.exact), labelled(case.documents, Document.exact)
    )
    links = lambda documents: [(it.place, link) for it in documents for link in it.relations]
    case.confirm("JSON Schema", "relations", links(read), links(case.documents))


def bare(record):
    """The record without what other versions of the program write differently."""
    record = copy.deepcopy(record)
    del record["made_by"]
    for kind in record["codebook"]["relations"]:
        kind.setdefault("required", False)
    for tag in record["codebook"]["tags"]:
        tag.setdefault("cast", False)
    return record


def check_quotes(name, record):
    text = record["article"]["text"]
    units = {"utf16": "utf-16-le", "utf8": "utf-8"}
    for mark in record["annotations"]:
        for span in mark["spans"]:
            start, end = span["start"], span["end"]
            need(text[start:end] == span["quote"], f"{name}: {span['quote']!r} does not stand at {start}")
            for unit, encoding in units.items():
                size = len("\n".encode(encoding))
                length = lambda at: len(text[:at].encode(encoding)) // size
                need(span[unit] == [length(start), length(end)], f"{name}: {span} is another in {unit}")
