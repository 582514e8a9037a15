"""An EPUB's table of contents: the places where chapters begin, and what they are called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ...language.text import clean_text
from ..imported import ImportProblem
from ..left_out import Omissions
from .ocf.archive import Archive
from .package import Package
from .xhtml.block_reader import read_blocks
from .xhtml.markup import local, parse_xhtml, parse_xml, text_of, types_of
from .xhtml.styles import Styles


@dataclass(frozen=True)
class Place:
    """Where a chapter begins: a file, an element's id in it (or empty), and a title.

    ``depth`` is 0 for an entry of the outermost list.
    """

    name: str
    fragment: str
    title: str
    depth: int = 0


def read_contents(archive: Archive, package: Package, warnings: list[str]) -> list[Place]:
    """The places that EPUB 3's nav names, else EPUB 2's NCX; empty where neither is any use."""
    spine = {item.name for item in package.spine}
    for name, reader in ((package.nav, _from_nav), (package.ncx, _from_ncx)):
        if not name:
            continue
        try:
            places = [place for place in reader(archive, name) if place.name and place.title]
        except ImportProblem as problem:
            warnings.append(f"{problem}; its table of contents is left aside")
            continue
        fallbacks = {f.name for item in package.spine for f in item.fallbacks}
        if any(place.name in spine | fallbacks for place in places):
            return places
        warnings.append(f"{name} in it names no place in the book; it is left aside")
    return []


def _from_nav(archive: Archive, name: str) -> Iterator[Place]:
    root = parse_xhtml(archive.read_text(name), name, [])
    nav = None if root is None else _nav_of_contents(root)
    if nav is None:
        return
    depth = 0
    for event, element in etree.iterwalk(nav, events=("start", "end")):
        if local(element) in ("ol", "ul"):
            depth += 1 if event == "start" else -1
        elif event == "start" and local(element) == "a" and element.get("href"):
            target, fragment = archive.find(name, element.get("href", ""))
            yield Place(target, fragment, title_in(element), max(0, depth - 1))


def _nav_of_contents(root: etree._Element) -> etree._Element | None:
    """The ``nav`` that is the table of contents: typed as such, else one without a type."""
    untyped = None
    for nav in root.iter():
        if local(nav) == "nav":
            types = types_of(nav)
            if "toc" in types:
                return nav
            if untyped is None and not types:
                untyped = nav
    return untyped


def _from_ncx(archive: Archive, name: str) -> Iterator[Place]:
    root = parse_xml(archive.read_text(name), name)
    depth = -1
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if local(element) != "navpoint":
            continue
        depth += 1 if event == "start" else -1
        if event == "start":
            label = next((text_of(e) for e in element if local(e) == "navlabel"), "")
            target = next((e for e in element if local(e) == "content"), None)
            if target is not None:
                found, fragment = archive.find(name, target.get("src", ""))
                yield Place(found, fragment, _in_line(label), depth)


def title_in(element: etree._Element) -> str:
    """An entry's words as they are read: apart at breaks, without marks of notes and pages."""
    copy = etree.fromstring(etree.tostring(element, with_tail=False))
    read = read_blocks(copy, Styles(), set(), Omissions(), "")
    title = _in_line(" ".join(block.text for block in read.blocks))
    return title or _in_line(" ".join(p.alternative for p in read.pictures))


def _in_line(title: str) -> str:
    return " ".join(clean_text(title).split())[:300]
