"""A child is told of every look, wherever it was logged and however much else was."""

from __future__ import annotations

import pytest
from django.test import Client

from readerai.accounts.models import Student, User
from sessions_app import mine
from sessions_app.domain import export, looks
from sessions_app.models import Look, Seen, Session
from tests.sessions_app.cast import Cast

from .test_verify_audit import complaint


def look_at(cast: Cast, *students: Student, what: Look.What = Look.What.STUDENT) -> None:
    looks.record_look(
        school=cast.school,
        actor=cast.rivera,
        what=what,
        subject=",".join(student.slug for student in students),
        students=[student.pk for student in students],
    )


def test_look_stays_told_after_the_child_has_changed_schools(cast: Cast) -> None:
    look_at(cast, cast.alice)
    User.objects.filter(pk=cast.alice.user_id).update(school=cast.far_school)
    alice = Student.objects.get(pk=cast.alice.pk)
    assert [each.did for each in mine.looks_at(alice)] == [mine.LOOKED_AT["student"]]
    assert len(export.gather(alice)["sessions_app.look"]) == 1


def test_look_is_told_however_often_others_were_looked_at(cast: Cast) -> None:
    look_at(cast, cast.alice, what=Look.What.WORDS)
    [chain] = {look.chain for look in Look.objects.all()}
    Look.objects.bulk_create(
        Look(chain=chain, seq=number, actor="1", what="class", subject="x", key_id="x", mac=b"x")
        for number in range(2, 2_200)
    )
    assert [each.did for each in mine.looks_at(cast.alice)] == [mine.LOOKED_AT["words"]]


def test_look_at_a_child_of_no_school_is_logged_with_the_class(
    cast: Cast, session: Session
) -> None:
    User.objects.filter(pk__in=[cast.alice.user_id, cast.rivera.pk]).update(school=None)
    browser = Client()
    browser.force_login(cast.rivera)
    browser.get(f"/teachers/sessions/{session.pk}")
    [words] = Look.objects.filter(what=Look.What.WORDS)
    assert words.chain.school == cast.school
    told = mine.looks_at(Student.objects.get(pk=cast.alice.pk))
    assert mine.LOOKED_AT["words"] in {each.did for each in told}


@pytest.mark.parametrize("how", ["taken away", "given to another"])
def test_look_that_a_child_would_not_be_told_of_shows(cast: Cast, how: str) -> None:
    look_at(cast, cast.alice, cast.bob)
    mine_only = Seen.objects.filter(student=cast.alice.pk)
    if how == "taken away":
        mine_only.delete()
    else:
        mine_only.update(student=cast.carol.pk)
    assert complaint() == "looks of hill: entry 1: whom it is about is not what was written"
