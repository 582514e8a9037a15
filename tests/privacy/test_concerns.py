"""What is kept about a concern goes when the child's words go, and not before it is dealt with."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from sessions_app.models import Interruption, Session
from sessions_app.records.erasure import erase_student
from teachers.concerns.cases import cases
from teachers.concerns.handling import deal_with, mark_seen
from teachers.concerns.telling import tell
from teachers.models import ConcernMail, SafeguardingConcern
from tests.sessions_app.cast import Cast

from .records.test_purge_expired import kept, left_alone, purge


@pytest.fixture
def concern(session: Session) -> Interruption:
    Interruption.objects.filter(session=session).update(concern="grave")
    return Interruption.objects.get(session=session)


def test_erased_child_leaves_nothing_of_a_concern(cast: Cast, concern: Interruption) -> None:
    [case] = cases([cast.alice.pk])
    deal_with(case, cast.rivera, "We talked.")
    assert SafeguardingConcern.objects.exists()
    erase_student(cast.alice)
    assert not SafeguardingConcern.objects.exists()
    assert not ConcernMail.objects.exists()
    assert tell().unseen == 0


def test_open_concern_is_erased_with_its_child(cast: Cast, concern: Interruption) -> None:
    mark_seen(cases([cast.alice.pk])[0], cast.rivera)
    erase_student(cast.alice)
    assert not SafeguardingConcern.objects.exists()


@pytest.mark.parametrize("step", ["nothing", "seen"])
def test_open_concern_is_kept_past_the_schools_time(
    cast: Cast, session: Session, concern: Interruption, step: str
) -> None:
    kept(cast.school, 2)
    left_alone(session, 3)
    [case] = cases([cast.alice.pk])
    if step == "seen":
        mark_seen(case, cast.rivera)
    assert "0 sessions erased" in purge()
    assert cases([cast.alice.pk])[0].pk == concern.pk
    deal_with(cases([cast.alice.pk])[0], cast.rivera, "We talked.")
    assert "1 sessions erased" in purge()
    assert not SafeguardingConcern.objects.exists()


def test_low_mark_keeps_nothing(cast: Cast, session: Session, concern: Interruption) -> None:
    Interruption.objects.update(concern="low")
    kept(cast.school, 2)
    left_alone(session, 3)
    assert "1 sessions erased" in purge()


def test_keys_are_rotated_under_a_note(cast: Cast, session: Session, concern: Interruption) -> None:
    deal_with(cases([cast.alice.pk])[0], cast.rivera, "We talked.")
    call_command("rotate_keys", stdout=StringIO())
    from teachers.concerns.handling import note_of

    [case] = cases([cast.alice.pk], "dealt with")
    assert note_of(case) == "We talked."
