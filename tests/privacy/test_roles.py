"""The rights that the documentation gives out are enough for reading, and not for tampering."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction

from sessions_app.models import AccessLogEntry, Event, Session
from tests.sessions_app.cast import Cast

from .readings import read_a_little
from .records.test_verify_audit import look_at, verify

PAGE = Path(__file__).resolve().parents[2] / "docs/how-to/database-roles.md"

pytestmark = pytest.mark.postgres


@pytest.fixture
def roles(cast: Cast) -> None:
    """The roles, with the rights that stand in the page."""
    with connection.cursor() as cursor:
        for name in ("readerai_app", "readerai_keeper"):
            cursor.execute(f"CREATE ROLE {name}")
        cursor.execute("SHOW server_version_num")
        knows_maintain = int(cursor.fetchone()[0]) >= 170000
        for block in re.findall(r"```sql\n(.+?)```", PAGE.read_text(), re.DOTALL):
            if knows_maintain or "MAINTAIN" not in block:
                cursor.execute(block)


@contextmanager
def acting_as(role: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {role}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


def test_server_can_do_all_that_reading_needs(roles: None, cast: Cast) -> None:
    with acting_as("readerai_app"):
        session = read_a_little(cast.alice, cast.lamp)
        look_at(cast, "alice")
        assert "as it was written" in verify()
    assert Event.objects.filter(session=session).count() == session.log_length


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sessions_app_event SET kind = 'paused'",
        "DELETE FROM sessions_app_event",
        "TRUNCATE sessions_app_event",
        "UPDATE sessions_app_accesslogentry SET reason = 'none'",
        "DELETE FROM sessions_app_accesslogentry",
        "UPDATE sessions_app_sessionkey SET wrapped = NULL, erased_at = now()",
        "DELETE FROM sessions_app_sessionkey",
        "DELETE FROM sessions_app_interruption",
        "ALTER TABLE sessions_app_event DISABLE TRIGGER ALL",
    ],
)
def test_server_cannot_tamper_with_a_log_or_destroy_a_key(
    roles: None, cast: Cast, statement: str
) -> None:
    read_a_little(cast.alice, cast.lamp)
    look_at(cast, "alice")
    refused = pytest.raises(ProgrammingError, match=r"permission denied|must be owner")
    with acting_as("readerai_app"), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert "as it was written" in verify()


def test_keeper_can_rotate_purge_and_erase(roles: None, cast: Cast) -> None:
    read_a_little(cast.alice, cast.lamp)
    with acting_as("readerai_keeper"):
        for command in (["rotate_keys"], ["purge_expired"], ["erase_student", "alice", "--yes"]):
            call_command(*command, stdout=StringIO())
    assert not Session.objects.exists()
    assert AccessLogEntry.objects.get().what == AccessLogEntry.What.ERASURE
