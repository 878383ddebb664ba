#!/bin/sh
# seqeval 1.2.2 scores a wrong label as right in strict mode, and only there.
#
# A guess that is wrong: `mode="strict"` is at least as hard to satisfy as the default mode. With a
# scheme, seqeval strips the delimiter from both ends of every label, so `ion-`, `-ion` and `ion`
# are one type. A model that takes anions (`ion-`) for ions (`ion`) gets an F1 of 0.0 by default
# and of 1.0 in strict mode, and the report of strict mode has one row for all of them. Labels of
# charge or polarity (`Cl-`, `effect-`) that differ in hyphens at their ends cannot be evaluated
# with a scheme; hyphens inside a label are kept.
#
# Ends with 1 if that is no longer so.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check seqeval==1.2.2
cat > "$folder/try.py" <<'PYTHON'
import sys
from importlib.metadata import version

from seqeval.metrics import classification_report, f1_score
from seqeval.scheme import IOB2

print("seqeval", version("seqeval"))
is_so = True
for true, predicted, strict in (("ion-", "ion", 1.0), ("-ion", "ion", 1.0), ("an-ion", "anion", 0.0)):
    tags = [[f"B-{true}", f"I-{true}", "O"]]
    answer = [[f"B-{predicted}", f"I-{predicted}", "O"]]
    scores = f1_score(tags, answer), f1_score(tags, answer, mode="strict", scheme=IOB2)
    print(f"{predicted!r} in place of {true!r}: F1 {scores[0]} by default, {scores[1]} in strict mode")
    is_so &= scores == (0.0, strict)
tags = [["B-ion-", "O", "B-ion", "O", "B--ion"]]
report = classification_report(tags, tags, mode="strict", scheme=IOB2, output_dict=True)
rows = {name: int(row["support"]) for name, row in report.items() if not name.endswith("avg")}
print("the rows of the strict report for ion-, ion and -ion:", rows)
is_so &= rows == {"ion": 3}
sys.exit(not is_so)
PYTHON
"$folder/venv/bin/python" -W ignore "$folder/try.py"
