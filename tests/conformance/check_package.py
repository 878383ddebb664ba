"""Opens a dataset package as people do who train on it, and compares it with its source.

    python check_package.py PACKAGE SOURCE

PACKAGE is the folder that was packed, with Hugging Face's rows and Pullquote's own files in it;
SOURCE has Pullquote's own files. Articles whose titles differ only in the last word are
near-duplicates: they must be in one part.
"""

import offline  # noqa: F401  (before any reader)

import hashlib
import json
import sys
from pathlib import Path

import datasets
from huggingface_hub import DatasetCard

from case import Fault, need, same
from source import read_dataset

PARTS = {"train": "train", "dev": "validation", "test": "test"}


def check(package, source):
    """Checks everything and prints a line."""
    documents = {document.id: document for document in read_dataset(source)}
    parts = check_parts(package, documents)
    check_card(package, documents)
    spans = check_spans(package, documents, parts)
    check_tags(package, parts)
    check_own(package, documents, parts)
    sizes = ", ".join(f"{part} {list(parts.values()).count(part)}" for part in PARTS)
    print(f"package: {spans} spans by datasets, {sizes}")


def check_parts(package, documents):
    """The part of each article, by its id. Near-duplicates must be in one part."""
    heading, *rows = (package / "splits.tsv").read_text("utf-8").splitlines()
    need(heading == "doc_id\tpart\tsha256\ttitle", f"splits.tsv begins with {heading!r}")
    rows = [row.split("\t") for row in rows]
    parts = {id: part for id, part, *_ in rows}
    same("articles of splits.tsv", [row[0] for row in rows], list(documents))
    sides = {}
    for id, part, checksum, _ in rows:
        document = documents[id]
        is_it = hashlib.sha256(document.text.encode()).hexdigest()
        need(checksum == is_it, f"“{document.title}” has another checksum")
        sides.setdefault(document.title.rsplit(" ", 1)[0], set()).add(part)
    need(len(sides) < len(documents), "there are no copies to be kept together")
    for title, side in sides.items():
        need(len(side) == 1, f"copies of “{title}” are in {sorted(side)}")
    need(set(parts.values()) == set(PARTS), f"there are {sorted(set(parts.values()))}")
    return parts


def check_card(package, documents):
    """Checks what the card says to programs, and to people."""
    card = DatasetCard.load(package / "README.md")
    need(card.data.license == "cc-by-4.0", f"the licence is {card.data.license}")
    need(card.data.pretty_name == "Bridge news", f"the name is {card.data.pretty_name}")
    said = [
        f"Articles: {len(documents)}.",
        "Agreement between coders: alpha 0.81.",
        "does not hold: ",
        *(document.title for document in documents.values()),
    ]
    for text in said:
        need(text in card.text, f"the card does not say “{text}”")
    book = json.loads((package / "codebook.pullquote-codebook.json").read_text("utf-8"))
    guidelines = (package / "GUIDELINES.md").read_text("utf-8")
    for tag in book["codebook"]["tags"]:
        need(tag["definition"] in guidelines, f"{tag['name']} has no rule in the guidelines")


def loaded(package, configuration):
    """A configuration of the card, by the names of our parts."""
    cache = f"{offline.CACHES}/package-{configuration}"
    found = datasets.load_dataset(str(package), configuration, cache_dir=cache)
    need(set(found) == set(PARTS.values()), f"{configuration}: splits {list(found)}")
    return {part: found[split] for part, split in PARTS.items()}


def check_spans(package, documents, parts):
    """Checks that every article is only in its part, with its text and spans. Returns the number of spans."""
    count = 0
    for part, rows in loaded(package, "spans").items():
        ids = [id for id, side in parts.items() if side == part]
        same(f"articles of {part}", [row["id"] for row in rows], ids)
        for row in rows:
            document = documents[row["id"]]
            need(row["text"] == document.text, f"“{document.title}” has another text")
            read = [(span["start"], span["end"], span["label"]) for span in row["spans"]]
            spans = [(piece.start, piece.end, piece.label) for piece in document.trimmed()]
            same(f"spans of “{document.title}”", read, spans)
            count += len(spans)
    return count


def check_tags(package, parts):
    """Checks that a tag has the same number in all parts."""
    names = {}
    for part, rows in loaded(package, "tokens").items():
        need(set(rows["document"]) <= {id for id, it in parts.items() if it == part}, f"{part} has others")
        names[part] = rows.features["ner_tags"].feature.names
    need(len({tuple(it) for it in names.values()}) == 1, f"the tags are {names}")


def check_own(package, documents, parts):
    """Checks that Pullquote's own file of each article is in its part, unchanged."""
    found = {}
    for path in package.glob("data/json/*/*.pullquote.json"):
        record = json.loads(path.read_text("utf-8"))
        found[record["article"]["id"]] = (path.parent.name, record)
    expected = {id: (parts[id], document.record) for id, document in documents.items()}
    need(found == expected, "an own file is not in its part, or another")


if __name__ == "__main__":
    try:
        check(Path(sys.argv[1]), Path(sys.argv[2]))
    except Fault as fault:
        sys.exit(f"package: {fault}")
