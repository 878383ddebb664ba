#!/bin/sh
# pyconll 3.3.1 reads a file and refuses the same text.
#
# A guess that is wrong: `load_from_string(text)` and `load_from_file(path)` read the same of the
# same CoNLL-U. The first cuts the text with str.splitlines(), which also ends a line at U+000B,
# U+000C, U+001C to U+001E, U+0085, U+2028 and U+2029; the second ends a line at a line feed. So a
# treebank with a next-line or a line separator in a word or in MISC, as web text has them, is read
# from its file and is a ParseError as text. conllu 6.0.0 reads it both ways.
#
# Ends with 1 if that is no longer so.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyconll==3.3.1 conllu==6.0.0
cat > "$folder/try.py" <<'PYTHON'
import sys
from importlib.metadata import version
from pathlib import Path

import conllu
import pyconll

print("pyconll", version("pyconll"), "conllu", version("conllu"))
row = "{}\t{}\t_\tX\t_\t_\t{}\t{}\t_\t{}\n"
is_so = True
for char in "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029":
    misc = f"Gloss=two{char}lines"
    text = "# sent_id = 1\n# text = One two\n"
    text += row.format(1, "One", 0, "root", misc) + row.format(2, "two", 1, "dep", "_") + "\n"
    path = Path(sys.argv[1], "one.conllu")
    path.write_text(text, encoding="utf-8")
    from_file = [token.form for token in pyconll.load_from_file(path)[0]]
    try:
        from_text = [token.form for token in pyconll.load_from_string(text)[0]]
    except Exception as error:
        from_text = type(error).__name__
    other = [token["form"] for token in conllu.parse(text)[0]]
    print(f"U+{ord(char):04X}: from the file {from_file}, from the text {from_text}, conllu {other}")
    is_so &= from_file == other == ["One", "two"] and from_text == "ParseError"
sys.exit(not is_so)
PYTHON
"$folder/venv/bin/python" "$folder/try.py" "$folder"
