"""A child's words and secrets are in no log, file, message, metric or error page; and the same
scan, of a server whose guards are taken away, finds them all."""

from __future__ import annotations

import base64
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytest_django import Settings
from websockets.sync.client import ClientConnection

from library.book_structure import forget_books
from readerai.accounts.login.badges import issue_badges
from readerai.accounts.models import Student
from tests.services.anthropic_replies import Reply, cut_after, malformed, refused, says
from tests.services.anthropic_server import AnthropicServer
from tests.services.server import Kind
from tests.sessions_app.cast import AT_PATIENT, make_cast

from .leaks.canaries import canary, found, names, shapes
from .leaks.child import CLEAR_IN_ACCOUNTS, SEALED, SECRET, Child, broken_table
from .leaks.site import Overheard, database_files, database_log, served

ERRORS = {"INTERRUPTION_ERROR", "ERROR"}


@dataclass
class Scanned:
    """What was found where, and what the server was like."""

    hits: set[tuple[str, str]]
    places: dict[str, bytes]
    child: Child


@pytest.fixture
def alice(transactional_db: None, settings: Settings, tmp_path: Path) -> Iterator[Student]:
    settings.MEDIA_ROOT = tmp_path / "data" / "media"
    forget_books()
    yield make_cast().alice
    forget_books()


def live_through(child: Child, badge: str, tutor: AnthropicServer) -> dict[str, bytes]:
    """Everything that a child can do, with everything that can go wrong."""
    token = child.signs_in(badge)
    child.looks_around(token)
    with child.reading(token) as socket:
        reads(child, socket, tutor)
        _, metrics = child.call("GET", "/metrics")
        assert b"readerai_live_sessions 1" in metrics
        child.leaves(socket)
    return {"metrics": metrics}


def reads(child: Child, socket: ClientConnection, tutor: AnthropicServer) -> None:
    """A reading in which the tutor, the database, a handler and the child's client all fail."""
    child.send(socket, "READING_PROGRESS", wordIndex=AT_PATIENT)
    child.until(socket, "PROGRESS_SAVED")
    tutor.answer(lambda _: says("It shines like the one of ", child["answer"], "."))
    end = child.asks(socket)
    assert child["answer"] in end["payload"]["responseText"]
    for reply in _bad_replies(child["question"]):
        tutor.answer(lambda _, reply=reply: reply)  # type: ignore[misc]
        child.asks(socket)
    with broken_table("sessions_app_event"):
        assert child.asks(socket)["type"] in ERRORS
        assert child.answers(socket)["type"] in ERRORS
    child.answers(socket)
    child.send(socket, "RAISE_HAND")
    child.until(socket, "ERROR")
    child.sends_nonsense(socket)


def _bad_replies(words: str) -> list[Reply]:
    return [
        refused(400, "invalid_request_error", f"prompt: {words}"),
        malformed(words),
        cut_after(f"{words} is"),
    ]


def scan(alice: Student, folder: Path, kind: Kind, mode: str) -> Scanned:
    began = time.time() - 1
    data = folder / "data"
    with AnthropicServer() as tutor, Overheard() as overheard:
        with served(data, kind, tutor.url, mode) as server:
            child = Child(server, alice)
            alice.user.set_password(child["password"])
            alice.user.save()
            Student.objects.filter(pk=alice.pk).update(display_name=child["display name"])
            badge = issue_badges([alice])[alice.pk]
            places = live_through(child, badge, tutor)
            places |= database_files(began)
            server.terminate()
            places["log of the server"] = server.said().encode()
        places |= overheard.heard()
    places |= database_files(began) | database_log()
    places["error pages"] = b"\n".join(child.pages)
    internal = [str(frame) for frame in child.frames if frame["type"] in ERRORS]
    places["error frames"] = "\n".join(internal).encode()
    return Scanned(found(child.canaries, places), places, child)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["daphne", pytest.param("uvicorn", marks=pytest.mark.once)])
def test_nothing_that_a_child_says_or_signs_in_with_is_anywhere(
    alice: Student, tmp_path: Path, kind: Kind
) -> None:
    scanned = scan(alice, tmp_path, kind, "faulty")
    allowed = {(name, "database files") for name in CLEAR_IN_ACCOUNTS}
    assert scanned.hits - allowed == set()
    assert len(scanned.places["log of the server"]) > 1000
    assert b"ValueError" in scanned.places["log of the server"]
    assert b"RuntimeError" in scanned.places["log of the server"]
    assert len(scanned.child.pages) > 8
    # What is excluded is really there: the scan looks at the right files.
    assert names(scanned.hits, "database files") == set(CLEAR_IN_ACCOUNTS)


@pytest.mark.django_db(transaction=True)
def test_scan_of_a_server_without_its_guards_finds_them_all(alice: Student, tmp_path: Path) -> None:
    scanned = scan(alice, tmp_path, "daphne", "unguarded")
    assert names(scanned.hits, "database files") >= {*SEALED, "cookie"}
    assert names(scanned.hits, "log of the server") >= {"question", "page"}
    if "redis monitor" in scanned.places:
        assert names(scanned.hits, "redis monitor") >= {"question"}


def test_every_canary_is_looked_for_in_every_shape() -> None:
    named = [*SEALED, *SECRET, *CLEAR_IN_ACCOUNTS]
    assert len(set(named)) == len(named)
    text = canary()
    assert len(set(shapes(text))) == 8
    for offset in range(6):
        hidden = base64.b64encode(b"x" * offset + text.encode() + b"y" * offset)
        assert found({"it": text}, {"place": hidden}) == {("it", "place")}
    assert found({"it": text}, {"place": canary().encode()}) == set()
