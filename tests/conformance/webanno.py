"""WebAnno TSV 3.3, by a reader of our own after the rules of INCEpTION's.

No package reads all of it. The rules: offsets are UTF-16 units. The text of a sentence is in lines of
`#Text=`; between sentences there are a line end and then spaces. If an annotation has several tokens, or
shares one, the value of each token has the annotation's number in brackets. Several values of a token are
separated by `|`.
"""

import re

from case import labelled, need
from source import Document

HEAD = "#FORMAT=WebAnno TSV 3.3\n#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|value\n\n\n"
TEXT = {"\\\\": "\\", "\\t": "\t", "\\r": "\r", "\\f": "\f", "\\b": "\b", "\\n": "\n"}


def check(case):
    """Our reader; and the words and offsets of every token, compared with the article."""
    spans, places = [], []
    for document in case.documents:
        name = f"{document.stem}.tsv"
        text = case.text(name)
        need(text.startswith(HEAD), f"{name} begins with {text[:80]!r}")
        blocks = [block for block in text[len(HEAD) :].split("\n\n") if block]
        need(text.endswith("\n\n"), f"{name} does not end with an empty line")
        read = Reader(name)
        for number, block in enumerate(blocks, 1):
            read.sentence(number, block.rstrip("\n").split("\n"))
        check_text(name, read.text, document.text)
        chars = {unit: place for place, unit in enumerate(units_of(document.text))}
        inside = {at for start, end, _ in read.marks for at in (start, end)} - chars.keys()
        need(not inside, f"{name}: {sorted(inside)[:3]} are no offsets in UTF-16")
        spans += [(document.place, chars[start], chars[end], label) for start, end, label in read.marks]
        places.append(document.place)
    case.confirm("our reader", "documents", places, [it.place for it in case.documents])
    case.confirm("our reader", "spans", spans, labelled(case.documents, Document.trimmed))


def units_of(text):
    """The UTF-16 offset of each code point, and of the end."""
    at = 0
    for char in text:
        yield at
        at += 1 + (ord(char) > 0xFFFF)
    yield at


def length(text):
    return len(text.encode("utf-16-le")) // 2


def check_text(name, read, text):
    """Checks that only white space between sentences differs, and that its length is unchanged."""
    end = len(text.rstrip())
    need(len(read.rstrip()) == end, f"{name}: the text is {len(read.rstrip())} long, not {end}")
    for place, (one, other) in enumerate(zip(read, text[:end])):
        need(
            one == other or one.isspace() and other.isspace(),
            f"{name}: at {place} stands {one!r}, not {other!r}",
        )


class Reader:
    """Reads a file into a text with marks."""

    def __init__(self, name):
        self.name = name
        self.text = ""
        self.marks = []  # [start, end, label], in UTF-16 units
        self.numbered = {}

    def need(self, condition, what):
        need(condition, f"{self.name}: {what}")

    def sentence(self, number, lines):
        """A block of lines: the text, then a row for each token."""
        head = [line for line in lines if line.startswith("#Text=")]
        self.need(head and lines[: len(head)] == head, f"sentence {number} does not begin with its text")
        words = "\n".join(re.sub(r"\\[\\trfbn]", lambda it: TEXT[it[0]], line[6:]) for line in head)
        rows = [line.split("\t") for line in lines[len(head) :]]
        self.need(rows, f"sentence {number} has no token")
        begin = int(rows[0][1].split("-")[0])
        gap = begin - length(self.text)
        self.need(gap >= 0, f"sentence {number} begins before the last has ended")
        # Between two sentences there is a line end, unless they follow each other directly.
        self.text += ("\n" + " " * (gap - 1) if gap and self.text else " " * gap) + words
        sentence = {unit: place for place, unit in enumerate(units_of(words))}
        for place, row in enumerate(rows, 1):
            self.need(len(row) == 5 and row[4] == "", f"a row of {len(row)} columns: {row}")
            self.need(row[0] == f"{number}-{place}", f"the token {row[0]} should be {number}-{place}")
            start, end = map(int, row[1].split("-"))
            at = [sentence.get(start - begin), sentence.get(end - begin)]
            self.need(
                None not in at and words[at[0] : at[1]] == row[2], f"{row[2]!r} does not stand at {row[1]}"
            )
            values = re.findall(r"(?:\\.|[^\\|])+", row[3]) if row[3] != "_" else []
            self.need(row[3] == ("|".join(values) or "_"), f"{row[3]!r} are no values")
            for value in values:
                self.value(value, start, end)

    def value(self, value, start, end):
        """Reads one value of a token."""
        parts = re.fullmatch(r"((?:\\.|[^\\\[\]_;*])+)(?:\[(\d+)\])?", value)
        self.need(parts, f"{value!r} is no value")
        label = re.sub(r"\\(->|.)", lambda it: {"t": "\t", "n": "\n"}.get(it[1], it[1]), parts[1])
        if parts[2] in self.numbered:
            mark = self.numbered[parts[2]]
            self.need(mark[2] == label, f"[{parts[2]}] has two values")
            self.need(start >= mark[1], f"[{parts[2]}] has a token twice")
            mark[1] = end
        else:
            self.marks.append([start, end, label])
            if parts[2]:
                self.numbered[parts[2]] = self.marks[-1]
