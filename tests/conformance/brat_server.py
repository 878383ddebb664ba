"""brat's own server code, as far as it reads files."""

import sys
from types import ModuleType

import brat.server.src

from case import need

# Its modules name one another without their package, by words like `common` and `message`; they
# read the settings of a server, of which reading a configuration needs the uppermost folder.
sys.path.insert(0, next(iter(brat.server.src.__path__)))
sys.modules["config"] = ModuleType("config")
sys.modules["config"].BASE_DIR = "/"
try:
    import annotation
    import projectconfig
finally:
    sys.path.pop(0)


def parsed(name, text, lines):
    """The annotations of a text as brat's server has them, none of whose lines it refuses."""
    read = annotation.TextAnnotations(text=text, source=lines, read_only=True)
    failed = [lines.split("\n")[number] for number in read.failed_lines]
    need(not failed, f"{name}: brat cannot read {failed[:3]}")
    return read


def check_configuration(folder, shown):
    """brat's server says nothing against annotation.conf and visual.conf, and shows these names."""
    said = []
    for name in ("warning", "error", "debug"):
        setattr(projectconfig.Messager, name, lambda text, *_, **__: said.append(text))
    # Its own asks for a mode that Python has no more.
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
