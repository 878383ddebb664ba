"""Reads JSON Lines so strictly that every reader can read the same."""

import json

from case import need


def rows(case, name):
    """The rows of a file, one per line, by every definition of a line."""
    text = case.text(name)
    need(text.endswith("\n"), f"{name} does not end with a line end")
    lines = text.split("\n")[:-1]
    need(all(lines), f"{name} has an empty line")
    need(text.splitlines() == lines, f"{name} holds a character at which some readers break lines")
    found = [json.loads(line, object_pairs_hook=without_twins) for line in lines]
    need(all(isinstance(row, dict) for row in found), f"{name} has a row that is no object")
    return found


def without_twins(pairs):
    """An object. Raises a Fault if it has a key twice."""
    record = dict(pairs)
    need(len(record) == len(pairs), f"a key stands twice in {sorted(key for key, _ in pairs)}")
    return record
