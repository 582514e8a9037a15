"""The live wall of a class."""

from __future__ import annotations

from django.test import Client

from sessions_app.models import Interruption
from teachers.classes import classes_of
from teachers.live.wall import class_wall
from tests.readerai.accounts.people import make_student
from tests.sessions_app.cast import Cast
from tests.teachers.pages import page
from tests.teachers.readings import Open, ask, complete, connected, read_to, whole_reading

CLASS = "/teachers/classes/room-12"


def test_worrying_words_stay_on_the_card_when_another_book_is_begun(
    cast: Cast, rivera: Client
) -> None:
    reading = connected(cast.alice, cast.lamp)
    read_to(reading, 20)
    ask(reading)
    Interruption.objects.update(concern="grave")
    complete(reading)
    read_to(connected(cast.alice, cast.lamp), 5)
    assert "Worrying words" in page(rivera, CLASS)
    assert f"/teachers/sessions/{reading.session_id}" in page(rivera, "/teachers/students/alice")
    assert "Worrying words" not in page(rivera, f"{CLASS}?view=projector")


def test_order_on_the_projector_is_drawn_and_gives_nobody_away(cast: Cast) -> None:
    for number in range(10):
        make_student(f"child-{number}", cast.room_12)
    [classroom] = classes_of(cast.rivera)
    cards = class_wall(classroom, projector=True).cards
    assert [card.number for card in cards] == [*range(1, 13)]
    assert [card.name for card in cards] != sorted(card.name for card in cards)
    assert [card.name for card in class_wall(classroom, projector=True).cards] == [
        card.name for card in cards
    ]


def test_child_who_may_not_sign_in_any_more_is_on_no_wall_and_breaks_no_page(
    cast: Cast, rivera: Client
) -> None:
    reading = whole_reading(cast, cast.alice)
    cast.alice.user.is_active = False
    cast.alice.user.save()
    for address in ("/teachers/", CLASS, f"{CLASS}/report"):
        assert "Alice" not in page(rivera, address)
    for address in (f"/teachers/sessions/{reading.session_id}", "/teachers/students/alice"):
        assert "Alice" in page(rivera, address)


def test_projector_names_nobody(cast: Cast, rivera: Client, reading: Open) -> None:
    text = page(rivera, "/teachers/classes/room-12?view=projector")
    assert "Reader 1" in text
    for private in ("Alice", "alice", "Hand up", reading.session_id):
        assert private not in text
