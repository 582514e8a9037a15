"""The pages about reading lists: whose they are, what they say, what they leave alone."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from library.models import ReadingList
from readerai.accounts.models import ClassGroup, Student
from sessions_app.models import AccessLogEntry, Session
from tests.library.books import make_book
from tests.readerai.accounts.people import make_student
from tests.sessions_app.acting import finish_book
from tests.sessions_app.cast import Cast, start
from tests.teachers.reading_lists import HERE, form, recommend, saved, slugs


def test_list_page_says_who_began_and_finished(cast: Cast, rivera: Client) -> None:
    day = dt.date(2031, 4, 9)
    made = recommend(
        cast, cast.lamp, title="Rain & wind", note="Slowly,\n<b>you</b>", finish_by=day
    )
    finish_book(cast.alice, cast.lamp)
    page = rivera.get(f"{HERE}/{made.pk}").content.decode()
    for words in ("Rain &amp; wind", "Slowly,<br>&lt;b&gt;you&lt;/b&gt;", "By 9 April 2031"):
        assert words in page
    assert "For the whole class" in page
    assert "1 began, 1 finished" in page
    assert page.index("Alice") < page.index("Finished</strong>") < page.index("Bob")


def test_overview_says_how_many_of_how_many(cast: Cast, rivera: Client) -> None:
    recommend(cast, cast.lamp, cast.our_hill)
    finish_book(cast.alice, cast.lamp)
    page = rivera.get(HERE).content.decode()
    assert "The Lamp and Our Hill" in page
    assert "1 of 2" in page
    assert "0 of 2" in page


@pytest.mark.parametrize("page", ["", "/{list}", "/new", "/{list}/edit"])
def test_page_takes_the_same_queries_for_one_and_for_thirty(
    cast: Cast, rivera: Client, page: str
) -> None:
    made, counts = 0, []
    for first, count in ((0, 1), (1, 29)):
        books = [make_book(slug=f"b-{number}") for number in range(first, first + count)]
        for number, book in enumerate(books, first):
            child = make_student(f"child-{number}", cast.room_12)
            group = ClassGroup.objects.create(classroom=cast.room_12, name=f"g{number}")
            group.students.add(child)
            finish_book(child, book)
            recommend(cast, *books, audience=group)
        made = recommend(cast, *books, audience=group).pk
        address = HERE + page.format(list=made)
        assert rivera.get(address).status_code == 200  # the first look is logged, the next is not
        with CaptureQueriesContext(connection) as queries:
            assert rivera.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


# Whose lists


@pytest.mark.parametrize("page", ["", "/new", "/{list}", "/{list}/edit"])
@pytest.mark.parametrize("who", ["okafor", "lund", "staff", "alice"])
def test_foreign_class_has_no_lists(cast: Cast, who: str, page: str) -> None:
    made = recommend(cast, cast.lamp)
    person = getattr(cast, who)
    client = Client()
    client.force_login(person.user if isinstance(person, Student) else person)
    address = HERE + page.format(list=made.pk)
    assert client.get(address).status_code == 404
    assert client.post(address, form("our-hill", save="1")).status_code in {404, 405}
    assert client.post(f"{HERE}/{made.pk}/remove").status_code == 404
    assert slugs(saved()) == ["the-lamp"]


def test_list_is_not_reached_by_another_class_of_the_same_teacher(
    cast: Cast, rivera: Client
) -> None:
    made = recommend(cast, cast.lamp)
    cast.room_14.teachers.add(cast.rivera)
    there = f"/teachers/classes/room-14/lists/{made.pk}"
    assert rivera.get(there).status_code == 404
    assert rivera.get(f"{there}/edit").status_code == 404
    assert rivera.post(f"{there}/remove").status_code == 404
    assert ReadingList.objects.filter(pk=made.pk).exists()


@pytest.mark.parametrize("number", ["0", "999999", "9" * 40])
def test_list_that_does_not_exist_is_not_found(cast: Cast, rivera: Client, number: str) -> None:
    assert rivera.get(f"{HERE}/{number}").status_code == 404
    assert rivera.get(f"{HERE}/{number}/edit").status_code == 404
    assert rivera.post(f"{HERE}/{number}/remove").status_code == 404


def test_ended_class_hides_its_lists(cast: Cast, rivera: Client) -> None:
    made = recommend(cast, cast.lamp)
    cast.room_12.is_active = False
    cast.room_12.save()
    assert rivera.get(HERE).status_code == 404
    assert rivera.get(f"{HERE}/{made.pk}").status_code == 404


def test_who_is_signed_out_is_led_to_sign_in(cast: Cast) -> None:
    answer = Client().get(HERE)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login")


@pytest.mark.parametrize("page", ["/new", "/{list}/edit", "/{list}/remove"])
def test_form_without_its_token_changes_nothing(cast: Cast, page: str) -> None:
    made = recommend(cast, cast.lamp)
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.rivera)
    answer = client.post(HERE + page.format(list=made.pk), form("our-hill", save="1"))
    assert answer.status_code == 403
    assert slugs(saved()) == ["the-lamp"]


def test_removing_takes_a_form_and_no_link(cast: Cast, rivera: Client) -> None:
    made = recommend(cast, cast.lamp)
    assert rivera.get(f"{HERE}/{made.pk}/remove").status_code == 405
    answer = rivera.post(f"{HERE}/{made.pk}/remove")
    assert answer["Location"] == HERE
    assert not ReadingList.objects.exists()
    assert rivera.post(f"{HERE}/{made.pk}/remove").status_code == 404


# Access is logged


@pytest.mark.parametrize("page", ["", "/{list}"])
def test_access_to_who_read_is_logged_for_every_child_of_the_class(
    cast: Cast, rivera: Client, page: str
) -> None:
    made = recommend(cast, cast.lamp, audience=cast.alice)
    rivera.get(HERE + page.format(list=made.pk))
    [entry] = AccessLogEntry.objects.all()
    assert (entry.what, entry.subject, entry.actor) == ("class", "room-12", str(cast.rivera.pk))
    assert entry.students == sorted([cast.alice.pk, cast.bob.pk])


def test_page_that_shows_no_reading_is_not_logged(cast: Cast, rivera: Client) -> None:
    rivera.get(HERE)
    made = recommend(cast, cast.lamp)
    rivera.get(f"{HERE}/new")
    rivera.get(f"{HERE}/{made.pk}/edit")
    rivera.get(f"{HERE}/999999")
    assert not AccessLogEntry.objects.exists()


# What they leave alone


def test_lists_change_no_session(cast: Cast, rivera: Client) -> None:
    start(cast.alice, cast.lamp)
    finish_book(cast.bob, cast.lamp)
    before = list(Session.objects.order_by("pk").values())
    rivera.post(f"{HERE}/new", form("the-lamp", save="1"))
    made = saved()
    for page in ("", f"/{made.pk}", f"/{made.pk}/edit"):
        rivera.get(HERE + page)
    rivera.post(f"{HERE}/{made.pk}/edit", form("our-hill", save="1"))
    rivera.post(f"{HERE}/{made.pk}/remove")
    assert list(Session.objects.order_by("pk").values()) == before
