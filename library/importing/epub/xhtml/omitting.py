"""Which elements of a text document are not read, and as what they are left out."""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree

from .markup import class_names, local, text_of, types_of
from .styles import Styles, is_for_screen_readers

MATTER_TYPES = {
    "cover": "cover", "titlepage": "title page", "halftitlepage": "title page",
    "halftitle": "title page", "copyright-page": "copyright page", "colophon": "copyright page",
    "imprint": "copyright page", "toc": "contents", "landmarks": "contents",
    "page-list": "contents", "loi": "contents", "lot": "contents", "loa": "contents",
    "lov": "contents", "index": "index", "bibliography": "bibliography", "endnotes": "note",
    "endnote": "note", "footnotes": "note", "footnote": "note", "rearnotes": "note",
    "rearnote": "note", "credits": "page of credits", "other-credits": "page of credits",
    "acknowledgments": "page of credits", "contributors": "page of credits",
}  # fmt: skip
_MARK_TYPES = {"noteref", "annoref"}
_TAGS = {
    "head": "", "script": "", "style": "", "template": "", "noscript": "",
    "rt": "reading of a character", "rp": "", "hr": "", "rtc": "", "map": "",
    "nav": "contents", "audio": "sound or film",
    "video": "sound or film", "iframe": "embedded page", "object": "embedded page",
    "form": "form", "button": "form", "select": "form", "textarea": "form",
}  # fmt: skip
_PAGE_CLASS = re.compile(
    r"(?:[a-z]+[-_])*(?:page|pg|pb|folio)s?[-_]?(?:num|no|nr|number|break|mark|marker|n)?s?\d*"
)
_PAGE_ID = re.compile(r"(?:page|pg|pag|p)[-_.]?(\d+|[ivxlc]+)", re.IGNORECASE)
_PAGE_TEXT = re.compile(
    r"[\[({]?\s*(?:p|pg|page|pag)?\.?\s*(?:\d{1,4}|[ivxlc]{1,8})\s*[\])}]?", re.IGNORECASE
)
_LINE_NUMBER = re.compile(r"l(?:ine)?[-_]?(?:num|no|number)")
_NOTE_CLASS = re.compile(r".*(?:foot|end|rear|side)[-_]?notes?(?:[-_].*|\d+)?|fn[-_]?(?:text|body)")
_MARK_CLASS = re.compile(
    r".*(?:note|fn|footnote|endnote)[-_]?(?:ref|anchor|mark|call|link|reference).*|fnanchor|fnref"
)
_NOTE_MARK = re.compile(r"[\[({]?(?:\d{1,3}|[*†‡§¶‖#]+|[a-zivx]{1,4})[\])}.]?")
_NUMBER_MARK = re.compile(r"[\[({]?(?:\d{1,3}|[*†‡§¶‖#]+)[\])}.]?")
_BEGINS_MARKED = re.compile(r"[\[({]?(?:\d{1,3}\b|[*†‡§])")
_VOWEL = re.compile(r"[aeiouy]", re.IGNORECASE)
_BRACKETED = re.compile(r"[\[({].+[\])}]|[*†‡§¶‖]+")
_SHORT = 40
_BOILERPLATE = {"pg-boilerplate", "pgheader", "pg-header", "pgfooter"}
INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "default", "del",
    "dfn", "em", "font", "i", "ins", "kbd", "label", "mark", "q", "ruby", "rb", "s", "samp",
    "small", "span", "strike", "strong", "sub", "sup", "switch", "time", "tt", "u", "var", "wbr",
})  # fmt: skip


