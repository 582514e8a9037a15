"""A megabyte from anybody; a book from staff who are signed in; and nothing beyond."""

from __future__ import annotations

from typing import Any

import pytest
from daphne.http_protocol import HTTPFactory
from daphne.server import Server
from django.conf import settings
from django.test import Client
from twisted.internet.testing import StringTransport

from readerai.accounts.models import Role, User
from readerai.asgi import application
from readerai.servers.body_limits import MIB, BodyLimits, most_bytes


class _Site:
    """An ASGI application that reads a body to its end, and says how much there was."""

    def __init__(self) -> None:
        self.read = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        while (message := await receive())["type"] == "http.request":
            self.read += len(message["body"])
            if not message["more_body"]:
                break
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})


async def _status(path: str, sizes: list[int], **headers: bytes) -> tuple[int, int]:
    """The status, and how much reached the application, of a body in pieces."""
    pieces = [{"type": "http.request", "body": b"a" * size, "more_body": True} for size in sizes]
    pieces[-1]["more_body"] = False
    said = []

    async def receive() -> Any:
        return pieces.pop(0)

    async def send(message: Any) -> None:
        said.append(message)

    site = _Site()
    named = [(name.replace("_", "-").encode(), value) for name, value in headers.items()]
    await BodyLimits(site)({"type": "http", "path": path, "headers": named}, receive, send)
    assert [message["type"] for message in said] == ["http.response.start", "http.response.body"]
    return said[0]["status"], site.read


@pytest.mark.parametrize("path", ["/api/tokens", "/login", "/admin/login", "/adminx", "/nowhere"])
async def test_a_megabyte_from_anybody_and_no_more(path: str) -> None:
    assert await _status(path, [MIB // 2, MIB // 2]) == (200, MIB)
    assert await _status(path, [MIB], content_length=b"%d" % MIB) == (200, MIB)
    assert await _status(path, [1], content_length=b"%d" % (MIB + 1)) == (413, 0)
    assert (await _status(path, [MIB, 1, MIB]))[0] == 413


@pytest.mark.parametrize("length", [b"-1", b"1e9", b"99999999999999999999999", b"", b"\xc2\xb2"])
async def test_length_that_is_none_is_refused(length: bytes) -> None:
    assert (await _status("/login", [1], content_length=length))[0] == 413


@pytest.mark.parametrize("role", list(Role))
def test_files_are_taken_from_staff_who_are_signed_in(db: None, client: Client, role: str) -> None:
    user = User.objects.create(username="x", role=role, is_staff=role == Role.STAFF)
    client.force_login(user)
    client.get("/admin/")
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    most = (settings.READERAI_MAX_BOOK_MIB + 10) * MIB if role == Role.STAFF else MIB
    assert _most("/admin/library/book/add/", cookies) == most
    assert _most("/api/tokens", cookies) == MIB
    assert _most("/admin/", cookies | {settings.SESSION_COOKIE_NAME: "another"}) == MIB
    assert _most("/admin/", cookies | {"readerai_uploads": "0" * 64}) == MIB


def _most(path: str, cookies: dict[str, str]) -> int:
    return most_bytes(path, ["; ".join(f"{k}={v}" for k, v in cookies.items()).encode()])


@pytest.mark.parametrize("cookie", [b"", b"=;=", b"\xff\xfe", b"readerai_uploads", b'a="'])
def test_cookie_that_makes_no_sense_is_nobodys(cookie: bytes) -> None:
    assert most_bytes("/admin/", [cookie]) == MIB


@pytest.mark.parametrize("head", [b"Content-Length: 524288000", b"Transfer-Encoding: chunked"])
def test_daphne_refuses_before_it_has_read_the_body(head: bytes) -> None:
    server = _Daphne()
    channel = HTTPFactory(server).buildProtocol(None)
    transport: Any = StringTransport()  # type: ignore[no-untyped-call]
    channel.makeConnection(transport)
    channel.dataReceived(b"POST /login HTTP/1.1\r\nHost: here\r\n" + head + b"\r\n\r\n")
    for _ in range(40):
        channel.dataReceived(b"10000\r\n" + b"a" * 65_536 + b"\r\n")
    assert transport.value().startswith(b"HTTP/1.1 413 ")
    assert transport.value().count(b"HTTP/1.1") == 1
    assert server.called == []


class _Daphne(Server):
    """Daphne up to where it would call the application."""

    def __init__(self) -> None:
        super().__init__(application, endpoints=["tcp:port=0"])
        self.connections: dict[Any, Any] = {}
        self.called: list[Any] = []

    def create_application(self, protocol: Any, scope: Any) -> None:
        self.called.append(scope)
