"""Where an EPUB's chapters begin and what they are called, whatever its contents say."""

from __future__ import annotations

from pathlib import Path

import pytest

from library.importing.epub.titles import chapter_title, joined, telling
from tests.library.epubs import NAV_ITEM, package, read_epub, write_epub, xhtml
from tests.library.importing.books import book_of, chapters, left_out

A, B = "<h1>One</h1><p>First.</p>", "<h1>Two</h1><p>Second.</p>"
BOTH = [("One", "First."), ("Two", "Second.")]


@pytest.mark.parametrize(
    "toc",
    [
        (),
        (("c0.xhtml", "One"),),
        (("C0.xhtml", "One"), ("text/c1.xhtml", "Two")),
        (("gone.xhtml", "X"), ("lost.xhtml#a", "Y")),
        (("c0.xhtml#nowhere", "One"), ("c1.xhtml#lost", "Two")),
        (("c0.xhtml", "One"), ("c0.xhtml", "One"), ("c1.xhtml", "Two")),
        (("c0.xhtml", "<span>O</span>ne"), ("c1.xhtml", "T<b>wo</b>")),
    ],
)
def test_contents_that_match_all_some_or_nothing(
    tmp_path: Path, toc: tuple[tuple[str, str], ...]
) -> None:
    assert chapters(book_of(tmp_path, A, B, toc=toc)) == BOTH


@pytest.mark.parametrize(
    "page",
    [
        '<h2 id="a">One</h2><p>First.</p><h2 id="b">Two</h2><p>Second.</p>',
        '<h2>One</h2><p id="a">First.</p><h2>Two</h2><p id="b">Second.</p>',
        '<h2><a name="a"></a>One</h2><p>First.</p><h2>Tw<a id="b">o</a></h2><p>Second.</p>',
        '<a name="a"/><h2>One</h2><p>First.<a id="b"/></p><h2>Two</h2><p>Second.</p>',
        "<h2>One</h2><p>First.</p><h2>Two</h2><p>Second.</p>",
        '<div id="a"><h2>One</h2><p>First.</p><div id="b"><h2>Two</h2><p>Second.</p></div></div>',
    ],
)
def test_anchors_in_a_file(tmp_path: Path, page: str) -> None:
    toc = (("c0.xhtml#a", "One"), ("c0.xhtml#b", "Two"))
    assert chapters(book_of(tmp_path, page, toc=toc)) == BOTH


@pytest.mark.parametrize("toc", [(), (("c0.xhtml", "The Kite Book"),)])
def test_one_file_is_cut_at_its_headings(tmp_path: Path, toc: tuple[tuple[str, str], ...]) -> None:
    page = (
        "<h1>The Kite Book</h1><h2>Chapter 1</h2><p>First.</p><h3>deeper</h3><p>More.</p>"
        "<h2>Chapter 2</h2><p>Second.</p>"
    )
    book = book_of(tmp_path, page, toc=toc)
    assert chapters(book) == [("Chapter 1", "First. / deeper / More."), ("Chapter 2", "Second.")]
    assert left_out(book) == {"title page": (1, 3)}


def test_pages_of_parts_are_told_with_what_follows(tmp_path: Path) -> None:
    pages = (
        "<h1>Part One</h1><h2>The Snow</h2>",
        "<h1>1</h1><p>It fell.</p>",
        "<h1>2</h1><p>It lay.</p>",
        "<h1>Part Two</h1>",
        "<h1>3</h1><p>It melted.</p>",
        "<h1>The End</h1>",
    )
    book = book_of(tmp_path, *pages)
    assert [title for title, _ in chapters(book)] == [
        *("Part One: The Snow · 1", "2", "Part Two · 3")
    ]
    assert left_out(book) == {"heading without a text": (1, 0)}


def test_two_entries_for_one_place_are_one_title(tmp_path: Path) -> None:
    toc = (("c0.xhtml", "Part One"), ("c0.xhtml", "The Hen"), ("c1.xhtml", "Two"))
    pages = ("<h1>Part One</h1><h2>The Hen</h2><p>First.</p>", B)
    assert chapters(book_of(tmp_path, *pages, toc=toc))[0] == ("Part One: The Hen", "First.")


