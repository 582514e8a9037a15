"""Plots as the pages have them: well-formed SVG with everything in it that was given."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from django.utils import translation

from teachers.reports.plots.bars import bars
from teachers.reports.plots.line import PlotMark, line
from teachers.reports.plots.strip import strip

NOTHING = "not enough to show yet"


def drawn(svg: str) -> ET.Element:
    root = ET.fromstring(svg)
    assert (root.tag, root.get("class"), root.get("role")) == ("svg", "plot", "img")
    return root


def shapes(root: ET.Element, tag: str, kind: str) -> list[ET.Element]:
    return [each for each in root.iter(tag) if each.get("class") == kind]


def texts(root: ET.Element, kind: str) -> list[str | None]:
    return [each.text for each in shapes(root, "text", kind)]


def two_bars(values: list[float | None], **more: int | bool) -> ET.Element:
    return drawn(bars("A & B", ["Mon", "<Tue>"], values, x_name="day", y_name="min", **more))  # type: ignore[arg-type]


def test_bar_is_as_tall_as_its_value() -> None:
    root = two_bars([10, 5])
    tall, half = (float(str(bar.get("height"))) for bar in shapes(root, "rect", "bar"))
    assert tall == pytest.approx(2 * half, abs=0.2)
    assert root.get("aria-label") == "A & B"
    assert texts(root, "axis") == ["min", "day"]
    assert texts(root, "tick")[-2:] == ["Mon", "<Tue>"]
    assert NOTHING not in texts(root, "tick")


@pytest.mark.parametrize("values", [[None, None], [0.0, None]])
def test_nothing_to_draw_is_said(values: list[float | None]) -> None:
    root = two_bars(values)
    assert shapes(root, "rect", "bar") == []
    assert NOTHING in texts(root, "tick")


def test_labels_without_room_are_left_out_unless_every_one_is_wanted() -> None:
    labels, values = [str(each) for each in range(40)], [1.0] * 40
    some = drawn(bars("", labels, values, x_name="child", y_name="min"))
    every = drawn(bars("", labels, values, x_name="child", y_name="min", every_label=True))
    assert set(texts(every, "tick")) >= set(labels)
    assert len(set(texts(some, "tick")) & set(labels)) < 12


def test_line_goes_through_its_points_and_has_its_marks() -> None:
    marks = [PlotMark(5, 50, "asked"), PlotMark(20, 500, "wrong")]
    plot = line("", [(0, 0), (10, 100)], x_name="t", y_name="%", marks=marks, top=100)
    root = drawn(plot)
    [path] = shapes(root, "polyline", "line")
    assert len(str(path.get("points")).split()) == len(shapes(root, "circle", "dot-mark")) == 2
    assert len(shapes(root, "circle", "mark-asked")) == 1
    [beyond] = shapes(root, "circle", "mark-wrong")
    assert float(str(beyond.get("cy"))) == 14  # at the upper edge, not outside


def test_line_without_points_says_so() -> None:
    assert NOTHING in texts(drawn(line("", [], x_name="t", y_name="%")), "tick")


def test_strip_shows_what_was_read_where_it_is_in_the_book() -> None:
    covered = [(0, 0), (500, 999)]
    marks = [(10, "asked"), (20, "right")]
    root = drawn(strip("", 1000, covered, chapters=[0, 500], place=999, marks=marks))
    word, half = (float(str(bar.get("width"))) for bar in shapes(root, "rect", "bar"))
    [whole] = (float(str(bar.get("width"))) for bar in shapes(root, "rect", "empty"))
    assert word == 0.8
    assert half == pytest.approx(whole / 2, abs=0.2)
    assert len(shapes(root, "line", "chapter")) == 1  # the first begins with the book
    assert len(shapes(root, "circle", "mark-right")) == 1


def test_numbers_in_a_drawing_have_points_in_every_language() -> None:
    english = bars("", ["a", "b", "c"], [1.5, 2.25, 3], x_name="x", y_name="y")
    with translation.override("de"):
        assert bars("", ["a", "b", "c"], [1.5, 2.25, 3], x_name="x", y_name="y") == english
