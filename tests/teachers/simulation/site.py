"""A site that speaks just enough of the protocol for a simulated child, and plays what it is
told to."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

WORDS = ["The", "lamp", "was", "green", "with", "rust", "and", "nobody", "had", "lit", "it"]
CHECKPOINT = {"checkpointId": "c1", "question": "What was green?"}
BOOK = {
    "bookId": "the-lamp",
    "wordCount": len(WORDS),
    "chapters": [{"index": 0, "firstWordIndex": 0}],
}


class Site:
    """``received`` has every frame that came; ``replies`` what is said to a type of frame."""

    def __init__(self, replies: dict[str, list[dict[str, Any]]] | None = None) -> None:
        self.received: list[dict[str, Any]] = []
        self.replies = replies or {}
        self.close_after = 10_000
        self.students = ["alice"]
        self.app = web.Application()
        self.app.add_routes(
            [
                web.post("/api/tokens", self._token),
                web.post("/api/sessions", self._start),
                web.get("/api/books", self._books),
                web.get("/api/books/the-lamp/chapters/0", self._chapter),
                web.get("/api/classes/room-12", self._class),
                web.get("/ws", self._socket),
            ]
        )

    @property
    def kinds(self) -> list[str]:
        return [frame["type"] for frame in self.received]

    async def _token(self, request: web.Request) -> web.Response:
        if (await request.json())["password"] != "right":
            error = {"error": {"code": "wrong_credentials", "message": "They do not match."}}
            return web.json_response(error, status=401)
        return web.json_response({"token": "t"}, status=201)

    async def _start(self, request: web.Request) -> web.Response:
        assert request.headers["Authorization"] == "Bearer t"
        url = f"ws://{request.host}/ws"
        started = {"sessionId": "s", "websocketUrl": url, "websocketTicket": "w", "book": BOOK}
        return web.json_response(started, status=201)

    async def _books(self, request: web.Request) -> web.Response:
        return web.json_response({"items": [BOOK], "next": None})

    async def _class(self, request: web.Request) -> web.Response:
        return web.json_response({"students": [{"studentId": each} for each in self.students]})

    async def _chapter(self, request: web.Request) -> web.Response:
        paragraphs = [{"sentences": [{"words": WORDS[:6]}, {"words": WORDS[6:]}]}]
        return web.json_response({"paragraphs": paragraphs})

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        offered = request.headers["Sec-WebSocket-Protocol"].split(",")
        assert [each.strip() for each in offered] == ["readerai.v1", "ticket.w"]
        socket = web.WebSocketResponse(protocols=["readerai.v1"])
        await socket.prepare(request)
        async for message in socket:
            frame = json.loads(message.data)
            self.received.append(frame)
            for reply in self.replies.get(frame["type"], []):
                await socket.send_json(reply)
            if frame["type"] == "COMPLETE_SESSION" or len(self.received) >= self.close_after:
                await socket.close(code=4000)
        return socket
