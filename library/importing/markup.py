"""XML and XHTML from a book, parsed without entities, network or DTD."""

from __future__ import annotations

import html
import re
from html.entities import html5

from lxml import etree
from lxml import html as lxml_html

from .imported import ImportProblem

EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"

_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,30});")
_ENCODING = re.compile(rb"\s*<\?xml[^>]*encoding=[\"']([\w-]+)")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_XML_OWN = {b"amp", b"lt", b"gt", b"quot", b"apos"}


def _number_for(match: re.Match[bytes]) -> bytes:
    """HTML's named characters as numbers, since no DTD is loaded that would know them."""
    name = match.group(1)
    if name in _XML_OWN or name.decode() + ";" not in html5:
        return match.group(0)
    text = html.unescape(match.group(0).decode())
    return "".join(f"&#{ord(letter)};" for letter in text).encode()


def _xml_parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )


def parse_xml(raw: bytes, name: str) -> etree._Element:
    """The root element of ``raw``; ``name`` is for the ``ImportProblem`` where it is broken."""
    try:
        return etree.fromstring(_ENTITY.sub(_number_for, raw), _xml_parser())
    except (etree.XMLSyntaxError, ValueError):
        raise ImportProblem(f"{name} in it is not well-formed XML") from None


def _in_utf8(raw: bytes) -> tuple[bytes, str]:
    """``raw`` as it is, or, where it is not the UTF-8 that it says, from Windows-1252."""
    declared = _ENCODING.match(raw)
    if raw.startswith(_UTF16_MARKS) or (declared and declared[1].lower() != b"utf-8"):
        return raw, ""
    try:
        raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace").encode(), (
            "is not UTF-8; read as Windows-1252"
        )
    return raw, ""


def parse_xhtml(raw: bytes, name: str, warnings: list[str]) -> etree._Element | None:
    """The root of a text document; broken markup is read as HTML, with a warning."""
    raw, note = _in_utf8(raw)
    if note:
        warnings.append(f"{name} in it {note}")
    try:
        return parse_xml(raw, name)
    except ImportProblem as problem:
        warnings.append(f"{problem}; read as well as possible")
    parser = lxml_html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        return lxml_html.document_fromstring(raw, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def local(element: etree._Element) -> str:
    """The tag without its namespace, in small letters; empty for what is no element."""
    tag: object = element.tag  # a function where it is a comment or an entity
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def types_of(element: etree._Element) -> set[str]:
    """What the element says that it is: ``epub:type`` and ``role`` without ``doc-``."""
    named = element.get(EPUB_TYPE, element.get("epub:type", "")) or ""
    roles = (element.get("role") or "").replace("doc-", "")
    return {part.lower() for part in f"{named} {roles}".split()}


def text_of(element: etree._Element) -> str:
    """All text in an element, spaces made one."""
    return " ".join("".join(str(part) for part in element.itertext()).split())
