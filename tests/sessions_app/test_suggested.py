"""What a teacher suggests, on the child's shelf."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from library.models import Book
from library.reading_lists import Wanted, make_list
from readerai.accounts.models import Enrolment
from sessions_app.student.recommended import Suggestion, suggestions
from sessions_app.student.shelf import readings
from tests.library.books import make_book
from tests.sessions_app.acting import finish_book
from tests.sessions_app.cast import Cast, start


@pytest.fixture
def alices(cast: Cast) -> Client:
    """Alice's browser."""
    client = Client()
    client.force_login(cast.alice.user)
    client.get("/library")
    return client


def suggest(
    cast: Cast,
    *books: Book,
    title: str = "For the rain",
    note: str = "",
    finish_by: dt.date | None = None,
) -> None:
    wanted = Wanted(title, books, note, finish_by)
    make_list(classroom=cast.room_12, made_by=cast.rivera, wanted=wanted)


def suggested_to_alice(cast: Cast) -> list[Suggestion]:
    return suggestions(cast.alice, readings(cast.alice.user), 100.0)


def page(client: Client, **query: str) -> str:
    answer = client.get("/library", query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_child_sees_what_the_teacher_suggests_above_the_shelf(cast: Cast, alices: Client) -> None:
    assert "Your teacher suggests" not in page(alices)
    suggest(cast, cast.our_hill, note="<b>Slowly</b>,\nplease.", finish_by=dt.date(2099, 4, 9))
    seen = page(alices)
    top = seen[seen.index("Your teacher suggests") : seen.index("The shelf")]
    assert "For the rain" in top
    assert "By Thursday, 9 April" in top
    assert "&lt;b&gt;Slowly&lt;/b&gt;,<br>please." in top
    assert 'href="/books/our-hill"' in top
    assert 'href="/books/the-lamp"' not in top


def test_suggestions_make_room_for_a_search(cast: Cast, alices: Client) -> None:
    suggest(cast, cast.lamp)
    assert "Your teacher suggests" not in page(alices, q="hill")
    assert "Your teacher suggests" not in page(alices, level="2")


def test_other_children_see_nothing_of_it(cast: Cast) -> None:
    suggest(cast, cast.lamp)
    for child in (cast.carol, cast.dora):
        client = Client()
        client.force_login(child.user)
        assert "Your teacher suggests" not in page(client)


def test_child_who_left_sees_it_no_more(cast: Cast, alices: Client) -> None:
    suggest(cast, cast.lamp)
    assert "Your teacher suggests" in page(alices)
    Enrolment.objects.filter(student=cast.alice).update(ended_on=timezone.localdate())
    assert "Your teacher suggests" not in page(alices)


def test_suggested_book_says_what_the_child_has_done_with_it(cast: Cast) -> None:
    start(cast.alice, cast.lamp)
    finish_book(cast.alice, cast.our_hill)
    unread = make_book(slug="unread")
    suggest(cast, cast.lamp, cast.our_hill, unread)
    [suggestion] = suggested_to_alice(cast)
    marks = [(each.reading is not None, each.was_finished) for each in suggestion.books]
    assert marks == [(True, False), (False, True), (False, False)]


def test_list_that_is_all_read_is_suggested_no_more(cast: Cast) -> None:
    suggest(cast, cast.lamp, cast.our_hill)
    finish_book(cast.alice, cast.lamp)
    assert len(suggested_to_alice(cast)) == 1
    finish_book(cast.alice, cast.our_hill)
    assert suggested_to_alice(cast) == []


def test_day_that_is_past_is_not_held_against_anybody(cast: Cast) -> None:
    suggest(cast, cast.lamp, title="Late", finish_by=dt.date(2001, 1, 1))
    suggest(cast, cast.lamp, title="Soon", finish_by=dt.date(2099, 1, 1))
    found = [(each.title, each.finish_by) for each in suggested_to_alice(cast)]
    assert found == [("Late", None), ("Soon", dt.date(2099, 1, 1))]


def test_library_takes_the_same_queries_for_one_and_for_thirty_lists(
    cast: Cast, alices: Client
) -> None:
    counts = []
    for first, count in ((0, 1), (1, 29)):
        for number in range(first, first + count):
            suggest(cast, make_book(slug=f"s-{number}"), make_book(slug=f"t-{number}"))
        with CaptureQueriesContext(connection) as queries:
            assert page(alices).count('class="suggestion"') == first + count
        counts.append(len(queries))
    assert counts[0] == counts[1]
