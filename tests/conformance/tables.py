"""Tables: CSV and TSV as spreadsheets open them, and a workbook."""

import csv
import io
import zipfile
from decimal import Decimal

import openpyxl
import pandas
from lxml import etree
from openpyxl.utils.escape import unescape

from case import labelled, need
from source import Document, on_one_line

MARKS = "doc_id title url mark_id piece start end label text cast note flagged coder created modified answers".split()
RELATIONS = "doc_id title relation_id relation from_mark from_label from_text to_mark to_label to_text".split()
CAST = "doc_id title member_id label name aliases reference mentions".split()
ABOUT = "doc_id title url outlet byline published language text_sha256 offset_unit made_by".split()
LEDGER = "doc_id title mark_id start end".split()
# The signs that make a spreadsheet run a cell that begins with them; in some countries also full-width.
FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def check_csv(case):
    """csv, strictly, and pandas."""
    check_text(case, "csv", ",")


def check_tsv(case):
    """csv, strictly, and pandas."""
    check_text(case, "tsv", "\t")


def check_text(case, extension, separator):
    tables = {}
    for path in sorted(case.folder.glob(f"*.{extension}")):
        data = case.file(path.name).read_bytes()
        need(
            data.startswith("\ufeff".encode()),
            f"{path.name}: without a byte order mark Excel takes it for Latin",
        )
        text = data.decode("utf-8-sig")
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
        need(text.endswith("\r\n") and lines, f"{path.name} does not end with a line end")
        for line in lines:
            need(len(line) == len(lines[0]), f"{path.name}: {len(line)} cells in {line[:4]}")
            need(not any(cell.startswith(FORMULA) for cell in line), f"{path.name}: a formula in {line}")
        frame = pandas.read_csv(
            path, sep=separator, dtype=str, keep_default_na=False, encoding="utf-8-sig", header=None
        )
        need(frame.values.tolist() == lines, f"pandas reads other cells in {path.name}")
        tables[path.stem] = [[bare(cell) for cell in line] for line in lines]
    check(case, ["csv", "pandas"], tables, str)


def bare(cell):
    """The cell without the apostrophe that prevents it from being run."""
    is_guarded = cell.startswith("'") and cell.lstrip("'").lstrip(" \t\r\n").startswith(FORMULA)
    is_guarded = is_guarded or cell.startswith("'") and cell.lstrip("'").startswith(FORMULA)
    return cell[1:] if is_guarded else cell


def check_xlsx(case):
    """openpyxl, and pandas with it. Texts are inline strings, so none is a formula."""
    path = case.file(case.whole("xlsx"))
    check_parts(path)
    book = openpyxl.load_workbook(path)
    frames = pandas.read_excel(path, sheet_name=None, dtype=str, keep_default_na=False, header=None)
    need(list(frames) == book.sheetnames, f"pandas finds the sheets {list(frames)}")
    tables = {}
    for sheet in book:
        cells = [cell for line in sheet.iter_rows() for cell in line]
        need(
            all(cell.data_type in "sn" for cell in cells),
            f"{sheet.title} has a cell that is no text and no number",
        )
        lines = [
            ["" if cell is None else str(cell) for cell in line] for line in sheet.iter_rows(values_only=True)
        ]
        need(frames[sheet.title].values.tolist() == lines, f"pandas reads other cells in {sheet.title}")
        tables[sheet.title.lower()] = [[unescape(cell) for cell in line] for line in lines]
    check(case, ["openpyxl", "pandas"], tables, in_cell)


def check_parts(path):
    """Checks that each part of the package has a content type, and that each content type has a part."""
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        types = etree.fromstring(archive.read("[Content_Types].xml"))
        roots = [etree.fromstring(archive.read(name)) for name in names]
    need(len(roots) == len(names), "a part stands twice")
    parts = {it.get("PartName").lstrip("/") for it in types.iter("{*}Override")}
    extensions = {it.get("Extension") for it in types.iter("{*}Default")}
    need(parts <= names, f"{parts - names} are not there")
    need({name.rsplit(".")[-1] for name in names - parts} <= extensions, "a part has no content type")
    need(all(name in parts for name in names if name.startswith("xl/w")), "a sheet has no content type")


def in_cell(text):
    """The beginning of a text that fits into a cell of a workbook."""
    return text.encode("utf-16-le")[: 2 * 32767].decode("utf-16-le", "ignore")


