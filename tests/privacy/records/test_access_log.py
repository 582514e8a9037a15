"""A child is told of every look, wherever it was logged and however much else was."""

from __future__ import annotations

import pytest
from django.test import Client

from readerai.accounts.models import Student, User
from sessions_app.models import AccessLogEntry, AccessLogStudent, Session
from sessions_app.records import access_log, export
from sessions_app.student import my_reading
from tests.sessions_app.cast import Cast

from .test_verify_audit import complaint


def look_at(
    cast: Cast, *students: Student, what: AccessLogEntry.What = AccessLogEntry.What.STUDENT
) -> None:
    access_log.record_access(
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
    assert [each.did for each in my_reading.accesses_to(alice)] == [my_reading.LOOKED_AT["student"]]
    assert len(export.gather(alice)["sessions_app.accesslogentry"]) == 1


def test_look_is_told_however_often_others_were_looked_at(cast: Cast) -> None:
    look_at(cast, cast.alice, what=AccessLogEntry.What.WORDS)
    [chain] = {entry.chain for entry in AccessLogEntry.objects.all()}
    AccessLogEntry.objects.bulk_create(
        AccessLogEntry(
            chain=chain, seq=number, actor="1", what="class", subject="x", key_id="x", mac=b"x"
        )
        for number in range(2, 2_200)
    )
    assert [each.did for each in my_reading.accesses_to(cast.alice)] == [
        my_reading.LOOKED_AT["words"]
    ]


def test_look_at_a_child_of_no_school_is_logged_with_the_class(
    cast: Cast, session: Session
) -> None:
    User.objects.filter(pk__in=[cast.alice.user_id, cast.rivera.pk]).update(school=None)
    browser = Client()
    browser.force_login(cast.rivera)
    browser.get(f"/teachers/sessions/{session.pk}")
    [words] = AccessLogEntry.objects.filter(what=AccessLogEntry.What.WORDS)
    assert words.chain.school == cast.school
    told = my_reading.accesses_to(Student.objects.get(pk=cast.alice.pk))
    assert my_reading.LOOKED_AT["words"] in {each.did for each in told}


@pytest.mark.parametrize("how", ["taken away", "given to another"])
def test_look_that_a_child_would_not_be_told_of_shows(cast: Cast, how: str) -> None:
    look_at(cast, cast.alice, cast.bob)
    mine_only = AccessLogStudent.objects.filter(student=cast.alice.pk)
    if how == "taken away":
        mine_only.delete()
    else:
        mine_only.update(student=cast.carol.pk)
    assert complaint() == "access log of hill: entry 1: whom it is about is not what was written"
