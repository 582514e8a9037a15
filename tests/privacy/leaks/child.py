"""A child who types a canary into everything that takes words, while everything goes wrong."""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from readerai.accounts.models import Student
from tests.services.server import Server
from tests.sessions_app.cast import AT_GLIMMER

from .canaries import canary

PROXY = {"X-Forwarded-Proto": "https"}
#: Sealed: in no file, log, message or page at all.
SEALED = ("question", "sentence", "surrounding", "answer", "checkpoint")
#: Kept only as hashes, or not at all.
SECRET = (
    "password",
    "wrong password",
    "wrong name",
    "search",
    "token",
    "ticket",
    "badge",
    "cookie",
    "query",
    "frame",
    "body",
    "page",
    "preference",
)
#: Known to the school, clear in the tables of accounts, and nowhere else.
CLEAR_IN_ACCOUNTS = ("display name", "voice")


class Child:
    def __init__(self, server: Server, student: Student) -> None:
        self.server = server
        self.student = student
        self.canaries = {name: canary() for name in (*SEALED, *SECRET, *CLEAR_IN_ACCOUNTS)}
        self.pages: list[bytes] = []
        self.frames: list[dict[str, Any]] = []
        self._id = 0
        self._cookies: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        return self.canaries[name]

    # -- HTTP ------------------------------------------------------------------------------

    def call(
        self, method: str, path: str, body: str | bytes | None = None, **headers: str
    ) -> tuple[int, bytes]:
        link = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        sent = PROXY | {name.replace("_", "-"): value for name, value in headers.items()}
        if self._cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        link.request(method, path, body, sent)
        answer = link.getresponse()
        for header in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = header.partition(";")[0].partition("=")
            self._cookies[name] = value
        content = answer.read()
        link.close()
        if answer.status >= 400:
            self.pages.append(f"{answer.status} {answer.headers}".encode() + content)
        return answer.status, content

    def api(self, method: str, path: str, body: Any = None, *, token: str = "") -> tuple[int, Any]:
        text = body if isinstance(body, str) else json.dumps(body)
        said = {"Authorization": f"Bearer {token}"} if token else {}
        status, content = self.call(method, path, text, Content_Type="application/json", **said)
        return status, json.loads(content or b"null")

    # -- all that a child can type ---------------------------------------------------------

    def signs_in(self, badge: str) -> str:
        """Wrong and right, by API, form and badge; the token."""
        name = self.student.user.username
        self.api(
            "POST",
            "/api/tokens",
            {"username": self["wrong name"], "password": self["wrong password"]},
        )
        self.api("POST", "/api/tokens", {"username": name, "password": self["wrong password"]})
        status, given = self.api(
            "POST", "/api/tokens", {"username": name, "password": self["password"]}
        )
        assert status == 201
        self.canaries |= {"token": given["token"], "badge": badge}
        self.api("GET", "/api/books", token=badge)
        self.call("GET", "/badge")
        self._form("/badge", badge=badge, secret=badge)
        self._form("/login", username=self["wrong name"], password=self["wrong password"])
        status, _ = self._form("/login", username=name, password=self["password"])
        assert status == 302
        self.canaries["cookie"] = self._cookies["readerai_session"]
        return str(given["token"])

    def _form(self, path: str, **fields: str) -> tuple[int, bytes]:
        _, page = self.call("GET", "/login")
        csrf = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        if csrf is not None:
            fields["csrfmiddlewaretoken"] = csrf[1].decode()
        body = "&".join(f"{name}={value}" for name, value in fields.items())
        return self.call(
            "POST",
            path,
            body,
            Content_Type="application/x-www-form-urlencoded",
            Referer=f"https://127.0.0.1:{self.server.port}{path}?was={self['query']}",
        )

    def looks_around(self, token: str) -> None:
        status, page = self.call("GET", f"/library?q={self['search']}")
        assert status == 200, page
        for path in ("/library", "/nothing-here", "/read/session-none", "/api/nothing"):
            self.call("GET", f"{path}?words={self['query']}")
        assert self.call("POST", f"/raises?words={self['query']}", self["page"])[0] in (403, 500)
        self.call("POST", "/raises-beside", self["page"])
        self.api("POST", "/api/sessions", '{"studentId": "' + self["body"], token=token)
        self.api("POST", "/api/sessions", {"studentId": self["body"], "bookId": "x"}, token=token)
        chosen = {"preferences": {"voice": self["voice"]}}
        assert self.api("PATCH", "/api/students/me", chosen, token=token)[0] == 200
        wish = {"preferences": {"font": self["preference"]}}
        self.api("PATCH", "/api/students/me", wish, token=token)
        with broken_table("accounts_student"):
            self.api("PATCH", "/api/students/me", chosen, token=token)
            self.call("GET", f"/library?q={self['search']}")

    # -- reading ---------------------------------------------------------------------------

    @contextmanager
    def reading(self, token: str) -> Iterator[ClientConnection]:
        """A session, its socket open."""
        body = {"studentId": self.student.slug, "bookId": "the-lamp"}
        status, given = self.api("POST", "/api/sessions", body, token=token)
        assert status == 201, given
        self.session_id = given["sessionId"]
        self.canaries["ticket"] = given["websocketTicket"]
        address = f"{self.server.websocket_url}/ws/{self.session_id}"
        offered = ["readerai.v1", f"ticket.{self['ticket']}"]
        subprotocols = [Subprotocol(each) for each in offered]
        with connect(address, subprotocols=subprotocols, additional_headers=PROXY) as socket:
            self.until(socket, "SESSION_RESTORED")
            yield socket

    def send(self, socket: ClientConnection, type_: str, **payload: Any) -> None:
        self._id += 1
        frame = {"type": type_, "sessionId": self.session_id, "id": self._id, "payload": payload}
        socket.send(json.dumps(frame))

    def until(self, socket: ClientConnection, *types: str) -> dict[str, Any]:
        while True:
            frame: dict[str, Any] = json.loads(socket.recv(timeout=40))
            self.frames.append(frame)
            if frame["type"] in types:
                return frame

    def asks(self, socket: ClientConnection) -> dict[str, Any]:
        context = {
            "book": "the-lamp",
            "currentWordIndex": AT_GLIMMER,
            "currentSentence": f"It was {self['sentence']}.",
            "surroundingText": f"Near {self['surrounding']}.",
        }
        asked = f"Why does my friend {self['question']} like lamps?"
        self.send(socket, "STUDENT_INTERRUPTION", questionText=asked, context=context)
        return self.until(socket, "INTERRUPTION_RESPONSE", "INTERRUPTION_ERROR", "ERROR")

    def answers(self, socket: ClientConnection) -> dict[str, Any]:
        said = f"My grandpa {self['checkpoint']} did"
        self.send(socket, "CHECKPOINT_ANSWER", checkpointId="patient", answer=said)
        return self.until(socket, "CHECKPOINT_RESULT", "ERROR")

    def sends_nonsense(self, socket: ClientConnection) -> None:
        nonsense: list[str | bytes] = [
            self["frame"],
            json.dumps({"type": self["frame"], "sessionId": self.session_id}),
            json.dumps({"type": "HEARTBEAT", "sessionId": self["frame"], "id": 900}),
            json.dumps({"type": "READING_PROGRESS", "payload": {"wordIndex": self["frame"]}}),
            self["frame"].encode(),
        ]
        for frame in nonsense:
            socket.send(frame)
            self.until(socket, "ERROR")

    def leaves(self, socket: ClientConnection) -> None:
        self.send(socket, "COMPLETE_SESSION")
        try:
            while True:
                self.frames.append(json.loads(socket.recv(timeout=20)))
        except ConnectionClosed:
            return


@contextmanager
def broken_table(name: str) -> Iterator[None]:
    """While it lasts, the table is not there."""
    _rename(name, f"{name}_away")
    try:
        yield
    finally:
        _rename(f"{name}_away", name)


def _rename(old: str, new: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER TABLE "{old}" RENAME TO "{new}"')
