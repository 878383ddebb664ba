"""CoNLL-U: sentences of Universal Dependencies, with the exact text."""

import re

import conllu
import pyconll
from spacy.training.converters import conllu_to_docs

from alignment import check_sentences, laid, spans_of
from case import labelled, need
from source import flat

# The characters other than \n and \r at which pyconll breaks lines; they are written as \n.
BREAKS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
ESCAPES = {"\\s": " ", "\\t": "\t", "\\n": "\n", "\\r": "\r", "\\p": "|", "\\\\": "\\"}


def check(case):
    """conllu and pyconll, each with the text made from the spaces after the words; spaCy convert."""
    name = case.whole("conllu")
    text = case.text(name)
    need(text.endswith("\n\n"), f"{name} does not end with an empty line")
    expected = labelled(case.documents, lambda document: flat(document.trimmed()))
    sentences = conllu.parse(text)
    for sentence in sentences:
        check_tree(sentence)
    read = [
        (sentence.metadata, [(token["form"], token["misc"] or {}) for token in sentence])
        for sentence in sentences
    ]
    held = lambda text: BREAKS.sub("\n", text)
    confirm(case, "conllu", read, expected, text, held)
    for sentences in (pyconll.load_from_file(case.file(name)), pyconll.load_from_string(text)):
        read = [
            (meta(sentence), [(token.form, first_of(token.misc)) for token in sentence])
            for sentence in sentences
        ]
        confirm(case, "pyconll", read, expected, text, held)
    confirm(case, "our reader", exact(columns_of(text)), expected, text)

    docs = list(conllu_to_docs(text, n_sents=1, no_print=True))
    need(
        len(docs) == len(sentences), f"spaCy convert makes {len(docs)} documents of {len(sentences)} sentences"
    )
    spans, rest = [], iter(docs)
    for document, own in zip(case.documents, of_documents(read)):
        converted = [next(rest) for _ in own]
        places = laid([token.text for doc in converted for token in doc], document.text, "spaCy convert")
        for doc in converted:
            where, places = places[: len(doc)], places[len(doc) :]
            spans += [(document.place, where[it.start][0], where[it.end - 1][1], it.label_) for it in doc.ents]
    case.confirm("spaCy convert", "spans", called(case, spans, text), expected)


def columns_of(text):
    """The sentences as the file has them, to the last space."""
    for block in text.split("\n\n")[:-1]:
        lines = block.split("\n")
        comments = [line[2:].split(" = ", 1) for line in lines if line.startswith("# ")]
        rows = [line.split("\t") for line in lines if not line.startswith("# ")]
        need(all(len(row) == 10 for row in rows), f"{block[:60]!r} has no ten columns")
        misc = [dict(field.split("=", 1) for field in row[9].split("|") if row[9] != "_") for row in rows]
        yield dict(comments), [(row[1], fields) for row, fields in zip(rows, misc)]


def exact(sentences):
    """The sentences, with the exact white space from the fields that state it."""
    for metadata, tokens in sentences:
        for _, misc in tokens:
            for name in ("SpacesBefore", "SpacesAfter"):
                if f"{name}Exact" in misc:
                    misc[name] = misc[f"{name}Exact"]
        yield metadata, tokens


def called(case, spans, text):
    """The spans with the labels of the palettes, which are in the comments, in place of the names."""
    labels = {}
    for name, label in re.findall(r"^# label ([A-Z_]+) = (.*)$", text, re.M):
        need(labels.setdefault(name, label) == label, f"{name} stands for two labels")
    need(len(labels) == len(set(labels.values())), "two names stand for one label")
    palette = {label for document in case.documents for label in document.labels.values()}
    unnamed = {label for *_, label in spans} - labels.keys() - palette
    need(not unnamed, f"no comment says what {sorted(unnamed)} are")
    return [(*place, labels.get(name, name)) for *place, name in spans]


def check_tree(sentence):
    """Checks that the words are numbered from 1, and that exactly one is the root."""
    need([token["id"] for token in sentence] == [*range(1, len(sentence) + 1)], "words are not numbered from 1")
    roots = [(token["id"], token["deprel"]) for token in sentence if token["head"] == 0]
    need(len(roots) == 1 and roots[0][1] == "root", f"a sentence has the roots {roots}")
    need(all(0 <= token["head"] <= len(sentence) for token in sentence), "a head is no word of its sentence")


def meta(sentence):
    """The comments of a sentence in pyconll, including the one about the document."""
    names = ("newdoc id", "sent_id", "text")
    return {name: sentence.meta_value(name) for name in names if sentence.meta_present(name)}


def first_of(misc):
    """The first value of each name; pyconll has a set of values."""
    return {name: next(iter(values)) if values else None for name, values in misc.items()}


def of_documents(sentences):
    """The sentences of each document."""
    documents = []
    for metadata, tokens in sentences:
        if "newdoc id" in metadata:
            documents.append([])
        need(documents, "a sentence stands before the first document")
        documents[-1].append((metadata, tokens))
    return documents


def confirm(case, reader, sentences, expected, text_of_file, held=str):
    """Checks the ids of the documents, their texts to the last space, and their spans."""
    documents = of_documents(sentences)
    ids = [(place, own[0][0]["newdoc id"]) for place, own in enumerate(documents)]
    case.confirm(reader, "ids", ids, [(it.place, it.id) for it in case.documents])
    texts, spans = [], []
    for document, own in zip(case.documents, documents):
        text = unescaped(own[0][1][0][1].get("SpacesBefore"))
        places = laid([form for _, tokens in own for form, _ in tokens], document.text, reader)
        ends = []
        for metadata, tokens in own:
            where, places = places[: len(tokens)], places[len(tokens) :]
            ends.append((where[0][0], where[-1][1]))
            told = re.sub(r"\s", " ", document.text[where[0][0] : where[-1][1]])
            need(metadata["text"] == told, f"{reader}: the sentence says {metadata['text']!r}, not {told!r}")
            spans += [
                (document.place, *span)
                for span in spans_of([misc.get("name", "O") for _, misc in tokens], where)
            ]
            text += "".join(form + space_after(misc) for form, misc in tokens)
        texts.append(text)
        check_sentences(document, ends, flat(document.trimmed()), reader)
    case.confirm_texts(reader, [held(text) for text in texts], held)
    case.confirm(reader, "spans", called(case, spans, text_of_file), expected)


def space_after(misc):
    """The white space between a word and the next."""
    if misc.get("SpaceAfter") == "No":
        return ""
    return unescaped(misc["SpacesAfter"]) if "SpacesAfter" in misc else " "


def unescaped(spaces):
    known = lambda found: ESCAPES.get(found[0]) or chr(int(found[0][2:], 16))
    return re.sub(r"\\(?:[stnrp\\]|u[0-9A-F]{4})", known, spaces or "")
