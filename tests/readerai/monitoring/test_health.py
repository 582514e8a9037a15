"""A server says that it is ready where it can take and keep what a child says, and not before."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.test import Client

from readerai.monitoring import capacity, health
from sessions_app.models import KeyCheck, SessionKey
from sessions_app.vault import key_ring
from tests.sessions_app.cast import make_cast, start

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _asked_anew(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is found out once is found out anew in each test, all on the test's own connection."""
    monkeypatch.setattr(connection, "close", lambda: None)
    yield
    for cached in (health._require_schema, health._require_static_files, key_ring):
        cached.cache_clear()
    health.checks.keys_are_wrong = False


def ready(client: Client) -> tuple[int, dict[str, Any]]:
    answer = client.get("/readyz")
    return answer.status_code, answer.json()


def test_all_is_there(client: Client) -> None:
    told = {"database": True, "staticFiles": True, "room": True, "channelLayer": True}
    assert ready(client) == (200, {"status": "ready"} | told)


def test_empty_database(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions_app'")
    status, told = ready(client)
    assert (status, told["status"], told["database"]) == (503, "not ready", False)
    assert "migrations are not applied" in caplog.text


def test_database_that_cannot_be_written(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ready(client)
    execute = CursorWrapper.execute

    def read_only(self: Any, sql: str, params: Any = None) -> Any:
        if sql.startswith(("UPDATE", "INSERT")):
            sql, params = "INSERT INTO nowhere VALUES (1)", None
        return execute(self, sql, params)

    monkeypatch.setattr(CursorWrapper, "execute", read_only)
    status, told = ready(client)
    assert (status, told["database"]) == (503, False)
    assert "42P01" in caplog.text or "SQLITE_ERROR" in caplog.text


def test_static_files_that_are_not_collected(
    client: Client, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any
) -> None:
    from readerai.static_storage import StaticStorage

    storage = StaticStorage(location=tmp_path, base_url="/static/")
    monkeypatch.setattr(health, "staticfiles_storage", storage)
    assert ready(client)[0] == 503
    (tmp_path / "staticfiles.json").write_text('{"paths": {}, "version": "1.1", "hash": ""}')
    assert ready(client)[0] == 200


def test_full_server(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capacity.here, "closed", True)
    status, told = ready(client)
    assert (status, told["room"]) == (503, False)


def test_missing_channel_layer_is_said_and_keeps_nobody_away(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Gone:
        async def group_send(self, group: str, message: Any) -> None:
            raise ConnectionError

    monkeypatch.setattr(health, "get_channel_layer", Gone)
    status, told = ready(client)
    assert (status, told["status"], told["channelLayer"]) == (200, "degraded", False)


def _other_keys(settings: Any) -> None:
    settings.READERAI_KEYS = dict.fromkeys(
        settings.READERAI_KEYS, b"another key of as many bytes 32!"
    )
    key_ring.cache_clear()


def test_wrong_master_key_serves_nobody(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    health.check_keys_at_start()
    assert client.get("/login").status_code == 200
    _other_keys(settings)
    assert ready(client)[0] == 503
    health.check_keys_at_start()
    assert client.get("/login").status_code == 503
    assert client.get("/healthz").status_code == 200
    for key in settings.READERAI_KEYS.values():
        assert base64.b64encode(key).decode() not in caplog.text
    assert "is not the one used before" in caplog.text


def test_master_key_in_use_that_is_not_configured(client: Client) -> None:
    cast = make_cast()
    start(cast.alice, cast.lamp)
    SessionKey.objects.update(master_key_id="gone")
    assert ready(client)[0] == 503


def test_check_sum_of_a_key_is_written_once(client: Client) -> None:
    ready(client)
    value = KeyCheck.objects.get().value
    ready(client)
    assert KeyCheck.objects.get().value == value
