"""An EPUB's package document: what the book is called and which files it is, in order."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from ..language.text import clean_text
from .archive import Archive, resolve
from .imported import ImportProblem
from .markup import local, parse_xml, text_of

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
# Fonts may be garbled by these two without the book being locked.
_FONT_METHODS = {
    "http://www.idpf.org/2008/embedding",
    "http://ns.adobe.com/pdf/enc#RC",
}
_GUIDE_LEFT_OUT = {
    "cover", "title-page", "toc", "copyright-page", "colophon", "index", "bibliography", "notes",
    "loi", "lot",
}  # fmt: skip


@dataclass(frozen=True)
class Item:
    """One file of the book. ``overlay`` is the name of its SMIL file, or empty."""

    name: str
    media_type: str
    properties: frozenset[str]
    overlay: str = ""


@dataclass(frozen=True)
class Package:
    title: str
    author: str
    language: str
    subjects: list[str]
    summary: str
    spine: list[Item]
    nav: str
    """The EPUB 3 table of contents; empty where there is none."""
    ncx: str
    """The EPUB 2 table of contents; empty where there is none."""
    guide: dict[str, str]
    """File names that EPUB 2's guide calls something that is not read, with what it says."""


def read_package(archive: Archive) -> Package:
    """The package of an EPUB 2 or 3. Raises ``ImportProblem`` with one clear line."""
    _refuse_locked(archive)
    name = _package_name(archive)
    root = parse_xml(archive.read(name), name)
    if local(root) != "package":
        raise ImportProblem(f"{name} in it is not an EPUB package")
    items = _manifest(root, name)
    spine_element = _first(root, "spine")
    if spine_element is None:
        raise ImportProblem("it does not say in which order it is read (no spine)")
    spine = [
        items[ref.get("idref", "")]
        for ref in spine_element
        if local(ref) == "itemref"
        and ref.get("linear", "yes") != "no"
        and ref.get("idref", "") in items
    ]
    if not spine:
        raise ImportProblem("it names no text to read (its spine is empty)")
    toc = items.get(spine_element.get("toc", ""))
    by_type = (i.name for i in items.values() if i.media_type == "application/x-dtbncx+xml")
    return Package(
        title=_value(root, "title")[:300] or "A book",
        author=" and ".join(_values(root, "creator")[:3])[:300],
        language=(_value(root, "language") or "en")[:20],
        subjects=[subject[:80] for subject in _values(root, "subject")[:12]],
        summary=_summary(_value(root, "description")),
        spine=spine,
        nav=next((i.name for i in items.values() if "nav" in i.properties), ""),
        ncx=toc.name if toc is not None else next(by_type, ""),
        guide=_guide(root, name),
    )


def _package_name(archive: Archive) -> str:
    if _CONTAINER not in archive:
        raise ImportProblem("it is not an EPUB file (META-INF/container.xml is missing)")
    root = parse_xml(archive.read(_CONTAINER), _CONTAINER)
    for element in root.iter():
        if local(element) == "rootfile" and element.get("full-path"):
            return str(element.get("full-path"))
    raise ImportProblem("its container names no package")


def _refuse_locked(archive: Archive) -> None:
    locked = "it is copy-protected (DRM), so it cannot be read here"
    if "META-INF/license.lcpl" in archive or "META-INF/sinf.xml" in archive:
        raise ImportProblem(locked)
    if _ENCRYPTION not in archive:
        return
    root = parse_xml(archive.read(_ENCRYPTION), _ENCRYPTION)
    for data in root.iter():
        if local(data) != "encrypteddata":
            continue
        methods = (e.get("Algorithm", "") for e in data if local(e) == "encryptionmethod")
        if next(methods, "") not in _FONT_METHODS:
            raise ImportProblem(locked)


def _manifest(root: etree._Element, base: str) -> dict[str, Item]:
    manifest = _first(root, "manifest")
    found: dict[str, etree._Element] = {}
    for element in manifest if manifest is not None else ():
        if local(element) == "item" and element.get("id"):
            found[str(element.get("id"))] = element
    names = {key: resolve(base, element.get("href", ""))[0] for key, element in found.items()}
    return {
        key: Item(
            name=names[key],
            media_type=element.get("media-type", ""),
            properties=frozenset((element.get("properties") or "").split()),
            overlay=names.get(element.get("media-overlay", ""), ""),
        )
        for key, element in found.items()
        if names[key]
    }


def _guide(root: etree._Element, base: str) -> dict[str, str]:
    guide = _first(root, "guide")
    found: dict[str, str] = {}
    for element in guide if guide is not None else ():
        name, fragment = resolve(base, element.get("href", ""))
        kind = element.get("type", "").lower()
        if kind in _GUIDE_LEFT_OUT and name and not fragment:
            found[name] = kind
    return found


def _first(root: etree._Element, tag: str) -> etree._Element | None:
    return next((element for element in root if local(element) == tag), None)


def _values(root: etree._Element, tag: str) -> list[str]:
    found: list[str] = []
    for element in root.iter():
        if local(element) == tag:
            value = " ".join(clean_text(text_of(element)).split())
            if value and value not in found:
                found.append(value)
    return found


def _value(root: etree._Element, tag: str) -> str:
    return next(iter(_values(root, tag)), "")


def _summary(description: str) -> str:
    if "<" in description:
        try:
            description = text_of(etree.fromstring(description, etree.HTMLParser(no_network=True)))
        except (etree.XMLSyntaxError, ValueError, TypeError):
            return ""
    return description[:1000]
