"""Where in an EPUB its package is, and whether its text is locked."""

from __future__ import annotations

from lxml import etree

from ...imported import ImportProblem
from ..xhtml.markup import local, parse_xml
from .archive import Archive

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PACKAGE_TYPE = "application/oebps-package+xml"
_FONT_METHODS = {
    "http://www.idpf.org/2008/embedding",
    "http://ns.adobe.com/pdf/enc#RC",
}
_TEXT_ENDINGS = (".xhtml", ".html", ".htm", ".xml", ".opf", ".ncx", ".svg")
LOCKED = "it is copy-protected (DRM), so it cannot be read here"


def package_name(archive: Archive, warnings: list[str]) -> str:
    """The name of the package document: what the container names, or the one that there is."""
    container = archive.find("", _CONTAINER)[0]
    if container:
        for path in _named_packages(archive, container, warnings):
            name = archive.find("", path)[0]
            if name and not name.lower().endswith((".pdf", ".ncx")):
                return name
    found = archive.names.ending(".opf")
    if found:
        warnings.append("its container does not name its package; the one that it holds is read")
        return found[0]
    if not container:
        raise ImportProblem("it is not an EPUB file (META-INF/container.xml is missing)")
    raise ImportProblem("its container names no package")


def _named_packages(archive: Archive, container: str, warnings: list[str]) -> list[str]:
    """The packages that a container names, those that it calls so first."""
    try:
        root = parse_xml(archive.read_text(container), container)
    except ImportProblem as problem:
        warnings.append(f"{problem}; left aside")
        return []
    files = [e for e in root.iter() if local(e) == "rootfile" and e.get("full-path")]
    files.sort(key=lambda element: element.get("media-type", "").strip() != _PACKAGE_TYPE)
    return [str(element.get("full-path")) for element in files]


def refuse_locked(archive: Archive) -> None:
    """Raise ``ImportProblem`` where text is encrypted; garbled fonts and pictures do not matter."""
    name = archive.find("", _ENCRYPTION)[0]
    if not name:
        return
    try:
        root = parse_xml(archive.read_text(name), name)
    except ImportProblem:
        return  # it says nothing; if the text is encrypted all the same, it shows when it is read
    for data in root.iter():
        if local(data) == "encrypteddata" and _locks_text(data):
            raise ImportProblem(LOCKED)


def _locks_text(data: etree._Element) -> bool:
    parts = list(data.iter())
    methods = [part.get("Algorithm", "") for part in parts if local(part) == "encryptionmethod"]
    if methods and methods[0] in _FONT_METHODS:
        return False
    files = [part.get("URI", "") for part in parts if local(part) == "cipherreference"]
    return not files or any(
        name.partition("#")[0].partition("?")[0].lower().endswith(_TEXT_ENDINGS) for name in files
    )
