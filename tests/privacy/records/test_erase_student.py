"""A child who was erased is gone: nothing opens, nothing is left, and no page breaks."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from pytest_django import Settings

from library.book_structure import forget_books
from readerai.accounts.login.badges import issue_badges
from readerai.accounts.models import Student, User
from sessions_app.domain import questions
from sessions_app.domain.hand.loading import vault_of
from sessions_app.domain.presence import presence
from sessions_app.models import AccessLogEntry, Event, Interruption, Presence, Session, SessionKey
from sessions_app.records import erasure, export
from sessions_app.vault import Vault, VaultError, scope_of
from tests.sessions_app.cast import Cast, make_cast, token

from ..readings import open_reading, read_a_little
from .test_export_student import exported
from .test_verify_audit import anchors, complaint, look_at, verify


def erase(slug: str) -> str:
    out = StringIO()
    call_command("erase_student", slug, "--yes", stdout=out)
    return out.getvalue()


def test_erased_child_is_in_no_table_any_more(session: Session, cast: Cast) -> None:
    read_a_little(cast.alice, cast.lamp)
    issue_badges([cast.alice])
    token(cast.alice.user)
    records = export.gather(cast.alice)
    assert "2 sessions" in erase("alice")
    for label, rows in records.items():
        if label == "memberships":
            continue
        model = apps.get_model(label)
        assert not model._base_manager.filter(pk__in=[each["id"] for each in rows if "id" in each])
    assert not Student.objects.filter(slug="alice").exists()
    assert not User.objects.filter(username="alice").exists()
    for kind in (Session, SessionKey, Event, Interruption, Presence):
        assert not kind._base_manager.exists()


def test_other_children_keep_everything(session: Session, cast: Cast) -> None:
    other = read_a_little(cast.bob, cast.lamp)
    before = export.gather(cast.bob)
    erase("alice")
    assert export.gather(cast.bob) == before
    assert "as it was written" in verify("--session", other.pk)


def test_kept_copy_of_the_rows_opens_nothing_without_the_key(session: Session, cast: Cast) -> None:
    kept = Interruption.objects.get(session=session)
    others = vault_of(read_a_little(cast.bob, cast.lamp))
    erase("alice")
    assert not SessionKey.objects.filter(pk=session.pk).exists()
    for vault in (others, Vault.create(scope_of(session))[0]):
        with pytest.raises(VaultError):
            questions.question_facts(kept, vault)


def test_erasure_is_logged_and_accounts_for_what_is_gone(
    session: Session, cast: Cast, tmp_path: Path
) -> None:
    look_at(cast, "alice")
    before = anchors(tmp_path)
    erase("alice")
    look = AccessLogEntry.objects.get(what=AccessLogEntry.What.ERASURE)
    assert (look.actor, look.students) == ("operator", [cast.alice.pk])
    assert "alice" not in look.subject
    assert "as it was written" in verify("--anchors", str(before))


def test_sockets_of_an_erased_child_are_closed(cast: Cast) -> None:
    session, child = open_reading(cast.alice, cast.lamp)
    owner = child.owner
    assert presence.lost(server="here", owners={session.pk: owner}) == {}
    erase("alice")
    assert presence.lost(server="here", owners={session.pk: owner}) == {session.pk: "erased"}


def test_what_the_admin_noted_of_the_child_is_gone(
    session: Session, cast: Cast, client: Client
) -> None:
    LogEntry.objects.create(
        user=cast.root,
        content_type=ContentType.objects.get_for_model(Student),
        object_id=str(cast.alice.pk),
        object_repr="alice",
        action_flag=CHANGE,
    )
    client.force_login(cast.alice.user)
    erase("alice")
    assert not LogEntry.objects.exists()
    assert client.get("/library").status_code == 302


def test_every_page_about_the_class_still_opens(
    session: Session, cast: Cast, client: Client
) -> None:
    look_at(cast, "alice")
    erase("alice")
    places = {
        cast.rivera: ["/", "/teachers/classes/room-12/login-methods", f"/read/{session.pk}"],
        cast.bob.user: ["/library", "/me", "/me/shared"],
        cast.root: [
            "/admin/",
            "/admin/sessions_app/accesslogentry/",
            "/admin/sessions_app/session/",
            "/admin/sessions_app/event/",
            f"/admin/sessions_app/session/{session.pk}/words/",
            "/admin/accounts/student/",
        ],
    }
    for user, paths in places.items():
        client.force_login(user)
        client.get("/")
        for path in paths:
            assert client.get(path).status_code in (200, 302, 404), path
    api = {"Authorization": f"Bearer {token(cast.rivera)}"}
    assert client.get("/api/classes/room-12/sessions", headers=api).json()["items"] == []
    assert client.get(f"/api/sessions/{session.pk}", headers=api).status_code == 404


def test_nothing_is_erased_without_the_name_typed(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builtins.input", lambda _: "alicia")
    with pytest.raises(CommandError, match="Nothing was erased"):
        call_command("erase_student", "alice", stdout=StringIO())
    assert Session.objects.exists()
    monkeypatch.setattr("builtins.input", lambda _: "alice")
    call_command("erase_student", "alice", stdout=StringIO())
    assert not Session.objects.exists()


def test_erasure_that_was_stopped_is_gone_on_with(
    session: Session, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(erasure, "delete_rows_of", stop)
        with pytest.raises(KeyboardInterrupt):
            erase("alice")
    assert SessionKey.objects.get().wrapped is None
    assert Interruption.objects.exists()
    assert not User.objects.get(username="alice").is_active
    erase("alice")
    assert not Session.objects.exists()
    assert "as it was written" in verify()


def test_child_of_no_school_is_erased_and_it_is_said_that_no_log_says_so(
    session: Session, cast: Cast
) -> None:
    User.objects.filter(pk=cast.alice.user_id).update(school=None)
    assert "It is not logged" in erase("alice")


@pytest.fixture
def committed(transactional_db: None, settings: Settings, tmp_path: Path) -> Iterator[Cast]:
    settings.MEDIA_ROOT = tmp_path / "media"
    forget_books()
    yield make_cast()
    forget_books()


def _files() -> bytes:
    """The database's files as they lie there, with what was deleted and not yet overwritten."""
    name = Path(str(connection.settings_dict["NAME"]))
    files = [name.with_name(name.name + end) for end in ("", "-wal", "-shm")]
    return b"".join(file.read_bytes() for file in files if file.exists())


