"""Tests the checks: correct files pass, and each fault is found."""

import copy
import io
import json
import tempfile
import unittest
from contextlib import redirect_stdout
from pathlib import Path

import check
from case import Case, Fault
from small_files import WRITERS, write
from source import read_dataset

TEXTS = ["🚀 Zoe\u0308 Müller met =Ali in کراچی.\nShe will, she said, pay.\n", "北京 answered: 👩🏽‍🌾 “no” ."]
# The words of each mark, its tag, its note. A mark of several pieces has several words.
MARKS = [
    [
        (["Zoe\u0308 Müller"], "actor", "Who <is> she?"),
        (["Zoe\u0308 Müller met =Ali"], "event", ""),
        (["=Ali"], "actor", ""),
        (["کراچی"], "place", ""),
        (["She will", "pay"], "promise", ""),
    ],
    [(["北京"], "actor", ""), (["“no”"], "promise", "two words")],
]
TAGS = {"actor": "Actor", "event": "Event", "place": "Place", "promise": "Firm promise"}


def id_of(*numbers):
    return "00000000-0000-7000-8000-" + "".join(f"{number:04}" for number in numbers).zfill(12)


def record(place):
    """A Pullquote file with these marks and only the fields that the checks read."""
    text = TEXTS[place]
    marks = []
    for number, (pieces, tag, note) in enumerate(MARKS[place], 1):
        spans = [{"start": text.index(it), "end": text.index(it) + len(it), "quote": it} for it in pieces]
        time = "2026-01-02T03:04:05.000Z"
        about = {"note": note, "flagged": False, "coder": "", "entity": None, "created": time, "modified": time}
        marks.append({"id": id_of(place, number), "tag": tag, "spans": spans, "attributes": {}, **about})
    links = [{"id": id_of(place, 9, 9), "kind": "by", "from": marks[1]["id"], "to": marks[0]["id"]}]
    source = {name: "" for name in ("outlet", "byline", "published")} | {"url": f"https://example.org/{place}"}
    article = {"id": id_of(place), "title": f"Text {place}", "language": None, "source": source, "text": text}
    article |= {"text_sha256": "", "blocks": [{"start": 0, "end": len(text)}]}
    tags = [{"id": id, "name": name, "attributes": [], "colour": "#d73a4a"} for id, name in TAGS.items()]
    book = {"tags": tags, "relations": [{"id": "by", "name": "done by"}]}
    return {"article": article, "codebook": book, "annotations": marks, "relations": links, "entities": []}


def shifted(records):
    """A span is moved by one character."""
    span = records[0]["annotations"][3]["spans"][0]
    span["start"], span["end"] = span["start"] + 1, span["end"] + 1


def dropped(records):
    """A mark is missing."""
    del records[1]["annotations"][1]
    records[1]["relations"].clear()


def mistaken(records):
    """A mark has the label of another one."""
    records[0]["annotations"][3]["tag"] = "actor"


