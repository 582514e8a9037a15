"""A reading list while it is put together."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from library.reading_lists import ListRefused
from teachers.classes import class_of
from teachers.lists.draft import (
    LONGEST_SEARCH,
    MOST_OFFERED,
    offered_books,
    offered_levels,
    saved_draft,
    sent_draft,
    wants_saving,
)
from tests.library.books import make_book
from tests.sessions_app.cast import Cast


@pytest.mark.parametrize(
    ("sent", "wants"),
    [
        ("save=1", True),
        ("find=1&q=x", False),
        ("", False),
        ("enter=1", True),
        ("enter=1&q=x&looked_q=x&level=2&looked_level=2", True),
        ("enter=1&q=x", False),
        ("enter=1&level=2&looked_level=1", False),
    ],
)
def test_form_is_saved_by_its_button_or_where_nothing_new_is_looked_for(
    sent: str, wants: bool
) -> None:
    assert wants_saving(QueryDict(sent)) is wants


@pytest.mark.parametrize(
    ("search", "level", "understood"),
    [
        ("  two%00 words ", "3", ("two words", 3)),
        ("x" * 300, "", ("x" * LONGEST_SEARCH, None)),
        ("", "-1", ("", None)),
        ("", "100", ("", None)),
        ("", "²", ("", None)),
    ],
)
def test_search_is_understood_whatever_is_sent(
    cast: Cast, search: str, level: str, understood: tuple[str, int | None]
) -> None:
    room = class_of(cast.rivera, "room-12")
    draft = sent_draft(room, QueryDict(f"q={search}&level={level}"), cast.rivera)
    assert (draft.search, draft.level) == understood


@pytest.mark.parametrize(
    ("books", "chosen", "lost"),
    [
        ("books=the-lamp&books=our-hill", ["the-lamp", "our-hill"], False),
        ("books=the-lamp&books=the-lamp", ["the-lamp"], False),
        ("books=the-lamp&books=gone", ["the-lamp"], True),
        ("books=the-lamp&books=a%00b", ["the-lamp"], True),
        ("", [], False),
    ],
)
def test_book_that_is_not_on_the_shelf_is_left_out_and_noticed(
    cast: Cast, books: str, chosen: list[str], lost: bool
) -> None:
    draft = sent_draft(class_of(cast.rivera, "room-12"), QueryDict(books), cast.rivera)
    assert ([book.slug for book in draft.books], draft.lost) == (chosen, lost)


def test_new_list_is_for_the_whole_class_unless_said(cast: Cast) -> None:
    draft = saved_draft(class_of(cast.rivera, "room-12"), None)
    assert draft.form["audience"].value() == "class"
    assert draft.books == []


def test_first_thing_that_is_wrong_is_said(cast: Cast) -> None:
    room = class_of(cast.rivera, "room-12")
    sent = QueryDict("title=x&audience=nobody&finish_by=2031-02-30&books=the-lamp")
    with pytest.raises(ListRefused, match="Choose whom"):
        sent_draft(room, sent, cast.rivera).wanted()


def test_books_are_offered_beside_those_that_are_chosen_up_to_a_number(cast: Cast) -> None:
    for number in range(MOST_OFFERED):
        make_book(slug=f"book-{number}", level=5)
    room = class_of(cast.rivera, "room-12")
    offered = offered_books(cast.rivera, sent_draft(room, QueryDict("books=the-lamp"), cast.rivera))
    assert (len(offered.books), offered.more) == (MOST_OFFERED, 1)
    assert "the-lamp" not in [book.slug for book, _ in offered.books]
    levels = [level for level, _ in offered_levels(cast.rivera)]
    known = {cast.lamp.level, cast.our_hill.level, 5} - {None}
    assert set(levels) == known
    assert levels == sorted(levels)
