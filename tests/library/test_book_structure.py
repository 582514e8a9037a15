"""The cached structure that every progress report looks positions up in."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from library.book_structure import book_structure, forget_books
from library.book_structure import cache as structures
from library.models import Book, Checkpoint
from tests.library.books import make_book

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    forget_books()
    yield
    forget_books()


def test_positions_over_chapters() -> None:
    book = book_structure(make_book().pk)
    assert book.word_count == 10
    assert book.chapter_starts == (0, 7)
    assert [book.chapter_index(word) for word in (0, 6, 7, 9)] == [0, 0, 1, 1]
    assert [book.paragraph_index(word) for word in (0, 4, 5, 7, 9)] == [0, 0, 1, 2, 2]
    assert [book.sentence_span(word) for word in (1, 4, 6, 7, 9)] == [
        *((0, 2), (3, 4), (5, 6), (7, 7), (8, 9))
    ]
    assert book.sentence_text(9) == "Nine ten!"
    assert book.words_between(2, 8) == [
        "three.",
        "Four",
        "five.",
        "Six",
        "seven.",
        "Eight.",
        "Nine",
    ]
    assert book.words_between(3, 2) == []


@pytest.mark.parametrize("word", [-1, 10])
def test_a_position_outside_the_book_is_refused(word: int) -> None:
    book = book_structure(make_book().pk)
    for look_up in (book.chapter_index, book.paragraph_index, book.sentence_span):
        with pytest.raises(IndexError):
            look_up(word)


def test_the_book_so_far_ends_with_the_sentence_of_the_position() -> None:
    so_far = book_structure(make_book().pk).chapters_until(8)
    assert [astuple(chapter) for chapter in so_far] == [
        (
            0,
            "Chapter 1",
            True,
            ((0, "One two three.", 3), (3, "Four five.", 2), (5, "Six seven.", 2)),
        ),
        (1, "Chapter 2", False, ((7, "Eight.", 1), (8, "Nine ten!", 2))),
    ]
    begun = book_structure(Book.objects.get().pk).chapters_until(3)
    assert [astuple(chapter) for chapter in begun] == [
        (0, "Chapter 1", False, ((0, "One two three.", 3), (3, "Four five.", 2))),
    ]


def test_the_oldest_chapters_are_left_out_past_the_bound() -> None:
    so_far = book_structure(make_book().pk).chapters_until(9, most_words=5)
    assert [chapter.index for chapter in so_far] == [1]


def test_a_second_look_asks_the_database_nothing() -> None:
    book = make_book()
    first = book_structure(book.pk)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert book_structure(book.pk, book.content_hash) is first
    assert len(queries) == 0


def test_another_content_is_loaded_anew() -> None:
    book = make_book()
    book_structure(book.pk)
    book.chapters.update(title="Renamed")
    Book.objects.update(content_hash="new")
    assert book_structure(book.pk, "new").chapters_until(0)[0].title == "Renamed"


def test_changed_checkpoints_are_seen_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    book = make_book()
    assert book_structure(book.pk).checkpoints == ()
    point = Checkpoint.objects.create(
        book=book, slug="why", kind="prediction", at_word=4, question="Why?", explanation="So."
    )
    assert book_structure(book.pk).checkpoints == ()
    monkeypatch.setattr(structures, "RECHECK_SECONDS", -1.0)
    [place] = book_structure(book.pk).checkpoints
    assert (place.pk, place.slug, place.question, place.at_word) == (point.pk, "why", "Why?", 4)


@pytest.mark.parametrize(
    ("level", "written", "chosen"),
    [(0, False, True), (2, False, True), (3, True, True), (None, True, True)],
)
def test_what_has_to_be_written_is_required_from_the_third_grade_on(
    level: int | None, written: bool, chosen: bool
) -> None:
    book = make_book(level=level)
    kind = Checkpoint.Kind.COMPREHENSION
    Checkpoint.objects.create(book=book, slug="a", kind=kind, at_word=1, question="Why?")
    Checkpoint.objects.create(
        book=book, slug="b", kind=kind, at_word=2, question="Who?", choices=["x", "y"], answer="x"
    )
    places = book_structure(book.pk).checkpoints
    assert [place.required for place in places] == [written, chosen]


def test_an_unknown_book_is_said_to_be_unknown() -> None:
    with pytest.raises(Book.DoesNotExist):
        book_structure(4711)


def test_memory_is_bounded_by_the_books_used_last(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = make_book(slug="one"), make_book(slug="two")
    monkeypatch.setattr(structures, "CACHE_BYTES", 10)
    kept = book_structure(first.pk)
    book_structure(second.pk)
    assert book_structure(first.pk) is not kept


@pytest.mark.django_db(transaction=True)
def test_thirty_threads_share_one_structure() -> None:
    book = make_book()

    def look(_: int) -> int:
        try:
            return id(book_structure(book.pk))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(look, range(30)))) == 1
