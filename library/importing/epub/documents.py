"""The text documents of an EPUB in reading order, each as blocks."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from lxml import etree

from ..imported import ImportProblem
from ..left_out import Omissions
from .ocf.archive import Archive
from .ocf.container import LOCKED
from .package import Item, Package
from .xhtml.block_reader import read_blocks
from .xhtml.blocks import Blocks
from .xhtml.markup import Garbled, local, parse_xhtml, text_of, text_of_file, types_of
from .xhtml.omitting import MATTER_TYPES
from .xhtml.styles import Styles

_PICTURE = "picture page"
_NO_TEXT = {
    b"%PDF": "PDF page", b"\xff\xd8\xff": _PICTURE, b"\x89PNG": _PICTURE,
    b"GIF8": _PICTURE, b"RIFF": _PICTURE, b"ID3": "sound or film",
    b"\x00\x00\x00": "sound or film", b"OggS": "sound or film",
}  # fmt: skip
_MARKUP = re.compile(
    r"<(?:!doctype|\?xml|html|body|head|svg|dtbook|div|p|h[1-6]|section|text|a|span)\b",
    re.IGNORECASE,
)
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass
class Document:
    """One file as read. ``matter`` says what it calls itself where it is no part of the text."""

    name: str
    read: Blocks
    own_title: str = ""
    matter: str = ""
    language: str = ""


class Documents:
    """Reads a package's documents; what is lost on the way is a warning or left out."""

    def __init__(
        self,
        archive: Archive,
        package: Package,
        left_out: Omissions,
        warnings: list[str],
        language: str,
    ) -> None:
        self._archive = archive
        self._package = package
        self._left_out = left_out
        self._warnings = warnings
        self._language = language
        self._styles = Styles()
        self._sheets: set[str] = set()
        self._note_targets: set[str] = set()
        self._problems: list[ImportProblem] = []
        self._garbled = self._bytes = 0

    def read(self) -> list[Document]:
        """All documents of the spine. Raises ``ImportProblem`` where none can be read."""
        documents = list(self._each(self._package.spine))
        if self._garbled * 2 > self._bytes:
            raise ImportProblem(f"{LOCKED}: its text is encrypted or damaged")
        if not documents and self._problems:
            raise self._problems[0]
        for problem in self._problems:
            self._warnings.append(f"{problem}; left out")
        self._count_beside()
        return documents

    def _each(self, items: list[Item]) -> Iterator[Document]:
        for item in items:
            root, name = self._root(item)
            if root is not None:
                yield self._document(root, name)

    def _root(self, item: Item) -> tuple[etree._Element | None, str]:
        """The first of an item and its fallbacks that is text, else the first picture."""
        last = pictured = ""
        for candidate in (item, *item.fallbacks):
            if not candidate.name:
                last = f"{candidate.href} is missing from it"
                continue
            try:
                root, last = self._text_in(candidate)
            except Garbled as problem:
                self._problems.append(problem)
                return None, ""
            except ImportProblem as problem:
                last = str(problem)
                continue
            if root is not None:
                return root, candidate.name
            if last == _PICTURE:
                pictured = pictured or candidate.name
        if pictured:
            return _picture_page(pictured), pictured
        if last in _NO_TEXT.values():
            self._left_out.add(last, item.name)
        elif last:
            self._problems.append(ImportProblem(last))
        return None, ""

    def _text_in(self, item: Item) -> tuple[etree._Element | None, str]:
        """The text of a file, or what it is instead. Raises ``ImportProblem``."""
        raw = self._archive.read_text(item.name)
        kind = next((k for start, k in _NO_TEXT.items() if raw.startswith(start)), "")
        if kind:
            return None, kind
        self._bytes += len(raw)
        try:
            return self._parsed(raw, item), ""
        except Garbled:
            self._garbled += len(raw)
            raise

    def _parsed(self, raw: bytes, item: Item) -> etree._Element | None:
        text, _ = text_of_file(raw, item.name, self._language)
        if _MARKUP.search(text[:20_000]):
            return parse_xhtml(raw, item.name, self._warnings, self._language)
        if item.media_type in ("", "text/plain") or item.name.lower().endswith(".txt"):
            blocks = "".join(f"<p>{escape(part)}</p>" for part in re.split(r"\n\s*\n", text))
            return etree.fromstring(f"<body>{blocks}</body>")
        if item.media_type.startswith(("image/", "audio/", "video/", "application/pdf")):
            return None
        if text.strip():
            raise Garbled(f"{item.name} in it holds no text that can be read")
        return None

    def _document(self, root: etree._Element, name: str) -> Document:
        self._read_styles(root, name)
        matter = self._package.guide.get(name, "") or _matter(root)
        noted = Omissions() if matter else self._left_out
        read = read_blocks(root, self._styles, self._note_targets, noted, name)
        return Document(
            name=name,
            read=read,
            own_title=_own_title(root),
            matter=MATTER_TYPES.get(matter, _GUIDE_KINDS.get(matter, matter)),
            language=root.get(_LANG) or root.get("lang") or "",
        )

    def _read_styles(self, root: etree._Element, name: str) -> None:
        for element in root.iter():
            if local(element) == "body":
                return
            if local(element) == "style":
                self._styles.read("".join(map(str, element.itertext())))
            elif local(element) == "link" and "stylesheet" in (element.get("rel") or "").lower():
                sheet = self._archive.find(name, element.get("href", ""))[0]
                if sheet and sheet not in self._sheets:
                    self._sheets.add(sheet)
                    self._read_sheet(sheet)

    def _read_sheet(self, sheet: str) -> None:
        try:
            self._styles.read(text_of_file(self._archive.read_text(sheet), sheet)[0])
        except ImportProblem:
            return  # it decides nothing then

    def _count_beside(self) -> None:
        for item in self._package.beside:
            root, name = self._root(item)
            if root is not None:
                words = sum(
                    len(block.text.split()) for block in self._document(root, name).read.blocks
                )
                self._left_out.add("page beside the text", name, words=words)


_GUIDE_KINDS = {
    "title-page": "title page", "copyright-page": "copyright page", "toc": "contents",
    "loi": "contents", "lot": "contents", "notes": "note",
}  # fmt: skip


def _picture_page(name: str) -> etree._Element:
    """A page that shows one picture file, as comics have them in their spine."""
    page = etree.Element("body")
    etree.SubElement(page, "img", src=quote(posixpath.basename(name)), alt="")
    return page


def _matter(root: etree._Element) -> str:
    """What the file says of itself where it is no part of what is read."""
    body = next((element for element in root.iter() if local(element) == "body"), root)
    children = [element for element in body if local(element)]
    for element in (body, *(children if len(children) == 1 else ())):
        for name in types_of(element):
            if name in MATTER_TYPES:
                return name
    return ""


def _own_title(root: etree._Element) -> str:
    title = next((text_of(e) for e in root.iter() if local(e) == "title"), "")
    return " ".join(title.split())[:300]
