"""doccano's JSON Lines, by the rules of its import."""

from case import labelled, linked, need
from json_lines import rows
from source import Document

# doccano sets these itself.
RESERVED = {"filename", "upload_name", "example_uuid", "uuid", "#line_number"}


def check_labels(case):
    """Sequence labelling."""
    found = checked_rows(case)
    spans = [(place, *label) for place, row in enumerate(found) for label in row["label"]]
    check_spans(found, spans)
    case.confirm("doccano's rules", "spans", spans, labelled(case.documents, Document.exact))


def check_relations(case):
    """Relation extraction: the ids of entities and relations are unique over all rows."""
    found = checked_rows(case)
    spans, links, ids = [], [], []
    for place, row in enumerate(found):
        by_id = {it["id"]: (it["start_offset"], it["end_offset"], it["label"]) for it in row["entities"]}
        ids += [it["id"] for it in row["entities"] + row["relations"]]
        spans += [(place, *by_id[it["id"]]) for it in row["entities"]]
        for link in row["relations"]:
            need({link["from_id"], link["to_id"]} <= by_id.keys(), f"{link} ends nowhere")
            links.append((place, link["type"], by_id[link["from_id"]], by_id[link["to_id"]]))
    need(
        all(type(id) is int for id in ids) and len(ids) == len(set(ids)), "an id is no number, or stands twice"
    )
    check_spans(found, spans)
    case.confirm("doccano's rules", "spans", spans, labelled(case.documents, Document.exact))
    case.confirm("doccano's rules", "relations", links, linked(case.documents, Document.exact))


def checked_rows(case):
    """The rows. They must be ASCII, because doccano guesses the encoding."""
    name = case.whole("jsonl")
    need(case.file(name).read_bytes().isascii(), f"{name} is not pure ASCII")
    found = rows(case, name)
    case.confirm_texts("doccano's rules", [row["text"] for row in found])
    told = [(row["document"], row["title"], row["url"]) for row in found]
    case.confirm("doccano's rules", "articles", told, [(it.id, it.title, it.url) for it in case.documents])
    for row in found:
        need(not RESERVED & row.keys(), f"doccano has its own {RESERVED & row.keys()}")
    return found


def check_spans(found, spans):
    """Checks for spans that doccano drops silently, or keeps although they are wrong."""
    for place, start, end, label in spans:
        need(type(start) is type(end) is int and isinstance(label, str) and label, f"{start}, {end}, {label!r}")
        need(0 <= start < end <= len(found[place]["text"]), f"{start} to {end} is no part of the text")
