"""brat's own server code, as far as it reads files."""

import sys

import brat.server.src

from case import need

# Its modules name one another without their package, by words like `common` and `message`.
sys.path.insert(0, next(iter(brat.server.src.__path__)))
try:
    import annotation
finally:
    sys.path.pop(0)


def parsed(name, text, lines):
    """The annotations of a text as brat's server has them, none of whose lines it refuses."""
    read = annotation.TextAnnotations(text=text, source=lines, read_only=True)
    failed = [lines.split("\n")[number] for number in read.failed_lines]
    need(not failed, f"{name}: brat cannot read {failed[:3]}")
    return read
