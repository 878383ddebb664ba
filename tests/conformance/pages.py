"""Pages to read: HTML that runs nothing and fetches nothing, and Markdown."""

import re
from bisect import bisect_left
from html.parser import HTMLParser

from markdown_it import MarkdownIt

from case import labelled, need
from source import Document, for_xml

EMPTY = {"meta", "link", "br", "hr", "img", "input", "wbr", "col"}


class Page(HTMLParser):
    """Parses a page into its texts."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open = []  # the elements that are open, with their attributes
        self.article = ""
        self.marked = set()  # positions in the article
        self.titles = {}  # of marked ranges, by their start
        self.rows = []
        self.cells = []  # what the rows show
        self.feed(text)
        self.close()
        need(not self.open, f"{self.open} are not closed")

    def handle_starttag(self, tag, attributes):
        about = dict(attributes)
        need(tag not in ("script", "iframe", "object", "embed", "base", "form"), f"the page has a {tag}")
        active = [
            name for name in about if name.startswith("on") or name in ("src", "srcset", "action", "style")
        ]
        need(not active, f"a {tag} has {active}")
        need(
            tag != "link" and not re.match(r"(?i)\s*javascript:", about.get("href") or ""),
            f"a {tag} leads away",
        )
        if "data-label" in about:
            self.rows.append((int(about["data-start"]), int(about["data-end"]), about["data-label"]))
            self.cells.append([])
        if tag == "td" and self.cells:
            self.cells[-1].append("")
        if tag == "mark":
            self.titles[len(self.article)] = about.get("title", "")
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        need(self.open and self.open.pop() == tag, f"{tag} is closed where another is open")

    def handle_data(self, text):
        if "style" in self.open:
            need("url(" not in text and "@import" not in text, "the styles fetch something")
        if "article" in self.open:
            if "mark" in self.open:
                self.marked.update(range(len(self.article), len(self.article) + len(text)))
            self.article += text
        if "td" in self.open and self.cells:
            self.cells[-1][-1] += text


def check_html(case):
    """html.parser: the article's text to the last space, the marked words in it, the list of marks."""
    texts, spans = [], []
    for document in case.documents:
        name = f"{document.stem}.html"
        page = Page(case.text(name))
        texts.append(page.article)
        for (start, end, label), cells in zip(page.rows, page.cells):
            seen = cells[0] == label and f"{start}–{end}" in cells
            need(seen, f"{name}: the list of marks shows {cells[:4]}, not {label}, {start} to {end}")
        for at, title in page.titles.items():
            labels = {for_xml(it.label) for it in document.exact() if it.start <= at < it.end}
            need(
                all(label in title for label in labels),
                f"{name}: at {at} the mark is called {title!r}, not {labels}",
            )
        spans += [(document.place, *row) for row in page.rows]
        marked = {at for piece in document.exact() for at in range(piece.start, piece.end)}
        blocks = document.record["article"]["blocks"]
        marked &= {at for block in blocks for at in range(block["start"], block["end"])}
        need(
            page.marked == marked,
            f"{name}: other words are marked, as at {min(page.marked ^ marked, default=0)}",
        )
    case.confirm_texts("html.parser", texts, for_xml)
    expected = [(*span, for_xml(label)) for *span, label in labelled(case.documents, Document.exact)]
    case.confirm("html.parser", "spans", spans, expected)


class Shown(HTMLParser):
    """What a Markdown page shows: its words without the numbers of marks, and its list of marks."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open = []
        self.words = ""
        self.items = []  # of the last part: the code and the bold words of each item
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        need(tag not in ("script", "img", "a", "iframe"), f"a text became {tag}")
        self.open.append(tag)
        if tag == "h2":
            self.items.clear()
        if tag == "li":
            self.items.append({"code": [], "strong": []})

    def handle_endtag(self, tag):
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, text):
        if "sup" not in self.open:
            self.words += text
        for tag in ("code", "strong"):
            if tag in self.open and "li" in self.open and self.items:
                self.items[-1][tag].append(text)


def check_markdown(case):
    """markdown-it, as CommonMark: the article's words in order, and the list of marks."""
    found, spans = [], []
    for document in case.documents:
        name = f"{document.stem}.md"
        page = Shown(MarkdownIt("commonmark").render(case.text(name)))
        text = document.text.replace("\0", "\ufffd")  # as CommonMark does
        words, shown = "".join(text.split()), "".join(page.words.split())
        at = shown.find(words)
        if at < 0:
            length = bisect_left(range(len(words)), True, key=lambda length: words[:length] not in shown) - 1
            need(False, f"{name}: the article goes on with {words[length : length + 30]!r}, which is not there")
        found.append(document.place)
        for item in page.items:
            start, end, *_ = item["code"]
            spans.append((document.place, int(start), int(end), "".join(item["strong"][:1])))
    case.confirm("markdown-it", "documents", found, [document.place for document in case.documents])
    case.confirm("markdown-it", "spans", spans, labelled(case.documents, Document.exact))
