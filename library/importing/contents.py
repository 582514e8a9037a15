"""An EPUB's table of contents: the places where chapters begin, and what they are called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ..language.text import clean_text
from .archive import Archive, resolve
from .imported import ImportProblem
from .markup import local, parse_xhtml, parse_xml, text_of, types_of
from .package import Package


@dataclass(frozen=True)
class Place:
    """Where a chapter begins: a file, an element's id in it (or empty), and a title."""

    name: str
    fragment: str
    title: str


def read_contents(archive: Archive, package: Package, warnings: list[str]) -> list[Place]:
    """The places that EPUB 3's nav names, else EPUB 2's NCX; empty where neither is any use."""
    for name, reader in ((package.nav, _from_nav), (package.ncx, _from_ncx)):
        if not name:
            continue
        try:
            places = [place for place in reader(archive, name) if place.name and place.title]
        except ImportProblem as problem:
            warnings.append(f"{problem}; its table of contents is left aside")
            continue
        if places:
            return places
    return []


def _from_nav(archive: Archive, name: str) -> Iterator[Place]:
    root = parse_xhtml(archive.read(name), name, [])
    for nav in root.iter() if root is not None else ():
        if local(nav) == "nav" and "toc" in types_of(nav):
            for link in nav.iter():
                if local(link) == "a" and link.get("href"):
                    yield _place(name, link.get("href", ""), text_of(link))
            return


def _from_ncx(archive: Archive, name: str) -> Iterator[Place]:
    root = parse_xml(archive.read(name), name)
    for point in root.iter():
        if local(point) != "navpoint":
            continue
        label = next((text_of(e) for e in point if local(e) == "navlabel"), "")
        target: etree._Element | None = next((e for e in point if local(e) == "content"), None)
        if target is not None:
            yield _place(name, target.get("src", ""), label)


def _place(base: str, href: str, title: str) -> Place:
    name, fragment = resolve(base, href)
    return Place(name, fragment, " ".join(clean_text(title).split())[:300])
