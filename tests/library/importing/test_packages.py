"""Packages as converters write them: what is wrong with one part costs that part."""

from __future__ import annotations

from pathlib import Path

import pytest

from library.importing.imported import ImportProblem
from tests.library.epubs import CONTAINER, NCX_ITEM, ncx, package, read_epub, xhtml
from tests.library.importing.books import chapters, left_out, raw_epub

HEN = xhtml("<p>The hen sat.</p>")
OPF = "OEBPS/package.opf"
ONE = package(["c1.xhtml"])


def texts(folder: Path, entries: dict[str, str | bytes]) -> list[str]:
    return [text for _, text in chapters(read_epub(raw_epub(folder, entries)))]


@pytest.mark.parametrize(
    "opf",
    [
        "\n\n  " + ONE,
        "\ufeff" + ONE,
        ONE.replace("The Tin Kite", "Fox & Hen &nosuch;"),
        ONE.replace("</metadata>", "<ibooks:version>1</ibooks:version></metadata>"),
        ONE.replace("</package>", ""),
        ONE.replace('idref="i0"', 'idref="I0"'),
        ONE.replace('idref="i0"', 'idref="c1.xhtml"'),
        ONE.replace('<itemref idref="i0"/>', ""),
        ONE.replace('<itemref idref="i0"/>', '<itemref idref="i0" linear="no"/>'),
        ONE.replace("application/xhtml+xml", "application/xml"),
        ONE.replace("application/xhtml+xml", ""),
        ONE.replace("application/xhtml+xml", "text/x-oeb1-document"),
        ONE.replace("application/xhtml+xml", "application/xhtml+xml; charset=utf-8"),
        ONE.replace("application/xhtml+xml", "text/plain"),
        ONE.replace('version="1.0"?', 'version="1.0" encoding="utf-16"?').encode("utf-16"),
        ONE.replace("c1.xhtml", "C1.XHTML"),
    ],
)
def test_a_package_with_a_fault_is_read(tmp_path: Path, opf: str | bytes) -> None:
    assert texts(tmp_path, {OPF: opf, "OEBPS/c1.xhtml": HEN}) == ["The hen sat."]


@pytest.mark.parametrize(
    "container",
    [
        CONTAINER.replace("<rootfiles>", '<rootfiles><rootfile full-path="b.pdf" media-type="x"/>'),
        CONTAINER.replace("OEBPS/", "/OEBPS/"),
        CONTAINER.replace("OEBPS/package.opf", "content.opf"),
        CONTAINER[:-20] + " & ",
        "",
    ],
)
def test_a_container_with_a_fault_leads_to_the_package(tmp_path: Path, container: str) -> None:
    entries: dict[str, str | bytes] = {"META-INF/container.xml": container, "b.pdf": "%PDF"}
    assert texts(tmp_path, entries | {OPF: ONE, "OEBPS/c1.xhtml": HEN}) == ["The hen sat."]


def test_a_book_packed_with_its_folder_is_read(tmp_path: Path) -> None:
    entries: dict[str, str | bytes] = {
        "My Book\\META-INF\\container.xml": CONTAINER,
        f"My Book\\{OPF}": ONE,
        "My Book\\OEBPS\\c1.xhtml": HEN,
    }
    assert texts(tmp_path, entries) == ["The hen sat."]


def test_a_missing_file_costs_itself_and_is_said(tmp_path: Path) -> None:
    entries: dict[str, str | bytes] = {
        OPF: package(["c1.xhtml", "gone.xhtml", "c3.xhtml"]),
        "OEBPS/c1.xhtml": HEN,
        "OEBPS/c3.xhtml": HEN,
    }
    book = read_epub(raw_epub(tmp_path, entries))
    assert len(book.chapters) == 2
    assert book.warnings == ["OEBPS/gone.xhtml is missing from it; left out"]


@pytest.mark.parametrize("broken", ["", "<ncx", "\x00\x01\x02" * 60])
def test_broken_contents_cost_themselves(tmp_path: Path, broken: str) -> None:
    entries: dict[str, str | bytes] = {
        OPF: package(["c1.xhtml"], items=NCX_ITEM),
        "OEBPS/toc.ncx": broken,
        "OEBPS/c1.xhtml": HEN,
    }
    book = read_epub(raw_epub(tmp_path, entries))
    assert book.word_count == 3
    assert "toc.ncx" in book.warnings[0]


def test_contents_with_a_stray_ampersand_are_read(tmp_path: Path) -> None:
    entries: dict[str, str | bytes] = {
        OPF: package(["c1.xhtml", "c2.xhtml"], items=NCX_ITEM),
        "OEBPS/toc.ncx": ncx(("c1.xhtml", "Fox & Hen"), ("c2.xhtml", "Two")),
        "OEBPS/c1.xhtml": HEN,
        "OEBPS/c2.xhtml": HEN,
    }
    book = read_epub(raw_epub(tmp_path, entries))
    assert [chapter.title for chapter in book.chapters] == ["Fox & Hen", "Two"]


