"""What was kept for as long as a school decided is given up, and nothing else is."""

from __future__ import annotations

import datetime as dt
import re
from io import StringIO

import pytest
from django.contrib.sessions.models import Session as BrowserSession
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from readerai.accounts.login.sign_ins import issue_ticket
from readerai.accounts.models import SignIn, Throttle, Ticket, User
from sessions_app.domain.hand.loading import vault_of
from sessions_app.models import (
    AccessLogEntry,
    CheckpointAttempt,
    Event,
    Interruption,
    ReadingSpan,
    Session,
)
from sessions_app.records import retention
from sessions_app.vault import KeyErased
from tests.sessions_app.cast import Cast, sign_in, token

from ..readings import read_a_little
from .test_verify_audit import anchors, complaint, look_at, verify


def purge() -> str:
    out = StringIO()
    call_command("purge_expired", stdout=out)
    return out.getvalue()


def days_ago(days: float) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=days)


def left_alone(session: Session, days: float) -> None:
    Session.objects.filter(pk=session.pk).update(last_active_at=days_ago(days))


def kept(school: object, days: int) -> None:
    type(school)._default_manager.filter(pk=school.pk).update(retention_days=days)  # type: ignore[attr-defined]


def test_sessions_past_their_schools_time_are_erased_and_others_kept(
    session: Session, cast: Cast
) -> None:
    kept(cast.school, 30)
    kept(cast.far_school, 90)
    young = read_a_little(cast.bob, cast.lamp)
    elsewhere = read_a_little(cast.dora, cast.lamp)
    left_alone(session, 31)
    left_alone(young, 29)
    left_alone(elsewhere, 31)
    assert "1 sessions erased" in purge()
    erased = Session.objects.select_related("key").get(pk=session.pk)
    with pytest.raises(KeyErased):
        vault_of(erased)
    assert bytes(erased.sealed_state) == b""
    for kind in (Interruption, CheckpointAttempt, ReadingSpan):
        assert not kind._default_manager.filter(session=session).exists()
    for other in (young, elsewhere):
        vault_of(Session.objects.select_related("key").get(pk=other.pk))
        assert Interruption.objects.filter(session=other).exists()


def test_dry_run_says_what_the_run_then_does_and_changes_nothing(
    session: Session, cast: Cast
) -> None:
    left_alone(session, 401)
    left_alone(read_a_little(cast.bob, cast.lamp), 399)
    look_at(cast, "alice", "bob")
    AccessLogEntry.objects.filter(subject="alice").update(at=days_ago(1101))
    SignIn.objects.filter(user=cast.alice.user).update(ended_at=days_ago(31))
    out = StringIO()
    call_command("purge_expired", "--dry-run", stdout=out)
    would = re.findall(r"\d+", out.getvalue())
    assert would == ["1", "1", "1"]
    assert not Session.objects.filter(key__erased_at__isnull=False).exists()
    assert AccessLogEntry.objects.count() == 2
    assert re.findall(r"\d+", purge()) == would


def test_it_may_be_run_again(session: Session, cast: Cast) -> None:
    left_alone(session, 500)
    purge()
    row = Session.objects.filter(pk=session.pk).values().get()
    looks = AccessLogEntry.objects.count()
    assert "0 sessions erased, 0 accesses forgotten, 0 old login methods removed" in purge()
    assert Session.objects.filter(pk=session.pk).values().get() == row
    assert AccessLogEntry.objects.count() == looks


def test_erasure_ends_the_log_and_is_logged_as_a_look(
    session: Session, cast: Cast, tmp_path: object
) -> None:
    left_alone(session, 500)
    before = anchors(tmp_path)  # type: ignore[arg-type]
    purge()
    assert Event.objects.filter(session=session).last().kind == "erased"  # type: ignore[union-attr]
    look = AccessLogEntry.objects.get(what=AccessLogEntry.What.ERASURE)
    assert (look.subject, look.students) == ("retention", [cast.alice.pk])
    assert "kept for 400 days" in look.reason
    assert "(1 erased)" in verify("--anchors", str(before))


