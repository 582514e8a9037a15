"""MathML from a book as a page may show it: presentation elements and harmless attributes only."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from .markup import local, text_of

_SPACE = "http://www.w3.org/1998/Math/MathML"
_NAMES: Any = {None: _SPACE}
_LETTERS = {"mi", "mn", "mo", "ms", "mtext"}
_ROWS = {
    "math", "mrow", "mfrac", "msqrt", "mroot", "mstyle", "merror", "mpadded", "mphantom", "msub",
    "msup", "msubsup", "munder", "mover", "munderover", "mmultiscripts", "mprescripts", "none",
    "mtable", "mtr", "mtd", "mspace", "menclose",
}  # fmt: skip
_ATTRIBUTES = {
    "accent", "accentunder", "columnspan", "depth", "dir", "display", "displaystyle", "fence",
    "form", "height", "largeop", "linethickness", "lspace", "mathvariant", "maxsize", "minsize",
    "movablelimits", "notation", "rowspan", "rspace", "scriptlevel", "separator", "stretchy",
    "symmetric", "voffset", "width",
}  # fmt: skip
_VALUE = re.compile(r"[\w.%+-]{1,24}")
_DEEPEST, _MOST = 40, 1_500


def shown(element: etree._Element) -> str:
    """The formula as MathML; empty where there is none in it, or far too much."""
    if sum(1 for _ in element.iter()) > _MOST:
        return ""
    copy = _copied(element, 0)
    if copy is None or not text_of(copy):
        return ""
    return etree.tostring(copy, encoding="unicode")


def _copied(element: etree._Element, depth: int) -> etree._Element | None:
    tag = local(element)
    if depth > _DEEPEST:
        return None
    if tag == "semantics":  # what is shown is its first child, beside other ways to say it
        first = next((child for child in element if local(child)), None)
        return None if first is None else _copied(first, depth + 1)
    if tag == "mfenced":
        return _fenced(element, depth)
    if tag not in _ROWS and tag not in _LETTERS:
        return None
    copy = etree.Element(f"{{{_SPACE}}}{tag}", nsmap=_NAMES)
    for name, value in element.attrib.items():
        if str(name) in _ATTRIBUTES and _VALUE.fullmatch(str(value)):
            copy.set(str(name), str(value))
    if tag in _LETTERS:
        copy.text = text_of(element)
    else:
        copy.extend(part for child in element if (part := _copied(child, depth + 1)) is not None)
    return copy


def _fenced(element: etree._Element, depth: int) -> etree._Element:
    """MathML 1's brackets, which browsers no longer know, as a row."""
    row = etree.Element(f"{{{_SPACE}}}mrow", nsmap=_NAMES)
    parts = [part for child in element if (part := _copied(child, depth + 1)) is not None]
    for place, part in enumerate(parts):
        row.append(_sign("," if place else (element.get("open") or "(")[:1]))
        row.append(part)
    row.append(_sign((element.get("close") or ")")[:1]))
    return row


def _sign(text: str) -> etree._Element:
    sign = etree.Element(f"{{{_SPACE}}}mo")
    sign.text = text
    return sign
