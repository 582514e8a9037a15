"""Things within a line that are no plain letters, as letters: powers, formulas, drawn words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from lxml import etree

from .markup import local, text_of

_RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_RAISABLE = re.compile(r"[0-9+\-−=()n]+")
_LETTER_NAMED = re.compile(
    r"(?:.*\b(?:letter|initial|capital|drop[- ]?cap)\b\W*)?[“\"‘']?([^\W\d_]{1,3})\W*",
    re.IGNORECASE,
)
_DEEPEST = 50
_UNSAID = ("annotation", "annotation-xml", "mphantom")
_TOKENS = ("mi", "mn", "mtext", "ms")
_TIGHT = {"(", "[", ")", "]", ",", "!", "%", "\u2061", "\u2062", "\u2063"}


def raised(text: str) -> str:
    """A power as it is printed: 2 in 3² ; letters, as in 4th, stay as they are."""
    plain = text.strip()
    return plain.translate(_RAISED) if _RAISABLE.fullmatch(plain) else text


def letter_pictured(alternative: str) -> str:
    """The letter that a picture at the beginning of a word shows, by its alternative text."""
    match = _LETTER_NAMED.fullmatch(alternative.strip())
    return match[1] if match is not None else ""


def formula(element: etree._Element) -> str:
    """A formula in a line: its alternative text, else what MathML says from left to right."""
    said = (element.get("alttext") or "").strip()
    if said:
        return said
    return " ".join("".join(_said(element, 0)).split())


def _said(element: etree._Element, depth: int) -> Iterator[str]:
    tag = local(element)
    children = [child for child in element if local(child)]
    if depth > _DEEPEST or tag in _UNSAID:
        return
    if tag in _TOKENS:
        yield text_of(element)
    elif tag == "mo":
        sign = text_of(element)
        yield sign if sign in _TIGHT else f" {sign} "
    elif tag in _PAIRS and len(children) == 2:
        yield _PAIRS[tag](_part(children[0], depth), _part(children[1], depth))
    elif tag in ("msqrt", "mroot"):
        inner = children[:1] if tag == "mroot" else children
        yield "√" + _grouped(_all_said(inner, depth))
    elif tag in ("mtr", "mlabeledtr"):
        yield from (f"{_part(child, depth)} " for child in children)
        yield "; "
    else:
        yield _all_said(children, depth)


def _all_said(elements: list[etree._Element], depth: int) -> str:
    return "".join(part for element in elements for part in _said(element, depth + 1))


def _power(base: str, exponent: str) -> str:
    small = raised(exponent)
    return base + (small if small != exponent else f"^{exponent}")


_PAIRS: Final[dict[str, Callable[[str, str], str]]] = {
    "mfrac": "{}/{}".format,
    "msub": "{}{}".format,
    "msup": _power,
}


def _part(element: etree._Element, depth: int) -> str:
    return _grouped(" ".join("".join(_said(element, depth + 1)).split()))


def _grouped(text: str) -> str:
    text = " ".join(text.split())
    return f"({text})" if " " in text else text


def drawn_words(element: etree._Element) -> list[str]:
    """The words that an SVG picture shows, a line for each of its texts."""
    lines = [text_of(part) for part in element.iter() if local(part) == "text"]
    return [line for line in lines if line]


def drawn_name(element: etree._Element) -> str:
    """What an SVG picture says that it shows: its title, or its description."""
    named = {local(part): text_of(part) for part in element if local(part) in ("title", "desc")}
    return (element.get("aria-label") or named.get("title") or named.get("desc") or "").strip()
