"""brat's standoff: a file of marks beside each text, and one configuration."""

import io
import re
import shutil

from bioc import brat as bioc
from pybrat.parser import BratParser

import brat_server
from case import check_colours, need
from source import on_one_line

# The characters at which some reader of brat's files breaks a line or a cell.
BREAKS = re.compile("[\n\r\t\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def check(case):
    """brat's own server code, bioc and pybrat; the types and their display names by the configuration."""
    configuration = sections(case.text("annotation.conf"))
    need(
        list(configuration) == ["entities", "relations", "events", "attributes"],
        f"sections {list(configuration)}",
    )
    visual = sections(case.text("visual.conf"))
    shown = dict(line.split(" | ", 1) for line in visual["labels"])
    drawn = (line.split("\tbgColor:") for line in visual["drawing"])
    check_colours(case, [(shown[name], colour) for name, colour in drawn], shown_as)
    marks, links, notes, answers, texts = [], [], [], [], []
    for document in case.documents:
        text = case.text(f"{document.stem}.txt")
        path = case.folder / f"{document.stem}.ann"
        need(path.is_file(), f"{path.name} is not there")
        case.opened[path.name] = True  # it may be empty: without marks
        lines = path.read_bytes().decode("utf-8")
        texts.append(text)
        read = brat_server.parsed(path.name, text, lines)
        types = {it.type.split("\t")[0] for it in [*read.get_textbounds(), *read.get_relations()]}
        need(types <= set(shown), f"{types - set(shown)} have no shown name")
        by_id = {it.id: (tuple(it.spans), shown[it.type]) for it in read.get_textbounds()}
        need({it.type for it in read.get_textbounds()} <= names(configuration["entities"]), "an unknown type")
        need(
            {it.type for it in read.get_relations()} <= names(configuration["relations"]), "an unknown relation"
        )
        marks += [(document.place, *mark) for mark in by_id.values()]
        links += [
            (document.place, shown[it.type], by_id[it.arg1], by_id[it.arg2]) for it in read.get_relations()
        ]
        need(all(it.type == "AnnotatorNotes" for it in read.get_oneline_comments()), "a comment is no note")
        notes += [(document.place, by_id[it.target], it.get_text()) for it in read.get_oneline_comments()]
        for it in read.get_attributes():
            word = "" if it.value is True else str(it.value)
            check_answer(it.type, word, configuration["attributes"])
            answers.append((document.place, by_id[it.target], word))
        check_bioc(case, document, text, lines, shown)
    case.confirm_texts("brat", texts)
    case.confirm(
        "brat", "spans", marks, [mark for it in case.documents for mark in expected_marks(it).values()]
    )
    case.confirm("brat", "relations", links, [link for it in case.documents for link in expected_links(it)])
    case.confirm("brat", "notes", notes, [note for it in case.documents for note in expected_notes(it)])
    case.confirm(
        "brat", "answers", answers, [answer for it in case.documents for answer in expected_answers(it)]
    )
    check_pybrat(case, shown)
    brat_server.check_configuration(case.folder, shown)


def shown_as(label):
    """A name as brat can show it: `|` would end it, and `<` would begin a macro."""
    return label.replace("|", "/").replace("<", "‹").replace(">", "›")


def sections(text):
    """The lines of each section of a configuration, without its comments."""
    found = {}
    for line in filter(None, map(str.rstrip, text.split("\n"))):
        if line.startswith("#"):
            continue
        if line.startswith("["):
            found[line.strip("[]")] = lines = []
        else:
            need(found, f"{line} stands before the first section")
            lines.append(line)
    return found


def names(lines):
    return {line.split("\t")[0] for line in lines}


def check_answer(name, word, lines):
    """Checks that the configuration has the attribute and, if it lists its values, this value."""
    line = next((it for it in lines if it.split("\t")[0] == name), None)
    need(line, f"the attribute {name} is not in annotation.conf")
    values = line.partition("Value:")[2]
    need(word in values.split("|") if values else word == "", f"{name} is never {word!r}")


def expected_marks(document):
    """(document, fragments, label) of each mark, by its id. The fragments are its pieces, cut at line ends.

    A mark of white space alone is left out: no reader accepts a line that ends with it.
    """
    found = {}
    for piece in document.exact():
        fragments, label = found.get(piece.mark, ((), shown_as(piece.label)))
        found[piece.mark] = (fragments + tuple(fragments_of(document.text, piece)), label)
    words = lambda fragments: "".join(document.text[start:end] for start, end in fragments)
    return {mark: (document.place, *it) for mark, it in found.items() if words(it[0]).strip()}


def fragments_of(text, piece):
    at = piece.start
    for part in BREAKS.split(text[piece.start : piece.end]):
        if part:
            yield (at, at + len(part))
        at += len(part) + 1


def expected_links(document):
    marks = {id: mark[1:] for id, mark in expected_marks(document).items()}
    for link in document.relations:
        if link.source in marks and link.target in marks:
            yield document.place, shown_as(link.label), marks[link.source], marks[link.target]


def expected_notes(document):
    marks = {id: mark[1:] for id, mark in expected_marks(document).items()}
    for id, note in document.notes.items():
        if id in marks and note.strip():
            yield document.place, marks[id], on_one_line(BREAKS.sub(" ", note))


def expected_answers(document):
    """The expected answers: one value of several, and yes."""
    marks = {id: mark[1:] for id, mark in expected_marks(document).items()}
    asked = {
        (tag["id"], attribute["id"]): attribute["kind"]
        for tag in document.record["codebook"]["tags"]
        for attribute in tag["attributes"]
    }
    for id in marks:
        mark = document.marks[id]
        for name, answer in mark["attributes"].items():
            kind = asked.get((mark["tag"], name))
            if kind == "one_of":
                yield document.place, marks[id], re.sub(r"""[\s|,<>:;"']+""", "_", answer)
            elif kind == "yes_no" and answer:
                yield document.place, marks[id], ""


def check_bioc(case, document, text, lines, shown):
    """Checks that bioc reads the same marks, each with the words of its fragments."""
    read = bioc.load(io.StringIO(text), io.StringIO(lines))
    found = []
    for entity in read.entities:
        fragments = tuple(sorted((it.begin, it.end) for it in entity.locations))
        words = " ".join(text[start:end] for start, end in fragments)
        need(entity.text == words.rstrip(), f"bioc: {entity.text!r} is not {words!r}")
        found.append((document.place, fragments, shown[entity.type]))
    case.confirm("bioc", "its spans", found, expected_marks(document).values())
    links = [shown[it.type] for it in read.relations]
    case.confirm("bioc", "its relations", links, [link[1] for link in expected_links(document)])


def check_pybrat(case, shown):
    """Checks that pybrat reads the folder. It refuses two marks on the same words; here they are allowed."""
    folder = case.scratch / "pybrat"
    folder.mkdir()
    for path in case.folder.iterdir():
        if path.suffix in (".txt", ".ann"):
            shutil.copy(path, folder)
    read = {example.id: example for example in BratParser(error="ignore").parse(folder)}
    marks, links = [], []
    for document in case.documents:
        example = read[document.stem]
        mark = lambda it: (tuple((span.start, span.end) for span in it.spans), shown[it.type])
        marks += [(document.place, *mark(it)) for it in example.entities]
        links += [(document.place, shown[it.type], mark(it.arg1), mark(it.arg2)) for it in example.relations]
    case.confirm(
        "pybrat", "spans", marks, [mark for it in case.documents for mark in expected_marks(it).values()]
    )
    case.confirm("pybrat", "relations", links, [link for it in case.documents for link in expected_links(it)])
