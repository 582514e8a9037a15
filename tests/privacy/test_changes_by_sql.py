"""Whoever writes to the database and has no key: what they change of a reading is found."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from sessions_app.domain import answers
from sessions_app.messages import RaiseHand
from sessions_app.models import Session
from tests.sessions_app.cast import Cast

from .readings import QUESTION, answer_of, open_reading, read_a_little

_OF_SESSION = "WHERE session_id = %(session)s"
#: What is changed, by which statement, and what is said of it.
CHANGES = {
    "reading is another child's": (
        "UPDATE sessions_app_session SET student_id = %(bob)s WHERE id = %(session)s",
        "key does not open",
    ),
    "reading is of another book": (
        "UPDATE sessions_app_session SET book_id = %(book)s WHERE id = %(session)s",
        "key does not open",
    ),
    "status": (
        "UPDATE sessions_app_session SET status = 'active' WHERE id = %(session)s",
        "its row is not",
    ),
    "end": (
        "UPDATE sessions_app_session SET status = 'completed', completed_at = started_at"
        " WHERE id = %(session)s",
        "its row is not",
    ),
    "beginning": (
        "UPDATE sessions_app_session SET started_at = last_active_at WHERE id = %(session)s",
        "entry 1: an entry is not",
    ),
    "last activity": (
        "UPDATE sessions_app_session SET last_active_at = started_at WHERE id = %(session)s",
        "its row is not",
    ),
    "raised hand": (
        "UPDATE sessions_app_session SET hand_raised_at = NULL WHERE id = %(session)s",
        "its row is not",
    ),
    "messages counted": (
        "UPDATE sessions_app_session SET committed_ids = '' WHERE id = %(session)s",
        "its row is not",
    ),
    "version": (
        "UPDATE sessions_app_session SET version = version + 1 WHERE id = %(session)s",
        "its row is not",
    ),
    "worry of a question hidden": (
        f"UPDATE sessions_app_interruption SET concern = 'grave' {_OF_SESSION}",
        "end of interruption-",
    ),
    "answer taken away": (
        "UPDATE sessions_app_interruption SET status = 'failed', sealed_answer = NULL"
        f" {_OF_SESSION}",
        "end of interruption-",
    ),
    "end of a question undone": (
        f"UPDATE sessions_app_interruption SET status = 'pending', ended_at = NULL {_OF_SESSION}",
        "end of interruption-",
    ),
    "question deleted": (
        f"DELETE FROM sessions_app_interruption {_OF_SESSION}",
        "question interruption-",
    ),
    "question moved to another reading": (
        f"UPDATE sessions_app_interruption SET session_id = %(other)s, number = 99,"
        f" client_id = 99 {_OF_SESSION}",
        "is missing",
    ),
    "when it was asked": (
        f"UPDATE sessions_app_interruption SET asked_at = ended_at {_OF_SESSION}",
        "question interruption-",
    ),
    "worry of an answer hidden": (
        f"UPDATE sessions_app_checkpointattempt SET concern = 'grave' {_OF_SESSION}",
        "answer glimmer is not",
    ),
    "answer to a checkpoint deleted": (
        f"DELETE FROM sessions_app_checkpointattempt {_OF_SESSION}",
        "answer glimmer is missing",
    ),
    "answer to a checkpoint counted as another try": (
        f"UPDATE sessions_app_checkpointattempt SET number = 2 {_OF_SESSION}",
        "answer glimmer",
    ),
    "reading span deleted": (
        f"DELETE FROM sessions_app_readingspan {_OF_SESSION}",
        "reading spans are not",
    ),
    "reading span on another day": (
        "UPDATE sessions_app_readingspan SET ended_at ="
        f" (SELECT started_at FROM sessions_app_session WHERE id = %(session)s) {_OF_SESSION}",
        "reading spans are not",
    ),
    "digest of a row in the log": (
        f"UPDATE sessions_app_event SET row_digest = NULL {_OF_SESSION}",
        "an entry is not",
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_change_by_sql_is_found(session: Session, cast: Cast, change: str) -> None:
    other = read_a_little(cast.bob, cast.lamp)
    names = {
        "session": session.pk,
        "other": other.pk,
        "bob": cast.bob.pk,
        "book": cast.our_hill.pk,
    }
    call_command("verify_audit")
    statement, said = CHANGES[change]
    _run(statement, names)
    with pytest.raises(CommandError) as found:
        call_command("verify_audit", "--session", session.pk)
    assert said in str(found.value)


def _run(statement: str, names: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, names)
        assert cursor.rowcount


def _row(table: str, where: str, pk: str) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} WHERE {where} = %s", [pk])
        names = [column[0] for column in cursor.description]
        (values,) = cursor.fetchall()
    return dict(zip(names, values, strict=True))


def _set_back(table: str, pk: str, earlier: dict[str, Any]) -> None:
    columns = ", ".join(f"{name} = %s" for name in earlier)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {columns} WHERE id = %s",
            [*earlier.values(), pk],
        )


def _complaint(session: Session, *arguments: str) -> str:
    with pytest.raises(CommandError) as found:
        call_command("verify_audit", "--session", session.pk, *arguments)
    return str(found.value)


def test_question_set_back_to_an_earlier_time_is_found(cast: Cast) -> None:
    session, child = open_reading(cast.alice, cast.lamp)
    pk = child.ask(id=2)
    earlier = _row("sessions_app_interruption", "id", pk)
    answers.finish(
        claim=answers.claim(interruption_id=pk, server="here", attempt=1), answer=answer_of("Rust.")
    )
    call_command("verify_audit", "--session", session.pk)
    _set_back("sessions_app_interruption", pk, earlier)
    assert "is missing" in _complaint(session)


def test_session_set_back_over_something_that_was_logged_is_found(cast: Cast) -> None:
    session, child = open_reading(cast.alice, cast.lamp)
    earlier = _row("sessions_app_session", "id", session.pk)
    child.say(RaiseHand(), id=4)
    call_command("verify_audit", "--session", session.pk)
    _set_back("sessions_app_session", session.pk, earlier)
    assert "the end of the log" in _complaint(session)


@pytest.mark.parametrize("columns", [["sealed_state"], ["sealed_state", "committed_ids"]])
def test_part_of_a_session_set_back_over_places_alone_is_found(
    cast: Cast, columns: list[str]
) -> None:
    session, child = open_reading(cast.alice, cast.lamp)
    earlier = _row("sessions_app_session", "id", session.pk)
    child.read_to(20, id=7)
    call_command("verify_audit", "--session", session.pk)
    _set_back("sessions_app_session", session.pk, {name: earlier[name] for name in columns})
    assert "its row is not what was written" in _complaint(session)


def test_whole_session_set_back_over_places_alone_is_found_by_the_anchors(
    cast: Cast, tmp_path: Path
) -> None:
    session, child = open_reading(cast.alice, cast.lamp)
    earlier = _row("sessions_app_session", "id", session.pk)
    child.read_to(20, id=7)
    file = tmp_path / "anchors.jsonl"
    call_command("export_anchors", "--out", str(file), stdout=StringIO())
    _set_back("sessions_app_session", session.pk, earlier)
    said = _complaint(session, "--anchors", str(file))
    assert said == f"{session.pk}: the session is set back to an earlier time"


def test_reading_given_to_another_child_shows_nothing(client: Client, cast: Cast) -> None:
    session = read_a_little(cast.alice, cast.lamp)
    page = f"/teachers/sessions/{session.pk}"
    client.force_login(cast.rivera)
    assert QUESTION in client.get(page).content.decode()
    _run(
        "UPDATE sessions_app_session SET student_id = %(bob)s WHERE id = %(session)s",
        {"bob": cast.bob.pk, "session": session.pk},
    )
    assert QUESTION not in client.get(page).content.decode()