def check(case, readers, tables, held):
    """Checks the tables, by their names and columns."""
    fixed = {"marks": MARKS, "relations": RELATIONS, "cast": CAST, "about": ABOUT}
    for name, columns in fixed.items():
        need(name in tables, f"there is no table {name}")
        need(tables[name][0] == columns, f"{name} has the columns {tables[name][0]}")
    expected = {name: [] for name in fixed}
    for document in case.documents:
        expected["marks"] += marks_of(document)
        expected["relations"] += relations_of(document)
        expected["cast"] += cast_of(document)
        expected["about"] += about_of(document)
    for reader in readers:
        about = [tuple(line[: len(ABOUT) - 1]) for line in tables["about"][1:]]
        case.confirm(reader, "documents", about, in_cells(expected["about"], held))
        for name, what in (("marks", "rows of marks"), ("relations", "relations"), ("cast", "cast")):
            lines = [tuple(line) for line in tables[name][1:]]
            case.confirm(reader, what, lines, in_cells(expected[name], held))
    places = {document.id: document.place for document in reversed(case.documents)}
    of = {name: MARKS.index(name) for name in ("doc_id", "start", "end", "label")}
    spans = [tuple(line[place] for place in of.values()) for line in tables["marks"][1:]]
    spans = [(places[id], int(start), int(end), label) for id, start, end, label in spans]
    # If an article is there twice, its id does not tell the two apart.
    is_spans = labelled(case.documents, Document.exact)
    is_spans = [
        (places[case.documents[place].id], start, end, held(label)) for place, start, end, label in is_spans
    ]
    case.confirm(readers[0], "spans", spans, is_spans)
    check_ledgers(case, readers[0], [lines for name, lines in tables.items() if name not in fixed], held)


def in_cells(lines, held):
    return [tuple(held(str(cell)) for cell in line) for line in lines]


def marks_of(document):
    for piece in document.exact():
        mark = document.marks[piece.mark]
        words = document.text[piece.start : piece.end]
        head = (document.id, document.title, document.url, piece.mark, piece.number + 1, piece.start, piece.end)
        flagged = "yes" if mark["flagged"] else ""
        tail = (document.member(mark), mark["note"], flagged, mark["coder"], mark["created"], mark["modified"])
        answers = "; ".join(f"{name}: {answer}" for name, answer in answers_of(document, mark))
        yield *head, piece.label, words, *tail, answers


def answers_of(document, mark):
    """The questions and answers, by the id of the question."""
    tag = next(it for it in document.record["codebook"]["tags"] if it["id"] == mark["tag"])
    names = {it["id"]: it["name"] for it in tag["attributes"]}
    return [(names.get(id, id), in_words(answer)) for id, answer in sorted(mark["attributes"].items())]


def in_words(answer):
    """An answer as text."""
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if isinstance(answer, (int, float)):
        number = format(Decimal(repr(answer)), "f")
        return number.rstrip("0").rstrip(".") if "." in number else number
    return on_one_line(", ".join(answer) if isinstance(answer, list) else answer)


def end_of(document, id):
    mark = document.marks[id]
    return id, document.labels[mark["tag"]], document.member(mark) or document.words(mark)


def relations_of(document):
    for link in document.relations:
        ends = (*end_of(document, link.source), *end_of(document, link.target))
        yield document.id, document.title, link.id, link.label, *ends


def cast_of(document):
    for member in document.record["entities"]:
        mentions = sum(mark["entity"] == member["id"] for mark in document.marks.values())
        about = (member["name"], "; ".join(member["aliases"]), member["reference"], mentions)
        yield document.id, document.title, member["id"], document.labels[member["tag"]], *about


def about_of(document):
    article = document.record["article"]
    source = (article["source"][name] for name in ("url", "outlet", "byline", "published"))
    yield document.id, document.title, *source, article["language"] or "", article["text_sha256"], "code points"


def check_ledgers(case, reader, ledgers, held):
    """Checks that each label with marks has a table, with a row for each mark and its words in the column of
    the label.

    Everything else about a mark is in columns named after it.
    """
    expected, facts = [], {}
    for document in case.documents:
        names = {tag["id"]: tag["name"] for tag in document.record["codebook"]["tags"]}
        for id, mark in document.marks.items():
            place = (mark["spans"][0]["start"], mark["spans"][-1]["end"])
            row = (document.labels[mark["tag"]], document.id, document.title, id, *place)
            expected += in_cells([row], held)
            about = [(names[mark["tag"]], document.words(mark)), ("Note", on_one_line(mark["note"]))]
            about += [("Cast", document.member(mark)), *answers_of(document, mark)]
            about = in_cells([(name[:1].upper() + name[1:], cell) for name, cell in about if cell], held)
            facts[document.id, id] = set(about)
    labels = {row[3]: row[0] for row in expected}
    read = []
    for lines in ledgers:
        need(lines[0][: len(LEDGER)] == LEDGER, f"a ledger has the columns {lines[0]}")
        need(len(lines) > 1, f"a ledger has no marks: {lines[0]}")
        for line in lines[1:]:
            read.append((labels.get(lines[1][2]), *line[: len(LEDGER)]))
            missing = facts.get((line[0], line[2]), set()) - set(zip(lines[0], line))
            need(not missing, f"the ledger of {read[-1][0]} does not say {missing}")
    need(len(ledgers) == len({row[0] for row in expected}), f"{len(ledgers)} ledgers")
    case.confirm(reader, "ledgers", read, expected)