def _tables() -> bytes:
    """Every value of every table, as PostgreSQL gives it out."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            found += [str(row).encode() for (row,) in cursor.fetchall()]
    return b"\n".join(found)


def _everything() -> bytes:
    return _files() if connection.vendor == "sqlite" else _tables()


@pytest.mark.django_db(transaction=True)
def test_nothing_of_an_erased_child_lies_in_the_database(committed: Cast) -> None:
    session = read_a_little(committed.alice, committed.lamp)
    wrapped = bytes(SessionKey.objects.get(pk=session.pk).wrapped or b"")
    interruption = Interruption.objects.get(session=session)
    sealed = bytes(interruption.sealed_question)
    in_hex = connection.vendor != "sqlite"
    sealed_bytes = [raw.hex().encode() if in_hex else raw for raw in (wrapped, sealed)]
    needles = [session.pk.encode(), interruption.pk.encode(), *sealed_bytes]
    assert all(needle in _everything() for needle in needles)
    assert "vacuum" not in erase("alice")
    left = _everything()
    assert [needle for needle in needles if needle in left] == []
    if connection.vendor == "sqlite":
        check = sqlite3.connect(str(connection.settings_dict["NAME"]))
        assert check.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        check.close()


def test_export_before_and_erasure_after_go_together(
    session: Session, cast: Cast, tmp_path: Path
) -> None:
    exported(cast.alice, tmp_path)
    erase("alice")
    with pytest.raises(CommandError, match="There is no student alice"):
        call_command("export_student", "alice", "--out", str(tmp_path / "again.zip"))
    assert complaint("--session", session.pk) == f"There is no session {session.pk}."
