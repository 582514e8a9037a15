"""A teacher's side never writes to a session, whatever is sent to it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import URLPattern

from sessions_app.live.saving.database import in_database
from sessions_app.messages import MESSAGES
from sessions_app.models import (
    AccessLogChain,
    AccessLogEntry,
    AccessLogStudent,
    ConcernSeverity,
    Interruption,
    KeyCheck,
)
from teachers.api_urls import urlpatterns as calls
from teachers.urls import urlpatterns as pages
from tests.sessions_app.cast import Cast, token

from .feeds import watching
from .readings import Open, whole_reading

METHODS = ("get", "head", "post", "put", "patch", "delete", "options", "trace")


def hashes() -> dict[str, str]:
    """What is in every table of the sessions, but for the access log and the servers' own keys."""
    found = {}
    for model in apps.get_app_config("sessions_app").get_models():
        if model in {AccessLogEntry, AccessLogChain, AccessLogStudent, KeyCheck}:
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")
            rows = sorted(repr([_plain(value) for value in row]) for row in cursor.fetchall())
        found[model._meta.db_table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def addresses(reading: Open) -> Iterator[str]:
    """Every address of the teachers' pages and calls, with something real in each place."""
    filled = {
        "class_id": "room-12",
        "student_id": "alice",
        "session_id": reading.session_id,
        "list_id": "1",
        "concern_id": _concern_of(reading),
        "form": "csv",
    }
    for pattern in [*pages, *calls]:
        assert isinstance(pattern, URLPattern)
        route = str(pattern.pattern)
        prefix = "/api/" if pattern in calls else "/"
        tables = _tables(route) if "<slug:table>" in route else [""]
        for table in tables:
            address = route
            for name, value in {**filled, "table": table}.items():
                for kind in ("slug", "str", "int"):
                    address = address.replace(f"<{kind}:{name}>", value)
            assert "<" not in address, address
            yield prefix + address


def _has_forms(address: str) -> bool:
    """Reading lists and the desk write what is beside the sessions."""
    return "/lists" in address or "/concerns" in address


def _concern_of(reading: Open) -> str:
    question = Interruption.objects.filter(session=reading.session_id).order_by("number")[0]
    Interruption.objects.filter(pk=question.pk).update(concern=ConcernSeverity.GRAVE)
    return question.pk


def _tables(route: str) -> list[str]:
    if "sessions/" in route:
        return ["questions", "checkpoints", "words", "reading_spans", "log"]
    if "students/" in route:
        return ["days", "books", "words"]
    return ["children", "days", "difficult", "places", "words"]


@pytest.mark.parametrize("method", METHODS)
def test_no_route_with_no_method_changes_a_session(cast: Cast, rivera: Client, method: str) -> None:
    reading = whole_reading(cast, cast.alice)
    bearer = Client(headers={"Authorization": f"Bearer {token(cast.rivera)}"})
    every = list(addresses(reading))
    before = hashes()
    body = {"status": "completed", "wordIndex": "1", "raised": "", "delete": "1", "title": "x"}
    body["note"] = "We talked."
    for address in every:
        for client in (rivera, bearer):
            answer = getattr(client, method)(address, body if method != "trace" else None)
            assert answer.status_code < 500, (method, address)
            if not _has_forms(address) and method not in {"get", "head"}:
                assert answer.status_code in {401, 405}, (method, address)
    assert hashes() == before


def test_every_table_of_the_sessions_is_hashed_and_a_change_shows(cast: Cast) -> None:
    reading = whole_reading(cast, cast.alice)
    before = hashes()
    assert len(before) >= 7
    whole_reading(cast, cast.bob)
    after = hashes()
    assert {table for table in before if before[table] != after[table]} >= {
        "sessions_app_session",
        "sessions_app_event",
        "sessions_app_interruption",
        "sessions_app_checkpointattempt",
    }
    assert reading.session_id


def test_pages_about_sessions_have_no_form_but_the_way_out(cast: Cast, rivera: Client) -> None:
    reading = whole_reading(cast, cast.alice)
    for address in addresses(reading):
        if _has_forms(address) or "." in address or address.startswith("/api"):
            continue
        page = rivera.get(address).content.decode()
        assert page.count("<form") == page.count('<form action="/logout"') == 1, address


@pytest.mark.django_db(transaction=True)
async def test_no_message_to_the_feed_changes_a_session(transactional_db: None) -> None:
    cast, reading = await in_database(_cast_that_read)
    before = await in_database(hashes)
    async with watching(cast.rivera) as feed:
        await feed.snapshot()
        for kind in sorted(MESSAGES):
            if kind == "HEARTBEAT":
                continue
            frame = f'{{"type": "{kind}", "sessionId": "{reading.session_id}", "payload": {{}}}}'
            await feed.send(frame)
            assert (await feed.until("ERROR"))["payload"]["code"] == "read_only"
    assert await in_database(hashes) == before


def _cast_that_read() -> tuple[Cast, Open]:
    from tests.sessions_app.cast import make_cast

    cast = make_cast()
    return cast, whole_reading(cast, cast.alice)
