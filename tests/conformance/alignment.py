"""Finds tokens in the text, and turns tags into spans."""

from bisect import bisect, bisect_left
from collections import Counter

from case import Fault, need


def laid(tokens, text, what="the tokens"):
    """The position of each token in the text. Between the tokens there must be only white space."""
    places = []
    at = 0
    for token in tokens:
        need(token and not any(char.isspace() for char in token), f"{what}: {token!r} holds white space")
        while at < len(text) and text[at].isspace():
            at += 1
        need(text.startswith(token, at), f"{what}: {token!r} does not stand at {at}: {text[at : at + 20]!r}")
        places.append((at, at + len(token)))
        at += len(token)
    need(not text[at:].strip(), f"{what}: {text[at : at + 20]!r} is left over")
    return places


def check_sentences(document, sentences, flat, what):
    """Checks that sentences end where lines do, except inside a flat mark, which must not be divided.

    Each sentence is a pair: its start and its end in the text.
    """
    text = document.text
    within = {at for piece in flat for at in range(piece.start, piece.end)}
    for start, end in sentences:
        breaks = {at for at in range(start, end) if text[at] == "\n"}
        need(breaks <= within, f"{what}: a sentence goes over a line, at {min(breaks - within, default=0)}")
    ends = sorted(end for _, end in sentences)
    for piece in flat:
        inside = ends[bisect(ends, piece.start) : bisect_left(ends, piece.end)]
        need(not inside, f"{what}: a sentence ends inside {text[piece.start : piece.end]!r}")


def spans_of(tags, places):
    """(start, end, label) of each span in the tags of one sentence: strict IOB2, BIOES or BILOU."""
    spans = []
    going_on = False
    for tag, (start, end) in zip(tags, places, strict=True):
        letter, _, label = tag.partition("-")
        if letter in ("B", "S", "U") and label:
            spans.append((start, end, label))
        elif letter in ("I", "E", "L") and going_on and spans[-1][2] == label:
            spans[-1] = (spans[-1][0], end, label)
        elif tag != "O":
            raise Fault(f"the tag {tag} goes on with nothing")
        going_on = letter in ("B", "I")
    return spans


def documents_of(sentences, documents, what):
    """The sentences of each document, for files that do not say where a document begins.

    A sentence is a list whose items begin with a token.
    """
    found = []
    rest = iter(sentences)
    for document in documents:
        left = sum(not char.isspace() for char in document.text)
        own = []
        while left > 0:
            sentence = next(rest, None)
            need(sentence, f"{what}: “{document.title}” is not whole")
            own.append(sentence)
            left -= sum(len(item[0]) for item in sentence)
        need(left == 0, f"{what}: a sentence goes beyond the end of “{document.title}”")
        found.append(own)
    need(next(rest, None) is None, f"{what}: there are sentences too many")
    return found


def unfolded(case, read, expected, fold):
    """The spans that were read, with the labels of the palettes in place of those of the format.

    Both lists hold (document, start, end, label). `fold` returns what the format writes for a label; where
    several labels become the same, all but one get a suffix. Other labels stay as they are.
    """
    palette = {label for document in case.documents for label in document.labels.values()}
    folds = Counter(fold(label) for label in palette)
    by_place = {span[:-1]: span[-1] for span in expected}
    known = {}
    unfolded = []
    for *place, label in read:
        is_label = by_place.get(tuple(place), label)
        folded = fold(is_label)
        has_suffix = folds[folded] > 1 and label.startswith(f"{folded}_")
        if label == folded or has_suffix:
            need(known.setdefault(label, is_label) == is_label, f"{label} stands for two labels")
            label = is_label
        unfolded.append((*place, label))
    names = list(known.values())
    need(len(names) == len(set(names)), "two labels of the format stand for one of the palette")
    return unfolded
