"""Reads every export of a set of cases with the programs that people use for its format.

    python check.py ROOT [--only FORMAT…] [--servers]

ROOT has a folder for each case. In it are `source/`, with Pullquote's own files in the order of their
names, and for each format a folder of the same name, with the files that were made from them. Every
reader must give back exactly what the format can hold. Prints a line for each format. The exit code is
1 if anything is wrong, or if a format is in no case.

--servers: also import into doccano and Label Studio themselves, with the Python that
PULLQUOTE_DOCCANO and PULLQUOTE_LABEL_STUDIO name; their packages are in requirements-*.txt.
"""

import offline  # noqa: F401  (before any reader)

import argparse
import importlib
import shutil
import sys
import tempfile
import time
import traceback
from pathlib import Path

import servers
from case import Case, Fault, need
from source import read_dataset

# The function that checks each format, and the counts that must not be zero over all cases.
FORMATS = {
    "json": ("own_file.check", "documents spans relations"),
    "spacy": ("training.check_spacy", "documents spans"),
    "prodigy": ("training.check_prodigy", "documents spans relations"),
    "hf": ("hugging_face.check_json_lines", "documents spans relations"),
    "parquet": ("hugging_face.check_parquet", "documents spans relations"),
    "conll2003": ("columns.check_conll2003", "documents spans"),
    "iob2": ("columns.check_iob2", "documents spans"),
    "bioes": ("columns.check_bioes", "documents spans"),
    "bilou": ("columns.check_bilou", "documents spans"),
    "conllu": ("universal.check", "documents spans"),
    "brat": ("standoff.check", "documents spans relations"),
    "doccano": ("server_rows.check_labels", "documents spans"),
    "doccano-relations": ("server_rows.check_relations", "documents spans relations"),
    "label-studio": ("tasks.check", "documents spans relations"),
    "w3c": ("web_annotation.check", "documents spans relations"),
    "cas-json": ("uima.check_json", "documents spans relations"),
    "cas-xmi": ("uima.check_xmi", "documents spans relations"),
    "webanno-tsv": ("webanno.check", "documents spans"),
    "tei": ("text_encoding.check", "documents spans relations"),
    "csv": ("tables.check_csv", "documents spans relations"),
    "tsv": ("tables.check_tsv", "documents spans relations"),
    "xlsx": ("tables.check_xlsx", "documents spans relations"),
    "refi-qda": ("qualitative.check_project", "documents spans relations"),
    "qdc": ("qualitative.check_codebook", "codes"),
    "graphml": ("networks.check_graphml", "nodes relations"),
    "gexf": ("networks.check_gexf", "nodes relations"),
    "html": ("pages.check_html", "documents spans"),
    "markdown": ("pages.check_markdown", "documents spans"),
}


class Line:
    """What the report says about a format."""

    def __init__(self):
        self.readers = []
        self.counts = {}
        self.cases = 0
        self.faults = []

    def tell(self, case, check):
        """Checks the case and records its faults and its readers."""
        try:
            check()
        except Exception as error:  # whatever a reader raises, it did not read the file
            where = "" if isinstance(error, Fault) else f" with {next(reversed(case.opened), 'no file')}"
            self.faults.append(f"{case.folder.parent.name}: {fault_of(error)}{where}")
        self.readers += [reader for reader in case.readers if reader not in self.readers]


def checked(name, case):
    """Checks one format of one case."""
    where, must_have = FORMATS[name]
    module, function = where.rsplit(".", 1)
    need(any(path.is_file() for path in case.folder.rglob("*")), "the folder is empty")
    getattr(importlib.import_module(module), function)(case)
    for what in must_have.split():
        need(what in case.counts, f"no reader was asked for {what}")
    left = case.left_over()
    need(not left, f"no reader was asked to read {left}")


def fault_of(error):
    """What is wrong, in one line; for an error that is not a Fault, also where it was raised."""
    if isinstance(error, Fault):
        return str(error)
    place = traceback.extract_tb(error.__traceback__)[-1]
    said = " ".join(str(error).split())[:300]
    return f"{type(error).__name__}: {said} ({Path(place.filename).name}:{place.lineno})"


def check_case(folder, names, lines):
    """Checks the selected formats of a case."""
    documents = read_dataset(folder / "source")
    need(documents, "source/ has no document")
    for path in sorted(folder.iterdir()):
        need(path.name == "source" or path.name in FORMATS, f"{path.name} is no format")
    for name in names:
        if not (folder / name).is_dir():
            continue
        line = lines[name]
        line.cases += 1
        scratch = Path(tempfile.mkdtemp(dir=offline.CACHES))
        case = Case(folder / name, documents, scratch)
        line.tell(case, lambda: checked(name, case))
        shutil.rmtree(scratch, ignore_errors=True)
        for what, count in case.counts.items():
            line.counts[what] = line.counts.get(what, 0) + count


def judge(names, lines):
    """Adds a fault if the format was in no case, or if nothing was read of it."""
    for name in names:
        line = lines[name]
        if line.cases == 0:
            line.faults.append("in no case")
        elif not line.faults:
            _, must_have = FORMATS[name]
            nothing = [what for what in must_have.split() if not line.counts[what]]
            line.faults += [f"no case has {what}" for what in nothing]


def report(names, lines):
    """The table, with a line for each format."""
    rows = [("format", "readers", "documents", "spans", "relations", "")]
    for name in names:
        line = lines[name]
        other = [f"{line.counts[what]} {what}" for what in ("nodes", "codes") if what in line.counts]
        counts = [str(line.counts.get(what, "–")) for what in ("documents", "spans", "relations")]
        if other and "spans" not in line.counts:
            counts[1] = other[0]
        verdict = "ok" if not line.faults else f"wrong: {len(line.faults)}"
        rows.append((name, ", ".join(line.readers) or "–", *counts, verdict))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = [
            cell.rjust(width) if column in (2, 3, 4) else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths))
        ]
        print("  ".join(cells).rstrip())
    for name in names:
        for fault in lines[name].faults:
            print(f"{name}: {fault}")


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("root", type=Path)
    parser.add_argument("--only", nargs="+", choices=FORMATS, metavar="FORMAT", default=list(FORMATS))
    parser.add_argument("--servers", action="store_true")
    asked = parser.parse_args(arguments)
    started = time.monotonic()
    names = [name for name in FORMATS if name in asked.only]
    lines = {name: Line() for name in names}
    folders = sorted(path for path in asked.root.iterdir() if path.is_dir())
    broken = []
    for folder in folders:
        try:
            check_case(folder, names, lines)
        except Exception as error:
            broken.append(f"{folder.name}: {fault_of(error)}")
    if asked.servers:
        try:
            servers.check(asked.root, names, lambda name, case, check: lines[name].tell(case, check))
        except Exception as error:
            broken.append(fault_of(error))
    judge(names, lines)
    report(names, lines)
    for fault in broken:
        print(fault)
    print(f"{len(folders)} cases, {time.monotonic() - started:.0f} s")
    return 1 if broken or any(line.faults for line in lines.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
