"""The form of a reading list: what it saves, what it refuses, and its buttons."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from library.models import ReadingList
from readerai.accounts.models import ClassGroup, Enrolment
from tests.library.books import make_book
from tests.sessions_app.cast import Cast
from tests.teachers.reading_lists import HERE, form, recommend, saved, slugs


def test_list_is_made_as_the_form_says(cast: Cast, rivera: Client) -> None:
    group = ClassGroup.objects.create(classroom=cast.room_12, name="Foxes")
    sent = form(
        "our-hill",
        "the-lamp",
        note="Slowly.\r\nTogether.",
        finish_by="2031-04-09",
        audience=f"group-{group.pk}",
        save="1",
    )
    answer = rivera.post(f"{HERE}/new", sent)
    made = saved()
    assert answer["Location"] == f"{HERE}/{made.pk}"
    assert slugs(made) == ["our-hill", "the-lamp"]
    assert (made.title, made.note) == ("For the rain", "Slowly.\nTogether.")
    assert (made.finish_by, made.group) == (dt.date(2031, 4, 9), group)
    assert (made.classroom, made.made_by) == (cast.room_12, cast.rivera)


def test_list_is_changed_as_the_form_says(cast: Cast, rivera: Client) -> None:
    made = recommend(cast, cast.lamp, note="Old", finish_by=dt.date(2031, 4, 9))
    rivera.post(f"{HERE}/{made.pk}/edit", form("our-hill", audience="child-bob", save="1"))
    changed = saved()
    assert changed.pk == made.pk
    assert slugs(changed) == ["our-hill"]
    assert (changed.student, changed.note, changed.finish_by) == (cast.bob, "", None)


def test_form_of_a_list_holds_what_is_saved(cast: Cast, rivera: Client) -> None:
    day = dt.date(2031, 4, 9)
    made = recommend(cast, cast.lamp, note="Slowly", finish_by=day, audience=cast.bob)
    page = rivera.get(f"{HERE}/{made.pk}/edit").content.decode()
    assert 'value="For the rain"' in page
    assert "\nSlowly</textarea>" in page
    assert 'value="2031-04-09"' in page
    assert 'value="child-bob" selected' in page
    assert '<input type="hidden" name="books" value="the-lamp">' in page
    assert '<input type="checkbox" name="books" value="our-hill">' in page


@pytest.mark.parametrize(
    ("button", "expected"),
    [
        ({"later": "a"}, ["b", "a", "c"]),
        ({"earlier": "c"}, ["a", "c", "b"]),
        ({"earlier": "a"}, ["a", "b", "c"]),
        ({"later": "c"}, ["a", "b", "c"]),
        ({"out": "b"}, ["a", "c"]),
        ({"later": "unknown"}, ["a", "b", "c"]),
        ({"add": "1"}, ["a", "b", "c"]),
        ({"find": "1", "q": "nothing is called so"}, ["a", "b", "c"]),
    ],
)
def test_button_gives_the_form_back_changed_and_saves_nothing(
    cast: Cast, rivera: Client, button: dict[str, str], expected: list[str]
) -> None:
    for slug in "abc":
        make_book(slug=slug)
    sent = form("a", "b", "c", note="Kept", finish_by="2031-04-09", **button)
    answer = rivera.post(f"{HERE}/new", sent)
    assert [book.slug for book in answer.context["draft"].books] == expected
    page = answer.content.decode()
    assert "Kept</textarea>" in page
    assert 'value="2031-04-09"' in page
    assert not ReadingList.objects.exists()


def test_search_offers_what_it_finds_beside_what_is_chosen(cast: Cast, rivera: Client) -> None:
    sent = form("the-lamp", find="1", q="hill\x00", level="2")
    answer = rivera.post(f"{HERE}/new", sent)
    assert [book.slug for book, _ in answer.context["offered"].books] == ["our-hill"]
    answer = rivera.post(f"{HERE}/new", form("the-lamp", find="1", q="lamp"))
    assert answer.context["offered"].books == []


def test_enter_looks_where_something_new_was_typed_and_saves_otherwise(
    cast: Cast, rivera: Client
) -> None:
    sent = form("the-lamp", enter="1", q="hill", looked_q="")
    assert rivera.post(f"{HERE}/new", sent).status_code == 200
    assert not ReadingList.objects.exists()
    sent["looked_q"] = "hill"
    assert rivera.post(f"{HERE}/new", sent).status_code == 302
    assert slugs(saved()) == ["the-lamp"]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"title": " "}, "needs a title"),
        ({"title": "a\x00b"}, "needs a title"),
        ({"note": "x" * 501}, "A note has at most"),
        ({"finish_by": "2031-02-30"}, "not a day of the calendar"),
        ({"finish_by": "soon"}, "not a day of the calendar"),
        ({"audience": ""}, "Choose whom"),
        ({"audience": "group-1"}, "Choose whom"),
        ({"audience": "child-carol"}, "Choose whom"),
        ({"audience": "child-\x00"}, "Choose whom"),
        ({"books": []}, "at least one book"),
        ({"books": ["the-lamp", "gone"]}, "not on the shelf any more"),
        ({"books": ["the-lamp", "a\x00b"]}, "not on the shelf any more"),
        ({"books": ["far-away"]}, "not on the shelf any more"),
    ],
)
def test_form_that_makes_no_list_comes_back_with_the_reason(
    cast: Cast, rivera: Client, wrong: dict[str, Any], why: str
) -> None:
    make_book(slug="far-away", school=cast.far_school)
    made = recommend(cast, cast.lamp, title="As it was")
    for page in ("/new", f"/{made.pk}/edit"):
        answer = rivera.post(HERE + page, form("our-hill", save="1") | wrong)
        assert answer.status_code == 200
        assert why in answer.content.decode()
    kept = saved()
    assert (kept.title, slugs(kept)) == ("As it was", ["the-lamp"])


def test_list_whose_group_is_gone_asks_whom_it_is_for(cast: Cast, rivera: Client) -> None:
    group = ClassGroup.objects.create(classroom=cast.room_12, name="Foxes")
    made = recommend(cast, cast.lamp, audience=group)
    group.delete()
    assert "a group that is gone" in rivera.get(HERE).content.decode()
    assert "Nobody in this class is meant" in rivera.get(f"{HERE}/{made.pk}").content.decode()
    assert "Choose…" in rivera.get(f"{HERE}/{made.pk}/edit").content.decode()


def test_list_whose_child_left_and_whose_books_are_gone_is_still_a_page(
    cast: Cast, rivera: Client
) -> None:
    made = recommend(cast, cast.our_hill, audience=cast.bob)
    Enrolment.objects.filter(student=cast.bob).update(ended_on=timezone.localdate())
    assert "a child who has left" in rivera.get(HERE).content.decode()
    assert "Bob" not in rivera.get(f"{HERE}/{made.pk}").content.decode()
    assert "Choose…" in rivera.get(f"{HERE}/{made.pk}/edit").content.decode()
    assert "Choose…" not in rivera.get(f"{HERE}/new").content.decode()
    cast.our_hill.delete()
    assert "None is left" in rivera.get(HERE).content.decode()
    assert "None of its books" in rivera.get(f"{HERE}/{made.pk}").content.decode()
    assert rivera.get(f"{HERE}/{made.pk}/edit").status_code == 200
