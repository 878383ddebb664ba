"""Reads files with brat's own server code."""

import sys
from types import ModuleType

import brat.server.src

from case import need

# Its modules import each other without their package, by names such as `common` and `message`. They
# read the settings of a server; to read a configuration, only the top folder is needed.
sys.path.insert(0, next(iter(brat.server.src.__path__)))
sys.modules["config"] = ModuleType("config")
sys.modules["config"].BASE_DIR = "/"
try:
    import annotation
    import projectconfig
finally:
    sys.path.pop(0)


def parsed(name, text, lines):
    """The annotations of a text as brat's server reads them. It must refuse no line."""
    read = annotation.TextAnnotations(text=text, source=lines, read_only=True)
    failed = [lines.split("\n")[number] for number in read.failed_lines]
    need(not failed, f"{name}: brat cannot read {failed[:3]}")
    return read


def check_configuration(folder, shown):
    """Checks that brat's server accepts annotation.conf and visual.conf, and shows these names."""
    said = []
    for name in ("warning", "error", "debug"):
        setattr(projectconfig.Messager, name, lambda text, *_, **__: said.append(text))
    # Its own function opens the file in a mode that Python no longer has.
    projectconfig.open_textfile = lambda path, _: open(path, encoding="utf-8")
    configuration = projectconfig.ProjectConfiguration(str(folder.resolve()))
    kinds = projectconfig.SPECIAL_RELATION_TYPES
    types = [
        *configuration.get_entity_types(),
        *(it for it in configuration.get_relation_types() if it not in kinds),
        *configuration.get_attribute_types(),
    ]
    labels = {type: configuration.get_labels_by_type(type) for type in types}
    need(not said, f"brat says of its configuration: {said[:3]}")
    wrong = {type: label for type, label in labels.items() if label[0] != shown[type]}
    need(not wrong, f"brat shows {wrong}")
    need(len(types) == len(set(types)), f"a type stands twice in {types}")
