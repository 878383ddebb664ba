"""Makes small correct files in every format by simple means, to test the checks."""

import csv
import io
import json
import re
from html import escape

from spacy.symbols import ENT_IOB, ENT_TYPE, ORTH, SENT_START
from spacy.tokens import Doc, DocBin, Span, SpanGroup
from spacy.vocab import Vocab

from case import labelled
from source import Document, file_stem, firsts, flat
from tables import ABOUT, CAST, LEDGER, MARKS, RELATIONS, about_of, marks_of, relations_of
from uima import ENTITY, SEGMENTATION

OA = "http://www.w3.org/ns/anno.jsonld"


def tokens_of(document, edges=True):
    """Ranges without white space, divided where pieces begin and end."""
    cuts = {at for piece in document.trimmed() for at in (piece.start, piece.end)} if edges else set()
    for found in re.finditer(r"\S+", document.text):
        ends = sorted({found.start(), found.end()} | {at for at in cuts if found.start() < at < found.end()})
        yield from zip(ends, ends[1:])


def sentences_of(document):
    """The tokens of each line. Lines that a flat piece crosses are one sentence."""
    sentences = []
    for start, end in tokens_of(document):
        before = sentences[-1][-1][1] if sentences else 0
        inside = any(piece.start < start < piece.end for piece in flat(document.trimmed()))
        if not sentences or "\n" in document.text[before:start] and not inside:
            sentences.append([])
        sentences[-1].append((start, end))
    return sentences


def spacy(documents):
    vocab = Vocab()
    bin = DocBin(attrs=[ORTH, ENT_IOB, ENT_TYPE, SENT_START], store_user_data=False)
    for document in documents:
        words, spaces, places, at = [], [], {}, 0
        for sentence in sentences_of(document):
            for start, end in sentence:
                gap = document.text[at:start]
                if gap.startswith(" ") and words:
                    spaces[-1], gap = True, gap[1:]
                if gap:
                    words.append(gap)
                    spaces.append(False)
                places[start] = len(words)
                words.append(document.text[start:end])
                spaces.append(False)
                at = end
        if document.text[at:]:
            words.append(document.text[at:])
            spaces.append(False)
        doc = Doc(vocab, words=words, spaces=spaces)
        begins = {places[sentence[0][0]] for sentence in sentences_of(document)}
        for token in doc:
            token.is_sent_start = token.i in begins or token.i == 0
        span = lambda piece: doc.char_span(piece.start, piece.end, label=piece.label)
        doc.ents = [span(piece) for piece in flat(document.trimmed())]
        doc.spans["sc"] = SpanGroup(doc, name="sc", spans=[span(piece) for piece in document.trimmed()])
        bin.add(doc)
    return {"dataset.spacy": bin.to_bytes()}


def conll2003(documents):
    lines = []
    for document in documents:
        lines += ["-DOCSTART- -X- O O", ""]
        for sentence in sentences_of(document):
            for start, end in sentence:
                tag = "O"
                for piece in flat(document.trimmed()):
                    if piece.start <= start and end <= piece.end:
                        letter = "B" if piece.start == start else "I"
                        tag = f"{letter}-{'_'.join(piece.label.split())}"
                lines.append(f"{document.text[start:end]} -X- O {tag}")
            lines.append("")
    return {"dataset.conll": "\n".join(lines) + "\n"}


def brat(documents):
    names = {label: re.sub(r"\W", "_", label) for it in documents for label in it.labels.values()}
    relations = {link.label: re.sub(r"\W", "_", link.label) for it in documents for link in it.relations}
    shown = "".join(f"{name} | {label}\n" for label, name in {**names, **relations}.items())
    kinds = "".join(f"{name}\tArg1:<ENTITY>, Arg2:<ENTITY>\n" for name in relations.values())
    tags = [(it.labels[tag["id"]], tag["colour"]) for it in documents for tag in it.record["codebook"]["tags"]]
    colours = "".join(f"{names[label]}\tbgColor:{colour}\n" for label, colour in dict(tags).items())
    entities = "".join(f"{name}\n" for name in names.values())
    files = {
        "annotation.conf": f"[entities]\n{entities}[relations]\n{kinds}[events]\n[attributes]\n",
        "visual.conf": f"[labels]\n{shown}[drawing]\n{colours}",
    }
    for document in documents:
        lines, ids = [], {}
        for number, mark in enumerate(document.marks, 1):
            pieces = [piece for piece in document.exact() if piece.mark == mark]
            places = ";".join(f"{piece.start} {piece.end}" for piece in pieces)
            words = " ".join(document.text[piece.start : piece.end] for piece in pieces)
            ids[mark] = f"T{number}"
            lines.append(f"T{number}\t{names[pieces[0].label]} {places}\t{words}")
        for number, link in enumerate(document.relations, 1):
            ends = f"Arg1:{ids[link.source]} Arg2:{ids[link.target]}"
            lines.append(f"R{number}\t{relations[link.label]} {ends}")
        for number, (mark, note) in enumerate(document.notes.items(), 1):
            lines.append(f"#{number}\tAnnotatorNotes {ids[mark]}\t{note}")
        files[f"{document.stem}.txt"] = document.text
        files[f"{document.stem}.ann"] = "".join(f"{line}\n" for line in lines)
    return files