def test_last_entry_taken_from_an_erased_log_shows(session: Session) -> None:
    left_alone(session, 500)
    purge()
    Event.objects.filter(session=session, kind="erased").delete()
    assert complaint().startswith(f"{session.pk}: its key is gone")


def test_run_that_was_stopped_between_keys_and_rows_is_gone_on_with(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> int:
        raise KeyboardInterrupt

    left_alone(session, 500)
    with monkeypatch.context() as patched:
        patched.setattr(retention, "delete_rows_of", stop)
        with pytest.raises(KeyboardInterrupt):
            purge()
    assert Interruption.objects.filter(session=session).exists()
    purge()
    assert not Interruption.objects.filter(session=session).exists()


def test_more_than_one_batch(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    for student in (cast.alice, cast.bob, cast.carol, cast.dora, cast.alice):
        left_alone(read_a_little(student, cast.lamp), 500)
    assert "5 sessions erased" in purge()
    assert not Interruption.objects.exists()
    assert "(5 erased)" in verify()


def test_children_of_no_school_have_a_schedule_too(session: Session, cast: Cast) -> None:
    User.objects.filter(pk=cast.alice.user_id).update(school=None)
    left_alone(session, 399)
    assert "0 sessions erased" in purge()
    left_alone(session, 401)
    assert "1 sessions erased" in purge()


def test_child_and_teacher_do_not_see_what_was_erased(
    session: Session, cast: Cast, client: Client
) -> None:
    left_alone(session, 500)
    purge()
    for user in (cast.alice.user, cast.rivera):
        api = {"Authorization": f"Bearer {token(user)}"}
        assert client.get("/api/sessions", headers=api).json()["items"] == []
        assert client.get(f"/api/sessions/{session.pk}", headers=api).status_code == 404
    client.force_login(cast.alice.user)
    for path in ("/library", "/me", "/me/shared"):
        assert client.get(path).status_code == 200
    assert client.get(f"/read/{session.pk}").status_code == 404


def test_old_looks_are_forgotten_from_the_first_on_and_the_chain_goes_on(
    cast: Cast, tmp_path: object
) -> None:
    chain = look_at(cast, "alice", "bob", "carol")
    old = anchors(tmp_path)  # type: ignore[arg-type]
    cast.school.access_log_retention_days = 0
    cast.school.save()
    assert "3 accesses forgotten" in purge()
    assert not AccessLogEntry.objects.exists()
    assert "as it was written" in verify("--anchors", str(old))
    cast.school.access_log_retention_days = 10
    cast.school.save()
    look_at(cast, "dora")
    chain.refresh_from_db()
    assert (chain.length, chain.forgotten) == (4, 3)
    assert "0 accesses forgotten" in purge()
    assert "1 accesses" in verify()
    AccessLogEntry.objects.update(subject="else")
    assert complaint().startswith("access log of hill: entry 4: ")


def test_old_ways_in_are_removed_and_live_ones_stay(cast: Cast, client: Client) -> None:
    live, ended, ran_out = (sign_in(cast.alice.user) for _ in range(3))
    SignIn.objects.filter(pk=ended.pk).update(ended_at=days_ago(31))
    SignIn.objects.filter(pk=ran_out.pk).update(expires_at=days_ago(31))
    just_ended = sign_in(cast.alice.user)
    SignIn.objects.filter(pk=just_ended.pk).update(ended_at=days_ago(1))
    issue_ticket(live, "/ws/fresh")
    issue_ticket(live, "/ws/old")
    Ticket.objects.filter(opens="/ws/old").update(expires_at=days_ago(1))
    client.force_login(cast.alice.user)
    BrowserSession.objects.update(expire_date=days_ago(1))
    client.force_login(cast.bob.user)
    Throttle.objects.create(key="0" * 64, failures=3, window_started_at=days_ago(2))
    assert "4 old login methods removed" in purge()
    assert set(SignIn.objects.filter(user=cast.alice.user)) == {live, just_ended}
    assert [ticket.opens for ticket in Ticket.objects.all()] == ["/ws/fresh"]
    assert BrowserSession.objects.count() == 1
    assert not Throttle.objects.exists()
