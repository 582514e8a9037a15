"""What Django's own handler does for a request holds for one that stays in a thread."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator

from readerai.servers.threaded_http import ThreadedHTTP

HEALTHY = (200, b'{"status": "ok"}')
HOST = [(b"host", b"localhost"), (b"x-forwarded-proto", b"https")]


def scope(path: str, method: str = "GET", **more: Any) -> dict[str, Any]:
    return {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": HOST,
        "scheme": "http",
        "client": ("127.0.0.1", 4000),
        **more,
    }


def called(scope: dict[str, Any]) -> Any:
    return ApplicationCommunicator(ThreadedHTTP(), scope)  # type: ignore[no-untyped-call]


async def answer(scope: dict[str, Any], body: bytes = b"") -> tuple[int, bytes]:
    """Status and body of what a request is answered with."""
    call = called(scope)
    await call.send_input({"type": "http.request", "body": body})
    start = await call.receive_output(10)
    parts = []
    more = True
    while more:
        part = await call.receive_output(10)
        parts.append(part.get("body", b""))
        more = part.get("more_body", False)
    await call.wait()
    return start["status"], b"".join(parts)


async def test_page_is_answered() -> None:
    assert await answer(scope("/healthz")) == HEALTHY


@pytest.mark.parametrize("prefix", ["", "/below"])
async def test_coroutine_view_stays_in_the_event_loop(prefix: str) -> None:
    path = f"{prefix}/api/sessions/session-1/stream"
    status, body = await answer(scope(path, "POST", root_path=prefix))
    assert status == 405
    assert b"error" in body


async def test_client_that_leaves_before_its_body_is_forgotten() -> None:
    call = called(scope("/login", "POST"))
    await call.send_input({"type": "http.disconnect"})
    await call.wait()
    assert call.output_queue.empty()


async def test_requests_at_once_are_all_answered() -> None:
    answers = await asyncio.gather(*(answer(scope("/healthz")) for _ in range(30)))
    assert answers == [HEALTHY] * 30