def doccano(documents):
    rows = []
    for id, it in enumerate(documents, 1):
        labels = [[piece.start, piece.end, piece.label] for piece in it.exact()]
        about = {"title": it.title, "url": it.url, "document": it.id}
        rows.append(json.dumps({"id": id, "text": it.text, "label": labels, **about}) + "\n")
    return {"dataset.jsonl": "".join(rows)}


def w3c(documents):
    marks, links = [], []
    for document in documents:
        for id, mark in document.marks.items():
            tag = document.labels[mark["tag"]]
            bodies = [("tagging", tag), ("commenting", mark["note"])]
            bodies = [{"type": "TextualBody", "purpose": purpose, "value": it} for purpose, it in bodies if it]
            targets = [target_of(document, piece) for piece in document.exact() if piece.mark == id]
            about = {"created": mark["created"], "modified": mark["modified"], "motivation": "tagging"}
            about["target"] = targets if len(targets) > 1 else targets[0]
            marks.append({"id": f"urn:uuid:{id}", "type": "Annotation", "body": bodies, **about})
        for link in document.relations:
            body = [
                f"urn:uuid:{link.source}",
                {"type": "TextualBody", "purpose": "tagging", "value": link.label},
            ]
            about = {"motivation": "linking", "body": body, "target": f"urn:uuid:{link.target}"}
            links.append({"id": f"urn:uuid:{link.id}", "type": "Annotation", **about})
    page = lambda items: json.dumps(
        {"@context": OA, "id": "urn:x-page:1", "type": "AnnotationPage", "items": items}
    )
    return {"dataset.jsonld": page(marks), "dataset.relations.jsonld": page(links)}


def target_of(document, piece):
    text, (start, end) = document.text, (piece.start, piece.end)
    quote = {"exact": text[start:end], "prefix": text[max(0, start - 9) : start], "suffix": text[end : end + 9]}
    selectors = [
        {"type": "TextQuoteSelector", **quote},
        {"type": "TextPositionSelector", "start": start, "end": end},
    ]
    return {"source": document.url, "selector": selectors}


def cas_json(documents):
    files = {}
    for document in documents:
        unit = lambda at: len(document.text[:at].encode("utf-16-le")) // 2
        sofa = {"sofaNum": 1, "sofaID": "_InitialView", "mimeType": "text/plain", "sofaString": document.text}
        all = [{"%ID": 1, "%TYPE": "uima.cas.Sofa", **sofa}]

        def put(kind, start, end, **features):
            place = {"@sofa": 1, "begin": unit(start), "end": unit(end)}
            all.append({"%ID": len(all) + 1, "%TYPE": kind, **place, **features})
            return len(all)

        for sentence in sentences_of(document):
            put(f"{SEGMENTATION}.Sentence", sentence[0][0], sentence[-1][1])
            for token in sentence:
                put(f"{SEGMENTATION}.Token", *token)
        pieces = firsts(document.trimmed())
        ids = {(it.mark, it.number): put(ENTITY, it.start, it.end, value=it.label) for it in document.trimmed()}
        for link in document.relations:
            place = pieces[link.target]
            ends = {"@Governor": ids[link.source, 0], "@Dependent": ids[link.target, 0]}
            put("pullquote.Relation", place.start, place.end, label=link.label, **ends)
        for mark, note in document.notes.items():
            put("pullquote.Note", pieces[mark].start, pieces[mark].end, value=note)
        views = {"_InitialView": {"%SOFA": 1, "%MEMBERS": [it["%ID"] for it in all[1:]]}}
        types = {kind: type_of(kind, **features) for kind, features in CAS_TYPES.items()}
        files[f"{document.stem}.json"] = json.dumps(
            {"%TYPES": types, "%FEATURE_STRUCTURES": all, "%VIEWS": views}
        )
    return files


