"""Lets the servers import our files with their own code, each in a Python of its own."""

import json
import os
import subprocess
from pathlib import Path

from case import Case, labelled, linked, need
from source import Document, read_dataset

# Their scripts, the variables that name their Pythons, and the formats that they import.
SERVERS = {
    "doccano_server.py": ("PULLQUOTE_DOCCANO", ("doccano", "doccano-relations"), "jsonl"),
    "label_studio_server.py": ("PULLQUOTE_LABEL_STUDIO", ("label-studio",), "json"),
}


def check(root, names, told):
    """Imports every file of these formats. Calls `told` with the format, the case, and the check to run."""
    for program, (variable, formats, extension) in SERVERS.items():
        cases = [
            (name, Case(folder / name, read_dataset(folder / "source")))
            for folder in sorted(path for path in root.iterdir() if path.is_dir())
            for name in formats
            if name in names and (folder / name).is_dir()
        ]
        if not cases:
            continue
        need(os.environ.get(variable), f"{variable} names no Python")
        paths = [str(case.file(case.whole(extension)).resolve()) for _, case in cases]
        found = run(os.environ[variable], program, paths)
        for (name, case), path in zip(cases, paths):
            compare = check_tasks if name == "label-studio" else check_doccano
            told(name, case, lambda: compare(case, found[path], path))


def run(python, program, paths):
    """Runs the script of a server and returns what it prints."""
    command = [python, str(Path(__file__).with_name(program)), *paths]
    done = subprocess.run(command, capture_output=True, text=True)
    need(done.returncode == 0, f"{program}: {' '.join(done.stderr.split())[-400:]}")
    return json.loads(done.stdout.splitlines()[-1])


def check_doccano(case, found, _):
    case.confirm_texts("doccano", [row["text"] for row in found])
    spans = [(place, *span) for place, row in enumerate(found) for span in row["spans"]]
    case.confirm("doccano", "spans", spans, labelled(case.documents, Document.exact))
    if case.folder.name == "doccano-relations":
        links = [
            (place, label, tuple(source), tuple(target))
            for place, row in enumerate(found)
            for label, source, target in row["relations"]
        ]
        case.confirm("doccano", "relations", links, linked(case.documents, Document.exact))


def check_tasks(case, found, path):
    """Checks that the server exports what it imported."""
    tasks = json.loads(Path(path).read_text("utf-8"))
    is_found = [
        {"data": task["data"], "results": [it["result"] for it in task["annotations"]]} for task in tasks
    ]
    need(found == is_found, "Label Studio exports other tasks than it has imported")
    case.confirm(
        "Label Studio",
        "documents",
        [task["data"]["text"] for task in found],
        [document.text for document in case.documents],
    )
