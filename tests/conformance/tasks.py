"""Label Studio's tasks, and the labelling configuration that shows them."""

import json
import logging

from lxml import etree

from label_studio_sdk.converter import Converter
from label_studio_sdk.label_interface import LabelInterface

from case import check_colours, labelled, linked, need
from json_lines import without_twins
from source import Document, firsts, for_xml

logging.getLogger("label_studio_sdk").setLevel(logging.ERROR)


def check(case):
    """The SDK validates every result against the configuration, and converts the tasks."""
    name = case.whole("json")
    tasks = json.loads(case.text(name), object_pairs_hook=without_twins)
    configuration = case.text(name.removesuffix("json") + "xml")
    interface = LabelInterface(configuration)
    interface.validate()
    case.confirm_texts("SDK", [task["data"]["text"] for task in tasks])
    told = [(task["data"]["document"], task["data"]["title"], task["data"]["url"]) for task in tasks]
    case.confirm("SDK", "articles", told, [(it.id, it.title, it.url) for it in case.documents])
    labels = {for_xml(label) for document in case.documents for label in document.labels.values()}
    need(set(interface.get_control("label").labels) == labels, "the configuration has other labels")
    view = etree.fromstring(configuration.encode())
    kinds = {it.get("value") for it in view.iter("Relation")}
    used = {for_xml(link.label) for document in case.documents for link in document.relations}
    need(used <= kinds, f"the configuration has no relation {used - kinds}")
    check_colours(case, [(it.get("value"), it.get("background")) for it in view.iter("Label")])

    spans, notes, links = [], [], []
    for document, task in zip(case.documents, tasks):
        need(len(task["annotations"]) == 1, f"“{document.title}” has {len(task['annotations'])} annotations")
        results = task["annotations"][0]["result"]
        prediction = {"model_version": "", "score": 0.0, "result": results}
        errors = interface.validate_prediction(prediction, return_errors=True)
        need(not errors, f"SDK: {errors[:2]}")
        regions = Regions(document, results)
        spans += [(document.place, *span) for span in regions.labels.values()]
        notes += [(document.place, regions.labels[id], note) for id, note in regions.notes.items()]
        for it in (it for it in results if it["type"] == "relation"):
            need(it["direction"] == "right" and len(it["labels"]) == 1, f"{it} has no direction and name")
            ends = (regions.labels[it["from_id"]], regions.labels[it["to_id"]])
            links.append((document.place, *it["labels"], *ends))
        expected = [identified(piece) for piece in document.exact()]
        case.confirm("SDK", "ids", regions.labels, expected)
    case.confirm("SDK", "spans", spans, labelled(case.documents, Document.exact))
    case.confirm("SDK", "relations", links, linked(case.documents, Document.exact))
    expected = [
        (document.place, (piece.start, piece.end, piece.label), document.notes[mark])
        for document in case.documents
        for mark, piece in firsts(document.exact()).items()
        if mark in document.notes
    ]
    case.confirm("SDK", "notes", notes, expected)
    check_converter(case, tasks, configuration)


def identified(piece):
    """The id of a result: that of its mark; from the second piece on, with a number after it."""
    return piece.mark if piece.number == 0 else f"{piece.mark}-{piece.number + 1}"


class Regions:
    """The results with a position in the text: labels, and notes about them."""

    def __init__(self, document, results):
        self.labels, self.notes = {}, {}
        for it in (it for it in results if it["type"] != "relation"):
            value = it["value"]
            place = (value["start"], value["end"])
            if it["type"] == "labels":
                need(it["id"] not in self.labels, f"the id {it['id']} stands twice")
                words = document.text[place[0] : place[1]]
                need(value["text"] == words, f"{value['text']!r} stands where the text has {words!r}")
                need(len(value["labels"]) == 1, f"{it['id']} has the labels {value['labels']}")
                self.labels[it["id"]] = (*place, *value["labels"])
            else:
                need(self.labels.get(it["id"], ())[:2] == place, f"the note {it} is on nothing")
                need(it["id"] not in self.notes and len(value["text"]) == 1, f"{it['id']} has several notes")
                self.notes[it["id"]] = value["text"][0]


def check_converter(case, tasks, configuration):
    """Checks that the SDK's converter to its short form finds the spans by the configuration."""
    numbered = case.scratch / "tasks.json"
    numbered.write_text(json.dumps([task | {"id": id} for id, task in enumerate(tasks)]), "utf-8")
    folder = case.scratch / "converted"
    Converter(configuration, project_dir=None).convert(str(numbered), str(folder), "JSON_MIN", is_dir=False)
    rows = json.loads((folder / "result.json").read_text("utf-8"))
    read = [
        (row["id"], it["start"], it["end"], label)
        for row in rows
        for it in row.get("label", [])
        for label in it["labels"]
    ]
    case.confirm("converter", "spans", read, labelled(case.documents, Document.exact))