CAS_TYPES = {
    f"{SEGMENTATION}.Sentence": {},
    f"{SEGMENTATION}.Token": {},
    ENTITY: {"value": "uima.cas.String"},
    "pullquote.Relation": {"Governor": ENTITY, "Dependent": ENTITY, "label": "uima.cas.String"},
    "pullquote.Note": {"value": "uima.cas.String"},
}


def type_of(kind, **features):
    ranges = {name: {"%NAME": name, "%RANGE": range} for name, range in features.items()}
    return {"%NAME": kind, "%SUPER_TYPE": "uima.tcas.Annotation", **ranges}


def tei(documents):
    files = {}
    for document in documents:
        tags = {label: f"t{number}" for number, label in enumerate(document.labels.values())}
        spans, anchors = [], []
        for piece in document.exact():
            name = lambda number: f"m{piece.mark}.{number}"
            own = name(piece.number)
            count = sum(it.mark == piece.mark for it in document.exact())
            chain = f' prev="#{name(piece.number - 1)}"' if piece.number else ""
            chain += f' next="#{name(piece.number + 1)}"' if piece.number + 1 < count else ""
            ends = f'from="#{own}b" to="#{own}e" ana="#{tags[piece.label]}"'
            spans.append(f'<span xml:id="{own}" {ends}{chain}/>')
            anchors += [(piece.start, 1, f"{own}b"), (piece.end, 0, f"{own}e")]
        for link in document.relations:
            name = "_".join(link.label.split())
            spans.append(f'<relation name="{name}" active="#m{link.source}.0" passive="#m{link.target}.0"/>')
        spans += [f'<note target="#m{mark}.0">{escape(note)}</note>' for mark, note in document.notes.items()]
        text = document.text
        for at, _, name in sorted(anchors, reverse=True):
            text = f'{text[:at]}<anchor xml:id="{name}"/>{text[at:]}'
        lines = "".join(f'<ab xml:space="preserve">{line}</ab>' for line in text.split("\n"))
        categories = "".join(
            f'<category xml:id="{it}"><catDesc>{label}</catDesc></category>' for label, it in tags.items()
        )
        files[f"{document.stem}.xml"] = (
            f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader>{categories}</teiHeader>'
            f"<standOff>{''.join(spans)}</standOff><text><body>{lines}</body></text></TEI>"
        )
    return files


def csv_tables(documents):
    tables = {"marks": [MARKS], "relations": [RELATIONS], "cast": [CAST], "about": [ABOUT]}
    for document in documents:
        tables["marks"] += marks_of(document)
        tables["relations"] += relations_of(document)
        tables["about"] += [(*line, "") for line in about_of(document)]
        for mark in document.marks.values():
            label = document.labels[mark["tag"]]
            heading = label[:1].upper() + label[1:]
            place = (mark["spans"][0]["start"], mark["spans"][-1]["end"])
            table = tables.setdefault(f"ledger-{file_stem(label)}", [[*LEDGER, heading, "Note"]])
            table.append((document.id, document.title, mark["id"], *place, document.words(mark), mark["note"]))
    files = {}
    for name, lines in tables.items():
        out = io.StringIO(newline="")
        guarded = lambda cell: f"'{cell}" if str(cell).startswith(("=", "+", "-", "@")) else cell
        csv.writer(out).writerows([[guarded(cell) for cell in line] for line in lines])
        files[f"{name}.csv"] = "\ufeff" + out.getvalue()
    return files


WRITERS = {
    "spacy": spacy,
    "conll2003": conll2003,
    "brat": brat,
    "doccano": doccano,
    "w3c": w3c,
    "cas-json": cas_json,
    "tei": tei,
    "csv": csv_tables,
}


def write(name, documents, folder):
    """Writes the documents in the format with this name."""
    folder.mkdir(parents=True)
    for file, content in WRITERS[name](documents).items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / file).write_bytes(data)
