"""What the exports must give back, read only from Pullquote's own files.

All offsets are half-open ranges of code points of the article's text.
"""

import json
import re
from bisect import bisect
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True)
class Piece:
    """One range of text of a mark."""

    start: int
    end: int
    label: str
    mark: str
    number: int  # the index of the piece in its mark


@dataclass(frozen=True)
class Relation:
    """A link between two marks, by their ids."""

    id: str
    label: str
    source: str
    target: str


@dataclass
class Document:
    """An article with its marks."""

    place: int  # its index in the dataset
    record: dict  # the content of the file
    stem: str
    labels: dict = field(default_factory=dict)  # by the id of the tag, as in the palette
    pieces: list = field(default_factory=list)  # in document order of their marks
    relations: list = field(default_factory=list)

    @property
    def id(self):
        return self.record["article"]["id"]

    @property
    def title(self):
        return self.record["article"]["title"]

    @property
    def url(self):
        return self.record["article"]["source"]["url"]

    @property
    def text(self):
        return self.record["article"]["text"]

    def exact(self):
        """The pieces as they were marked."""
        return self.pieces

    @cached_property
    def marks(self):
        """The marks as the file has them, by id."""
        return {mark["id"]: mark for mark in self.record["annotations"]}

    @cached_property
    def notes(self):
        """The notes that are not empty, by the id of their mark."""
        return {id: mark["note"] for id, mark in self.marks.items() if mark["note"]}

    def member(self, mark):
        """The name of the member of the cast that a mark mentions, or an empty text."""
        entities = (it for it in self.record["entities"] if it["id"] == mark["entity"])
        return next(entities, {}).get("name", "")

    def words(self, mark):
        """The marked words, on one line."""
        return " … ".join(on_one_line(span["quote"]) for span in mark["spans"])

    def trimmed(self):
        """The pieces without white space at their ends. Pieces of white space alone are left out."""
        found = []
        for piece in self.pieces:
            words = self.text[piece.start : piece.end]
            start = piece.start + len(words) - len(words.lstrip())
            end = start + len(words.strip())
            if start < end:
                found.append(Piece(start, end, piece.label, piece.mark, piece.number))
        return found


def firsts(pieces):
    """The first of these pieces of each mark, by the mark's id."""
    found = {}
    for piece in pieces:
        found.setdefault(piece.mark, piece)
    return found


def flat(pieces):
    """The pieces that stay where no two may overlap: longer ones win, then earlier ones."""
    chosen = []  # in order, without overlaps
    for piece in sorted(pieces, key=lambda it: (it.start - it.end, it.start)):
        place = bisect(chosen, piece.start, key=lambda it: it.start)
        is_before = place == len(chosen) or piece.end <= chosen[place].start
        if is_before and (place == 0 or chosen[place - 1].end <= piece.start):
            chosen.insert(place, piece)
    return chosen


def read_dataset(folder):
    """The documents of a folder, in the order of their file names."""
    documents = []
    taken = set()
    for path in sorted(Path(folder).glob("*.pullquote.json"), key=lambda it: it.name):
        record = json.loads(path.read_text("utf-8"))
        stem = free_stem(file_stem(record["article"]["title"]), taken)
        documents.append(document_of(record, len(documents), stem))
    return documents


def document_of(record, place, stem):
    """The document of the record in a file."""
    document = Document(place, record, stem)
    book = record["codebook"]
    names = {tag["id"]: on_one_line(tag["name"]) or tag["id"] for tag in book["tags"]}
    for id, name in names.items():
        is_twice = list(names.values()).count(name) > 1
        document.labels[id] = f"{name} ({id})" if is_twice else name
    for mark in record["annotations"]:
        for number, span in enumerate(mark["spans"]):
            label = document.labels[mark["tag"]]
            piece = Piece(span["start"], span["end"], label, mark["id"], number)
            document.pieces.append(piece)
    kinds = {kind["id"]: on_one_line(kind["name"]) or kind["id"] for kind in book["relations"]}
    twice = {id for id, name in kinds.items() if list(kinds.values()).count(name) > 1}
    kinds = {id: f"{name} ({id})" if id in twice else name for id, name in kinds.items()}
    for link in record["relations"]:
        relation = Relation(link["id"], kinds[link["kind"]], link["from"], link["to"])
        document.relations.append(relation)
    return document


def on_one_line(text):
    """The text with one space for each run of white space. ASCII's separators do not count as white space."""
    return re.sub(r"[^\S\x1c-\x1f]+", " ", text).strip(" ")


def for_xml(text):
    """The text, with U+FFFD for each character that XML 1.0 cannot write."""
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)


def file_stem(title):
    """The title as a file name: characters that some system forbids become spaces, and it is cut if long."""
    forbidden = set('/\\:*?"<>|\ufeff\u200e\u200f') | set(
        map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
    )
    is_control = lambda char: ord(char) < 32 or 127 <= ord(char) < 160
    safe = "".join(" " if char in forbidden or is_control(char) else char for char in title)
    stem = ""
    for char in on_one_line(safe):
        if len((stem + char).encode()) > 160 or len(stem) == 80:
            break
        stem += char
    stem = stem.strip(" .") or "article"
    device = stem.split(".")[0].strip().upper()
    numbered = len(device) == 4 and device[:3] in ("COM", "LPT") and device[3] in "0123456789"
    return f"_{stem}" if device in ("CON", "PRN", "AUX", "NUL") or numbered else stem


def free_stem(stem, taken):
    """The stem, with a number after it if another document already has it."""
    number = 1
    name = stem
    while name.lower() in taken:
        number += 1
        name = f"{stem} {number}"
    taken.add(name.lower())
    return name
