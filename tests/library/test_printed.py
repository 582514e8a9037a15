"""A chapter as text: every word once, spaced as a book prints it, the reader's word set apart."""

from __future__ import annotations

import pytest

from library.printed import PrintedSentence, printed_chapter
from tests.library.books import make_book

pytestmark = pytest.mark.django_db


def test_a_long_dash_stays_with_its_word_on_both_sides_of_the_readers_place() -> None:
    book = make_book()
    chapter = book.chapters.get(index=0)
    chapter.paragraphs = [[["The", "cat—", "oh!", "ran."], ["So", "so."]]]
    chapter.save()
    for word, expected in (
        (0, PrintedSentence("", "The", " cat—oh! ran.")),
        (1, PrintedSentence("The ", "cat—", "oh! ran.")),
        (2, PrintedSentence("The cat—", "oh!", " ran.")),
    ):
        printed = printed_chapter(book, word)
        assert printed is not None
        [paragraph] = printed.paragraphs
        assert paragraph.sentences == [expected, PrintedSentence("So so.")]