@pytest.mark.parametrize(
    ("label", "heading", "title", "text"),
    [
        ("1", "<h1>1</h1><h2>The Lost Kite</h2>", "1: The Lost Kite", "Gone."),
        ("Chapter 1", "<h1>The Lost Kite</h1>", "Chapter 1: The Lost Kite", "Gone."),
        ("The Lost Kite", "<h1>I.</h1><h1>The Lost Kite</h1>", "I: The Lost Kite", "Gone."),
        ("I. The Kite", "<h1>1. The Kite</h1>", "I. The Kite", "Gone."),
        ("Story One", "<h1>One</h1>", "Story One", "Gone."),
        ("A Kite", "<h1>The Wind</h1>", "A Kite", "The Wind / Gone."),
        ("One<br/>The Kite", "", "One The Kite", "Gone."),
        ("<span>Chapter 1</span><span>The Kite</span>", "", "Chapter 1 The Kite", "Gone."),
        ('The Kite<sup><a href="#n">1</a></sup>', "", "The Kite", "Gone."),
    ],
)
def test_labels_and_headings(
    tmp_path: Path, label: str, heading: str, title: str, text: str
) -> None:
    toc = (("c0.xhtml", "Two"), ("c1.xhtml", label))
    assert chapters(book_of(tmp_path, B, f"{heading}<p>Gone.</p>", toc=toc))[1] == (title, text)


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("<h1>The Kite<br/>Flies</h1>", "The Kite Flies"),
        ('<h1><img src="t.png" alt="The Lost Kite"/></h1>', "The Lost Kite"),
        (
            '<h1><span epub:type="pagebreak">3</span>The Kite'
            '<a epub:type="noteref" href="#n">1</a></h1>',
            "The Kite",
        ),
        ("<h1>1</h1><h2>The Kite</h2>", "1: The Kite"),
        ("", "The Tin Kite"),
    ],
)
def test_headings_alone(tmp_path: Path, heading: str, title: str) -> None:
    assert chapters(book_of(tmp_path, f"{heading}<p>It flew.</p>")) == [(title, "It flew.")]


def titled(title: str, text: str) -> str:
    head = f"<head><title>{title}</title></head>"
    return f'<?xml version="1.0"?><html>{head}<body><p>{text}</p></body></html>'


def test_titles_of_files_count_where_they_tell_them_apart(tmp_path: Path) -> None:
    same = book_of(tmp_path, titled("The Hen Book", "First."), titled("The Hen Book", "Second."))
    assert [title for title, _ in chapters(same)] == ["Chapter 1", "Chapter 2"]
    own = book_of(tmp_path, titled("The Hen", "First."), titled("The Fox", "Second."))
    assert [title for title, _ in chapters(own)] == ["The Hen", "The Fox"]
    assert telling(["File 1", "page_2", "t", "Kite", "The Wall"], "The Kite") == {
        "Kite",
        "The Wall",
    }


STORY = "<p>This is a story about it. It was fine, he said!</p>"


@pytest.mark.parametrize(
    ("title", "page", "kind"),
    [
        ("Notes", STORY, ""),
        ("Notes", "<p>1. A note.</p><p>2. Another.</p>", "note"),
        ("Also by Bicycle", STORY, ""),
        ("Also by A. Maker", "<p>The Fox</p><p>The Hen</p>", "contents"),
        ("Cover", STORY, ""),
        ("Title Page", "<p>The Tin Kite</p><p>by A. Maker</p>", "title page"),
        ("Contents", "<p>One</p><p>Two</p>", "contents"),
        ("Index", STORY, ""),
        ("Imprint", STORY, ""),
        ("Copyright", "<p>© 2020 A. Maker. All rights reserved.</p>", "copyright page"),
        ("About the Author", "<p>She lives in a house.</p>", "page of credits"),
    ],
)
def test_a_title_alone_makes_no_matter(tmp_path: Path, title: str, page: str, kind: str) -> None:
    toc = (("c0.xhtml", "One"), ("c1.xhtml", title))
    book = book_of(tmp_path, A, page, toc=toc)
    assert (list(left_out(book)), len(book.chapters)) == (([kind], 1) if kind else ([], 2))


def test_a_table_of_contents_that_is_also_a_chapter(tmp_path: Path) -> None:
    page = (
        "<h1>The Hen</h1><p>She sat.</p><nav epub:type='toc'><ol>"
        "<li><a href='nav.xhtml'>The Hen</a></li>"
        "<li><a href='c0.xhtml'>The Flight</a></li></ol></nav>"
    )
    opf = package(["c0.xhtml"], items=NAV_ITEM)
    opf = opf.replace('<itemref idref="i0"/>', '<itemref idref="nav"/><itemref idref="i0"/>')
    files = {"package.opf": opf, "nav.xhtml": xhtml(page), "c0.xhtml": xhtml("<p>She flew.</p>")}
    book = read_epub(write_epub(tmp_path / "b.epub", files))
    assert chapters(book) == [("The Hen", "She sat."), ("The Flight", "She flew.")]


def test_titles_are_joined_once() -> None:
    assert joined(["1.", "The Kite"]) == "1: The Kite"
    assert joined(["The Kite", "the kite!"]) == "The Kite"
    assert chapter_title([], ["Chapter 1", "The Kite"]) == ("Chapter 1: The Kite", [])
    assert chapter_title(["A"], ["B"]) == ("A", ["B"])
