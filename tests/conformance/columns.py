"""Tokens with tags in columns: CoNLL-2003, and token and tag in three schemes."""

import offline  # noqa: F401

import iobes
import nltk
from nltk.corpus.reader import ConllCorpusReader
from seqeval.metrics import f1_score
from seqeval.scheme import BILOU, IOB2, IOBES, Entities
from spacy.training.converters import conll_ner_to_docs

from alignment import check_sentences, laid, spans_of, unfolded
from case import labelled, need
from source import flat

BREAK = "-DOCSTART- -X- O O"


def check_conll2003(case):
    """One file; NLTK, spaCy convert, seqeval in strict mode, iobes."""
    name = case.whole("conll")
    text = case.text(name)
    need(text.startswith(f"{BREAK}\n\n"), f"{name} does not begin with a document")
    chunks = text[len(BREAK) + 2 :].split(f"{BREAK}\n\n")
    read = [sentences_of(chunk, " ", 4, name) for chunk in chunks]
    need(len(read) == len(case.documents), f"{name} has {len(read)} documents, not {len(case.documents)}")
    spans = Columns(case, read)
    spans.check_tags(IOB2, iobes.parse_spans_bio_with_errors)
    spans.check_nltk([name], ("words", "pos", "ignore", "chunk"), " ")
    spans.check_spacy([text])


def check_iob2(case):
    """A file for each document; NLTK, spaCy convert, seqeval in strict mode, iobes."""
    spans, names = two_columns(case, "iob2.tsv")
    spans.check_tags(IOB2, iobes.parse_spans_bio_with_errors)
    spans.check_nltk(names, ("words", "chunk"), "\t")
    spans.check_spacy([case.text(name) for name in names])


def check_bioes(case):
    """A file for each document; seqeval in strict mode (as IOBES), iobes."""
    spans, _ = two_columns(case, "bioes.tsv")
    spans.check_tags(IOBES, iobes.parse_spans_iobes_with_errors)


def check_bilou(case):
    """A file for each document; seqeval in strict mode, iobes."""
    spans, _ = two_columns(case, "bilou.tsv")
    spans.check_tags(BILOU, iobes.parse_spans_bilou_with_errors)


def two_columns(case, extension):
    names = [f"{document.stem}.{extension}" for document in case.documents]
    texts = [case.text(name) for name in names]
    read = [sentences_of(text, "\t", 2, name) for text, name in zip(texts, names)]
    return Columns(case, read), names


def sentences_of(text, separator, columns, name):
    """(token, tag) of each sentence. An empty line must follow each sentence."""
    need(text.endswith("\n\n") or not text, f"{name} does not end with an empty line")
    sentences = []
    for block in text.split("\n\n")[:-1]:
        lines = [line.split(separator) for line in block.split("\n")]
        for cells, line in zip(lines, block.split("\n")):
            need(len(cells) == len(line.split()) == columns, f"{name}: not {columns} columns: {line!r}")
            need(columns == 2 or cells[1:3] == ["-X-", "O"], f"{name}: other columns in {line!r}")
        sentences.append([(cells[0], cells[-1]) for cells in lines])
    return sentences


class Columns:
    """The sentences of each document, with the spans that they must give."""

    def __init__(self, case, sentences):
        self.case = case
        self.sentences = [own for of_document in sentences for own in of_document]
        self.expected = labelled(case.documents, lambda document: flat(document.trimmed()))
        self.places = []  # for each sentence, its document and the positions of its tokens
        spans = []
        for document, own in zip(case.documents, sentences):
            first = len(self.places)
            places = laid([token for sentence in own for token, _ in sentence], document.text, document.title)
            for sentence in own:
                where, places = places[: len(sentence)], places[len(sentence) :]
                self.places.append((document.place, where))
                found = spans_of([tag for _, tag in sentence], where)
                spans += [(document.place, *span) for span in found]
            ends = [(where[0][0], where[-1][1]) for _, where in self.places[first:]]
            check_sentences(document, ends, flat(document.trimmed()), "columns")
        self.spans = spans  # with the labels as the file has them
        self.confirm("our reader", spans)
        laid_out = [document.place for document, _ in zip(case.documents, sentences)]
        case.confirm("our reader", "documents", laid_out, range(len(case.documents)))

    def confirm(self, reader, spans):
        fold = lambda label: "_".join(label.split())
        self.case.confirm(reader, "spans", unfolded(self.case, spans, self.expected, fold), self.expected)

    def span(self, sentence, first, behind, label):
        """(document, start, end, label) of a range of tokens of a sentence."""
        document, where = self.places[sentence]
        return document, where[first][0], where[behind - 1][1], label

    def check_tags(self, scheme, parse):
        """Checks that seqeval and iobes find the spans, and nothing that breaks the scheme."""
        tags = [[tag for _, tag in sentence] for sentence in self.sentences]
        entities = [entity for own in Entities(tags, scheme).entities for entity in own]
        read = [self.span(it.sent_id, it.start, it.end, it.tag) for it in entities]
        # It removes the hyphens at both ends of a label.
        expected = [(*span, label.strip("-") or "_") for *span, label in self.spans]
        self.case.confirm("seqeval", "strict spans", read, expected)
        if entities:
            score = f1_score(tags, tags, mode="strict", scheme=scheme)
            need(score == 1, f"seqeval: the tags score {score} against themselves")
        read = []
        for place, own in enumerate(tags):
            spans, errors = parse(own)
            need(not errors, f"iobes: {errors[:3]}")
            read += [self.span(place, it.start, it.end, it.type) for it in spans]
        self.confirm("iobes", read)

    def check_nltk(self, names, columns, separator):
        """Checks that NLTK makes a tree of each sentence."""
        folder = str(self.case.folder.resolve())
        nltk.data.path.append(folder)  # it reads only from this folder
        corpus = ConllCorpusReader(folder, names, columns, separator=separator)
        corpus._colmap.setdefault("pos", 0)  # without a column for this it makes no trees
        trees = [tree for tree in corpus.chunked_sents() if len(tree)]
        read = []
        for place, (tree, sentence) in enumerate(zip(trees, self.sentences, strict=True)):
            words = [word for word, _ in tree.leaves()]
            need(words == [token for token, _ in sentence], f"NLTK reads other tokens: {words}")
            at = 0
            for node in tree:
                length = len(node) if isinstance(node, nltk.Tree) else 0
                if length:
                    read.append(self.span(place, at, at + length, node.label()))
                at += length or 1
        self.confirm("NLTK", read)

    def check_spacy(self, texts):
        """Checks that `spacy convert -c ner` makes a Doc of each document that has a word."""
        docs = [doc for text in texts for doc in conll_ner_to_docs(text, n_sents=0, no_print=True)]
        documents = [it for it in self.case.documents if it.text.strip()]
        need(len(docs) == len(documents), f"spaCy convert makes {len(docs)} documents")
        read = []
        for document, doc in zip(documents, docs):
            places = laid([token.text for token in doc], document.text, "spaCy convert")
            read += [(document.place, places[it.start][0], places[it.end - 1][1], it.label_) for it in doc.ents]
        self.confirm("spaCy convert", read)
