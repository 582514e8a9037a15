"""Tables, formulas and drawings of a book, as they are told to its readers."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from library.importing.epub.xhtml import mathml
from library.importing.epub.xhtml.drawings import is_drawn, write_drawing
from library.importing.imported import ImportedChapter
from library.importing.outcome import import_one
from library.language.text import flatten
from tests.library.epubs import read_epub, simple_epub

WEEK = (
    "<table><caption>The week</caption><tr><th>Day</th><th>Eggs</th></tr>"
    "<tr><th>Monday</th><td><p>Three. Big ones.</p></td></tr><tr><td>Sunday</td><td></td></tr>"
    "</table>"
)
MATH = (
    '<math xmlns="http://www.w3.org/1998/Math/MathML" onclick="x()"><mfrac><mn>1</mn>'
    '<mi href="https://example.org/">n</mi></mfrac><script>x()</script></math>'
)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100" onload="x()">'
    "<title>A kite</title><script>x()</script>"
    '<rect width="50" height="50" onclick="x()" fill="url(https://example.org/x)"/>'
    '<image href="https://example.org/x.png"/><a href="javascript:x()"><text>Up</text></a></svg>'
)


def _chapter(folder: Path, body: str) -> ImportedChapter:
    return read_epub(simple_epub(folder / "b.epub", body)).chapters[0]


def test_row_is_a_paragraph_and_its_cells_are_sentences_of_it(tmp_path: Path) -> None:
    chapter = _chapter(tmp_path, f"<p>Look.</p>{WEEK}<p>The end.</p>")
    texts = [[" ".join(sentence) for sentence in each] for each in chapter.paragraphs]
    assert texts[2:5] == [["Day", "Eggs"], ["Monday", "Three.", "Big ones."], ["Sunday"]]
    told = [(r.paragraph, [(c.sentences, c.is_head) for c in r.cells]) for r in chapter.rows]
    assert told == [
        (2, [(1, True), (1, True)]),
        (3, [(1, True), (2, False)]),
        (4, [(1, False), (0, False)]),
    ]


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td>One cell.</td></tr><tr><td>Below.</td></tr></table>",
        "<table role='presentation'><tr><td>A</td><td>B</td></tr><tr><td>C</td></tr></table>",
        "<table><tr><td><h2>A</h2></td><td>B</td></tr><tr><td>C</td><td>D</td></tr></table>",
        f"<table><tr><td>A</td><td>{'word ' * 90}</td></tr><tr><td>C</td><td>D</td></tr></table>",
    ],
)
def test_table_that_only_sets_text_in_columns_is_text(tmp_path: Path, table: str) -> None:
    assert not _chapter(tmp_path, f"<p>Look.</p>{table}").rows


def test_two_tables_one_after_another_are_two(tmp_path: Path) -> None:
    assert {row.table for row in _chapter(tmp_path, WEEK + WEEK).rows} == {0, 1}


def test_formula_has_its_words_and_is_shown(tmp_path: Path) -> None:
    chapter = _chapter(tmp_path, f"<p>We know ({MATH}), do we not?</p>")
    (formula,) = chapter.formulas
    words = flatten(chapter.paragraphs)
    said = words[formula.first_word : formula.first_word + formula.words]
    assert (said, formula.before, formula.after) == (["(1/n),"], "(", "),")
    assert "<mfrac>" in formula.mathml
    for unwanted in ("onclick", "href", "script"):
        assert unwanted not in formula.mathml


def test_alternative_text_is_what_a_formula_says(tmp_path: Path) -> None:
    math = MATH.replace("<math", '<math alttext="one over n"')
    chapter = _chapter(tmp_path, f"<p>It is {math} here.</p>")
    assert flatten(chapter.paragraphs) == ["It", "is", "one", "over", "n", "here."]
    assert (chapter.formulas[0].first_word, chapter.formulas[0].words) == (2, 3)


@given(st.recursive(st.just("<mi>x</mi>"), lambda inner: inner.map("<mrow>{0}{0}</mrow>".format)))
def test_formula_stays_well_formed_and_bounded(inside: str) -> None:
    shown = mathml.shown(etree.fromstring(f"<math>{inside}</math>"))
    assert not shown or etree.fromstring(shown).tag.endswith("math")


def test_drawing_is_a_picture_and_its_words_are_read(tmp_path: Path) -> None:
    drawing = SVG.replace('<image href="https://example.org/x.png"/>', "")
    chapter = _chapter(tmp_path, f"<p>Look.</p><div>{drawing}</div><p>The end.</p>")
    (picture,) = chapter.pictures
    assert (picture.width, picture.height, picture.alternative) == (200, 100, "A kite")
    assert "Up" in flatten(chapter.paragraphs)


def test_drawing_holds_nothing_that_runs_or_asks_elsewhere(tmp_path: Path) -> None:
    root = etree.fromstring(SVG)
    write_drawing(root, tmp_path / "a.svg")
    written = (tmp_path / "a.svg").read_text()
    assert "Up" in written
    for unwanted in ("script", "onload", "onclick", "example.org"):
        assert unwanted not in written


def test_drawing_that_doubles_with_every_step_is_not_drawn_out(tmp_path: Path) -> None:
    steps = "".join(
        f'<g id="a{n + 1}"><use href="#a{n}"/><use href="#a{n}"/></g>' for n in range(9)
    )
    root = etree.fromstring(f'<svg viewBox="0 0 9 9"><g id="a0"><path d="M0 0"/></g>{steps}</svg>')
    write_drawing(root, tmp_path / "a.svg")
    assert (tmp_path / "a.svg").read_text().count("<use") <= 2


def test_words_alone_are_no_drawing() -> None:
    assert not is_drawn(etree.fromstring("<svg><text>STOP</text></svg>"))


@pytest.mark.django_db
def test_readers_are_given_tables_formulas_and_drawings(tmp_path: Path, reader: Client) -> None:
    drawing = SVG.replace('<image href="https://example.org/x.png"/>', "")
    body = f"<p>Look.</p>{WEEK}<p>So {MATH}.</p><div>{drawing}</div>"
    outcome, _ = import_one(simple_epub(tmp_path / "b.epub", body, "<p>More.</p>"), None)
    told = reader.get(f"/api/books/{outcome.bookId}/chapters/0").json()
    assert told["tableRows"][0] == {
        "paragraph": 2,
        "table": 0,
        "cells": [{"sentences": 1, "isHead": True, "columns": 1, "rows": 1}] * 2,
    }
    words = flatten([[s["words"] for s in p["sentences"]] for p in told["paragraphs"]])
    assert words[told["formulas"][0]["firstWordIndex"]] == "1/n."
    shown = reader.get(told["pictures"][0]["url"])
    assert shown["Content-Type"] == "image/svg+xml"
    assert "default-src 'none'" in shown["Content-Security-Policy"]
