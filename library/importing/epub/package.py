"""An EPUB's package document: which files the book is, and in which order they are read."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field

from lxml import etree

from ..imported import ImportProblem
from .metadata import Metadata, read_metadata
from .ocf.archive import Archive
from .ocf.container import package_name, refuse_locked
from .xhtml.markup import is_well_formed, local, parse_xml

_GUIDE_LEFT_OUT = {
    "cover", "title-page", "toc", "copyright-page", "colophon", "index", "bibliography", "notes",
    "loi", "lot",
}  # fmt: skip
_NCX = "application/x-dtbncx+xml"
_LONGEST_CHAIN = 6
_TEXT_ENDINGS = (".xhtml", ".html", ".htm", ".xml")


@dataclass(frozen=True)
class Item:
    """One file of the book. ``name`` is empty where the archive lacks it, ``href`` is not.

    ``overlay`` is the name of its SMIL file, ``fallbacks`` what stands in for it, in order.
    """

    name: str
    href: str
    media_type: str
    properties: frozenset[str] = frozenset()
    overlay: str = ""
    fallbacks: tuple[Item, ...] = ()


@dataclass
class Package:
    metadata: Metadata
    spine: list[Item]
    beside: list[Item]
    """Files that the spine calls no part of the text (``linear="no"``)."""
    nav: str
    """The EPUB 3 table of contents; empty where there is none."""
    ncx: str
    """The EPUB 2 table of contents; empty where there is none."""
    guide: dict[str, str]
    """File names that EPUB 2's guide calls something that is not read, with what it says."""
    cover: str = ""
    """The file name of the cover's picture; empty without."""
    warnings: list[str] = field(default_factory=list)


def read_package(archive: Archive) -> Package:
    """The package of an EPUB 2 or 3. Raises ``ImportProblem`` with one clear line."""
    refuse_locked(archive)
    warnings: list[str] = []
    name = package_name(archive, warnings)
    raw = archive.read_text(name)
    root = parse_xml(raw, name)
    if local(root) != "package":
        root = next((e for e in root.iter() if local(e) == "package"), root)
    if local(root) != "package":
        raise ImportProblem(f"{name} in it is not an EPUB package")
    well_formed = is_well_formed(raw, name)
    if not well_formed:
        warnings.append(f"{name} in it is not well-formed XML; read as well as possible")
    items = _manifest(archive, root, name, warnings)
    spine_element = _first(root, "spine")
    if spine_element is None and not items:
        reason = "it does not say in which order it is read (no spine)"
        raise ImportProblem(reason if well_formed else f"{name} in it is not well-formed XML")
    spine, beside = _spine(spine_element, items, warnings)
    if not spine:
        raise ImportProblem("it names no text to read (its spine is empty)")
    metadata = read_metadata(root)
    return Package(
        metadata=metadata,
        spine=spine,
        beside=beside,
        nav=next((i.name for i in items.values() if "nav" in i.properties), ""),
        ncx=_ncx(spine_element, items),
        guide=_guide(archive, root, name),
        cover=_cover(metadata, items),
        warnings=warnings,
    )


def _manifest(
    archive: Archive, root: etree._Element, base: str, warnings: list[str]
) -> dict[str, Item]:
    elements: dict[str, etree._Element] = {}
    for element in root.iter():
        if local(element) == "item" and element.get("id"):
            elements.setdefault(str(element.get("id")), element)
    folder = posixpath.dirname(base)
    names = {key: archive.find(base, e.get("href", ""))[0] for key, e in elements.items()}

    def item(key: str, passed: tuple[str, ...] = ()) -> Item:
        element = elements[key]
        following = element.get("fallback", "")
        fallbacks: tuple[Item, ...] = ()
        if following in elements and len(passed) < _LONGEST_CHAIN:
            fallback = item(following, (*passed, key))
            fallbacks = (fallback, *fallback.fallbacks)
        return Item(
            name=names[key],
            href=posixpath.normpath(posixpath.join(folder, element.get("href", ""))),
            media_type=element.get("media-type", "").partition(";")[0].strip().lower(),
            properties=frozenset((element.get("properties") or "").lower().split()),
            overlay=names.get(element.get("media-overlay", ""), ""),
            fallbacks=fallbacks,
        )

    items = {key: item(key) for key in elements}
    named = dict.fromkeys(e.get("media-overlay", "") for e in elements.values())
    hrefs = {key: element.get("href", "") for key, element in elements.items()}
    lost = [hrefs.get(key, key) for key in named if key and not names.get(key)]
    if lost:
        warnings.append(
            f"the recorded reading in {', '.join(lost[:3])} is missing from it; left out"
        )
    return items


def _spine(
    spine: etree._Element | None, items: dict[str, Item], warnings: list[str]
) -> tuple[list[Item], list[Item]]:
    """What is read in order, and what stands beside it."""
    main: list[Item] = []
    beside: list[Item] = []
    known: set[str] = set()
    for reference in spine if spine is not None else ():
        if local(reference) == "itemref":
            item = _referred(reference.get("idref", ""), items)
            if item is None:
                warnings.append("its spine names a file that its manifest does not hold")
            elif item.href not in known:
                known.add(item.href)
                (beside if reference.get("linear", "").lower() == "no" else main).append(item)
    if main:
        return main, beside
    return beside or _texts_as_listed(items, warnings), []


def _texts_as_listed(items: dict[str, Item], warnings: list[str]) -> list[Item]:
    texts = [i for i in items.values() if i.href.lower().endswith(_TEXT_ENDINGS) and i.name]
    texts = [item for item in texts if "nav" not in item.properties]
    if texts:
        warnings.append("it does not say in which order it is read; its files are as listed")
    return texts


def _referred(reference: str, items: dict[str, Item]) -> Item | None:
    """The item with that id, or the one that is meant: other capitals, or a file's name."""
    if reference in items:
        return items[reference]
    wanted = reference.strip().casefold()
    for key, item in items.items():
        if wanted and wanted in (key.strip().casefold(), posixpath.basename(item.href).casefold()):
            return item
    return None


def _ncx(spine: etree._Element | None, items: dict[str, Item]) -> str:
    named = items.get(spine.get("toc", "")) if spine is not None else None
    if named is not None and named.name:
        return named.name
    by_type = (item.name for item in items.values() if item.media_type == _NCX)
    by_ending = (item.name for item in items.values() if item.name.lower().endswith(".ncx"))
    return next(by_type, "") or next(by_ending, "")


def _cover(metadata: Metadata, items: dict[str, Item]) -> str:
    """The picture on the cover, by EPUB 3's property or EPUB 2's ``meta``."""
    for item in items.values():
        if "cover-image" in item.properties:
            return item.name
    named = items.get(metadata.cover)
    return named.name if named is not None and named.media_type.startswith("image/") else ""


def _guide(archive: Archive, root: etree._Element, base: str) -> dict[str, str]:
    guide = _first(root, "guide")
    kinds: dict[str, str] = {}
    for element in guide if guide is not None else ():
        name, fragment = archive.find(base, element.get("href", ""))
        kind = element.get("type", "").lower()
        if kind in _GUIDE_LEFT_OUT and name and not fragment:
            kinds[name] = kind
    return kinds


def _first(root: etree._Element, tag: str) -> etree._Element | None:
    return next((element for element in root.iter() if local(element) == tag), None)
