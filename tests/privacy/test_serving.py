"""Real servers, while keys are rotated, a child is erased, and the worker writes anchors."""

from __future__ import annotations

import secrets
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings
from websockets.exceptions import ConnectionClosed

from library.book_structure import forget_books
from readerai.accounts.models import Student
from sessions_app.models import SessionKey
from sessions_app.vault import key_ring
from tests.services.process import Guarded, wait_until
from tests.services.server import MANAGE, Server
from tests.sessions_app.cast import AT_GLIMMER, make_cast, token

from .leaks.child import Child
from .serving import environment

pytestmark = [pytest.mark.once, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def alice(transactional_db: None, settings: Settings, tmp_path: Path) -> Iterator[Student]:
    settings.MEDIA_ROOT = tmp_path / "media"
    forget_books()
    yield make_cast().alice
    forget_books()


@pytest.fixture
def keys(settings: Settings) -> Iterator[dict[str, str]]:
    """Two master keys, in this process and for programs: new ones are wrapped by the old."""
    known = {name: secrets.token_bytes(32) for name in ("old", "new")}
    settings.READERAI_KEYS = known
    key_ring.cache_clear()
    yield {name: f"{name}:{b64encode(key).decode()}" for name, key in known.items()}
    key_ring.cache_clear()


@pytest.fixture
def server(tmp_path: Path, keys: dict[str, str], alice: Student) -> Iterator[Server]:
    data = tmp_path / "data"
    data.mkdir()
    served = Server(data)
    served.environment = environment(data) | {"READERAI_KEYS": f"{keys['old']},{keys['new']}"}
    served.start()
    yield served
    served.close()


def test_reading_goes_on_while_keys_are_rotated(
    server: Server, alice: Student, keys: dict[str, str]
) -> None:
    child = Child(server, alice)
    with child.reading(token(alice.user)) as socket:
        assert SessionKey.objects.get().master_key_id == "old"
        server.environment["READERAI_KEYS"] = f"{keys['new']},{keys['old']}"
        assert "1 keys are now wrapped by new." in server.manage("rotate_keys")
        assert SessionKey.objects.get().master_key_id == "new"
        child.send(socket, "READING_PROGRESS", wordIndex=AT_GLIMMER)
        saved = child.until(socket, "PROGRESS_SAVED", "ERROR")
        assert saved["payload"]["wordIndex"] == AT_GLIMMER
        child.send(socket, "RAISE_HAND")
        assert child.until(socket, "HAND", "ERROR")["payload"] == {"raised": True}
    server.terminate()
    server.start()
    assert "as it was written" in server.manage("verify_audit")
    status, page = child.api("GET", f"/api/sessions/{child.session_id}", token=token(alice.user))
    assert (status, page["currentPosition"]["wordIndex"]) == (200, AT_GLIMMER)


def test_socket_of_a_child_who_is_erased_is_closed(server: Server, alice: Student) -> None:
    child = Child(server, alice)
    with child.reading(token(alice.user)) as socket:
        call_command("erase_student", alice.slug, "--yes")
        with pytest.raises(ConnectionClosed) as closed:
            child.until(socket, "nothing more")
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code in {4401, 4404}
    assert server.said().count("Error") == 0


def anchors_in(data: Path) -> list[Path]:
    return sorted(data.glob("anchors/anchors-*.jsonl"))


def test_worker_writes_anchors_at_once_and_then_hourly(
    tmp_path: Path, keys: dict[str, str], alice: Student
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    told = environment(data) | {"READERAI_KEYS": keys["old"]}
    command = [*MANAGE, "expire_sessions", "--loop", "--every", "0.1"]
    worker = Guarded(command, log=data / "worker.log", stop_signal=15, environment=told)
    try:
        wait_until(lambda: anchors_in(data) != [], "the first file of anchors")
    finally:
        worker.stop()
    assert len(anchors_in(data)) == 1
