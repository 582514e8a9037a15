"""Little EPUBs, written by the tests themselves."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from library.importing.files import read_book
from library.importing.imported import ImportedBook

CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" '
    'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/package.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>"
)


def xhtml(body: str, *, attributes: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        f"<head><title>File</title></head><body{attributes}>{body}</body></html>"
    )


def nav(*entries: tuple[str, str]) -> str:
    links = "".join(f'<li><a href="{href}">{title}</a></li>' for href, title in entries)
    return xhtml(f'<nav epub:type="toc"><ol>{links}</ol></nav>')


def ncx(*entries: tuple[str, str]) -> str:
    points = "".join(
        f'<navPoint id="n{place}"><navLabel><text>{title}</text></navLabel>'
        f'<content src="{href}"/></navPoint>'
        for place, (href, title) in enumerate(entries)
    )
    return (
        '<?xml version="1.0"?><ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">'
        f"<navMap>{points}</navMap></ncx>"
    )


def package(
    names: list[str],
    *,
    version: str = "3.0",
    metadata: str = "<dc:title>The Tin Kite</dc:title><dc:creator>A. Maker</dc:creator>",
    items: str = "",
    guide: str = "",
    overlays: dict[str, str] | None = None,
) -> str:
    overlays = overlays or {}
    manifest = "".join(
        f'<item id="i{place}" href="{name}" media-type="application/xhtml+xml"'
        + (f' media-overlay="{overlays[name]}"' if name in overlays else "")
        + "/>"
        for place, name in enumerate(names)
    )
    spine = "".join(f'<itemref idref="i{place}"/>' for place in range(len(names)))
    toc = ' toc="ncx"' if 'id="ncx"' in items else ""
    return (
        f'<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="{version}">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{metadata}'
        f"<dc:language>en</dc:language></metadata><manifest>{manifest}{items}</manifest>"
        f"<spine{toc}>{spine}</spine>{guide}</package>"
    )


NAV_ITEM = '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
NCX_ITEM = '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'


def write_epub(path: Path, files: Mapping[str, str | bytes], *, container: str = CONTAINER) -> Path:
    """An EPUB of ``files`` under ``OEBPS/`` (a name with a leading ``/`` is one at the top)."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        if container:
            archive.writestr("META-INF/container.xml", container)
        for name, content in files.items():
            archive.writestr(name[1:] if name.startswith("/") else f"OEBPS/{name}", content)
    return path


def simple_epub(path: Path, *bodies: str) -> Path:
    """An EPUB 3 with one chapter per body, called One, Two, …"""
    numbers = ["One", "Two", "Three", "Four"]
    names = [f"c{place}.xhtml" for place in range(len(bodies))]
    files: dict[str, str | bytes] = {
        "package.opf": package(names, items=NAV_ITEM),
        "nav.xhtml": nav(*zip(names, numbers, strict=False)),
    }
    for name, body in zip(names, bodies, strict=True):
        files[name] = xhtml(body)
    return write_epub(path, files)


def read_epub(path: Path) -> ImportedBook:
    """The book in an EPUB file, as an import reads it."""
    with TemporaryDirectory() as folder:
        return read_book(path, Path(folder))