class Omitting:
    """Decides element by element. ``note_targets`` are ids that marks of notes have led to."""

    def __init__(self, styles: Styles, note_targets: set[str]) -> None:
        self._styles = styles
        self.note_targets = note_targets

    def kind(self, element: etree._Element, tag: str, before: str) -> str | None:
        """As what an element is left out; empty for what is no text; None for what is read.

        ``before`` is what stands right before it on its line.
        """
        if not tag:
            return ""
        if tag in _TAGS:
            return _TAGS[tag]
        if tag == "case" and _has_default(element):
            return ""  # an EPUB switch, whose default is read
        if tag in ("html", "body"):
            return None
        types = types_of(element)
        for name in types:
            if name in MATTER_TYPES:
                return MATTER_TYPES[name]
        if self._is_hidden(element):
            return "hidden copy"
        return self._small_print(element, tag, types, before)

    def _small_print(
        self, element: etree._Element, tag: str, types: set[str], before: str
    ) -> str | None:
        classes = class_names(element)
        if "pagebreak" in types or _is_page_number(element, classes):
            return "page number"
        if any(map(_LINE_NUMBER.fullmatch, classes)):
            return "line number"
        if not _BOILERPLATE.isdisjoint(classes):
            return "licence text"
        if types & _MARK_TYPES or self._is_note_mark(element, tag, classes, before):
            self._remember_target(element)
            return "mark of a note"
        if "backlink" in types:
            return "mark of a note"
        if tag not in INLINE and self._is_note(element, tag, classes):
            return "note"
        return None

    def _is_hidden(self, element: etree._Element) -> bool:
        if self._styles.is_unseen(element):
            return True
        if is_for_screen_readers(element):
            return not _has_unread_copy(element)
        # What is only to be seen is decoration, or a copy of what is there for screen readers.
        return element.get("aria-hidden") == "true" and local(element) in INLINE

    def _remember_target(self, element: etree._Element) -> None:
        links = [element, *element.iter()] if local(element) != "a" else [element]
        for link in links:
            fragment = (link.get("href") or "").partition("#")[2]
            if fragment:
                self.note_targets.add(fragment)

    def _is_note_mark(
        self, element: etree._Element, tag: str, classes: list[str], before: str
    ) -> bool:
        """A raised or attached number or star that leads to a note; a link of words is text."""
        if tag not in ("a", "sup", "span"):
            return False
        text = _short_text(element).replace(" ", "")
        if not text:
            return False
        if tag == "sup":
            return _is_raised_mark(element, text, before)
        if any(map(_MARK_CLASS.fullmatch, classes)):
            return bool(_NOTE_MARK.fullmatch(text))
        if tag == "span" or not element.get("href"):
            return False
        if _parent(element) == "sup" or any(local(child) == "sup" for child in element):
            return bool(_NOTE_MARK.fullmatch(text))
        # A number with a space before it is a word, as in "turn to 14".
        attached = bool(before.strip()) and not before[-1].isspace()
        return bool(_NUMBER_MARK.fullmatch(text)) and (attached or bool(_BRACKETED.fullmatch(text)))

    def _is_note(self, element: etree._Element, tag: str, classes: list[str]) -> bool:
        if any(map(_NOTE_CLASS.fullmatch, classes)):
            return True
        if tag not in ("p", "div", "li", "aside", "dd"):
            return False
        identity = _own_id(element)
        if identity not in self.note_targets:
            return False
        return tag in ("aside", "li") or bool(_BEGINS_MARKED.match(_beginning(element)))


def _is_raised_mark(element: etree._Element, text: str, before: str) -> bool:
    """A raised number after a word is a note's mark; after a number or a unit it is a power."""
    if any(local(child) == "a" for child in element):
        return bool(_NOTE_MARK.fullmatch(text))
    if _parent(element) == "a" or not _NUMBER_MARK.fullmatch(text):
        return False
    last = re.search(r"[^\s]*$", before)
    word = last.group() if last else ""
    letters = re.sub(r"[\W\d_]", "", word)
    # Units and unknowns (km, mc, x) have no vowel; a word has.
    is_word = len(letters) > 1 and (not letters.isascii() or bool(_VOWEL.search(letters)))
    return is_word and not word[-1].isdigit() and letters.lower() not in {"in", "mi"}


def _is_page_number(element: etree._Element, classes: list[str]) -> bool:
    named = _PAGE_ID.fullmatch(element.get("id") or element.get("name") or "")
    if named is None and not any(map(_PAGE_CLASS.fullmatch, classes)):
        return False
    text = _short_text(element)
    if not text or not _PAGE_TEXT.fullmatch(text):
        return False
    if any(map(_PAGE_CLASS.fullmatch, classes)):
        return True
    return named is not None and named[1].lower() in re.findall(r"\w+", text.lower())


def _has_unread_copy(element: etree._Element) -> bool:
    """Whether the same letters stand beside it for the eye alone."""
    own = "".join(text_of(element).split())
    for other in (element.getprevious(), element.getnext()):
        if other is not None and other.get("aria-hidden") == "true":
            return "".join(text_of(other).split()) == own
    return False


def _has_default(element: etree._Element) -> bool:
    return any(local(other) == "default" for other in islice(element.itersiblings(), 20))


def _short_text(element: etree._Element) -> str:
    """The text of an element that holds little; empty where it holds more."""
    text = _beginning(element)
    return text if len(text) < _SHORT else ""


def _beginning(element: etree._Element) -> str:
    """The first letters of an element's text, at a bounded price."""
    parts: list[str] = []
    for part in islice(element.itertext(), 20):
        parts.append(str(part))
        if sum(map(len, parts)) > 4 * _SHORT:
            break
    return " ".join("".join(parts).split())[:_SHORT]


def _own_id(element: etree._Element) -> str:
    """The id of an element, or of the anchor that it begins with."""
    if element.get("id"):
        return str(element.get("id"))
    first = next((child for child in element if local(child)), None)
    if first is not None and local(first) == "a" and not (element.text or "").strip():
        return str(first.get("id") or first.get("name") or "")
    return ""


def _parent(element: etree._Element) -> str:
    parent = element.getparent()
    return "" if parent is None else local(parent)
