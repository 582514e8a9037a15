"""XML and XHTML from a book, parsed without entities, network or DTD.

Whatever is not well-formed is parsed a second time, leniently: stray ampersands are characters,
prefixes that nobody declared are no error, and HTML is read as browsers read it.
"""

from __future__ import annotations

import html
import re
from html.entities import html5

from lxml import etree
from lxml import html as lxml_html

from ...decoding import declared_encoding, decode, is_garbled
from ...imported import ImportProblem

EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"

_NAMED = re.compile(r"&([A-Za-z_][\w.-]{0,40});")
_STRAY = re.compile(r"&(?!#\d{1,7};|#x[0-9a-fA-F]{1,6};|[A-Za-z_][\w.-]{0,40};)")
_SUBSET = re.compile(r"<!DOCTYPE[^\[>]*\[(.*?)\]\s*>", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_ENTITY = re.compile(r"<!ENTITY\s+([A-Za-z_][\w.-]*)\s+([\"'])([^<&%\"']{0,200})\2\s*>")
_DECLARATION = re.compile(r"<\?xml\b[^>]*\?>")
_XML_OWN = {"amp", "lt", "gt", "quot", "apos"}
_MOST_OPENED = 10_000  # times a document's own short names are opened: over that, it is no book


class Garbled(ImportProblem):
    """The bytes are no writing: encrypted or damaged."""


def text_of_file(raw: bytes, name: str, language: str = "") -> tuple[str, str]:
    """A file's text and what there is to say about how it was found (a note, or empty).

    Raises ``Garbled`` where it holds no writing.
    """
    decoded = decode(raw, declared=declared_encoding(raw), language=language)
    text = decoded.text.lstrip("\ufeff\x00 \t\r\n\x0b\x0c")
    if is_garbled(text):
        raise Garbled(f"{name} in it cannot be read: it is encrypted or damaged")
    note = ""
    if decoded.codec.startswith("cp") or decoded.replaced:
        said = decoded.codec.replace("cp125", "Windows-125") or "UTF-8"
        note = f"{name} in it is not UTF-8; read as {said}"
        if decoded.replaced:
            letters = f"{decoded.replaced} damaged letter{'s'[: decoded.replaced != 1]}"
            note = f"{name} in it holds {letters}; read as {said}"
    return text, note


def parse_xml(raw: bytes, name: str) -> etree._Element:
    """The root element of ``raw``, leniently where it is broken.

    Raises ``ImportProblem`` naming ``name`` where there is nothing to be found.
    """
    text, _ = text_of_file(raw, name)
    root = _strict(text)
    if root is None:
        root = _recovered(text)
    if root is None:
        raise ImportProblem(f"{name} in it is not well-formed XML")
    return root


def is_well_formed(raw: bytes, name: str) -> bool:
    return _strict(text_of_file(raw, name)[0]) is not None


def parse_xhtml(
    raw: bytes, name: str, warnings: list[str], language: str = ""
) -> etree._Element | None:
    """The root of a text document; broken markup is read as HTML, with a warning."""
    text, note = text_of_file(raw, name, language)
    if note:
        warnings.append(note)
    root = _strict(text)
    if root is not None:
        return root
    warnings.append(f"{name} in it is not well-formed XML; read as well as possible")
    parser = lxml_html.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    text = _stray_escaped(_DOCTYPE.sub("", _numbered(_without_declaration(text)), count=1))
    try:
        return lxml_html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _strict(text: str) -> etree._Element | None:
    try:
        return etree.fromstring(_numbered(_without_declaration(text)).encode(), _parser())
    except (etree.XMLSyntaxError, ValueError):
        return None


def _recovered(text: str) -> etree._Element | None:
    text = _stray_escaped(_numbered(_without_declaration(text)))
    begin = text.find("<")
    if begin < 0:
        return None
    try:
        root: etree._Element | None = etree.fromstring(
            text[begin:].encode(errors="replace"), _parser(recover=True)
        )
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root


def _parser(*, recover: bool = False) -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )


def _without_declaration(text: str) -> str:
    return _DECLARATION.sub("", text, count=1)


def _stray_escaped(text: str) -> str:
    return _STRAY.sub("&amp;", text)


def _numbered(text: str) -> str:
    """Named characters as numbers, since no DTD is loaded that would know them.

    Names that the document itself gives to a short plain text are that text; a name within a
    name, a file or markup is not opened, so nothing can grow.
    """
    own = _own_entities(text)
    left = _MOST_OPENED

    def number(match: re.Match[str]) -> str:
        nonlocal left
        name = match.group(1)
        if name in own and left:
            left -= 1
            return html.escape(own[name])
        if name in _XML_OWN or name + ";" not in html5:
            return match.group(0)
        return "".join(f"&#{ord(letter)};" for letter in html.unescape(match.group(0)))

    return _NAMED.sub(number, text)


def _own_entities(text: str) -> dict[str, str]:
    subset = _SUBSET.search(text[:20_000])
    if subset is None:
        return {}
    return {name: value for name, _, value in _ENTITY.findall(subset.group(1))}


def local(element: etree._Element) -> str:
    """The tag without its namespace, in small letters; empty for what is no element."""
    tag: object = element.tag  # a function where it is a comment or an entity
    if not isinstance(tag, str):
        return ""
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


def types_of(element: etree._Element) -> set[str]:
    """What the element says that it is: ``epub:type`` and ``role`` without ``doc-``."""
    named = element.get(EPUB_TYPE, element.get("epub:type", "")) or ""
    roles = (element.get("role") or "").replace("doc-", "")
    return {part.lower() for part in f"{named} {roles}".split()}


def class_names(element: etree._Element) -> list[str]:
    return (element.get("class") or "").lower().split()


def text_of(element: etree._Element) -> str:
    """All text in an element, spaces made one."""
    return " ".join("".join(str(part) for part in element.itertext()).split())
