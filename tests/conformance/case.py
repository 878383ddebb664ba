"""One format of one case: its files, the documents that they were made from, and what was confirmed."""

from collections import Counter
from pathlib import Path

from source import firsts


class Fault(Exception):
    """Raised when a file does not give back what it was made from."""


def need(condition, what):
    """Raises a Fault unless the condition holds."""
    if not condition:
        raise Fault(what)


class Case:
    """The files that one format made of a dataset."""

    def __init__(self, folder, documents, scratch=None):
        self.folder = Path(folder)
        self.documents = documents
        self.scratch = scratch  # an empty folder for what readers write
        self.readers = []
        self.counts = {}
        self.opened = {}  # the names of files, in the order in which they were last opened

    def whole(self, extension):
        """The name of the only file with this extension; it has the whole dataset.

        For several documents it is called `dataset`; for one, as the command line was told.
        """
        names = [path.name for path in self.folder.iterdir() if path.name.endswith(f".{extension}")]
        need(len(names) == 1, f"there are {len(names)} files *.{extension}")
        is_named = len(self.documents) == 1 or names[0] == f"dataset.{extension}"
        need(is_named, f"the file of all documents is called {names[0]}")
        return names[0]

    def file(self, name):
        """The path of a file, which must exist and not be empty."""
        path = self.folder / name
        need(path.is_file(), f"{name} is not there")
        need(path.stat().st_size > 0, f"{name} is empty")
        self.opened[name] = True
        return path

    def text(self, name):
        """The text of a file: UTF-8, without a byte order mark, with its line ends unchanged."""
        text = self.file(name).read_bytes().decode("utf-8")
        need(not text.startswith("\ufeff"), f"{name} begins with a byte order mark")
        return text

    def confirm(self, reader, what, read, expected):
        """Checks that both hold the same items equally often, in any order. Counts what was read."""
        read = list(read)
        same(f"{reader}: {what}", read, list(expected))
        if reader not in self.readers:
            self.readers.append(reader)
        self.counts[what] = len(read)

    def confirm_texts(self, reader, read, written=str):
        """Checks that the texts are those of the articles, converted by `written` and in order."""
        expected = [written(document.text) for document in self.documents]
        need(len(read) == len(expected), f"{reader}: {len(read)} documents, not {len(expected)}")
        for document, text in zip(self.documents, read):
            is_text = written(document.text)
            need(text == is_text, f"{reader}: “{document.title}”: {difference(text, is_text)}")
        self.confirm(reader, "documents", read, expected)

    def left_over(self):
        """The files that no check has opened."""
        files = (path for path in self.folder.rglob("*") if path.is_file())
        names = (path.relative_to(self.folder).as_posix() for path in files)
        return sorted(set(names) - self.opened.keys())


def same(what, read, expected):
    """Checks that both hold the same items equally often, in any order."""
    read, expected = Counter(read), Counter(expected)
    more, missing = read - expected, expected - read
    if more or missing:
        counts = f"{read.total()} read, {expected.total()} expected"
        raise Fault(f"{what} differ ({counts}): {some('read', more)}{some('expected', missing)}".rstrip("; "))


def some(word, counter):
    """The first few, in order."""
    shown = [shortened(repr(item)) for item in sorted(counter, key=repr)[:3]]
    return f"{word} {', '.join(shown)}; " if shown else ""


def shortened(text):
    """The beginning of a text, short enough for a line of a report."""
    return text if len(text) <= 160 else f"{text[:159]}…"


def difference(read, expected):
    """Where two texts begin to differ."""
    pairs = enumerate(zip(read, expected))
    at = next((place for place, (one, other) in pairs if one != other), min(len(read), len(expected)))
    return f"at {at} the text is {read[at : at + 20]!r}, not {expected[at : at + 20]!r}"


def check_colours(case, read, written=str):
    """Checks that each label has the colour of its tag in the first codebook that has it."""
    expected = {}
    for document in case.documents:
        for tag in document.record["codebook"]["tags"]:
            expected.setdefault(written(document.labels[tag["id"]]), tag["colour"])
    same("colours", read, expected.items())


def labelled(documents, pieces_of):
    """(document, start, end, label) of the pieces that `pieces_of` returns for each document."""
    return [
        (document.place, piece.start, piece.end, piece.label)
        for document in documents
        for piece in pieces_of(document)
    ]


def linked(documents, pieces_of):
    """(document, label, source, target) of the relations; both ends are (start, end, label).

    A mark is represented by its first piece. Relations of marks without pieces are left out.
    """
    found = []
    for document in documents:
        by_mark = firsts(pieces_of(document)).items()
        ends = {mark: (piece.start, piece.end, piece.label) for mark, piece in by_mark}
        for relation in document.relations:
            if relation.source in ends and relation.target in ends:
                link = (document.place, relation.label, ends[relation.source], ends[relation.target])
                found.append(link)
    return found
