"""Folders that `datasets.load_dataset` opens: JSON Lines or Parquet, with their card."""

import offline  # noqa: F401  (before the library, which reads the environment only once)

import json

import datasets
import pyarrow.parquet
from seqeval.scheme import IOB2, Entities

from alignment import check_sentences, documents_of, laid, spans_of, unfolded
from case import labelled, need
from json_lines import rows
from source import Document, flat

SPAN = ("start", "end", "label", "text", "mark", "note", "coder")


def check_json_lines(case):
    """Checks the folder by its card, and the rows again as plain JSON."""
    case.file("README.md")
    check_tokens(case, "datasets", loaded(case, "tokens"))
    check_rows(case, "datasets", loaded(case, "spans"))
    check_tokens(case, "json", rows(case, "data/tokens.jsonl"))
    check_rows(case, "json", rows(case, "data/spans.jsonl"))


def check_parquet(case):
    """Checks the folder by its card, and each table again with pyarrow, with its metadata."""
    case.file("README.md")
    check_tokens(case, "datasets", loaded(case, "tokens"))
    check_rows(case, "datasets", loaded(case, "spans"))
    tokens, features = table(case, "data/tokens.parquet")
    names = features["ner_tags"]["feature"]["names"]
    tokens = [row | {"ner_tags": [names[tag] for tag in row["ner_tags"]]} for row in tokens]
    check_tokens(case, "pyarrow", tokens)
    spans, _ = table(case, "data/spans.parquet")
    check_rows(case, "pyarrow", spans)


def loaded(case, configuration):
    """The rows of a configuration, with the tags as names from its features."""
    cache = str(case.scratch / configuration)
    dataset = datasets.load_dataset(str(case.folder), configuration, cache_dir=cache)
    need(list(dataset) == ["train"], f"{configuration}: splits {list(dataset)}")
    train = dataset["train"]
    found = list(train)
    if configuration == "tokens":
        default = datasets.get_dataset_default_config_name(str(case.folder))
        need(default == "tokens", f"{default} is the default")
        tags = train.features["ner_tags"].feature
        need(isinstance(tags, datasets.ClassLabel), f"ner_tags are {tags}, no ClassLabel")
        labels = [name[2:] for name in tags.names[1::2]]
        names = ["O"] + [f"{letter}-{label}" for label in labels for letter in "BI"]
        need(tags.names == names, f"the names of tags are {tags.names}")
        for row in found:
            row["ner_tags"] = [tags.int2str(tag) for tag in row["ner_tags"]]
    return found


def table(case, name):
    """The rows of a Parquet file, and the features in its metadata."""
    read = pyarrow.parquet.read_table(case.file(name))
    metadata = json.loads(read.schema.metadata[b"huggingface"])
    return read.to_pylist(), metadata["info"]["features"]


def check_tokens(case, reader, found):
    """Checks the rows of sentences."""
    ids = [row["id"] for row in found]
    need(len(ids) == len(set(ids)), f"{reader}: an id stands twice")
    for row in found:
        need(len(row["tokens"]) == len(row["ner_tags"]) > 0, f"{reader}: {row['id']} has no tag for each token")
    sentences = [list(zip(row["tokens"], row["ner_tags"])) for row in found]
    names = [row["document"] for row in found]
    spans, strict, owners = [], [], []
    for document, own in zip(case.documents, documents_of(sentences, case.documents, reader)):
        owners += [document.id] * len(own)
        places = laid([token for sentence in own for token, _ in sentence], document.text, reader)
        ends = []
        for sentence in own:
            tags = [tag for _, tag in sentence]
            where, places = places[: len(tags)], places[len(tags) :]
            ends.append((where[0][0], where[-1][1]))
            spans += [(document.place, *span) for span in spans_of(tags, where)]
            strict += [
                (document.place, where[entity.start][0], where[entity.end - 1][1])
                for entity in Entities([tags], IOB2).entities[0]
            ]
        check_sentences(document, ends, flat(document.trimmed()), reader)
    need(names == owners, f"{reader}: a sentence is not of the document that it names")
    expected = labelled(case.documents, lambda document: flat(document.trimmed()))
    fold = lambda label: "_".join(label.split())
    case.confirm(reader, "tagged spans", unfolded(case, spans, expected, fold), expected)
    case.confirm("seqeval", "tagged spans", strict, [span[:-1] for span in expected])


def check_rows(case, reader, found):
    """Checks the rows of documents."""
    case.confirm_texts(reader, [row["text"] for row in found])
    told = [(row["id"], row["title"], row["url"], row["language"] or "") for row in found]
    articles = [document.record["article"] for document in case.documents]
    is_told = [(it["id"], it["title"], it["source"]["url"], it["language"] or "") for it in articles]
    case.confirm(reader, "articles", told, is_told)
    spans = [(place, *(span[key] for key in SPAN)) for place, row in enumerate(found) for span in row["spans"]]
    case.confirm(reader, "spans", [span[:4] for span in spans], labelled(case.documents, Document.trimmed))
    expected = [
        (it.place, piece.start, piece.end, piece.label, it.text[piece.start : piece.end])
        + tuple(it.marks[piece.mark][key] for key in ("id", "note", "coder"))
        for it in case.documents
        for piece in it.trimmed()
    ]
    case.confirm(reader, "whole spans", spans, expected)
    links = [
        (place, it["label"], it["from"], it["to"]) for place, row in enumerate(found) for it in row["relations"]
    ]
    expected = []
    for it in case.documents:
        left = {piece.mark for piece in it.trimmed()}
        links_of = [link for link in it.relations if {link.source, link.target} <= left]
        expected += [(it.place, link.label, link.source, link.target) for link in links_of]
    case.confirm(reader, "relations", links, expected)
