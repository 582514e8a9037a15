"""A text document of an EPUB as blocks: what is read, in order, without what is not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from ..language.text import clean_text
from .markup import local, types_of


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


LEFT_OUT_TYPES = _names(
    "cover titlepage halftitlepage halftitle copyright-page colophon imprint toc landmarks "
    "page-list loi lot loa lov index bibliography endnotes endnote footnotes footnote rearnotes "
    "rearnote notes note pagebreak noteref backlink annoref annotation credits credit "
    "other-credits acknowledgments contributors"
)
_LEFT_OUT_TAGS = _names(
    "head script style nav svg math audio video iframe object form button select textarea "
    "rt rp template noscript img map figcaption hr"
)
_LEFT_OUT_CLASSES = _names(
    "pagenum pageno page-number pagenumber lnum linenum line-number lineno pg-boilerplate "
    "footnote footnotes endnotes"
)
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_INLINE = _names(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q ruby rb s "
    "samp small span strike strong sub sup time tt u var wbr"
)
_TITLE_TYPES = frozenset(["title", "subtitle", "fulltitle"])
_NOTE_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡§]+|[a-z])[\])]?")


@dataclass
class Block:
    """One paragraph, heading or line of verse.

    ``marks`` are (how many printed letters come before, element id) for each wanted id.
    """

    text: str
    heading: int = 0
    marks: list[tuple[int, str]] = field(default_factory=list)


class _Reader:
    def __init__(self, wanted: frozenset[str]) -> None:
        self.wanted = wanted
        self.blocks: list[Block] = []
        self._parts: list[str] = []
        self._marks: list[tuple[int, str]] = []
        self._letters = 0
        self.heading = 0
        self.preformatted = 0

    def mark(self, element: etree._Element) -> None:
        identity = element.get("id")
        if identity is not None and identity in self.wanted:
            self._marks.append((self._letters, identity))

    def add(self, text: str | None) -> None:
        if not text:
            return
        text = clean_text(text)
        if self.preformatted:
            first, *lines = text.split("\n")
            self._append(first)
            for line in lines:
                self.flush()
                self._append(line)
        else:
            self._append(text)

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._letters += len("".join(text.split()))

    def flush(self) -> None:
        text = " ".join("".join(self._parts).split())
        # An id without a letter of its own belongs to whatever comes next.
        if text:
            self.blocks.append(Block(text, self.heading, self._marks))
            self._marks = []
        else:
            self._marks = [(0, identity) for _, identity in self._marks]
        self._parts = []
        self._letters = 0

    def finish(self) -> list[Block]:
        self.flush()
        if self._marks:
            self.blocks.append(Block("", 0, self._marks))
        return self.blocks


def read_blocks(root: etree._Element, wanted: frozenset[str] = frozenset()) -> list[Block]:
    """The blocks of a document. ``wanted`` are the element ids whose place is to be kept."""
    reader = _Reader(wanted)
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = local(element)
        if event == "start":
            if _left_out(element, tag):
                reader.mark(element)
                walk.skip_subtree()
                continue
            _enter(reader, element, tag)
        else:
            if not _left_out(element, tag):
                _leave(reader, tag)
            if element is not root:
                reader.add(element.tail)
    return reader.finish()


def _enter(reader: _Reader, element: etree._Element, tag: str) -> None:
    if tag == "br":
        if reader.heading:
            reader.add(" ")
        else:
            reader.flush()
    elif tag in ("td", "th"):
        reader.add(" ")
    elif tag not in _INLINE:
        reader.flush()
    reader.mark(element)
    if tag in _HEADINGS:
        reader.heading = _HEADINGS[tag]
    elif tag == "p" and (types_of(element) & _TITLE_TYPES or _local_parent(element) == "hgroup"):
        reader.heading = 1
    if tag == "pre":
        reader.preformatted += 1
    reader.add(element.text)


def _leave(reader: _Reader, tag: str) -> None:
    if tag not in _INLINE and tag not in ("br", "td", "th"):
        reader.flush()
    if tag in _HEADINGS or tag == "p":
        reader.heading = 0
    if tag == "pre":
        reader.preformatted -= 1


def _local_parent(element: etree._Element) -> str:
    parent = element.getparent()
    return "" if parent is None else local(parent)


def _left_out(element: etree._Element, tag: str) -> bool:
    if not tag or tag in _LEFT_OUT_TAGS or element.get("hidden") is not None:
        return True
    if types_of(element) & LEFT_OUT_TYPES and tag not in ("html", "body"):
        return True
    if set((element.get("class") or "").lower().split()) & _LEFT_OUT_CLASSES:
        return True
    return tag == "a" and _is_note_mark(element)


def _is_note_mark(link: etree._Element) -> bool:
    """A raised number or star that leads to a note; a link of words is text."""
    if "#" not in (link.get("href") or ""):
        return False
    text = "".join("".join(map(str, link.itertext())).split())
    raised = _local_parent(link) == "sup" or any(local(child) == "sup" for child in link)
    return bool(_NOTE_MARK.fullmatch(text)) and (raised or not text.isalpha())