def test_a_fallback_is_read_for_what_is_no_text(tmp_path: Path) -> None:
    items = (
        '<item id="p" href="p.pdf" media-type="application/pdf" fallback="q"/>'
        '<item id="q" href="q.jpg" media-type="image/jpeg" fallback="r"/>'
        '<item id="r" href="c1.xhtml" media-type="application/xhtml+xml" fallback="p"/>'
    )
    opf = package([], items=items).replace("<spine>", '<spine><itemref idref="p"/>')
    entries: dict[str, str | bytes] = {
        OPF: opf,
        "OEBPS/p.pdf": b"%PDF-1.4",
        "OEBPS/q.jpg": b"\xff\xd8\xff\xe0",
        "OEBPS/c1.xhtml": HEN,
    }
    assert texts(tmp_path, entries) == ["The hen sat."]
    del entries["OEBPS/c1.xhtml"]
    with pytest.raises(ImportProblem):
        read_epub(raw_epub(tmp_path, entries))


def test_pages_beside_the_text_are_counted(tmp_path: Path) -> None:
    opf = package(["c1.xhtml", "c2.xhtml"]).replace('idref="i1"', 'idref="i1" linear="no"')
    entries: dict[str, str | bytes] = {OPF: opf, "OEBPS/c1.xhtml": HEN, "OEBPS/c2.xhtml": HEN}
    book = read_epub(raw_epub(tmp_path, entries))
    assert (book.word_count, left_out(book)) == (3, {"page beside the text": (1, 3)})


LOCK = (
    '<encryption xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>'
    '<enc:EncryptionMethod Algorithm="http://x.test/own"/><enc:CipherData>'
    '<enc:CipherReference URI="OEBPS/{}"/></enc:CipherData></enc:EncryptedData></encryption>'
)


@pytest.mark.parametrize("lock", ["", "<", LOCK.format("a.otf"), LOCK.format("a.png")])
def test_what_locks_no_text_is_no_lock(tmp_path: Path, lock: str) -> None:
    entries: dict[str, str | bytes] = {
        OPF: ONE,
        "OEBPS/c1.xhtml": HEN,
        "META-INF/encryption.xml": lock,
    }
    assert texts(tmp_path, entries) == ["The hen sat."]
    entries["META-INF/encryption.xml"] = LOCK.format("c1.xhtml")
    with pytest.raises(ImportProblem, match="copy-protected"):
        texts(tmp_path, entries)


def noise(length: int) -> bytes:
    return bytes((place * 197 + place * place * 31) % 256 for place in range(length))


def test_garbled_text_is_no_book(tmp_path: Path) -> None:
    two = package(["c1.xhtml", "c2.xhtml"])
    entries: dict[str, str | bytes] = {
        OPF: two,
        "OEBPS/c1.xhtml": noise(4000),
        "OEBPS/c2.xhtml": HEN,
    }
    with pytest.raises(ImportProblem, match="copy-protected"):
        texts(tmp_path, entries)
    entries["OEBPS/c1.xhtml"] = noise(100)
    book = read_epub(raw_epub(tmp_path, entries))
    assert book.word_count == 3
    assert "encrypted or damaged; left out" in book.warnings[0]


@pytest.mark.parametrize(
    ("metadata", "title", "author"),
    [
        (
            '<dc:title id="a">Tales</dc:title><dc:title id="b">The Hen</dc:title>'
            '<meta refines="#a" property="title-type">collection</meta>'
            '<meta refines="#b" property="title-type">main</meta>'
            '<dc:creator id="x">Ada</dc:creator><dc:creator id="y">Ill</dc:creator>'
            '<meta refines="#x" property="role">aut</meta>'
            '<meta refines="#y" property="role">ill</meta>',
            *("The Hen", "Ada"),
        ),
        (
            "<dc:title>Hens</dc:title>"
            '<dc:creator xmlns:opf="http://www.idpf.org/2007/opf" opf:role="ill">Ill</dc:creator>'
            '<dc:creator xmlns:opf="http://www.idpf.org/2007/opf" opf:role="aut">Ada</dc:creator>'
            "<dc:creator>Bea</dc:creator>",
            *("Hens", "Ada and Bea"),
        ),
        (
            '<dc:title>Fox &amp;amp; Hen</dc:title><dc:creator id="e">Ed</dc:creator>'
            '<meta refines="#e" property="role">edt</meta><dc:creator>Unknown</dc:creator>',
            *("Fox & Hen", "Ed"),
        ),
        ("", "A book", ""),
    ],
)
def test_titles_and_authors(tmp_path: Path, metadata: str, title: str, author: str) -> None:
    opf = package(["c1.xhtml"], metadata=metadata)
    book = read_epub(raw_epub(tmp_path, {OPF: opf, "OEBPS/c1.xhtml": HEN}))
    assert (book.title, book.author) == (title, author)


@pytest.mark.parametrize(
    ("said", "code"), [("eng", "en"), ("en_US", "en-US"), ("und", "en"), ("", "en")]
)
def test_languages(tmp_path: Path, said: str, code: str) -> None:
    opf = ONE.replace(">en<", f">{said}<")
    assert read_epub(raw_epub(tmp_path, {OPF: opf, "OEBPS/c1.xhtml": HEN})).language == code
