"""What there is to see of a class, from the database."""

from __future__ import annotations

import pytest

from readerai.accounts.models import Enrolment, SignIn
from sessions_app.models import SessionKey
from teachers.classes import class_of
from teachers.live import admission, snapshot
from teachers.live.cards import CardView
from tests.sessions_app.cast import Cast, sign_in, start
from tests.teachers.readings import connected


def test_snapshot_has_the_children_in_order_and_their_sessions(cast: Cast) -> None:
    session = start(cast.bob, cast.lamp)
    start(cast.carol, cast.lamp)
    seen = snapshot.class_snapshot(cast.room_12.pk)
    assert [child.slug for child in seen.students] == ["alice", "bob"]
    assert seen.members == snapshot.members_now(cast.room_12.pk)
    assert set(seen.overviews) == {session.pk}


def test_class_that_does_not_run_any_more_shows_nobody(cast: Cast) -> None:
    start(cast.bob, cast.lamp)
    cast.room_12.is_active = False
    cast.room_12.save()
    seen = snapshot.class_snapshot(cast.room_12.pk)
    assert (seen.students, seen.overviews) == ([], {})


def test_erased_session_is_no_overview(cast: Cast) -> None:
    session = start(cast.bob, cast.lamp)
    assert set(snapshot.current_overviews([session.pk])) == {session.pk}
    assert snapshot.students_of([session.pk, "session-0"]) == {session.pk: cast.bob.pk}
    SessionKey.objects.filter(session=session).update(wrapped=None, erased_at="2026-01-01T00:00Z")
    assert snapshot.current_overviews([session.pk]) == {}


@pytest.mark.parametrize("views", [[], ["names"], ["names", "projector"]])
def test_cards_are_made_for_the_views_that_somebody_looks_at(
    cast: Cast, views: list[CardView]
) -> None:
    alices, bobs = connected(cast.alice, cast.lamp), connected(cast.bob, cast.lamp)
    classroom = class_of(cast.rivera, "room-12")
    seen = snapshot.class_snapshot(classroom.pk)
    cards = snapshot.cards_of(classroom, seen, seen.members, views)
    assert set(cards) == {alices.session_id, bobs.session_id}
    assert all(set(html) == set(views) for html in cards.values())
    some = snapshot.cards_of(classroom, seen, frozenset({cast.bob.pk}), views)
    assert some == {bobs.session_id: cards[bobs.session_id]}


def test_only_its_teacher_is_admitted(cast: Cast) -> None:
    assert admission.admit_viewer(cast.rivera, "room-12") == cast.room_12
    assert admission.admit_viewer(cast.okafor, "room-12") is None
    assert admission.admit_viewer(cast.rivera, "room-99") is None


def test_who_signed_out_and_who_left_may_not_watch_any_more(cast: Cast) -> None:
    mine = sign_in(cast.rivera)
    teachers = [cast.rivera.pk, cast.okafor.pk]
    assert admission.still_signed_in([mine.pk, mine.pk + 1]) == {mine.pk}
    assert admission.still_teaching(cast.room_12.pk, teachers) == {cast.rivera.pk}
    SignIn.objects.update(ended_at="2026-01-01T00:00Z")
    cast.room_12.teachers.clear()
    assert admission.still_signed_in([mine.pk]) == set()
    assert admission.still_teaching(cast.room_12.pk, teachers) == set()


def test_child_who_left_is_no_member(cast: Cast) -> None:
    Enrolment.objects.filter(student=cast.bob).update(ended_on="2026-01-01")
    assert snapshot.members_now(cast.room_12.pk) == {cast.alice.pk}