def in_utf16(records):
    """Offsets are in UTF-16 units, which differ after an emoji."""
    for record in records:
        text = record["article"]["text"]
        units = lambda at: min(len(text), len(text[:at].encode("utf-16-le")) // 2)
        for span in (span for mark in record["annotations"] for span in mark["spans"]):
            span["start"], span["end"] = units(span["start"]), units(span["end"])


def unlinked(records):
    """A relation is missing."""
    records[0]["relations"].clear()


def silenced(records):
    """A note is missing."""
    records[0]["annotations"][0]["note"] = ""


WOUNDS = (shifted, dropped, mistaken, in_utf16)
# Not every format has room for these.
MORE_WOUNDS = (unlinked, silenced)
ROOMY = ("brat", "w3c", "cas-json", "tei", "csv")


class Checks(unittest.TestCase):
    """Each test has a folder of its own with one case."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.records = [record(place) for place in range(len(TEXTS))]
        self.documents = self.dataset("case", self.records)

    def dataset(self, name, records):
        source = self.root / name / "source"
        source.mkdir(parents=True)
        for place, it in enumerate(records):
            (source / f"{place}.pullquote.json").write_text(json.dumps(it), "utf-8")
        return read_dataset(source)

    def checked(self, name, documents, folder):
        """Writes these documents in a format, and checks the files against the case."""
        write(name, documents, self.root / folder / name)
        scratch = self.root / folder / f"{name}-scratch"
        scratch.mkdir()
        case = Case(self.root / folder / name, self.documents, scratch)
        check.checked(name, case)
        return case

    def test_every_mark_of_correct_files_is_counted(self):
        # In columns no two marks overlap, and in brat a mark of two pieces counts as one.
        spans = {"conll2003": 6, "brat": 7}
        for name in WRITERS:
            with self.subTest(name):
                case = self.checked(name, self.documents, "good")
                self.assertEqual(case.counts["spans"], spans.get(name, 8))
                self.assertEqual(case.counts["documents"], 2)

    def test_every_fault_is_found_in_every_format(self):
        for wound in WOUNDS + MORE_WOUNDS:
            records = copy.deepcopy(self.records)
            wound(records)
            documents = self.dataset(wound.__name__, records)
            for name in ROOMY if wound in MORE_WOUNDS else WRITERS:
                with self.subTest(f"{name}, {wound.__name__}"), self.assertRaises(Fault):
                    self.checked(name, documents, f"{wound.__name__}-files")

    def test_a_file_that_contradicts_itself_is_found(self):
        torn = [
            ("brat", "Text 0.ann", "Place 26 31", "Place 25 30"),
            ("w3c", "dataset.jsonld", '"start": 26', '"start": 25'),
            ("doccano", "dataset.jsonl", "[26, 31,", "[31, 26,"),
            ("conll2003", "dataset.conll", "O B-Place", "O I-Place"),
            ("tei", "Text 0.xml", 'ana="#t2"', 'ana="#t9"'),
            ("csv", "marks.csv", "'=Ali", "=Ali"),
        ]
        for name, file, good, bad in torn:
            with self.subTest(f"{name}: {bad}"):
                folder = self.root / "torn" / name
                write(name, self.documents, folder)
                text = (folder / file).read_bytes().decode()
                self.assertIn(good, text)
                (folder / file).write_bytes(text.replace(good, bad, 1).encode())
                with self.assertRaises((Fault, KeyError)):
                    check.checked(name, Case(folder, self.documents, self.root))

    def run_of(self, *arguments):
        """The exit code of the program, and what it prints."""
        out = io.StringIO()
        with redirect_stdout(out):
            ended = check.main([str(self.root), *arguments])
        return ended, out.getvalue()

    def test_the_exit_code_says_whether_all_files_are_correct(self):
        write("doccano", self.documents, self.root / "case/doccano")
        ended, told = self.run_of("--only", "doccano")
        self.assertEqual(ended, 0, told)
        self.assertRegex(told, r"doccano +doccano's rules +2 +8 +– +ok")
        path = self.root / "case/doccano/dataset.jsonl"
        path.write_text(path.read_text("utf-8").replace('"Place"', '"Actor"'), "utf-8")
        ended, told = self.run_of("--only", "doccano")
        self.assertEqual(ended, 1, told)
        self.assertIn("doccano: case: doccano's rules: spans differ", told)

    def test_a_format_that_was_not_read_is_a_fault(self):
        ended, told = self.run_of("--only", "tei")
        self.assertEqual(ended, 1, told)
        self.assertIn("tei: in no case", told)
        (self.root / "case/tei").mkdir()
        ended, told = self.run_of("--only", "tei")
        self.assertEqual(ended, 1, told)
        self.assertIn("tei: case: the folder is empty", told)

    def test_a_file_that_no_reader_opens_is_reported(self):
        folder = self.root / "case/tei"
        write("tei", self.documents, folder)
        (folder / "more.xml").write_text("<more/>", "utf-8")
        ended, told = self.run_of("--only", "tei")
        self.assertEqual(ended, 1, told)
        self.assertIn("more.xml", told)


if __name__ == "__main__":
    unittest.main()
