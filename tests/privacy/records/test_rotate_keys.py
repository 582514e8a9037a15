"""Keys are wrapped anew while the site serves, and a run that was killed is gone on with."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
from base64 import b64encode
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from library.book_structure import forget_books
from readerai.accounts.models import Student
from sessions_app.domain import lifecycle, queries
from sessions_app.domain.hand.loading import vault_of
from sessions_app.models import Session, SessionKey
from sessions_app.records.key_rotation import rotate
from sessions_app.vault import MasterKeyMissing, key_ring
from tests.services.process import wait_until
from tests.services.server import MANAGE, ROOT
from tests.sessions_app.cast import Cast, make_cast

from ..conftest import Configure
from ..serving import environment
from .test_verify_audit import look_at, verify


def rotate_keys(*arguments: str) -> str:
    out = StringIO()
    call_command("rotate_keys", *arguments, stdout=out)
    return out.getvalue()


def key_of(session: Session) -> SessionKey:
    return SessionKey.objects.get(pk=session.pk)


def test_every_key_is_wrapped_by_the_newest_and_what_it_sealed_still_opens(
    session: Session, cast: Cast, master_keys: Configure
) -> None:
    old = key_ring().newest_id
    before = queries.session_state(queries.read_session(session.pk, cast.alice.user))
    master_keys("new", old)
    assert "1 keys are now wrapped by new." in rotate_keys()
    assert key_of(session).master_key_id == "new"
    master_keys("new")
    after = queries.session_state(queries.read_session(session.pk, cast.alice.user))
    assert after == before
    assert "as it was written" in verify("--session", session.pk)


def test_it_may_be_run_again_and_says_which_older_keys_are_needed(
    session: Session, cast: Cast, master_keys: Configure
) -> None:
    old = key_ring().newest_id
    look_at(cast, "alice")
    master_keys("new", old)
    rotate_keys()
    wrapped = bytes(key_of(session).wrapped or b"")
    said = rotate_keys()
    assert "0 keys" in said
    assert f"Keep {old}: 1 entries of the access log" in said
    assert bytes(key_of(session).wrapped or b"") == wrapped


def test_key_that_does_not_open_is_left_and_said(
    session: Session, cast: Cast, master_keys: Configure
) -> None:
    other = lifecycle.start(student=cast.bob, book=cast.lamp)
    old = key_ring().newest_id
    SessionKey.objects.filter(pk=session.pk).update(master_key_id="lost")
    master_keys("new", old)
    with pytest.raises(CommandError, match="1 keys did not open"):
        rotate_keys("--batch", "1")
    assert key_of(session).master_key_id == "lost"
    assert key_of(other).master_key_id == "new"


def test_erased_key_stays_erased(session: Session, cast: Cast, master_keys: Configure) -> None:
    old = key_ring().newest_id
    SessionKey.objects.filter(pk=session.pk).update(wrapped=None, erased_at=session.started_at)
    master_keys("new", old)
    assert "0 keys" in rotate_keys()
    assert key_of(session).wrapped is None


def test_every_batch_is_a_transaction_of_its_own(cast: Cast, master_keys: Configure) -> None:
    for _ in range(5):
        lifecycle.start(student=cast.alice, book=cast.lamp)
    old = key_ring().newest_id
    master_keys("new", old)
    counts = [done.wrapped for done in rotate(batch=2)]
    assert counts == [2, 4, 5]


def test_a_server_without_the_new_key_does_not_open_what_it_wraps(
    session: Session, cast: Cast, master_keys: Configure
) -> None:
    old = key_ring().newest_id
    master_keys("new", old)
    rotate_keys()
    master_keys(old)
    with pytest.raises(MasterKeyMissing):
        vault_of(Session.objects.select_related("key").get(pk=session.pk))


MANY = 400


@pytest.fixture
def many(transactional_db: None, settings: Settings, tmp_path: Path) -> Iterator[Student]:
    """Committed sessions, where another process can see them."""
    settings.MEDIA_ROOT = tmp_path / "media"
    forget_books()
    cast = make_cast()
    for _ in range(MANY):
        lifecycle.start(student=cast.alice, book=cast.lamp)
    yield cast.alice
    forget_books()


def rotated() -> int:
    return SessionKey.objects.filter(master_key_id="new").count()


@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_run_that_was_killed_in_the_middle_is_gone_on_with(
    many: Student, settings: Settings, master_keys: Configure, tmp_path: Path
) -> None:
    old, new = key_ring().newest_id, secrets.token_bytes(32)
    keys = {"new": new, old: settings.READERAI_KEYS[old]}
    told = environment(tmp_path) | {
        "READERAI_KEYS": ",".join(f"{name}:{b64encode(key).decode()}" for name, key in keys.items())
    }
    command = [*MANAGE, "rotate_keys", "--batch", "1"]
    run = subprocess.Popen(command, cwd=ROOT, env=told, stdout=subprocess.PIPE)
    try:
        wait_until(lambda: rotated() > 0, "the first key wrapped anew", seconds=180)
        os.kill(run.pid, signal.SIGKILL)
    finally:
        run.communicate()
    wrapped = rotated()
    assert run.returncode == -signal.SIGKILL
    assert 0 < wrapped < MANY

    # A server that knows both keys opens every session, whichever key wraps it by now.
    settings.READERAI_KEYS = keys
    key_ring.cache_clear()
    for session in Session.objects.select_related("key"):
        vault_of(session)

    done = subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True, check=True)
    assert f"{MANY - wrapped} keys are now wrapped by new." in done.stdout
    assert rotated() == MANY
    settings.READERAI_KEYS = {"new": new}
    key_ring.cache_clear()
    assert f"{MANY} sessions (0 erased)" in verify()
    connection.close()
