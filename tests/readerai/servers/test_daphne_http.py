"""What a form sends reaches Django as it came, and nobody reads it before."""

from __future__ import annotations

from typing import Any

import pytest
from daphne.http_protocol import HTTPFactory
from daphne.server import Server
from twisted.internet.testing import StringTransport

from readerai.asgi import application

FILE = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nwords\r\n--x--\r\n'


class NotingServer(Server):
    """Daphne up to where it would call the application."""

    def __init__(self) -> None:
        super().__init__(application, endpoints=["tcp:port=0"])
        self.connections: dict[Any, Any] = {}
        self.called: list[tuple[Any, Any]] = []

    def create_application(self, protocol: Any, scope: Any) -> None:
        self.called.append((protocol, scope))


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (b"multipart/form-data; boundary=x", FILE),
        (b"application/x-www-form-urlencoded", b"a=words"),
    ],
    ids=["file", "fields"],
)
def test_body_of_a_form_is_left_for_django(kind: bytes, body: bytes) -> None:
    server = NotingServer()
    channel = HTTPFactory(server).buildProtocol(None)
    channel.makeConnection(StringTransport())  # type: ignore[no-untyped-call]
    head = b"POST /login HTTP/1.1\r\nHost: here\r\nContent-Type: " + kind
    channel.dataReceived(head + b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
    [(request, scope)] = server.called
    assert scope["path"] == "/login"
    assert request.args == {}
    request.content.seek(0)
    assert request.content.read() == body
