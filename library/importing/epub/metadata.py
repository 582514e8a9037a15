"""What an EPUB's package says about the book: title, authors, language, subjects, summary."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from ...language.text import clean_text
from .xhtml.markup import local, text_of

_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|\w+);", re.IGNORECASE)
_OPF = "{http://www.idpf.org/2007/opf}"
_AUTHORS = {"aut", "author", ""}
_NOBODY = {"unknown", "unknown author", "anonymous author", "n/a", "none", "[no author]"}


@dataclass(frozen=True)
class Metadata:
    title: str
    author: str
    language: str
    """As it is written; empty where it is not."""
    subjects: list[str]
    summary: str
    cover: str
    """The id (EPUB 2) of the cover's picture; empty without."""


def read_metadata(root: etree._Element) -> Metadata:
    metadata = next((e for e in root.iter() if local(e) == "metadata"), root)
    elements = [element for element in metadata.iter() if local(element)]
    refined = _refinements(elements)
    covers = (e.get("content", "") for e in elements if _is_meta(e, "cover"))
    return Metadata(
        title=_title(elements, refined)[:300],
        author=" and ".join(_authors(elements, refined)[:3])[:300],
        language=next(iter(_values(elements, "language")), ""),
        subjects=[subject[:80] for subject in _values(elements, "subject")[:12]],
        summary=_summary(next(iter(_values(elements, "description")), "")),
        cover=next(covers, ""),
    )


def _is_meta(element: etree._Element, name: str) -> bool:
    return local(element) == "meta" and (element.get("name") or "").lower() == name


def _refinements(elements: Iterable[etree._Element]) -> dict[tuple[str, str], str]:
    """EPUB 3's ``meta refines``: (id, property) to its value."""
    return {
        ((element.get("refines") or "").lstrip("#"), element.get("property", "")): text_of(element)
        for element in elements
        if local(element) == "meta" and element.get("refines")
    }


def _title(elements: list[etree._Element], refined: dict[tuple[str, str], str]) -> str:
    """The main title; one of another kind (a collection's) only where there is none."""
    titles = [e for e in elements if local(e) == "title" and _text(e)]
    kinds = {"main": 0, "": 1, "extended": 2, "edition": 3}
    titles.sort(key=lambda e: kinds.get(refined.get((e.get("id", "-"), "title-type"), ""), 4))
    return _text(titles[0]) if titles else ""


def _authors(elements: list[etree._Element], refined: dict[tuple[str, str], str]) -> list[str]:
    """Those who wrote it; those with another part in it only where nobody is said to have."""
    by_role: list[tuple[str, str]] = []
    for element in elements:
        name = _text(element) if local(element) == "creator" else ""
        if name and name.lower() not in _NOBODY:
            own = element.get(f"{_OPF}role") or element.get("role") or element.get("opf:role")
            role = own or refined.get((element.get("id", "-"), "role"), "")
            by_role.append((role.strip().lower(), name))
    wrote = [name for role, name in by_role if role in _AUTHORS]
    return list(dict.fromkeys(wrote or [name for _, name in by_role]))


def _values(elements: Iterable[etree._Element], tag: str) -> list[str]:
    values = (_text(element) for element in elements if local(element) == tag)
    return list(dict.fromkeys(value for value in values if value))


def _text(element: etree._Element) -> str:
    text = text_of(element)
    if _ENTITY.search(text):  # escaped once too often
        text = html.unescape(text)
    return " ".join(clean_text(text).split())


def _summary(description: str) -> str:
    if "<" in description:
        try:
            description = text_of(etree.fromstring(description, etree.HTMLParser(no_network=True)))
        except (etree.XMLSyntaxError, ValueError, TypeError):
            return ""
    return description[:1000]
