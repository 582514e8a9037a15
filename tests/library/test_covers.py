"""Covers: drawn from the book, the same every time, and never two alike."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from library.covers.cover import draw_cover
from library.covers.lettering import set_title, text_width
from library.covers.motifs import MOTIFS, motif_of
from library.models import Book


def draw(seed: str = "a-book", title: str = "A Book", *, subject: str = "sea") -> str:
    return draw_cover(seed=seed, title=title, author="Ann Author", subjects=[subject], about=title)


@pytest.mark.parametrize("motif", MOTIFS)
def test_every_motif_is_a_picture_that_needs_nothing_from_outside(motif: str) -> None:
    root = etree.fromstring(draw(subject=motif).encode())
    assert root.get("viewBox") == "0 0 600 840"
    tags = {etree.QName(element).localname for element in root.iter()}
    assert tags.isdisjoint({"script", "style", "image", "use", "foreignObject"})
    assert len(list(root.iter())) > 12


def test_the_same_book_has_the_same_cover() -> None:
    assert draw() == draw()


def test_two_books_of_one_subject_look_different() -> None:
    covers = {draw(f"book-{number}", "Same Title") for number in range(60)}
    assert len(covers) == 60


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=300))
def test_any_title_makes_sound_xml_and_fits(title: str) -> None:
    etree.fromstring(draw(title=title).encode())
    lines, size = set_title(title, 500, 250)
    assert all(text_width(line, size) <= 510 for line in lines)
    assert len(lines) * size * 1.16 <= 251 or len(lines) == 1


@pytest.mark.parametrize(
    ("subjects", "about", "motif"),
    [
        (["music", "mountain"], "", "music"),
        (["Whales -- Juvenile fiction"], "", "sea"),
        ([], "a night in the city", "night"),
        (["Something else"], "nothing known", "sea"),
    ],
)
def test_the_picture_follows_what_the_book_is_about(
    subjects: list[str], about: str, motif: str
) -> None:
    assert motif_of(subjects, about, 1) == motif


def test_the_cover_has_its_own_address(reader: Client, book: Book) -> None:
    answer = reader.get("/books/a-book/cover.svg")
    assert answer["Content-Type"].startswith("image/svg+xml")
    assert "A Book" in answer.content.decode()
