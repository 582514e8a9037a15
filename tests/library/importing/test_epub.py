"""EPUB 2 and 3 as books, and everything that is no book."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from pytest_django import Settings

from library.importing.epub.xhtml.markup import parse_xhtml, text_of
from library.importing.imported import ImportedBook, ImportedChapter, ImportProblem
from library.language.text import flatten
from tests.library.epubs import (
    NAV_ITEM,
    NCX_ITEM,
    nav,
    ncx,
    package,
    read_epub,
    simple_epub,
    write_epub,
    xhtml,
)


def words(chapter: ImportedChapter) -> str:
    return " ".join(flatten(chapter.paragraphs))


def titles(book: ImportedBook) -> list[str]:
    return [chapter.title for chapter in book.chapters]


def test_chapters_come_in_the_order_of_the_spine_with_titles_of_the_nav(tmp_path: Path) -> None:
    book = read_epub(
        simple_epub(tmp_path / "b.epub", "<h1>One</h1><p>First.</p>", "<p>Second.</p>")
    )
    assert (book.title, book.author, book.language) == ("The Tin Kite", "A. Maker", "en")
    assert titles(book) == ["One", "Two"]
    assert [words(chapter) for chapter in book.chapters] == ["First.", "Second."]


def test_an_epub_2_is_read_by_its_ncx_and_guide(tmp_path: Path) -> None:
    path = write_epub(
        tmp_path / "b.epub",
        {
            "package.opf": package(
                ["t.html", "a.html", "b.html"],
                version="2.0",
                items=NCX_ITEM,
                guide='<guide><reference type="title-page" href="t.html"/></guide>',
            ),
            "toc.ncx": ncx(("a.html", "Away"), ("b.html", "Back")),
            "t.html": xhtml("<p>The Tin Kite</p>"),
            "a.html": xhtml("<p>Off they went&mdash;far.</p>"),
            "b.html": xhtml("<p>And home.</p>"),
        },
    )
    book = read_epub(path)
    assert titles(book) == ["Away", "Back"]
    assert words(book.chapters[0]) == "Off they went— far."


def test_one_file_with_many_chapters_is_cut_at_the_ids(tmp_path: Path) -> None:
    path = write_epub(
        tmp_path / "b.epub",
        {
            "package.opf": package(["all.xhtml"], items=NAV_ITEM),
            "nav.xhtml": nav(("all.xhtml#a", "A"), ("all.xhtml#b", "B"), ("all.xhtml#c", "C")),
            "all.xhtml": xhtml(
                '<section id="a"><h2>A</h2><p>One.</p><section id="b"><h3>B</h3><p>Two.</p>'
                '</section></section><h2><a id="c"></a>C</h2><p>Three.</p>'
            ),
        },
    )
    book = read_epub(path)
    assert titles(book) == ["A", "B", "C"]
    assert [words(chapter) for chapter in book.chapters] == ["One.", "Two.", "Three."]


def test_a_file_that_the_contents_do_not_name_goes_on_with_its_chapter(tmp_path: Path) -> None:
    path = write_epub(
        tmp_path / "b.epub",
        {
            "package.opf": package(["a.xhtml", "a2.xhtml", "b.xhtml"], items=NAV_ITEM),
            "nav.xhtml": nav(("a.xhtml", "A"), ("b.xhtml", "B")),
            "a.xhtml": xhtml("<p>One.</p>"),
            "a2.xhtml": xhtml("<p>More.</p>"),
            "b.xhtml": xhtml("<p>Two.</p>"),
        },
    )
    assert [words(chapter) for chapter in read_epub(path).chapters] == ["One. More.", "Two."]


@pytest.mark.parametrize("kind", ["cover", "titlepage", "copyright-page", "toc", "colophon"])
def test_front_and_back_matter_is_left_out(tmp_path: Path, kind: str) -> None:
    path = write_epub(
        tmp_path / "b.epub",
        {
            "package.opf": package(["x.xhtml", "a.xhtml"]),
            "x.xhtml": xhtml(f'<section epub:type="{kind}"><p>All rights reserved.</p></section>'),
            "a.xhtml": xhtml("<h1>Start</h1><p>One.</p>"),
        },
    )
    book = read_epub(path)
    assert titles(book) == ["Start"]


def test_notes_page_numbers_and_ruby_are_not_read_aloud(tmp_path: Path) -> None:
    body = (
        '<p>The cat<a epub:type="noteref" href="#n1">1</a> sat<sup><a href="#n2">[2]</a></sup>'
        '<span epub:type="pagebreak" id="p3">3</span> on the <ruby>mat<rt>ma-t</rt></ruby>'
        '<span class="pagenum">4</span>, <a href="c1.xhtml">here</a>.</p>'
        '<aside epub:type="footnote" id="n1"><p>A note.</p></aside><script>x()</script>'
        '<div hidden="hidden">Unseen.</div><img alt="A cat." src="c.png"/>'
    )
    book = read_epub(simple_epub(tmp_path / "b.epub", body))
    assert words(book.chapters[0]) == "The cat sat on the mat, here."


def test_lines_of_verse_stay_lines(tmp_path: Path) -> None:
    book = read_epub(simple_epub(tmp_path / "b.epub", "<p>Up it flew<br/>into the blue</p>"))
    assert book.chapters[0].paragraphs == [[["Up", "it", "flew"]], [["into", "the", "blue"]]]


def test_inline_markup_does_not_cut_words(tmp_path: Path) -> None:
    book = read_epub(simple_epub(tmp_path / "b.epub", "<p><b>O</b>nce <i>up</i>on\n a time.</p>"))
    assert words(book.chapters[0]) == "Once upon a time."


def test_broken_markup_is_read_as_well_as_possible(tmp_path: Path) -> None:
    path = simple_epub(tmp_path / "b.epub", "<p>One.<p>Two &nosuch; three.")
    book = read_epub(path)
    assert "One." in words(book.chapters[0])
    assert "three." in words(book.chapters[0])
    assert book.warnings == [
        "OEBPS/c0.xhtml in it is not well-formed XML; read as well as possible"
    ]


def test_letters_in_another_encoding_than_the_file_says_are_kept() -> None:
    warnings: list[str] = []
    root = parse_xhtml(xhtml("<p>Le café est là.</p>").encode("cp1252"), "a.xhtml", warnings)
    assert root is not None
    assert text_of(root).endswith("Le café est là.")
    assert warnings == ["a.xhtml in it is not UTF-8; read as Windows-1252"]


def test_entities_of_a_dtd_are_never_opened(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    document = (
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt">'
        '<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>'
        '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>One &x; &b; two.</p></body></html>'
    )
    path = write_epub(
        tmp_path / "b.epub", {"package.opf": package(["a.xhtml"]), "a.xhtml": document}
    )
    assert words(read_epub(path).chapters[0]) == "One two."


def refused(path: Path) -> str:
    with pytest.raises(ImportProblem) as problem:
        read_epub(path)
    line = str(problem.value)
    assert "\n" not in line
    return line


def test_what_is_no_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "b.epub"
    path.write_bytes(b"not a zip at all")
    assert refused(path) == "it is not an EPUB file, or it is damaged"


def test_a_truncated_file_is_refused(tmp_path: Path) -> None:
    path = simple_epub(tmp_path / "b.epub", "<p>One.</p>")
    path.write_bytes(path.read_bytes()[:-60])
    assert refused(path) == "it is not an EPUB file, or it is damaged"


def test_damaged_bytes_are_refused(tmp_path: Path) -> None:
    path = simple_epub(tmp_path / "b.epub", "<p>" + "Many words here. " * 400 + "</p>")
    raw = bytearray(path.read_bytes())
    at = raw.find(b"OEBPS/c0.xhtml") + 30
    raw[at : at + 40] = bytes(40)
    path.write_bytes(bytes(raw))
    assert "damaged" in refused(path)


def test_a_missing_container_is_named(tmp_path: Path) -> None:
    path = write_epub(tmp_path / "b.epub", {"a.xhtml": xhtml("<p>One.</p>")}, container="")
    assert "container.xml is missing" in refused(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    path = write_epub(tmp_path / "b.epub", {"package.opf": package(["gone.xhtml"])})
    assert refused(path) == "OEBPS/gone.xhtml is missing from it"


def test_a_broken_package_is_refused(tmp_path: Path) -> None:
    path = write_epub(tmp_path / "b.epub", {"package.opf": "<package><metadata>"})
    assert refused(path) == "OEBPS/package.opf in it is not well-formed XML"


def test_a_book_without_words_is_refused(tmp_path: Path) -> None:
    assert refused(simple_epub(tmp_path / "b.epub", "<p>* * *</p>")) == "there are no words in it"


def test_copy_protection_is_said(tmp_path: Path) -> None:
    locked = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" '
        'xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>'
        '<enc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>'
        "</enc:EncryptedData></encryption>"
    )
    files: dict[str, str | bytes] = {
        "package.opf": package(["a.xhtml"]),
        "a.xhtml": xhtml("<p>One.</p>"),
        "/META-INF/encryption.xml": locked,
    }
    assert "copy-protected" in refused(write_epub(tmp_path / "b.epub", files))


def test_garbled_fonts_alone_are_no_copy_protection(tmp_path: Path) -> None:
    fonts = (
        '<encryption xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>'
        '<enc:EncryptionMethod Algorithm="http://www.idpf.org/2008/embedding"/>'
        "</enc:EncryptedData></encryption>"
    )
    files: dict[str, str | bytes] = {
        "package.opf": package(["a.xhtml"]),
        "a.xhtml": xhtml("<p>One.</p>"),
        "/META-INF/encryption.xml": fonts,
    }
    assert read_epub(write_epub(tmp_path / "b.epub", files)).word_count == 1


@pytest.mark.parametrize("name", ["/../evil.txt", "//etc/passwd", "/a/../../b", "/C:\\x"])
def test_names_outside_of_the_archive_are_refused(tmp_path: Path, name: str) -> None:
    path = write_epub(tmp_path / "b.epub", {"package.opf": package(["a.xhtml"]), name: "x"})
    assert refused(path) == "it names a file outside of itself"


def test_a_bomb_is_refused_by_its_ratio(tmp_path: Path) -> None:
    path = simple_epub(tmp_path / "b.epub", "<p>One.</p>")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(11 * 1024 * 1024))
    assert "over a hundred times" in refused(path)


def test_size_is_limited_by_the_setting(tmp_path: Path, settings: Settings) -> None:
    settings.READERAI_MAX_BOOK_MIB = 1
    path = simple_epub(tmp_path / "b.epub", "<p>One.</p>")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("zeros", bytes(2 * 1024 * 1024))
    assert "larger than 1 MiB" in refused(path)


def test_words_are_limited_by_the_setting(tmp_path: Path, settings: Settings) -> None:
    settings.READERAI_MAX_BOOK_WORDS = 3
    assert "more than 3 words" in refused(simple_epub(tmp_path / "b.epub", "<p>a b c d</p>"))
