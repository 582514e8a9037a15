"""One lookup of names, however they are written."""

from __future__ import annotations

import pytest

from library.importing.epub.ocf.names import Names

FILES = ["OEBPS/package.opf", "OEBPS/Text/c1.xhtml", "OEBPS/Text/caf\u00e9 1.xhtml", "toc.ncx"]


@pytest.mark.parametrize(
    "href",
    [
        "Text/c1.xhtml",
        "./Text/c1.xhtml",
        "../OEBPS/Text/c1.xhtml",
        "Text//c1.xhtml",
        "Text\\c1.xhtml",
        "/OEBPS/Text/c1.xhtml",
        "text/C1.XHTML",
        "Text/c1.xhtml?v=2",
        " Text/c1.xhtml ",
        "T%65xt/c1.xhtml",
        "file:///OEBPS/Text/c1.xhtml",
        "elsewhere/c1.xhtml",
        "c1.xhtml",
    ],
)
def test_a_file_is_found_however_it_is_written(href: str) -> None:
    assert Names(FILES).find("OEBPS/package.opf", href) == ("OEBPS/Text/c1.xhtml", "")


@pytest.mark.parametrize(
    "href",
    ["Text/caf%C3%A9%201.xhtml", "Text/cafe\u0301 1.xhtml", "Text/CAF%25C3%25A9%25201.xhtml"],
)
def test_accents_and_percent_signs_may_be_written_in_many_ways(href: str) -> None:
    assert Names(FILES).find("OEBPS/package.opf", href)[0] == FILES[2]


@pytest.mark.parametrize("name", ["part:1.xhtml", "c%201.xhtml", "c#1.xhtml", "a?b.xhtml"])
def test_a_name_with_signs_of_addresses_is_that_name(name: str) -> None:
    assert Names([f"OEBPS/{name}"]).find("OEBPS/package.opf", name) == (f"OEBPS/{name}", "")


def test_a_fragment_is_kept() -> None:
    assert Names(FILES).find("OEBPS/Text/c1.xhtml", "#a%20b") == ("OEBPS/Text/c1.xhtml", "a b")
    assert Names(FILES).find("toc.ncx", "OEBPS/Text/C1.xhtml#x") == ("OEBPS/Text/c1.xhtml", "x")


@pytest.mark.parametrize(
    "href",
    [
        "http://x.test/c1.xhtml",
        "//x.test/c1.xhtml",
        "mailto:a@x.test",
        "data:,c1.xhtml",
        "c9.xhtml",
    ],
)
def test_what_is_elsewhere_or_nowhere_is_not_found(href: str) -> None:
    assert Names(FILES).find("OEBPS/package.opf", href)[0] == ""


def test_two_files_of_a_name_are_no_guess() -> None:
    names = Names(["a/c1.xhtml", "b/c1.xhtml", "__MACOSX/._c1.xhtml"])
    assert names.find("package.opf", "x/c1.xhtml")[0] == ""
    assert names.find("b/package.opf", "c1.xhtml")[0] == "b/c1.xhtml"


def test_a_book_wrapped_in_a_folder_is_found() -> None:
    names = Names(["My Book/META-INF/container.xml", "__MACOSX/My Book/META-INF/._container.xml"])
    assert names.find("", "META-INF/container.xml")[0] == "My Book/META-INF/container.xml"
    assert Names(["META-INF\\container.xml"]).find("", "META-INF/container.xml")[0]


def test_a_name_in_utf8_that_is_not_called_so_is_found() -> None:
    mangled = "é.xhtml".encode().decode("cp437")
    assert Names([mangled]).find("", "%C3%A9.xhtml")[0] == mangled
