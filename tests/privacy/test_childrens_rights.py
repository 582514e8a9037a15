"""Staff give out and erase what is held on a child from the admin, as the commands do."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from readerai.accounts.models import Student
from sessions_app.models import AccessLogEntry, Event, Session
from tests.sessions_app.cast import Cast, start

from .readings import QUESTION
from .records.test_verify_audit import verify
from .test_admin import WHY
from .test_roles import acting_as
from .test_roles import roles as roles


@pytest.fixture
def admin(client: Client, cast: Cast) -> Client:
    client.force_login(cast.root)
    client.get("/")
    return client


def place(student: Student, page: str) -> str:
    return f"/admin/accounts/student/{student.pk}/{page}/"


def test_page_of_a_child_leads_to_their_rights(admin: Client, cast: Cast, session: Session) -> None:
    start(cast.bob, cast.lamp)
    page = admin.get(place(cast.alice, "change")).content.decode()
    assert place(cast.alice, "export") in page
    assert place(cast.alice, "erase") in page
    theirs = f"/admin/sessions_app/session/?student={cast.alice.pk}"
    assert f'href="{theirs}"' in page
    assert "1 session" in admin.get(theirs).content.decode()


def test_everything_is_given_out_after_a_reason_which_is_logged(
    admin: Client, cast: Cast, session: Session
) -> None:
    asked = admin.get(place(cast.alice, "export"))
    assert QUESTION not in asked.content.decode()
    assert admin.post(place(cast.alice, "export"), {"reason": "no"}).status_code == 200
    assert not AccessLogEntry.objects.exists()
    given = admin.post(place(cast.alice, "export"), {"reason": WHY})
    assert given.headers["Content-Disposition"] == 'attachment; filename="alice.zip"'
    assert "no-store" in given.headers["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(given.content)) as archive:
        assert QUESTION in archive.read("data.json").decode()
        assert json.loads(archive.read("data.json"))["student"] == "alice"
    look = AccessLogEntry.objects.get()
    assert (look.actor, look.what, look.reason) == (str(cast.root.pk), "export", WHY)
    entry = Event.objects.get(session=session, kind="exported")
    assert entry.actor == cast.root.pk
    assert "as it was written" in verify()


@pytest.mark.django_db(transaction=True)
def test_child_is_erased_after_their_id_was_typed(
    admin: Client, cast: Cast, session: Session
) -> None:
    refused = admin.post(place(cast.alice, "erase"), {"typed": "bob"})
    assert "Nothing was erased" in refused.content.decode()
    assert Session.objects.filter(pk=session.pk, key__erased_at=None).exists()
    assert admin.post(place(cast.alice, "erase"), {"typed": "alice"}).status_code == 302
    assert not Student.objects.filter(pk=cast.alice.pk).exists()
    assert not Session.objects.exists()
    look = AccessLogEntry.objects.get()
    assert (look.actor, look.what) == (str(cast.root.pk), "erasure")
    assert "as it was written" in verify()


@pytest.mark.parametrize("page", ["export", "erase"])
def test_rights_are_for_those_who_have_them_and_for_children_that_are_there(
    client: Client, admin: Client, cast: Cast, page: str
) -> None:
    assert admin.get("/admin/accounts/student/999999/" + page + "/").status_code == 404
    cast.staff.user_permissions.add(Permission.objects.get(codename="view_student"))
    office, teacher = Client(), Client()
    office.force_login(cast.staff)
    teacher.force_login(cast.rivera)
    form = {"reason": WHY, "typed": "alice"}
    for student in (place(cast.alice, page), "/admin/accounts/student/999999/" + page + "/"):
        assert office.get(student).status_code == 403
        assert office.post(student, form).status_code == 403
        assert teacher.post(student, form).status_code == 404
    assert Student.objects.filter(pk=cast.alice.pk).exists()
    assert not AccessLogEntry.objects.exists()


def test_child_of_no_school_is_not_given_out_since_no_log_would_tell(
    admin: Client, cast: Cast
) -> None:
    cast.alice.user.school = None
    cast.alice.user.save()
    answer = admin.post(place(cast.alice, "export"), {"reason": WHY})
    assert "in no school" in answer.content.decode()


@pytest.mark.postgres
def test_server_that_may_not_erase_says_so(
    admin: Client, cast: Cast, session: Session, roles: None
) -> None:
    with acting_as("readerai_app"):
        answer = admin.post(place(cast.alice, "erase"), {"typed": "alice"})
    assert "may not erase" in answer.content.decode()
    assert Session.objects.filter(pk=session.pk, key__erased_at=None).exists()
