"""Which chapter a word is in."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from teachers.contents import TableOfContents, tables_of_contents
from tests.library.books import make_book


@pytest.mark.parametrize(
    ("word", "label"), [(0, "Ch. 1"), (9, "Ch. 1"), (10, "Ch. 2"), (25, "Ch. 3"), (999, "Ch. 3")]
)
def test_word_is_in_the_chapter_that_began_last(word: int, label: str) -> None:
    assert TableOfContents([0, 10, 25]).chapter_label(word) == label


@pytest.mark.parametrize("starts", [[], [0]])
def test_book_of_one_piece_has_no_chapters_to_name(starts: list[int]) -> None:
    assert TableOfContents(starts).chapter_label(5) == ""


@pytest.mark.django_db
def test_many_books_take_one_query() -> None:
    books = [make_book(slug=f"book-{number}") for number in range(3)]
    with CaptureQueriesContext(connection) as queries:
        contents = tables_of_contents(book.pk for book in books)
    assert len(queries) == 1
    assert [contents[book.pk].starts for book in books] == [[0, 7]] * 3
    assert contents[-1].starts == []
