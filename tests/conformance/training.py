"""Training data of spaCy and Prodigy."""

import spacy
import srsly
from spacy import displacy
from spacy.tokens import Doc, DocBin
from spacy.training import Corpus, biluo_tags_to_offsets, offsets_to_biluo_tags

from alignment import check_sentences
from case import labelled, linked, need
from json_lines import rows
from source import Document, flat

NLP = spacy.blank("xx")


def check_spacy(case):
    """DocBin as `spacy train` loads it, the training corpus, BILUO tags, displaCy."""
    path = case.file(case.whole("spacy"))
    docs = list(DocBin().from_disk(path).get_docs(spacy.blank("xx").vocab))
    case.confirm_texts("DocBin", [doc.text for doc in docs])
    entities = labelled(case.documents, lambda document: flat(document.trimmed()))
    case.confirm("DocBin", "entities", spans(doc.ents for doc in docs), entities)
    groups = [(place, name) for place, doc in enumerate(docs) for name in doc.spans]
    case.confirm("DocBin", "groups", groups, [(place, "sc") for place in range(len(docs))])
    everything = labelled(case.documents, Document.trimmed)
    case.confirm("DocBin", "spans", spans(doc.spans["sc"] for doc in docs), everything)

    examples = list(Corpus(path)(NLP))
    case.confirm_texts("Corpus", [example.reference.text for example in examples])
    case.confirm("Corpus", "entities", spans(example.reference.ents for example in examples), entities)

    tags = [offsets_to_biluo_tags(doc, offsets(doc.ents)) for doc in docs]
    found = [biluo_tags_to_offsets(doc, tags) for doc, tags in zip(docs, tags)]
    found = [(place, *span) for place, spans in enumerate(found) for span in spans]
    case.confirm("BILUO tags", "entities", found, entities)

    found = []
    for place, doc in enumerate(docs):
        document = case.documents[place]
        check_sentences(document, list(sentences_of(doc)), flat(document.trimmed()), "spaCy")
        # It warns if there is nothing to draw.
        if doc.ents:
            shown = displacy.parse_ents(doc)["ents"]
            found += [(place, span["start"], span["end"], span["label"]) for span in shown]
            page = displacy.render(doc, style="ent", jupyter=False)
            need(page.count("<mark") == len(shown), "displaCy draws another number of entities")
    case.confirm("displaCy", "entities", found, entities)


def sentences_of(doc):
    """The start and end of the words of each sentence. Line ends before and after them are tokens too."""
    need(doc.has_annotation("SENT_START"), "no sentence starts")
    for sentence in doc.sents:
        words = [token for token in sentence if not token.is_space]
        if words:
            yield words[0].idx, words[-1].idx + len(words[-1])


def offsets(spans):
    return [(span.start_char, span.end_char, span.label_) for span in spans]


def spans(of_docs):
    """(document, start, end, label) of the spans of each document."""
    return [(place, *span) for place, spans in enumerate(of_docs) for span in offsets(spans)]


def check_prodigy(case):
    """Rows by srsly, their tokens as a spaCy Doc, and every span at token boundaries."""
    name = case.whole("jsonl")
    read = rows(case, name)
    need(list(srsly.read_jsonl(case.file(name))) == read, "srsly reads other rows than json")
    case.confirm_texts("srsly", [row["text"] for row in read])
    found, links, marks = [], [], []
    for document, row in zip(case.documents, read):
        need(row["meta"]["id"] == document.id, f"row {document.place}: the id is another's")
        need(row["answer"] == "accept", f"row {document.place} was not accepted")
        view = "relations" if row["relations"] else "spans_manual"
        need(row["_view_id"] == view, f"row {document.place} is shown as {row['_view_id']}")
        doc = doc_of(row)
        span = lambda record: placed(doc, record)
        found += [(document.place, *span(record)) for record in row["spans"]]
        marks += [(document.place, *span(record), record["mark"]) for record in row["spans"]]
        for link in row["relations"]:
            head, child = link["head_span"], link["child_span"]
            need(head in row["spans"] and child in row["spans"], "a relation is between spans that are none")
            links.append((document.place, link["label"], span(head), span(child)))
            ends = (head["token_end"], child["token_end"])
            need((link["head"], link["child"]) == ends, "a relation does not hang on the last tokens")
    case.confirm("spaCy char_span", "spans", found, labelled(case.documents, Document.trimmed))
    expected = [
        (document.place, piece.start, piece.end, piece.label, piece.mark)
        for document in case.documents
        for piece in document.trimmed()
    ]
    case.confirm("spaCy char_span", "marks", marks, expected)
    case.confirm("spaCy char_span", "relations", links, linked(case.documents, Document.trimmed))


def doc_of(row):
    """The spaCy Doc of the tokens of a row. It must give the row's text."""
    tokens = row["tokens"]
    need([token["id"] for token in tokens] == [*range(len(tokens))], "tokens are not numbered from 0")
    for token in tokens:
        words = row["text"][token["start"] : token["end"]]
        need(words == token["text"], f"the token {token['text']!r} stands where the text has {words!r}")
    words, spaces = [token["text"] for token in tokens], [token["ws"] for token in tokens]
    doc = Doc(NLP.vocab, words=words, spaces=spaces)
    need(doc.text == row["text"], "the tokens do not make the text")
    return doc


def placed(doc, record):
    """(start, end, label) of a span. Its token indices must agree with its offsets."""
    span = doc.char_span(record["start"], record["end"], label=record["label"])
    need(span is not None, f"{record} does not begin and end with tokens")
    tokens = (record["token_start"], record["token_end"])
    need(tokens == (span.start, span.end - 1), f"{record} has other tokens: {span.start}, {span.end - 1}")
    return span.start_char, span.end_char, span.label_
